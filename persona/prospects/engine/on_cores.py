"""Workers that are processes of this machine."""

import os
import signal
import threading
import time
from typing import Final

from persona.prospects.engine.sharing import Workers

_LOOK_EVERY: Final = 0.5
"""Seconds after which a worker looks whether the process that started it is still there."""
_IDLE: Final = 5
"""Seconds after which a worker that has nothing to do ends."""


def cores() -> int:
    """Return how many cores this process may use."""
    from joblib import cpu_count

    return int(cpu_count())


def processes(count: int) -> Workers:
    """Return so many worker processes, two or more, which start when there is work."""
    from joblib.externals.loky.process_executor import TerminatedWorkerError

    settings = {
        "backend": "loky",
        "idle_worker_timeout": _IDLE,
        "initializer": begin,
        "initargs": (os.getpid(),),
    }
    return Workers(count, settings, (TerminatedWorkerError,), moves=False)


def begin(parent: int) -> None:
    """Make this process one that Ctrl-C does not reach, and that ends soon after ``parent``.

    It may wait for ever for a lot that was cut short as its parent was killed.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(parent,), name="parent", daemon=True).start()


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_LOOK_EVERY)
    os._exit(1)
