"""From an address as a person types it to the pages read from that site, with when and how."""
