"""Notes when each request is sent, in whatever process it is sent.

A server on a busy machine sees requests bunch up that were sent well apart, so that how far
apart they were can only be told where they start.
"""

import os
import time
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

from persona.capture.exchange import Answer, Appetite, Exchange

_send = Exchange.send


def attend(log: Path) -> None:
    """Have this process's client write a line in ``log`` as each request starts."""

    async def send(
        self: Exchange, url: str, headers: Mapping[str, str], seconds: float, appetite: Appetite
    ) -> Answer:
        asked = urlsplit(url)
        line = f"{time.monotonic()} {asked.netloc} {asked.path}\n"
        with os.fdopen(os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT), "a") as file:
            file.write(line)
        return await _send(self, url, headers, seconds, appetite)

    Exchange.send = send  # type: ignore[method-assign]


def shortest_gap(log: Path, only: str | None = None) -> float:
    """Return the least number of seconds between two requests to one host.

    Of one host ``only``, pages alone count: how far apart they are to be is told by robots.txt.
    """
    moments: dict[str, list[float]] = {}
    for line in log.read_text().splitlines():
        moment, host, path = line.split()
        if only is None or (host == only and path != "/robots.txt"):
            moments.setdefault(host, []).append(float(moment))
    gaps = (b - a for each in moments.values() for a, b in pairwise(sorted(each)))
    return min(gaps, default=float("inf"))
