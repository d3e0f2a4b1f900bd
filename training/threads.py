"""Doing work in one thread: sums made in several come out different in their last digits."""

from collections.abc import Iterator
from contextlib import contextmanager

from threadpoolctl import threadpool_limits


@contextmanager
def one_thread() -> Iterator[None]:
    """Keep numerical libraries to one thread, for a block or as the decorator of a function."""
    with threadpool_limits(1):
        yield
