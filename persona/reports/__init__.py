"""What people see, and the saved file from which everything can be shown again."""
