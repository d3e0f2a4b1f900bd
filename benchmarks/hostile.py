"""Everything hostile that pages and servers do: how it ends, how long it takes, what it holds.

    python -m benchmarks.hostile > hostile.md

Each case runs in a process of its own, against a server on loopback, with the caps that users
have. Prints a Markdown table; ends with 1 if a case ended otherwise than it must. What a server
makes wait runs side by side, everything else one after another. Takes about two minutes.
"""

import asyncio
import sys
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import quote

import msgspec

from benchmarks.hostile_case import PAGES, SITES, Cost
from tests.integration.hostile import ATTACKS, Server, hostile_server

ROOT: Final = Path(__file__).parent.parent
LONGEST: Final = 60.0
"""Seconds after which a case has failed, whatever it would have ended with."""

REDIRECTS: Final = (
    "http://127.0.0.1:1/",
    "http://2130706433/",
    "http://0x7f.1/",
    "http://[::ffff:127.0.0.1]/",
    "http://169.254.169.254/latest/meta-data/",
    "http://localhost./",
    "file:///etc/passwd",
    "gopher://127.0.0.1/_x",
    "http://user:secret@example.com/",
)


class Case(NamedTuple):
    """What is run, its name in the table, and the start of the outcome that it must have."""

    kind: str
    name: str
    title: str
    expected: str
    slow: bool = False


def cases(server: Server, encrypted: Server) -> list[Case]:
    """Return all cases, those of the network first."""
    found = [
        Case("fetch", server.url(path), path, each.outcome or "read", each.outcome == "timeout")
        for path, each in ATTACKS.items()
        if path != "/to"
    ]
    found += [
        Case("fetch", server.url(f"/to?{quote(to)}"), f"redirect to {to}", "forbidden_address")
        for to in REDIRECTS
    ]
    found += [
        Case("fetch", encrypted.url("/", scheme="https"), "self-signed certificate", "tls"),
        Case("fetch", server.url("/", "big-robots.test"), "robots.txt of 10 MB", "robots"),
    ]
    found += [Case("page", name, f"page: {name}", "") for name in PAGES]
    return found + [Case("crawl", name, f"site: {name}", "") for name in SITES]


async def measure(case: Case) -> Cost:
    """Run a case in a process of its own."""
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "benchmarks.hostile_case",
        case.kind,
        case.name,
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        out, _ = await asyncio.wait_for(child.communicate(), LONGEST)
    except TimeoutError:
        child.kill()
        await child.wait()
        return Cost("not within the time", LONGEST, 0.0, 0.0)
    if child.returncode:
        return Cost(f"crashed ({child.returncode})", 0.0, 0.0, 0.0)
    return msgspec.json.decode(out, type=Cost)


async def main() -> int:
    """Run all cases and print the table; return 1 if one ended otherwise than it must."""
    wrong = 0
    print("| Attack | Outcome | Seconds | MiB before | Peak MiB |\n|---|---|---:|---:|---:|")
    async with hostile_server() as server, hostile_server(tls=True) as encrypted:
        server.robots["big-robots.test"] = (
            b"User-agent: *\nDisallow: /\n" + b"Allow: /x\n" * 1_000_000
        )
        listed = cases(server, encrypted)
        waiting = {case: asyncio.create_task(measure(case)) for case in listed if case.slow}
        for case in listed:
            cost = await (waiting[case] if case in waiting else measure(case))
            missed = not cost.outcome.startswith(case.expected or tuple("0123456789"))
            wrong += missed
            mark = " **wrong**" if missed else ""
            print(
                f"| `{case.title}` | {cost.outcome}{mark} | {cost.seconds:.2f} "
                f"| {cost.start:.0f} | {cost.peak:.0f} |",
                flush=True,
            )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
