"""What is kept of a run while it goes on, so that it can be stopped, killed and gone on with."""
