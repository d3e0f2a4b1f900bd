"""The tests: unit/ mirrors persona/, properties/ holds what must be true of any answers."""
