"""Reads the addresses given, one after another with the usual caps, and prints a report.

A process of its own, so that its peak memory is that of the client alone.
"""

import asyncio
import re
import resource
import sys
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from persona.capture.fetch import Fetcher, Limits
from persona.capture.guard import Allowed, Guard
from persona.capture.records import Failure, Unread


class Report(msgspec.Struct, frozen=True):
    """How reading each address ended (None: with a page), and the growth of memory in bytes."""

    outcomes: dict[str, Failure | None]
    grown: int


def peak() -> int:
    """Return the most memory that this process has held, in bytes.

    Where the system tells it, without what the parent held when it started this process.
    """
    status = Path("/proc/self/status")
    if status.exists():
        found = re.search(r"VmHWM:\s*(\d+) kB", status.read_text())
        if found:
            return int(found[1]) * 1024
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


async def read_all(urls: list[str]) -> Report:
    """Read the addresses, the first one twice: once to load what a client needs."""
    guard = Guard(Allowed.parse({urlsplit(url).netloc for url in urls}))
    outcomes: dict[str, Failure | None] = {}
    limits = Limits(spacing_seconds=0.0, retries=0, connect_seconds=2.0, page_seconds=10.0)
    async with Fetcher(guard, limits=limits) as fetcher:
        origin = urls[0][: urls[0].index("/", 8)]
        await fetcher.get(f"{origin}/")
        before = peak()
        for url in urls:
            found = await fetcher.get(url)
            outcomes[url] = found.failure if isinstance(found, Unread) else None
    return Report(outcomes, peak() - before)


if __name__ == "__main__":
    sys.stdout.buffer.write(msgspec.json.encode(asyncio.run(read_all(sys.argv[1:]))))
