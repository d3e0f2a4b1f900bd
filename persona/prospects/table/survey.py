"""The first pass over delimited text: how wide it is, how many rows it has, what is amiss."""

import csv
import io
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from persona.errors import ListError
from persona.layout import counted
from persona.prospects.table.chunk import MOST_COLUMNS
from persona.prospects.table.scanning import Run


class Heading(NamedTuple):
    """The line with the headings as it was written, and its cells."""

    text: str
    cells: tuple[str, ...]


class Survey:
    """What is known of a list when all its records have been added.

    ``heading`` is None where the list has none. ``width`` is how many cells the widest record
    has; ``line_end`` is how the first record ends. ``skipped`` lines precede the first record.
    """

    def __init__(self, path: Path, delimiter: str, *, headed: bool, skipped: int) -> None:
        self.heading: Heading | None = None
        self.width = self.rows = 0
        self.line_end = ""
        self._path = path
        self._delimiter = delimiter
        self._headed = headed
        self._skipped = skipped
        self._usual = self._blank = self._short = self._long = 0
        self._first_short = self._first_long = 0

    def add(self, run: Run) -> None:
        """Look at the records that come next; ListError where one has too many cells."""
        records = run.records
        blank = records.stops == records.starts[:-1]
        self._blank += int(blank.sum())
        if blank.all():
            return
        if not self._usual:
            self._begin(run, int(np.argmin(blank)))
        widths = np.where(blank, self._usual, records.widths)
        self.rows += len(records) - int(blank.sum())
        self.width = max(self.width, int(widths.max()))
        if self.width > MOST_COLUMNS:
            raise ListError(
                f"{self._path}: line {self._line(run, widths > MOST_COLUMNS)} has more than "
                f"{MOST_COLUMNS:,} cells; this is not a list with one prospect a row"
            )
        short, long = widths < self._usual, widths > self._usual
        if short.any():
            self._first_short = self._first_short or self._line(run, short)
            self._short += int(short.sum())
        if long.any():
            self._first_long = self._first_long or self._line(run, long)
            self._long += int(long.sum())

    def remarks(self) -> tuple[str, ...]:
        """Return what the user should know of how the list was read."""
        than = "the first line" if self.heading is None else "the headings"
        found = (
            (self.heading is None, "the first line holds no headings; it was read as a row"),
            (self._blank, f"{counted(self._blank, 'blank line')} left out"),
            (
                self._short,
                f"{counted(self._short, 'row')} with fewer cells than {than}, first on line "
                f"{self._first_short}; what is missing was taken as empty",
            ),
            (
                self._long,
                f"{counted(self._long, 'row')} with more cells than {than}, first on line "
                f"{self._first_long}; the further cells stand in columns without a heading",
            ),
        )
        return tuple(words for there, words in found if there)

    def _begin(self, run: Run, index: int) -> None:
        """Take the first record for the headings, or for what the rows should be like."""
        text, self.line_end = run.records.text(index), run.records.line_end(index)
        self._usual = int(run.records.widths[index])
        if self._headed:
            cells = next(csv.reader(io.StringIO(text, newline=""), delimiter=self._delimiter))
            self.heading = Heading(text, tuple(cells))
            self.rows -= 1

    def _line(self, run: Run, odd: npt.NDArray[np.bool_]) -> int:
        """Return the number of the line on which the first odd record begins."""
        records = run.records
        before = records.content[records.starts[0] : records.starts[int(np.argmax(odd))]]
        lines = before.count(b"\n") + before.count(b"\r") - before.count(b"\r\n")
        return self._skipped + run.line + lines
