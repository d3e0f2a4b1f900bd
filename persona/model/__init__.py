"""The additive model: its file, the evidence it weighs, and the verdict."""
