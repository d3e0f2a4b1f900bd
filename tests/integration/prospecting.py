"""A list of prospects on the internet of the tests, and its scoring in processes of their own."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import msgspec

from tests.integration.internet import Internet, Reply, Sites
from tests.processes import PATIENCE, ended
from tests.unit.capture.loopback import page

ROOT: Final = Path(__file__).parents[2]
UNHURRIED: Final = "unhurried.com"
DELAY: Final = 1.0
"""Seconds that one site asks for between two requests."""

_BAD_ROWS: Final = (
    "",
    "10.0.0.1",
    "=cmd|' /C calc'!A0",
    "no-such-name.com",
    "forged.com",
    "in.com",
)


def sites(count: int) -> Sites:
    """Return so many companies of a few pages each, and some that are special."""
    named = {
        f"company{number}.com": {
            "/": page(f"Company {number}", "/about|About us", "/products|Products"),
            "/about": page(f"About {number}", text=f"Since {1950 + number} we build pumps."),
            "/products": page(f"Products of {number}"),
        }
        for number in range(count)
    }
    return {
        **named,
        UNHURRIED: {
            "/robots.txt": Reply(
                body=f"User-agent: *\nCrawl-delay: {DELAY:g}\n",
                headers={"Content-Type": "text/plain"},
            ),
            "/": page("Unhurried", "/about|About us"),
            "/about": page("About the unhurried"),
        },
        "moved.com": {"/": Reply(301, headers={"Location": "https://company0.com/about"})},
        "forged.com": {"/": page("Nobody should read this")},
        "shy.com": {"/": Reply(403, "go away")},
    }


def rows(count: int) -> list[str]:
    """Return the websites of a list: all companies, some of them twice, and what is none."""
    twice = [f"https://www.company{number}.com/about" for number in range(0, count, 5)]
    special = [UNHURRIED, "moved.com", "shy.com"]
    return [f"company{number}.com" for number in range(count)] + special + list(_BAD_ROWS) + twice


def internet(count: int, folder: Path) -> Internet:
    """Return the internet of these companies, to be entered."""
    return Internet(
        sites(count),
        folder,
        latency=0.02,
        distrusted=frozenset({"forged.com"}),
        elsewhere={"in.com": "10.1.2.3"},
    )


@dataclass(frozen=True)
class Prospecting:
    """A list that is being scored; ``folder`` holds it and what comes of it."""

    internet: Internet
    folder: Path

    def write_list(self, count: int) -> None:
        """Write the list of so many companies."""
        lines = [f'{number:04},"{site}"\n' for number, site in enumerate(rows(count))]
        (self.folder / "list.csv").write_text("id,Website URL\n" + "".join(lines))
        places = msgspec.json.encode(self.internet.places)
        (self.folder / "places.json").write_bytes(places)

    @contextmanager
    def started(self, output: str, *options: str) -> Iterator["subprocess.Popen[str]"]:
        """Start scoring the list, in a session of its own that ends with the block."""
        folder = self.folder
        names = (folder / "places.json", folder / "list.csv", folder / output)
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.integration.scoring", *map(str, names), *options],
            cwd=ROOT,
            env=os.environ | self.internet.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        with ended(process):
            yield process

    def scored(self, output: str, *options: str) -> bytes:
        """Score the list, and return the output."""
        with self.started(output, *options) as process:
            said, complained = process.communicate(timeout=120)
        assert (process.returncode, said, complained) == (0, "", "")
        return (self.folder / output).read_bytes()


def members(session: int, words: str = "") -> list[int]:
    """Return the processes of a session that run something with ``words`` in it.

    ``-ww`` is for whole commands: where COLUMNS is set, others are cut off.
    """
    listed = subprocess.run(
        ["ps", "-ww", "-eo", "pid=,sid=,stat=,args="],
        capture_output=True,
        text=True,
        check=True,
        timeout=PATIENCE,
    )
    found = (line.split(None, 3) for line in listed.stdout.splitlines())
    return [
        int(pid)
        for pid, sid, state, *args in found
        if int(sid) == session and not state.startswith("Z") and words in " ".join(args)
    ]
