"""Reports as one HTML file each: the page they share, its drawings, and its style."""
