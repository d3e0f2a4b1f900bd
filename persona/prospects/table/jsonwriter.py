"""Scored lists in JSON Lines: an object a row, with what was found out under our own keys."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, BinaryIO, Final

import msgspec
import pyarrow as pa

from persona.prospects.outcome import WRITTEN
from persona.prospects.table.chunk import Chunk, ListWriter, ProspectList
from persona.prospects.table.jsonlist import JsonChunk, JsonList
from persona.prospects.table.names import unique_names

if TYPE_CHECKING:
    from persona.prospects.summary import ListSummary

_MARK: Final = "\ufeff".encode()
_encode = msgspec.json.Encoder().encode


class JsonWriter(ListWriter):
    """Writes a list in JSON Lines.

    Objects from JSON Lines stand as they stood, our keys before their closing brace; of other
    lists the cells are texts under their headings. A heading that is taken gets a number.
    """

    def __init__(self, file: BinaryIO, source: ProspectList) -> None:
        self._file = file
        self._line_end = b"\n"
        names = unique_names((*source.headings, *WRITTEN))
        self._names, self._ours = names[: -len(WRITTEN)], names[-len(WRITTEN) :]
        if isinstance(source, JsonList):
            self._line_end = source.line_end.encode()
            if source.marked:
                file.write(_MARK)

    def write(self, chunk: Chunk, outcomes: pa.RecordBatch) -> None:
        """Write rows; see :class:`ListWriter`."""
        found = map(_encode, _rows(self._ours, (outcomes.column(name) for name in WRITTEN)))
        if isinstance(chunk, JsonChunk):
            self._file.writelines(map(self._added, chunk.lines, found))
            return
        own = map(_encode, _rows(self._names, map(chunk.texts, range(len(self._names)))))
        self._file.writelines(
            _joined(row, ours) + b"\n" for row, ours in zip(own, found, strict=True)
        )

    def finish(self, summary: "ListSummary") -> None:
        """End the list; a line has no place for a summary."""

    def _added(self, line: bytes, ours: bytes) -> bytes:
        """Return the line of an object with our members in it."""
        text = line.rstrip(b"\r\n")
        return _joined(text.rstrip(), ours) + (line[len(text) :] or self._line_end)


def _joined(first: bytes, second: bytes) -> bytes:
    """Return one object with the members of two, as they are written."""
    members = first[:-1]
    return members + (b"" if members.strip() == b"{" else b",") + second[1:]


def _rows(names: tuple[str, ...], columns: Iterable[pa.Array]) -> Iterator[dict[str, Any]]:
    cells = [column.to_pylist() for column in columns]
    return (dict(zip(names, row, strict=True)) for row in zip(*cells, strict=True))
