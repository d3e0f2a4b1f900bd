"""The questionnaire: its items, the answers given, and the asking of it."""
