"""Lists of prospects given to the browser application, each in a folder of its own."""
