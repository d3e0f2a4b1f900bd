"""Ctrl-C, which a terminal sends to every process: the one that started the others decides."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def held_back() -> Iterator[None]:
    """Start threads and processes inside this, and Ctrl-C does not reach them.

    Theirs is the signal mask of the thread that starts them. This process is interrupted all the
    same, as it has other threads, and soon after the block where it has none.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    _start_trackers()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _start_trackers() -> None:
    """Start the helper processes that clear the mask of whoever starts them."""
    from multiprocessing import resource_tracker

    from joblib.externals.loky.backend import resource_tracker as lokys

    resource_tracker.ensure_running()
    lokys.ensure_running()
