"""One live run a folder, told by a beating file: no locks, which many file systems lack.

The process that drives a run names its *attempt* in the folder and counts there as long as it
lives. Whoever comes later watches the count before taking over; workers that see it stand still,
or belong to another attempt, stop.
"""

import secrets
import threading
import time
from contextlib import suppress
from typing import Final, Self

import msgspec

from persona.errors import OutputError, RunError
from persona.prospects.runs.work import WorkFolder

_FILE: Final = "attempt"
_BEAT: Final = 1.0
_FAR_BEAT: Final = 5.0
"""Seconds between two counts, in a folder on this machine and elsewhere."""

_BEATS_WATCHED: Final = 2.5
_LOOKS_A_BEAT: Final = 4
_SETTLING: Final = 0.1
"""Of a beat: what a second process that starts at the same instant gets to show itself."""

_DEAD_AFTER: Final = 30.0
"""Seconds without a count after which a worker gives up."""

_TAKEN: Final = "this list is being scored by another process"
_GONE: Final = "the folder was removed while the list was being scored"

_MISSES: Final = 2
"""Looks in a row that find nobody driving the run, after which it counts as ended."""


class _Attempt(msgspec.Struct, frozen=True):
    """Who drives the run, and how often that was confirmed."""

    name: str
    count: int


class Lease:
    """Being the one process that drives a run; a context manager.

    ``attempt`` is the name of this start, which workers hand to :class:`Watch`.
    """

    def __init__(self, work: WorkFolder, beat: float) -> None:
        self.attempt = secrets.token_hex(8)
        self._work = work
        self._beat = beat
        self._count = 0
        self._lost = ""
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._confirm, name="lease", daemon=True)

    @classmethod
    def take(cls, work: WorkFolder, beat: float | None = None) -> "Lease":
        """Become the one that drives the run in a folder, made where it is not there yet.

        ``beat`` is in seconds. Takes a few beats where an earlier run did not end cleanly. What
        its writers left half-written is removed. Raises RunError while another process drives it,
        OutputError where the folder cannot be written to.
        """
        lease = cls(work, beat or (_BEAT if work.local else _FAR_BEAT))
        lease._wait_for_silence()
        work.write(_FILE, msgspec.json.encode(_Attempt(lease.attempt, 0)))
        time.sleep(lease._beat * _SETTLING)
        lease._look()
        lease.check()
        work.sweep()
        lease._thread.start()
        return lease

    def check(self) -> None:
        """Raise RunError where another process has taken the run over, or its folder is gone."""
        if self._lost:
            raise RunError(f"{self._work.shown}: {self._lost}")

    def release(self) -> None:
        """Let others drive the run at once; done by leaving the context.

        Where that cannot be told any more, the next start waits to see that nobody does.
        """
        self._over.set()
        self._thread.join()
        with suppress(OutputError):
            self._look()
            if not self._lost:
                self._work.delete(_FILE)
                self._work.vanish()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.release()

    def _wait_for_silence(self) -> None:
        seen = _read(self._work)
        looks = round(_BEATS_WATCHED * _LOOKS_A_BEAT) if seen else 0
        for _ in range(looks):
            time.sleep(self._beat / _LOOKS_A_BEAT)
            now = _read(self._work)
            if now is None:
                return
            self._lost = _TAKEN if now != seen else ""
            self.check()

    def _confirm(self) -> None:
        """Count until released; a failed write is tried again with the next beat."""
        while not self._over.wait(self._beat):
            try:
                self._look()
                if self._lost:
                    return
                self._count += 1
                mine = msgspec.json.encode(_Attempt(self.attempt, self._count))
                self._work.write(_FILE, mine, lasting=False)
            except OutputError:
                continue

    def _look(self) -> None:
        now = _read(self._work)
        if now is None:
            self._lost = _GONE
        elif now.name != self.attempt:
            self._lost = _TAKEN


class Watch:
    """A worker's eye on the run it works for: whether anybody still waits for its results."""

    def __init__(
        self,
        work: WorkFolder,
        attempt: str,
        *,
        look_every: float = 1.0,
        dead_after: float = _DEAD_AFTER,
    ) -> None:
        self._work = work
        self._attempt = attempt
        self._look_every = look_every
        self._dead_after = dead_after
        self._alive = True
        self._missed = 0
        self._count = -1
        self._moved = time.monotonic()
        self._looked = float("-inf")

    def alive(self) -> bool:
        """Return whether the run goes on; looked up at most once a second, and cheap between.

        False once another attempt drives it, it was ended, or its count has not moved for 30
        seconds by this process's clock. It never turns True again, and never raises.
        """
        now = time.monotonic()
        if self._alive and now - self._looked >= self._look_every:
            self._looked = now
            self._alive = self._look(now)
        return self._alive

    def _look(self, now: float) -> bool:
        try:
            seen = _read(self._work)
        except OutputError:
            return now - self._moved < self._dead_after
        if seen is None:
            # Once may be the instant in which a file system that cannot replace files does so.
            self._missed += 1
            return self._missed < _MISSES
        self._missed = 0
        if seen.name != self._attempt:
            return False
        if seen.count != self._count:
            self._count, self._moved = seen.count, now
        return now - self._moved < self._dead_after


def _read(work: WorkFolder) -> _Attempt | None:
    """Return who drives the run; what cannot be understood counts as somebody unknown."""
    content = work.read(_FILE)
    if content is None:
        return None
    try:
        return msgspec.json.decode(content, type=_Attempt)
    except msgspec.DecodeError:
        return _Attempt(content[:64].hex(), 0)
