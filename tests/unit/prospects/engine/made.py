"""Runs to work on: a work folder with a journal and a lease, and shards."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from persona.capture.limits import Limits
from persona.capture.live import Reading
from persona.pipe import shipped_model
from persona.prospects.runs.journal import Journal
from persona.prospects.runs.lease import Lease
from persona.prospects.runs.work import WorkFolder
from persona.prospects.shard import Job, Prospect, Shard
from tests.integration.internet import Internet
from tests.unit.prospects.runs.made import key


@contextmanager
def running(folder: Path, reading: Reading | None = None) -> Iterator[tuple[Job, Journal]]:
    """Begin a run in a folder, and yield a job in it with its journal."""
    work = WorkFolder.open(folder)
    with Lease.take(work, beat=0.2) as lease:
        journal = Journal.begin(work, key())
        reading = reading or Reading(store=None, offline=True)
        yield Job(work.place, lease.attempt, reading, shipped_model()), journal


def reading_of(internet: Internet, spacing: float = 0.0) -> Reading:
    """Return how websites of the internet of the tests are read."""
    limits = Limits(spacing_seconds=spacing, retries=0)
    return Reading(pages=3, store=None, limits=limits, guard=internet.guard)


def shard(number: int, *sites: str, first: int = 0) -> Shard:
    """Return a shard with a row for each site, "" for one without."""
    return Shard(
        number,
        tuple(
            Prospect(row=first + place, address=site, site=site, nowhere="" if site else "none")
            for place, site in enumerate(sites)
        ),
    )
