"""Scored lists as delimited text: what was there comes back byte for byte, our cells follow it."""

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from persona.prospects.outcome import WRITTEN
from persona.prospects.table.cells import on_values, outcome_cells, plainly, quoted
from persona.prospects.table.chunk import Chunk, ListWriter, ProspectList
from persona.prospects.table.records import Records
from persona.prospects.table.textlist import TextChunk, TextList

if TYPE_CHECKING:
    from persona.prospects.summary import ListSummary

_MARK: Final = "\ufeff"
_TABS: Final = (".tsv", ".tab")


def text_writer(file: BinaryIO, path: Path, source: ProspectList) -> ListWriter:
    """Return a writer of delimited text to ``file``, which will have the name ``path``.

    Delimited text with the same delimiter is written as it stood; all else cell by cell.
    """
    delimiter = _delimiter(path, source)
    if isinstance(source, TextList) and source.dialect.delimiter == delimiter:
        return AppendingWriter(file, source)
    return CellWriter(file, source, delimiter)


def _delimiter(path: Path, source: ProspectList) -> str:
    """Return tabs for a name in .tsv, else the delimiter that the list had, if that may be."""
    if path.suffix.lower() in _TABS:
        return "\t"
    if not isinstance(source, TextList):
        return ","
    tabs_by_name = source.path.name.lower().removesuffix(".gz").endswith(_TABS)
    return "," if tabs_by_name else source.dialect.delimiter


class CellWriter(ListWriter):
    """Writes any list cell by cell, with quotation marks where they are needed."""

    def __init__(self, file: BinaryIO, source: ProspectList, delimiter: str) -> None:
        self._file = file
        self._delimiter = delimiter
        self._columns = len(source.headings)
        if isinstance(source, TextList) and source.marked:
            file.write(_MARK.encode())
        file.write((_line((*source.headings, *WRITTEN), delimiter) + "\n").encode())

    def write(self, chunk: Chunk, outcomes: pa.RecordBatch) -> None:
        """Write rows; see :class:`ListWriter`."""
        own = (chunk.texts(place) for place in range(self._columns))
        cells = [_ready(texts, self._delimiter) for texts in (*own, *outcome_cells(outcomes))]
        cells[-1] = pc.binary_join_element_wise(cells[-1], "\n", "")
        _put(self._file, pc.binary_join_element_wise(*cells, self._delimiter))

    def finish(self, summary: "ListSummary") -> None:
        """End the list; text has no place for a summary."""


class AppendingWriter(ListWriter):
    """Writes delimited text as it stood, with our cells at the end of each record.

    Records that are shorter than the longest get delimiters first, so that our cells stand in
    their columns; one that the file's end cut off ends as the first one does.
    """

    def __init__(self, file: BinaryIO, source: TextList) -> None:
        self._file = file
        self._delimiter, self._width = source.form
        self._line_end = source.line_end
        if source.marked:
            file.write(_MARK.encode())
        heading, cells = source.heading, 0
        if heading:
            cells = len(heading.cells)
        missing = self._delimiter * (self._width - max(1, cells))
        start = (heading.text if heading else "") + missing + self._delimiter
        line = start + _line(WRITTEN, self._delimiter) + self._line_end
        file.write((source.dialect.preface + line).encode())

    def write(self, chunk: Chunk, outcomes: pa.RecordBatch) -> None:
        """Write rows; see :class:`ListWriter`."""
        assert isinstance(chunk, TextChunk)
        cells = [_ready(texts, self._delimiter) for texts in outcome_cells(outcomes)]
        at = 0
        for records, first, end in chunk.parts:
            ours = [texts[at : at + end - first] for texts in cells]
            at += end - first
            body, line_end = self._taken_apart(records, first, end)
            ours[-1] = pc.binary_join_element_wise(ours[-1], line_end, "")
            _put(self._file, pc.binary_join_element_wise(body, *ours, self._delimiter))

    def finish(self, summary: "ListSummary") -> None:
        """End the list; text has no place for a summary."""

    def _taken_apart(self, records: Records, first: int, end: int) -> tuple[pa.Array, pa.Array]:
        """Return records without their line ends, as wide as the widest, and the line ends."""
        places = np.empty(2 * (end - first) + 1, np.int32)
        places[::2] = records.starts[first : end + 1]
        places[1::2] = records.stops[first:end]
        pieces = pa.StringArray.from_buffers(
            len(places) - 1, pa.py_buffer(places), pa.py_buffer(records.content)
        )
        bodies = pieces.take(pa.array(np.arange(0, len(places) - 1, 2)))
        line_ends = pieces.take(pa.array(np.arange(1, len(places), 2)))
        missing = self._width - records.widths[first:end]
        if missing.any():
            bodies = pc.binary_join_element_wise(bodies, self._delimiters(missing), "")
        if places[-1] == places[-2]:
            line_ends = pc.if_else(pc.equal(line_ends, ""), self._line_end, line_ends)
        return bodies, line_ends

    def _delimiters(self, counts: npt.NDArray[np.int64]) -> pa.Array:
        different, which = np.unique(counts, return_inverse=True)
        texts = pa.array([self._delimiter * int(count) for count in different])
        return texts.take(pa.array(which))


def _ready(texts: pa.Array, delimiter: str) -> pa.Array:
    return plainly(on_values(texts, lambda plain: quoted(plain, delimiter)))


def _line(cells: tuple[str, ...], delimiter: str) -> str:
    written = io.StringIO(newline="")
    # Of line ends, only those that it ends lines with are put between quotation marks.
    csv.writer(written, delimiter=delimiter, lineterminator="\r\n").writerow(cells)
    return written.getvalue().removesuffix("\r\n")


def _put(file: BinaryIO, texts: pa.Array) -> None:
    """Write texts one behind the other."""
    _, places, data = texts.buffers()
    if data is not None and len(texts):
        offsets = np.frombuffer(places, np.int32)
        first, end = offsets[texts.offset], offsets[texts.offset + len(texts)]
        file.write(memoryview(data)[first:end])
