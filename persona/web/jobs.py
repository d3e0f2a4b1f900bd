"""Work that goes on while pages are looked at: few at once, a short queue, and ended with it all.

A lane runs its jobs in threads of its own, which are there only while there is work. Jobs are
kept in memory; what must outlive the server is the work's own affair.
"""

import secrets
import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Any, Final, Literal

from persona.errors import BusyError, PersonaError
from persona.web.rate import Rate
from persona.web.telling import tell_fault

State = Literal["waiting", "running", "done", "failed", "stopped"]
Work = Callable[["Job"], Any]

SCANS_AT_ONCE: Final = 2
SCANS_WAITING: Final = 20
LISTS_AT_ONCE: Final = 1
LISTS_WAITING: Final = 5
SCAN_LIMITS: Final = ((12, 60.0), (200, 3600.0))
"""How many scans may begin in how many seconds."""

_KEPT: Final = 60
"""Finished jobs that a lane remembers."""
_SOON: Final = 15
"""Seconds after which it is worth asking again where the queue is full."""
_FAULT: Final = "a fault in the program ({}); nothing was kept of this"


class Stopped(Exception):
    """Raised by work that ends because its job was stopped."""


class Job:
    """One piece of work. Threads write to it, pages read from it.

    ``about`` is what was asked for. ``error`` is one line, "" unless the state is "failed".
    ``result`` is what the work returned, ``progress`` whatever it tells meanwhile.
    """

    def __init__(self, work: Work, id_: str, about: Any = None) -> None:
        self.id = id_
        self.about = about
        self.state: State = "waiting"
        self.error = ""
        self.fault = False
        self.result: Any = None
        self.progress: Any = None
        self.ended = threading.Event()
        self._work = work
        self._stop = threading.Event()
        self._lock = threading.Lock()
        self._calls: list[Callable[[], None]] = []

    @property
    def over(self) -> bool:
        """Whether it has ended, one way or another."""
        return self.ended.is_set()

    def go_on(self) -> bool:
        """Return False once the job is to stop; work asks now and then."""
        return not self._stop.is_set()

    def when_stopped(self, call: Callable[[], None]) -> None:
        """Have ``call`` made when the job is to stop; at once where it is already."""
        with self._lock:
            if self.go_on():
                self._calls.append(call)
                return
        call()

    def stop(self) -> None:
        """Ask the work to stop; a job that has not begun never will, and has ended."""
        with self._lock:
            self._stop.set()
            calls, self._calls = self._calls, []
            if self.state == "waiting":
                self._end("stopped", "")
        for call in calls:
            call()

    def run(self) -> None:
        """Do the work, and note how it ended; never raises."""
        with self._lock:
            if self.over:
                return
            self.state = "running"
        self._end(*self._outcome())

    def _outcome(self) -> tuple[State, str]:
        try:
            self.result = self._work(self)
        except Stopped:
            return "stopped", ""
        except PersonaError as error:
            return "failed", str(error)
        except Exception as error:
            self.fault = True
            tell_fault(f"job {self.id}", error)
            return "failed", _FAULT.format(type(error).__name__)
        return "done", ""

    def _end(self, state: State, error: str) -> None:
        self.error, self.state = error, state
        self.ended.set()


class Lane:
    """Runs at most ``at_once`` jobs at a time, while at most ``waiting`` more wait for a turn."""

    def __init__(self, name: str, at_once: int, waiting: int) -> None:
        self.name = name
        self._at_once = at_once
        self._most_waiting = waiting
        self._jobs: dict[str, Job] = {}
        self._queue: deque[Job] = deque()
        self._threads: set[threading.Thread] = set()
        self._lock = threading.Lock()
        self._closed = False

    def begin(self, work: Work, about: Any = None, id_: str | None = None) -> Job:
        """Take on work, under an id of its own unless one is given; BusyError where all is full.

        A job that has ended gives way to a new one of the same id.
        """
        job = Job(work, id_ or secrets.token_hex(8), about)
        with self._lock:
            under_way = sum(not each.over for each in self._jobs.values())
            if self._closed or under_way >= self._at_once + self._most_waiting:
                raise BusyError(f"too many {self.name}s are waiting; try again soon", _SOON)
            if (before := self._jobs.get(job.id)) and not before.over:
                raise BusyError(f"this {self.name} is under way already", _SOON)
            self._jobs.pop(job.id, None)
            self._jobs[job.id] = job
            self._queue.append(job)
            self._forget()
            if len(self._threads) < self._at_once:
                thread = threading.Thread(target=self._serve, name=self.name, daemon=True)
                self._threads.add(thread)
                thread.start()
        return job

    def get(self, id_: str) -> Job | None:
        """Return a job, None where there is none or it has been forgotten."""
        return self._jobs.get(id_)

    def stop(self, job: Job) -> None:
        """Ask a job to stop; one that waits for its turn has ended when this returns."""
        with self._lock:
            if job in self._queue:
                self._queue.remove(job)
        job.stop()

    def ahead(self, job: Job) -> int:
        """Return how many jobs wait before this one."""
        with self._lock:
            return self._queue.index(job) if job in self._queue else 0

    def shut(self) -> None:
        """Stop all jobs, and take on no more."""
        with self._lock:
            self._closed = True
            jobs = list(self._jobs.values())
        for job in jobs:
            job.stop()

    def close(self, patience: float) -> None:
        """Shut, and wait at most ``patience`` seconds until all jobs have ended."""
        self.shut()
        with self._lock:
            threads = list(self._threads)
        until = time.monotonic() + patience
        for thread in threads:
            thread.join(max(0.0, until - time.monotonic()))

    def _serve(self) -> None:
        while True:
            with self._lock:
                if not self._queue:
                    self._threads.discard(threading.current_thread())
                    return
                job = self._queue.popleft()
            job.run()

    def _forget(self) -> None:
        over = [id_ for id_, job in self._jobs.items() if job.over]
        for id_ in over[: max(0, len(over) - _KEPT)]:
            del self._jobs[id_]


class Jobs:
    """All work of one server: scans of websites, and lists."""

    def __init__(self) -> None:
        self.scans = Lane("scan", SCANS_AT_ONCE, SCANS_WAITING)
        self.lists = Lane("list", LISTS_AT_ONCE, LISTS_WAITING)
        self.scan_rate = Rate(*SCAN_LIMITS)

    def close(self, patience: float = 10.0) -> None:
        """End all work when the server ends; lists can be gone on with later."""
        lanes = (self.scans, self.lists)
        for lane in lanes:
            lane.shut()
        for lane in lanes:
            lane.close(patience)
