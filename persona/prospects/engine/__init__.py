"""Where shards are worked on: cores of this machine, or a cluster."""
