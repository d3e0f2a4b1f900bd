"""Scored lists in Parquet: the list's own columns as they were, then what was found out."""

import base64
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pyarrow.types as kinds

from persona.errors import OutputError
from persona.files import replacing
from persona.prospects.outcome import OUTCOMES, WRITTEN
from persona.prospects.summary import ListSummary
from persona.prospects.table.canonical import CODED, canonical, joined
from persona.prospects.table.chunk import Chunk, ListWriter, ProspectList
from persona.prospects.table.names import unique_names
from persona.prospects.table.parquet import ParquetChunk, ParquetList

_GROUP_ROWS: Final = 65_536
_GROUP_CELLS: Final = 4 * 1024**2
_GROUP_BYTES: Final = 64 * 1024**2
"""A row group ends at whichever of these it reaches first, so that memory stays bounded."""
_PIECE: Final = 16_384
"""Rows encoded at a time; measured: a third faster than 1,024, which is usual."""
_SCHEMA: Final = b"ARROW:schema"
"""Where Arrow keeps the types that a file was written from."""


class ParquetListWriter(ListWriter):
    """Writes row groups that depend on the rows alone, however many come at a time.

    From a Parquet list every column keeps its name, type and values, and the file its metadata;
    from other lists columns are texts. Names that repeat are made different.
    """

    def __init__(self, file: BinaryIO, source: ProspectList) -> None:
        self._file = file
        self._source = source
        self._names = unique_names([*source.headings, *WRITTEN])
        self._rows = max(1, min(_GROUP_ROWS, _GROUP_CELLS // len(self._names)))
        self._held: list[pa.RecordBatch] = []
        self._count = self._bytes = 0
        self._kinds: list[pa.DataType] = []
        self._writer: pq.ParquetWriter | None = None
        self.finished = False

    def write(self, chunk: Chunk, outcomes: pa.RecordBatch) -> None:
        """Write the rows of a chunk, each with its outcome (schema ``OUTCOMES``)."""
        batch = self._together(chunk, outcomes)
        weights = np.cumsum(_row_bytes(batch))
        start = 0
        while start < batch.num_rows:
            done = int(weights[start - 1]) if start else 0
            end = int(np.searchsorted(weights, done + _GROUP_BYTES - self._bytes, side="right"))
            end = min(end, start + self._rows - self._count, batch.num_rows)
            end = max(end, start if self._count else start + 1)
            if end > start:
                self._held.append(batch.slice(start, end - start))
                self._count += end - start
                self._bytes += int(weights[end - 1]) - done
            if end < batch.num_rows or self._count == self._rows:
                self._flush()
            start = end

    def finish(self, summary: ListSummary) -> None:
        """Write what is left and end the file; a summary has no place in Parquet."""
        if self._held:
            self._flush()
        schema = self._lasting()
        writer = self._writer or self._opened(schema)
        types = base64.b64encode(schema.serialize())
        writer.add_key_value_metadata({**(schema.metadata or {}), _SCHEMA: types})
        writer.close()
        self.finished = True

    def abandon(self) -> None:
        """Let go of the file, ended or not."""
        if self._writer is not None and self._writer.is_open:
            with suppress(OSError, ValueError, pa.ArrowException):
                self._writer.close()

    def _together(self, chunk: Chunk, outcomes: pa.RecordBatch) -> pa.RecordBatch:
        """Return a chunk's own columns and ours in one batch."""
        if isinstance(chunk, ParquetChunk):
            own, fields = chunk.batch.columns, list(chunk.batch.schema)
        else:
            places = range(len(self._source.headings))
            own = [_as_type(chunk.texts(place), pa.string()) for place in places]
            fields = [pa.field("", pa.string())] * len(own)
        if not self._kinds:
            self._kinds = [_written(outcomes.column(name).type) for name in WRITTEN]
        pairs = zip(WRITTEN, self._kinds, strict=True)
        ours = [_as_type(outcomes.column(name), kind) for name, kind in pairs]
        fields += [pa.field("", kind) for kind in self._kinds]
        return pa.RecordBatch.from_arrays([*own, *ours], schema=self._named(fields))

    def _flush(self) -> None:
        """Write the rows held back as one row group."""
        batch = canonical(joined(self._held))
        self._writer = self._writer or self._opened(batch.schema)
        self._writer.write_table(pa.Table.from_batches([batch]), row_group_size=batch.num_rows)
        self._held, self._count, self._bytes = [], 0, 0

    def _opened(self, schema: pa.Schema) -> pq.ParquetWriter:
        uncoded = {field.name for field in schema if not kinds.is_dictionary(field.type)}
        return pq.ParquetWriter(
            self._file,
            schema,
            compression="zstd",
            compression_level=1,
            store_schema=False,
            write_statistics=sorted(uncoded),
            use_dictionary=sorted(set(schema.names) - (uncoded - self._repeating())),
            write_batch_size=_PIECE,
        )

    def _repeating(self) -> set[str]:
        """Return the columns in whose texts a dictionary is worth looking for.

        Those of a Parquet list are not among them: where it was, they come with a dictionary.
        """
        own = len(self._source.headings)
        names = set() if isinstance(self._source, ParquetList) else set(self._names[:own])
        ours = zip(self._names[own:], WRITTEN, strict=True)
        return names | {
            name
            for name, written in ours
            if OUTCOMES.field(written).type == pa.string() and written != "persona_site"
        }

    def _lasting(self) -> pa.Schema:
        """Return the schema that readers see: the list's own types and metadata, then ours."""
        if isinstance(self._source, ParquetList):
            fields, metadata = list(self._source.schema), self._source.schema.metadata
        else:
            fields, metadata = [pa.field("", pa.string())] * len(self._source.headings), None
        fields += [OUTCOMES.field(name) for name in WRITTEN]
        return self._named(fields).with_metadata(metadata)

    def _named(self, fields: list[pa.Field]) -> pa.Schema:
        named = zip(fields, self._names, strict=True)
        return pa.schema([field.with_name(name) for field, name in named])


@contextmanager
def parquet_writer(path: Path, source: ProspectList) -> Iterator[ParquetListWriter]:
    """Give a writer of a scored list, which takes its place at ``path`` when the block ends.

    Raises OutputError where the place cannot be written to, or the list was not finished; an
    older file then stands untouched.
    """
    with replacing(path) as file:
        writer = ParquetListWriter(file, source)
        try:
            yield writer
        finally:
            writer.abandon()
        if not writer.finished:
            raise OutputError(f"{path}: was not written, as the list was not finished")


def _written(kind: pa.DataType) -> pa.DataType:
    """Return the type that a column of ours is written with, by the one it first has."""
    return CODED if kinds.is_dictionary(kind) else kind


def _as_type(column: pa.Array, kind: pa.DataType) -> pa.Array:
    """Return a column of texts as ``kind``, which is a dictionary of texts or texts alone."""
    if column.type == kind:
        return column
    if kinds.is_dictionary(kind) and not kinds.is_dictionary(column.type):
        column = column.dictionary_encode()
    return column.cast(kind)


def _row_bytes(batch: pa.RecordBatch) -> np.ndarray:
    """Return for each row how many bytes its texts have, without those of dictionaries."""
    total = np.zeros(batch.num_rows, np.int64)
    for column in batch.columns:
        if kinds.is_string(column.type) or kinds.is_binary(column.type):
            total += pc.binary_length(column).fill_null(0).to_numpy()
    return total
