"""Lists of prospects: every row comes back, in order, with a verdict or why there is none."""
