"""Lots shared among workers through joblib, and given out again when a worker is lost."""

import threading
import warnings
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any, Final

from persona.errors import EngineError
from persona.prospects.engine.interrupting import held_back
from persona.prospects.shard import Shard

Lot = tuple[Shard, ...]
Work = Callable[[Lot, bool], int]
"""What is done with a lot: hears whether it may have been begun before, returns shards done."""

TRIES: Final = 4
"""Times that lost workers are replaced without any of them having finished a lot."""

_AHEAD: Final = "2*n_jobs"
"""Lots that are made before a worker is free for them."""

_REMARKS: Final = ("A worker stopped while", ".*tasks (have been|which were)")
"""What joblib says of workers that end, or are ended."""


@dataclass(frozen=True)
class Workers:
    """Workers that are there: how many, and how joblib reaches them.

    ``lost`` are the errors that tell that the system ended a worker; ``moves`` that another
    worker may get the lot of a lost one without a word.
    """

    count: int
    settings: dict[str, Any]
    lost: tuple[type[BaseException], ...]
    moves: bool


def share(work: Work, lots: Iterable[Lot], workers: Workers) -> None:
    """Have workers do all lots.

    Raises EngineError when workers are lost again and again, and what ``work`` raises.
    """
    rest = _Rest(lots)
    tries = TRIES
    again = workers.moves
    while tries:
        try:
            with closing(_done_by(work, rest, again, workers)) as numbers:
                for number in numbers:
                    rest.done(number)
                    tries = TRIES
            return
        except workers.lost:
            tries -= 1
            again = True
    raise EngineError(
        "workers were ended by the system again and again, perhaps as memory ran out; what is "
        "done is kept: go on with --resume, and fewer --workers"
    )


def _done_by(
    work: Work, rest: "_Rest", again: bool, workers: Workers
) -> Generator[int, None, None]:
    """Yield the number of each lot as it is done."""
    from joblib import Parallel, delayed, parallel_config

    with _quietly(), parallel_config(**workers.settings):
        parallel = Parallel(
            n_jobs=workers.count,
            batch_size=1,
            pre_dispatch=_AHEAD,
            max_nbytes=None,
            return_as="generator_unordered",
        )
        with held_back():
            numbers = parallel(delayed(_done)(number, work, lot, again) for number, lot in rest)
        with closing(numbers):
            yield from numbers


def _done(number: int, work: Work, lot: Lot, again: bool) -> int:
    check_whole(work(lot, again), lot)
    return number


def check_whole(done: int, lot: Lot) -> None:
    """Raise EngineError where a worker has left a lot undone."""
    if done < len(lot):
        raise EngineError(
            "workers stopped, as nobody seemed to wait for them: the run's folder could not be "
            "reached for half a minute, or another process has taken the run over; what is done "
            "is kept: go on with --resume"
        )


class _Rest:
    """The lots still to be done, those first that were given out and did not come back."""

    def __init__(self, lots: Iterable[Lot]) -> None:
        self._fresh = enumerate(lots)
        self._out: dict[int, Lot] = {}
        self._lock = threading.Lock()

    def __iter__(self) -> Iterator[tuple[int, Lot]]:
        yield from list(self._out.items())
        while True:
            with self._lock:
                if (taken := next(self._fresh, None)) is None:
                    return
                self._out[taken[0]] = taken[1]
            yield taken

    def done(self, number: int) -> None:
        """Note that a lot is done."""
        with self._lock:
            del self._out[number]


@contextmanager
def _quietly() -> Iterator[None]:
    with warnings.catch_warnings():
        for words in _REMARKS:
            warnings.filterwarnings("ignore", words, UserWarning)
        yield
