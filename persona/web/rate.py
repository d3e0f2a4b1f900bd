"""How often something may be begun."""

import math
import threading
import time
from collections import deque
from collections.abc import Callable

from persona.errors import BusyError


class Rate:
    """Lets so many through in so many seconds, for every pair of ``limits`` at once.

    ``clock`` gives seconds that only grow.
    """

    def __init__(
        self, *limits: tuple[int, float], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._limits = limits
        self._clock = clock
        self._begun: deque[float] = deque(maxlen=max(count for count, _ in limits))
        self._lock = threading.Lock()

    def take(self) -> None:
        """Count one more; BusyError, with the seconds to wait, where that would be too many."""
        with self._lock:
            now = self._clock()
            wait = max(self._wait(now, count, seconds) for count, seconds in self._limits)
            if wait > 0:
                left = math.ceil(wait)
                raise BusyError(f"many in a short time; try again in {in_words(left)}", left)
            self._begun.append(now)

    def _wait(self, now: float, count: int, seconds: float) -> float:
        """Return the seconds until fewer than ``count`` were begun in the last ``seconds``."""
        if len(self._begun) < count:
            return 0.0
        return self._begun[-count] + seconds - now


def in_words(seconds: int) -> str:
    """Return a wait as people say it: "40 seconds", "12 minutes"."""
    if seconds < 100:
        return f"{seconds} second{'s' if seconds != 1 else ''}"
    return f"{math.ceil(seconds / 60)} minutes"
