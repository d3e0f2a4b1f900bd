"""What stands between the network and the pages: one guard a file, each a pure ASGI layer."""
