"""Every cap that the client keeps to, in one place."""

import msgspec

KIB = 1024
MIB = 1024 * KIB


class Limits(msgspec.Struct, frozen=True):
    """Caps on one client; sizes in bytes, times in seconds.

    ``page_bytes`` is what may come over the wire for one page, ``inflated_bytes`` what it may
    become when decompressed. ``connect_seconds`` bounds connecting, waiting for the first byte
    and every silence after it; ``page_seconds`` all the time spent on requests for one page,
    redirects and repeats included, waiting for a turn left out. ``spacing_seconds`` lies between
    the starts of two requests to one host, of which ``per_host`` run at once, ``at_once`` in
    total; hosts allowed by name, which are the user's own, are spaced only as robots.txt asks.
    A request that fails for a passing reason is repeated ``retries`` times, after
    ``backoff_seconds``, then twice as long, or after what the server asks for when that is at
    most ``retry_after_seconds``.
    """

    page_bytes: int = 5 * MIB
    inflated_bytes: int = 10 * MIB
    robots_bytes: int = 512 * KIB
    header_bytes: int = 32 * KIB
    headers: int = 128
    connect_seconds: float = 15.0
    page_seconds: float = 30.0
    redirects: int = 5
    per_host: int = 2
    spacing_seconds: float = 1.0
    at_once: int = 512
    retries: int = 2
    backoff_seconds: float = 1.0
    retry_after_seconds: float = 30.0
