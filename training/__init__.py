"""What researchers run: the prior as a model file, and judging a model on labelled companies."""
