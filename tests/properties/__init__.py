"""What must be true of any set of answers."""
