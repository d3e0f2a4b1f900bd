"""Where a scored list is written: which format its name asks for, and whether that can be."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

import pyarrow as pa

from persona.errors import UsageError
from persona.files import check_writable, replacing, same_file
from persona.prospects.table.chunk import Chunk, ListWriter, ProspectList

if TYPE_CHECKING:
    from persona.prospects.summary import ListSummary

TEXT: Final = (".csv", ".tsv")
ENDINGS: Final = (*TEXT, ".xlsx", ".parquet", ".jsonl")


def check_output(source: Path, path: Path) -> None:
    """Raise now where the scored list of ``source`` could not be written to ``path`` later.

    UsageError where the ending is none of ``ENDINGS`` or the list itself would be overwritten,
    OutputError where the place cannot be written to.
    """
    if path.suffix.lower() not in ENDINGS:
        raise UsageError(
            f"{path}: the ending says in which format to write; take one of {', '.join(ENDINGS)}"
        )
    if source.exists() and same_file(path, source):
        raise UsageError(f"{path}: this is the list itself; write to another file")
    check_writable(path)


def open_output(path: Path, source: ProspectList) -> AbstractContextManager[ListWriter]:
    """Open a scored list for writing, in the format that its name ends in.

    It takes its place when ``finish`` was called and the block ends well, and leaves what was
    there untouched otherwise. Raises as :func:`check_output`, and OutputError while writing.
    """
    check_output(source.path, path)
    ending = path.suffix.lower()
    if ending == ".xlsx":
        from persona.prospects.table.workbook_writer import workbook_writer

        return workbook_writer(path, source)
    if ending == ".parquet":
        from persona.prospects.table.parquet_writer import parquet_writer

        return parquet_writer(path, source)
    return _text_output(path, source)


@contextmanager
def _text_output(path: Path, source: ProspectList) -> Iterator[ListWriter]:
    with suppress(_Unfinished), replacing(path) as file:
        writer = _Finishing(_writer(file, path, source))
        yield writer
        if not writer.finished:
            raise _Unfinished


def _writer(file: BinaryIO, path: Path, source: ProspectList) -> ListWriter:
    if path.suffix.lower() in TEXT:
        from persona.prospects.table.textwriter import text_writer

        return text_writer(file, path, source)
    from persona.prospects.table.jsonwriter import JsonWriter

    return JsonWriter(file, source)


class _Unfinished(Exception):
    """The block ended before the list did."""


class _Finishing(ListWriter):
    """A writer that remembers whether the list was finished."""

    def __init__(self, writer: ListWriter) -> None:
        self._writer = writer
        self.finished = False

    def write(self, chunk: Chunk, outcomes: pa.RecordBatch) -> None:
        """Write rows; see :class:`ListWriter`."""
        self._writer.write(chunk, outcomes)

    def finish(self, summary: "ListSummary") -> None:
        """End the list; see :class:`ListWriter`."""
        self._writer.finish(summary)
        self.finished = True
