"""A lot: some shards worked on together, so that many sites are being read at any moment."""

import gc
import socket
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from persona.capture.live import read_sites
from persona.errors import EngineError, RunError
from persona.prospects.engine.open_shard import OpenShard
from persona.prospects.runs.journal import Journal
from persona.prospects.runs.lease import Watch
from persona.prospects.runs.work import WorkFolder
from persona.prospects.shard import Job, Shard

if TYPE_CHECKING:
    from persona.capture.records import Capture
    from persona.errors import AddressError

QUIET: Final = 1.5
"""Seconds within which a worker that was given up has stopped asking websites."""

_COLLECTIONS: Final = (100_000, 50, 50)


def read_lot(job: Job, shards: tuple[Shard, ...]) -> int:
    """Read the sites of some shards, judge their rows, and leave results in the work folder.

    Works in any process on any machine, also twice at once: results are the same bytes. Shards
    that the journal has are skipped, and each is recorded as soon as its last site is judged.
    Returns how many of them are done now: all, unless the run was given up meanwhile. Raises
    OutputError where the work folder cannot be written to.
    """
    work = WorkFolder.open(job.work)
    journal = Journal(work)
    desk = _Desk(job, journal, Watch(work, job.attempt).alive)
    todo = [journal.left(shard) for shard in shards if not journal.has(shard.number)]
    with _few_collections():
        desk.read(shard for shard in todo if shard.captures is None)
        for shard in todo:
            if shard.captures is not None:
                desk.judge_saved(shard)
    return len(shards) - len(todo) + desk.recorded


def read_elsewhere(job: Job, shards: tuple[Shard, ...], again: bool) -> int:
    """Read a lot in another process, where, ``again``, it may have been begun before.

    As :func:`read_lot`; also raises EngineError where that process cannot see the run's folder.
    """
    try:
        return read_lot(replace(job, resumed=job.resumed or again), shards)
    except RunError:
        raise EngineError(
            f"a worker on {socket.gethostname()} finds no run at {job.work}; name a folder with "
            "--work that all machines reach"
        ) from None


@contextmanager
def _few_collections() -> Iterator[None]:
    """Look for garbage more seldom: parsed pages are many objects and hold hardly any."""
    usual = gc.get_threshold()
    gc.set_threshold(*_COLLECTIONS)
    try:
        yield
    finally:
        gc.set_threshold(*usual)


class _Desk:
    """Where the shards of a lot are worked on, as long as the run is ``alive``."""

    def __init__(self, job: Job, journal: Journal, alive: Callable[[], bool]) -> None:
        self._journal = journal
        self.recorded = 0
        self._job = job
        self._alive = alive
        self._owners: dict[str, tuple[OpenShard, str]] = {}
        self._seconds: dict[str, float] = {}

    def read(self, shards: Iterable[Shard]) -> None:
        """Read the sites of shards, in their order, and record each shard that is done."""
        idle = []
        for shard in shards:
            opened = OpenShard(shard, self._job.model)
            for site, address in opened.waiting.items():
                self._owners[address] = opened, site
            if not opened.waiting:
                idle.append(opened)
        if self._owners:
            self._read_all(tuple(self._owners))
        for opened in idle:
            self._record(opened)

    def judge_saved(self, shard: Shard) -> None:
        """Judge a shard by pages that were saved earlier, and record it."""
        opened = OpenShard(shard, self._job.model)
        captures = shard.captures or {}
        for site in tuple(opened.waiting):
            if not self._alive():
                return
            if site in captures:
                opened.take(site, captures[site])
            else:
                opened.give_up(site, "no page of it was saved")
        self._record(opened)

    def _read_all(self, addresses: tuple[str, ...]) -> None:
        reading = replace(
            self._job.reading,
            quiet=QUIET if self._job.resumed else None,
            on_read=self._seconds.__setitem__,
        )
        captures = read_sites(addresses, reading, on_done=self._refused, go_on=self._alive)
        with closing(captures):
            for capture in captures:
                opened, site = self._owners.pop(capture.address)
                opened.take(site, capture, self._seconds.pop(capture.address))
                self._record(opened)

    def _refused(self, address: str, outcome: "Capture | AddressError") -> None:
        """Judge the rows of an address that no worker may read."""
        if isinstance(outcome, Exception):
            opened, site = self._owners.pop(address)
            opened.give_up(site, str(outcome))
            self._record(opened)

    def _record(self, opened: OpenShard) -> None:
        """Record a shard unless it waits for sites, or nobody waits for it."""
        if not opened.waiting and self._alive():
            outcomes = opened.outcomes()
            self._journal.record(
                opened.number, list(outcomes), list(outcomes.values()), opened.slowest
            )
            self.recorded += 1
