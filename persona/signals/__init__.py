"""From captured pages to 58 signals and 10 controls, each with quotes or an honest "missing"."""
