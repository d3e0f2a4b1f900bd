"""Comparisons and costs, measured; each file says how to run it."""
