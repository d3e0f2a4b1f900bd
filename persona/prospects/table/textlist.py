"""Lists of delimited text: commas, semicolons, tabs or bars, whatever the quoting and encoding.

A file is read twice: once to learn how wide the widest record is and what is to be remarked,
then for its rows. Each row keeps its text, so that it can be written as it stood.
"""

import codecs
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import Final, NamedTuple

import msgspec
import numpy as np
import pyarrow as pa

from persona.errors import ListError
from persona.layout import counted
from persona.prospects.table.chunk import MOST_CHUNK, ROWS, Chunk, ProspectList
from persona.prospects.table.decoding import Coding, Strays, coding_of, line_blocks, on_strays
from persona.prospects.table.dialect import Dialect, dialect_of, first_rows, has_headings
from persona.prospects.table.records import Form, Records
from persona.prospects.table.scanning import Run, Scan
from persona.prospects.table.survey import Heading, Survey

_SAMPLE: Final = 256 * 1024
"""Characters by which the layout is told."""
_LOOKED_AT: Final = 25


class Part(NamedTuple):
    """Some of the records that were found together."""

    records: Records
    first: int
    end: int


class TextChunk(Chunk):
    """Rows of delimited text, which keep how they were written."""

    def __init__(self, start: int, parts: list[Part], form: Form, expected: set[int]) -> None:
        super().__init__(start)
        self.parts = tuple(parts)
        self._form = form
        self._expected = expected

    def __len__(self) -> int:
        """Return how many rows there are."""
        return sum(part.end - part.first for part in self.parts)

    def texts(self, place: int) -> pa.Array:
        """Return the cells of one column, "" where a row is too short."""
        columns = [
            records.column(place, self._form, self._expected)[first:end]
            for records, first, end in self.parts
        ]
        self._expected.add(place)
        return columns[0] if len(columns) == 1 else pa.concat_arrays(columns)


class TextList(ProspectList):
    """A list of delimited text, as :func:`open_text` gives it.

    ``heading`` is None where the list has none. ``line_end`` is how its first line ends.
    ``marked`` says whether it should be written with a byte-order mark: it had one, was not all
    in UTF-8, or its text begins with what would be taken for one.
    """

    def __init__(self, path: Path, coding: Coding, dialect: Dialect, *, headed: bool) -> None:
        self.path = path
        self.dialect = dialect
        self._coding = coding
        strays = Strays()
        survey, scan = self._survey(headed, strays)
        if strays.lines:
            self._coding = msgspec.structs.replace(coding, strays=strays.codec())
            survey, scan = self._survey(headed, None)
        if not survey.width:
            raise ListError(f"{path}: is empty")
        self.heading: Heading | None = survey.heading
        self.line_end = survey.line_end or "\n"
        text = survey.heading.text if survey.heading else ""
        self.marked = (
            coding != Coding() or strays.lines > 0 or text.startswith(codecs.BOM_UTF8.decode())
        )
        self.form = Form(dialect.delimiter, survey.width)
        self.rows = survey.rows
        cells = survey.heading.cells if survey.heading else ()
        self.headings = cells + ("",) * (survey.width - len(cells))
        self.remarks = (
            *on_strays(strays.lines, self._coding),
            *_on_quoting([line + bool(dialect.preface) for line in scan.unclosed]),
            *survey.remarks(),
        )

    def chunks(self, rows: int = ROWS) -> Iterator[TextChunk]:
        """Yield all rows in order, so many at a time, fewer where they are very long."""
        expected: set[int] = set()
        parts: list[Part] = []
        start = count = size = 0
        for records in self._rows():
            first = 0
            while first < len(records):
                end = min(len(records), first + rows - count)
                parts.append(Part(records, first, end))
                count += end - first
                size += int(records.starts[end] - records.starts[first])
                first = end
                if count == rows or size >= MOST_CHUNK:
                    yield TextChunk(start, parts, self.form, expected)
                    start, parts, count, size = start + count, [], 0, 0
        if parts:
            yield TextChunk(start, parts, self.form, expected)

    def _survey(self, headed: bool, strays: Strays | None) -> tuple[Survey, Scan]:
        scan = Scan(self.dialect.delimiter)
        survey = Survey(
            self.path,
            self.dialect.delimiter,
            headed=headed,
            skipped=1 if self.dialect.preface else 0,
        )
        for run in self._runs(scan, strays):
            survey.add(run)
        return survey, scan

    def _runs(self, scan: Scan, strays: Strays | None = None) -> Iterator[Run]:
        blocks = line_blocks(self.path, self._coding, strays)
        first = next(blocks, b"")[len(self.dialect.preface) :]
        return scan.runs(chain([first] if first else [], blocks))

    def _rows(self) -> Iterator[Records]:
        """Yield the records that are rows."""
        heading = self.heading is not None
        for _, records in self._runs(Scan(self.dialect.delimiter)):
            left_out = records.stops == records.starts[:-1]
            if heading and not left_out.all():
                heading, left_out[int(np.argmin(left_out))] = False, True
            if int(records.widths.max()) > self.form.width:
                raise ListError(f"{self.path}: has changed while it was read; start again")
            if not left_out.all():
                yield records.without(left_out)


@contextmanager
def open_text(path: Path) -> Iterator[TextList]:
    """Open a list of delimited text.

    Raises ListError: no such file, cannot be read, empty, a line or a row that is too long.
    """
    coding = coding_of(path)
    blocks = line_blocks(path, coding)
    text = next(blocks, b"").decode()
    whole = next(blocks, None) is None and len(text) <= _SAMPLE
    text = text[:_SAMPLE]
    dialect = dialect_of(text, whole, path.name)
    rows = first_rows(text[len(dialect.preface) :], whole, dialect.delimiter, _LOOKED_AT)
    yield TextList(path, coding, dialect, headed=not rows or has_headings(rows))


def _on_quoting(lines: Sequence[int]) -> tuple[str, ...]:
    if not lines:
        return ()
    others = f" (and {counted(len(lines) - 1, 'other')})" if lines[1:] else ""
    return (
        f"a quotation mark on line {lines[0]}{others} is never closed; "
        "it was taken as it stands, and the row ends with its line",
    )
