"""Batches of rows taken apart and put together, to be as long as somebody else's."""

from collections.abc import Iterator

import pyarrow as pa


class InStep:
    """Rows of batches that follow each other, as many at a time as are wanted."""

    def __init__(self, batches: Iterator[pa.RecordBatch], schema: pa.Schema) -> None:
        self._batches = batches
        self._rest: pa.RecordBatch = pa.RecordBatch.from_pylist([], schema)

    def take(self, rows: int) -> pa.RecordBatch:
        """Return the next so many rows; ValueError where there are fewer."""
        pieces = [self._rest.slice(0, rows)]
        self._rest = self._rest.slice(rows)
        missing = rows - pieces[0].num_rows
        while missing:
            batch = next(self._batches, None)
            if batch is None:
                raise ValueError(f"{missing} rows are missing")
            pieces.append(batch.slice(0, missing))
            self._rest = batch.slice(missing)
            missing -= pieces[-1].num_rows
        filled = [piece for piece in pieces if piece.num_rows]
        return pa.concat_batches(filled) if len(filled) > 1 else (filled or pieces)[0]
