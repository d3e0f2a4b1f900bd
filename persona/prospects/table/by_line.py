"""Records of a text whose quotation marks are not all in order, read line by line.

``csv.reader`` says what a record is; only a quotation mark that is not closed is no reason to
take the next hundred rows for one cell.
"""

import csv
import io
import re
from typing import Final, NamedTuple

import numpy as np

from persona.prospects.table.records import Records, allow_long_cells

MOST_LINES: Final = 10_000
MOST_RECORD: Final = 16 * 1024**2
"""Lines and bytes of one record; a quotation mark still open after them was never meant so."""

_FEWEST_LINES: Final = 20
"""Lines of a record in a text that is full of such marks: looking far for each takes too long."""


class Cut(NamedTuple):
    """The records at the beginning of a text, and how many bytes and lines they take."""

    records: Records | None
    used: int
    lines: int


class _NeverClosed(Exception):
    """A record has more lines than a record can have."""


class _Feed:
    """Lines for a ``csv.reader``, which takes as many as the record needs that it is reading.

    ``first`` is the place of that record's first line, ``at`` that of the next one to be taken;
    ``dry`` says that the record wanted more than there are.
    """

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.first = self.at = self._size = self._most = 0
        self.dry = False

    def begin(self, most: int) -> bool:
        """Go on to the next record, of at most so many lines; return whether there is any."""
        self.first, self._most, self._size = self.at, most, 0
        return self.at < len(self.lines)

    def back(self) -> None:
        """Give back what the record took."""
        self.at = self.first

    def back_to_second(self) -> None:
        """Give back what the record took, but for its first line."""
        self.at, self.dry = self.first + 1, False

    def taken(self) -> str:
        """Return the lines of the record."""
        return "".join(self.lines[self.first : self.at])

    def __iter__(self) -> "_Feed":
        """Return itself."""
        return self

    def __next__(self) -> str:
        """Return the next line; raise _NeverClosed where the record has too many."""
        if self.at - self.first >= self._most or self._size > MOST_RECORD:
            raise _NeverClosed
        if self.at == len(self.lines):
            self.dry = True
            raise StopIteration
        line = self.lines[self.at]
        self.at += 1
        self._size += len(line)
        return line


class _Patterns(NamedTuple):
    """What matches the cells of a record: ``lenient`` has ``more`` behind ``quoted``."""

    lenient: re.Pattern[str]
    strict: re.Pattern[str]


def _patterns(delimiter: str) -> _Patterns:
    mark = re.escape(delimiter)
    quoted, plain = r'(?P<quoted>"[^"]*(?:""[^"]*)*")', rf"[^{mark}\r\n]*"
    start = rf"(?:(?<=[{mark}])|^)"
    return _Patterns(
        re.compile(rf"{start}(?:{quoted}(?P<more>{plain})|{plain})"),
        re.compile(rf"{start}(?:{quoted}(?=[{mark}\r\n]|$)|{plain})"),
    )


class ByLine:
    """Reads records line by line; ``unclosed`` are the lines with a mark that is not closed.

    It is one that no other closes within ``MOST_LINES``, or only one with more text behind it on
    another line, which was meant to open a cell. Such a mark is taken literally, and its record
    ends where its line does.
    """

    def __init__(self, delimiter: str) -> None:
        self.unclosed: list[int] = []
        self._delimiter = delimiter
        self._cells = _patterns(delimiter)
        allow_long_cells()

    def cut(self, text: bytes, last: bool, line: int) -> Cut:
        """Cut all records off a text that are whole, by ``csv.reader``."""
        feed = _Feed(list(io.StringIO(text.decode(), newline="")))
        reader = csv.reader(feed, delimiter=self._delimiter)
        texts: list[str] = []
        rows: list[list[str]] = []
        while feed.begin(max(_FEWEST_LINES, MOST_LINES // (1 + len(self.unclosed)))):
            try:
                cells = next(reader)
            except (_NeverClosed, csv.Error):
                closed = False
            else:
                closed = not ((feed.dry and last) or self._closes_badly(feed))
            if not closed:
                self.unclosed.append(line + feed.first)
                feed.back_to_second()
                reader = csv.reader(feed, delimiter=self._delimiter)
                cells, repaired = self._literally(feed.taken())
                texts.append(repaired)
            elif feed.dry:
                feed.back()
                break
            else:
                texts.append(feed.taken())
            rows.append(cells)
        lines = feed.at
        used = sum(len(one.encode()) for one in feed.lines[:lines])
        return Cut(_joined(texts, rows) if rows else None, used, lines)

    def _closes_badly(self, feed: _Feed) -> bool:
        """Return whether a cell of several lines ends in a mark that has more text behind it."""
        if feed.dry or feed.at - feed.first < 2:
            return False
        found = self._cells.lenient.finditer(feed.taken())
        return any(one["more"] and re.search(r"[\r\n]", one["quoted"]) for one in found)

    def _literally(self, line: str) -> tuple[list[str], str]:
        """Return the cells of a line with a mark that means nothing, and how to write the line.

        As it stands, whoever reads the line behind which cells were added would lose them.
        """
        body = line.rstrip("\r\n")
        cells = [
            one[0][1:-1].replace('""', '"') if one["quoted"] else one[0]
            for one in self._cells.strict.finditer(body)
        ]
        written = io.StringIO(newline="")
        csv.writer(written, delimiter=self._delimiter, lineterminator="").writerow(cells)
        return cells, written.getvalue() + line[len(body) :]


def runs_away(text: bytes) -> bool:
    """Return whether the unfinished record at the end of a text is longer than one can be."""
    lines = text.count(b"\n") or text.count(b"\r")
    return lines >= MOST_LINES or len(text) > MOST_RECORD


def _joined(texts: list[str], rows: list[list[str]]) -> Records:
    """Return records that were read one by one."""
    encoded = [text.encode() for text in texts]
    bodies = [len(text.rstrip(b"\r\n")) for text in encoded]
    starts = np.cumsum([0, *map(len, encoded)])
    widths = np.array([max(1, len(cells)) for cells in rows])
    return Records(
        b"".join(encoded), starts, starts[:-1] + np.array(bodies), widths, quoted=True, cells=rows
    )
