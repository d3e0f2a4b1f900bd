"""Work shared among processes: the outcome is the same whatever their number."""

import os
import signal
import threading
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from multiprocessing import resource_tracker
from typing import TypeVar

from persona.training.threads import one_thread

T = TypeVar("T")

_LOOK_EVERY = 0.5
"""Seconds after which a worker looks whether the process that started it is still there."""
_IDLE = 20
"""Seconds after which a worker that has nothing to do ends."""
_REMARKS = ("A worker stopped while", r"\d+ tasks which were still being processed")
"""What joblib says where that happens just as there is something to do (it starts another), and
where work is given up."""


def side_by_side(work: Callable[..., T], parts: Sequence[tuple[object, ...]], jobs: int) -> list[T]:
    """Do the parts of a work in ``jobs`` processes, one thread each; results in their order.

    An interruption ends all of them at once, and without a word from the workers. ``work`` and
    its parts must be picklable where there are several processes.
    """
    if jobs == 1 or len(parts) < 2:
        with one_thread():
            return [work(*part) for part in parts]
    from joblib import Parallel, delayed

    shared = Parallel(
        n_jobs=min(jobs, len(parts)), max_nbytes=None, return_as="generator",
        idle_worker_timeout=_IDLE,
    )  # fmt: skip
    with _quietly():
        results = None
        try:
            with _interruptions_for_others():
                results = shared(delayed(_in_worker)(os.getpid(), work, part) for part in parts)
            return list(results)
        except KeyboardInterrupt:
            # Closed here, it ends its workers; left alone, it would do so later, with a remark.
            if results is not None:
                results.close()
            raise


def _in_worker(parent: int, work: Callable[..., T], part: tuple[object, ...]) -> T:
    _begin(parent)
    with one_thread():
        return work(*part)


@cache
def _begin(parent: int) -> None:
    """Have this worker hear no Ctrl-C, and end soon after the process that started it was killed.

    A worker that takes the place of another is not started under the eyes of this module.
    """

    def look() -> None:
        while os.getppid() == parent:
            time.sleep(_LOOK_EVERY)
        os._exit(1)

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=look, daemon=True).start()


@contextmanager
def _quietly() -> Iterator[None]:
    """Keep to ourselves what joblib says of workers that it replaces, or of work given up.

    Where warnings are errors, its thread that hands out the work would end at it, and the work
    never.
    """
    with warnings.catch_warnings():
        for remark in _REMARKS:
            warnings.filterwarnings("ignore", remark, UserWarning)
        yield


@contextmanager
def _interruptions_for_others() -> Iterator[None]:
    """Start processes that Ctrl-C does not reach: whoever started them ends them.

    A terminal sends it to all, and workers that are just loading would each print where they
    were. What is blocked when a process starts stays blocked in it. Here a Ctrl-C that comes
    meanwhile is noted, and heard when all have been started: one half started would complain.
    """
    in_main = threading.current_thread() is threading.main_thread()
    if not in_main or not hasattr(signal, "pthread_sigmask"):
        yield
        return
    noted: list[int] = []
    # It lifts what is blocked when it starts, so it must be there before.
    resource_tracker.ensure_running()
    handler = signal.signal(signal.SIGINT, lambda number, _: noted.append(number))
    blocked = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, blocked)
        signal.signal(signal.SIGINT, handler)
    if noted:
        signal.raise_signal(signal.SIGINT)
