"""A call made again and again while something else goes on."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

EVERY: Final = 0.5
"""Seconds between two calls."""


@contextmanager
def ticking(on_tick: Callable[[], None]) -> Iterator[None]:
    """Call ``on_tick`` every half second, in a thread of its own, and once more at the end.

    What it raises ends the calls, and is raised when the block has ended, also in place
    of an error there, as it tells best what went wrong.
    """
    over = threading.Event()
    raised: list[BaseException] = []

    def tick() -> None:
        try:
            while not over.wait(EVERY):
                on_tick()
        except BaseException as error:
            raised.append(error)

    thread = threading.Thread(target=tick, name="ticking", daemon=True)
    thread.start()
    try:
        try:
            yield
        finally:
            over.set()
            thread.join()
    except Exception:
        if raised:
            raise raised[0] from None
        raise
    if raised:
        raise raised[0]
    on_tick()
