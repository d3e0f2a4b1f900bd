"""What is shown while a list is scored: how far it is, how it goes, and what is slow."""

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from persona.layout import clean, cut
from persona.prospects.shard import SlowSite

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.live import Live

SHOWN_SLOW: Final = 3
"""Slowest sites that are named."""

_A_SECOND: Final = 4
_SETTLED: Final = 2.0
"""Seconds after which the rate says something about the time that remains."""
_MINUTE: Final = 60
_WIDEST_SITE: Final = 30
_BAR: Final = 40


class Silence:
    """Shows nothing: where nobody looks on."""

    def begin(self, rows: int) -> None:
        """Hear how many rows there are."""

    def add(
        self,
        *,
        scored: int,
        undecided: int,
        failed: int,
        duplicate: int,
        slowest: Sequence[SlowSite] = (),
        before: bool = False,
    ) -> None:
        """Hear how rows ended; ``before`` tells that they had ended when the run began."""

    def finishing(self) -> None:
        """Hear that all rows are judged, and the output is being written."""

    def end(self) -> None:
        """Stop showing anything."""


class Progress(Silence):
    """A few lines at the foot of the terminal that are redrawn in place."""

    def __init__(self) -> None:
        self.rows = 0
        self.counts = {"decided": 0, "undecided": 0, "failed": 0, "duplicate": 0}
        self.before = 0
        self.slowest: list[SlowSite] = []
        self._writing = False
        self._began = 0.0
        self._live: Live | None = None

    def begin(self, rows: int) -> None:
        """Start showing progress over this many rows."""
        from rich.console import Console
        from rich.live import Live

        self.rows = rows
        self._began = time.monotonic()
        self._live = Live(
            console=Console(stderr=True),
            get_renderable=self.drawn,
            refresh_per_second=_A_SECOND,
            transient=True,
        )
        self._live.start()

    def add(
        self,
        *,
        scored: int,
        undecided: int,
        failed: int,
        duplicate: int,
        slowest: Sequence[SlowSite] = (),
        before: bool = False,
    ) -> None:
        """Count rows that ended; ``before`` leaves them out of the rate."""
        for name, count in zip(self.counts, (scored, undecided, failed, duplicate), strict=True):
            self.counts[name] += count
        if before:
            self.before += scored + undecided + failed + duplicate
        ranked = sorted([*self.slowest, *slowest], key=lambda each: -each.seconds)
        self.slowest = ranked[:SHOWN_SLOW]

    def finishing(self) -> None:
        """Show that the output is being written."""
        self._writing = True

    def end(self) -> None:
        """Take the lines away."""
        if self._live is not None:
            self._live.stop()
            self._live = None

    @property
    def done(self) -> int:
        """Rows that have ended."""
        return sum(self.counts.values())

    def drawn(self) -> "RenderableType":
        """Return the lines as they are now."""
        from rich.console import Group
        from rich.text import Text

        full = round(_BAR * min(self.done, self.rows) / max(1, self.rows))
        bar = Text.assemble(("━" * full, "bold"), ("─" * (_BAR - full), "dim"))
        seconds = time.monotonic() - self._began
        lines = (self.headline(seconds), self.outcome(), self.slow())
        return Group(
            bar, *(Text(line, no_wrap=True, overflow="ellipsis") for line in lines if line)
        )

    def headline(self, seconds: float) -> str:
        """Return how far it is, how fast and how long still, ``seconds`` after the beginning."""
        if self._writing:
            return f"{self.rows:,} rows judged, writing the list"
        fresh = self.done - self.before
        parts = [f"{self.done:,} of {self.rows:,} rows"]
        if fresh > 0 and seconds >= _SETTLED:
            rate = fresh / seconds
            parts += [_pace(rate), f"{duration((self.rows - self.done) / rate)} left"]
        elif seconds >= _SETTLED:
            parts.append(f"{duration(seconds)} so far")
        return " · ".join(parts)

    def outcome(self) -> str:
        """Return how the rows that are done ended."""
        return " · ".join(f"{name} {count:,}" for name, count in self.counts.items() if count)

    def slow(self) -> str:
        """Return the sites that took longest."""
        named = (
            f"{cut(clean(one.site), _WIDEST_SITE)} {one.seconds:.0f} s" for one in self.slowest
        )
        return f"slowest: {', '.join(named)}" if self.slowest else ""


def _pace(rate: float) -> str:
    return f"{rate:,.0f} a second" if rate >= 1 else f"{rate * _MINUTE:.0f} a minute"


def duration(seconds: float) -> str:
    """Return a length of time as people say it: "40 s", "12 min", "3 h 20 min"."""
    if seconds < _MINUTE:
        return f"{max(1, round(seconds))} s"
    minutes = round(seconds / _MINUTE)
    if minutes < _MINUTE:
        return f"{minutes} min"
    return f"{minutes // _MINUTE:,} h {minutes % _MINUTE} min"
