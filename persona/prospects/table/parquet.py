"""Lists in Parquet, read a batch at a time in constant memory, with every column's own type."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from persona.errors import ListError
from persona.prospects.table.canonical import joined
from persona.prospects.table.chunk import MOST_COLUMNS, ROWS, Chunk, ProspectList
from persona.prospects.table.plain import as_texts

_OBSERVED: Final = re.compile(r"[pew]\d\d", re.IGNORECASE)
"""Columns of answers and signals, which hold few different values."""
_FEW_BYTES: Final = 3
"""Bytes of an encoded cell below which a column of texts repeats few of them."""
_BATCH_BYTES: Final = 64 * 1024**2
_BATCH_CELLS: Final = 4 * 1024**2
"""About as much as is read at a time, where rows are long or wide."""
_AHEAD: Final = 8
"""Chunks decoded at a time; measured: a quarter faster than one by one."""
_UNREADABLE: Final = (pa.ArrowException, OSError, ValueError, TypeError, KeyError)


class ParquetChunk(Chunk):
    """Rows of a Parquet list; ``batch`` holds them with their own types, columns in order."""

    def __init__(self, start: int, batch: pa.RecordBatch) -> None:
        super().__init__(start)
        self.batch = batch

    def __len__(self) -> int:
        """Return how many rows there are."""
        return int(self.batch.num_rows)

    def texts(self, place: int) -> pa.Array:
        """Return a column as text; see :func:`persona.prospects.table.plain.as_texts`.

        Raises ListError where a value cannot be written as text.
        """
        try:
            return as_texts(self.batch.column(place))
        except (*_UNREADABLE, OverflowError) as error:
            name = self.batch.schema.names[place]
            raise ListError(f"column {name!r} has a value that is no text ({error})") from None


class ParquetList(ProspectList):
    """An open Parquet list; ``schema`` holds the types and metadata that the file was given."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.schema = pq.read_schema(path)
        if len(self.schema) > MOST_COLUMNS:
            raise ListError(
                f"{path}: {len(self.schema):,} columns; at most {MOST_COLUMNS:,} can be read"
            )
        self.headings = tuple(self.schema.names)
        plain = pq.ParquetFile(path, pre_buffer=False)
        with plain:
            self.rows = plain.metadata.num_rows
            self._few = _of_few_values(plain, self.schema)
            self._fitting = _fitting_rows(plain.metadata)

    def chunks(self, rows: int = ROWS) -> Iterator[ParquetChunk]:
        """Yield all rows in order, this many at a time, or fewer where rows are very long.

        Columns of texts that repeat few values come as dictionary arrays. Raises ListError where
        the file turns out to be damaged.
        """
        start = 0
        rows = min(rows, self._fitting)
        ahead = min(_AHEAD * rows, self._fitting)
        try:
            with pq.ParquetFile(self.path, pre_buffer=False, read_dictionary=self._few) as file:
                for batch in _evenly(file.iter_batches(ahead), rows):
                    yield ParquetChunk(start, batch)
                    start += batch.num_rows
        except _UNREADABLE as error:
            raise _damaged(self.path, error, f"after row {start:,}: ") from None


@contextmanager
def open_parquet(path: Path) -> Iterator[ParquetList]:
    """Open a Parquet list; it can be read until the block ends.

    Raises ListError where there is no such file, or it is damaged, encrypted or no Parquet file.
    """
    try:
        opened = ParquetList(path)
    except FileNotFoundError:
        raise ListError(f"{path}: no such file") from None
    except _UNREADABLE as error:
        raise _damaged(path, error) from None
    yield opened


def _damaged(path: Path, error: Exception, where: str = "") -> ListError:
    if path.is_dir():
        return ListError(f"{path}: this is a folder; name a file")
    if "encrypt" in str(error).lower() or "decrypt" in str(error).lower():
        return ListError(f"{path}: the file is encrypted; save it without encryption")
    why = str(error).splitlines()[0][:120] if str(error) else type(error).__name__
    return ListError(f"{path}: {where}not a whole Parquet file ({why}); save it again")


def _of_few_values(file: pq.ParquetFile, schema: pa.Schema) -> list[str]:
    """Return the names of columns of texts in which few values repeat, as they are encoded."""
    names = set()
    for place in range(len(file.metadata.schema)):
        name = file.metadata.schema.column(place).path
        at = schema.get_field_index(name)
        if at < 0 or schema.types[at] not in (pa.string(), pa.large_string()):
            continue
        if _OBSERVED.fullmatch(name) or _is_small(file.metadata, place):
            names.add(name)
    return sorted(names)


def _is_small(metadata: pq.FileMetaData, place: int) -> bool:
    if not metadata.num_row_groups:
        return False
    first = metadata.row_group(0)
    return bool(first.column(place).total_uncompressed_size < _FEW_BYTES * first.num_rows)


def _fitting_rows(metadata: pq.FileMetaData) -> int:
    """Return how many rows can be held at a time, by how long they are on average."""
    groups = (metadata.row_group(place) for place in range(metadata.num_row_groups))
    longest = max((group.total_byte_size / max(1, group.num_rows) for group in groups), default=1)
    most = min(_BATCH_BYTES / max(1, longest), _BATCH_CELLS / max(1, metadata.num_columns))
    return max(1, int(most))


def _evenly(batches: Iterator[pa.RecordBatch], rows: int) -> Iterator[pa.RecordBatch]:
    """Yield the same rows in batches that are all of this many, but for the last."""
    held: list[pa.RecordBatch] = []
    count = 0
    for batch in batches:
        while count + batch.num_rows >= rows:
            held.append(batch.slice(0, rows - count))
            yield joined(held)
            batch = batch.slice(rows - count)
            held, count = [], 0
        if batch.num_rows:
            held.append(batch)
            count += batch.num_rows
    if held:
        yield joined(held)
