"""Results set side by side: one company at several dates, or several people of one company."""
