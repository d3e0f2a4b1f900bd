"""Batches put together so that equal rows are equal bytes, however they came."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import pyarrow as pa

CODED: Final = pa.dictionary(pa.int32(), pa.string())
"""Texts as codes into a dictionary."""
_FEW: Final = 256
"""Values of a dictionary below which a code fits in a byte."""


def joined(batches: Sequence[pa.RecordBatch]) -> pa.RecordBatch:
    """Return batches of one schema, at least one, as one; their dictionaries become one too."""
    if len(batches) == 1:
        return batches[0]
    table = pa.Table.from_batches(batches).unify_dictionaries().combine_chunks()
    return table.to_batches()[0]


def canonical(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Return a batch whose dictionaries of texts hold just its values, in order of appearance."""
    columns = [_ordered(column) if _is_coded(column.type) else column for column in batch.columns]
    return pa.RecordBatch.from_arrays(columns, schema=batch.schema)


def _is_coded(kind: pa.DataType) -> bool:
    return bool(kind in (CODED, pa.dictionary(pa.int32(), pa.large_string())))


def _ordered(column: pa.DictionaryArray) -> pa.DictionaryArray:
    """Return a dictionary array without unused values, the others in order of appearance."""
    values = len(column.dictionary)
    indices = column.indices.fill_null(values).to_numpy()
    first = _first_places(indices, values)
    order = np.argsort(first, kind="stable")
    order = order[: np.count_nonzero(first < len(indices))]
    if np.array_equal(order, np.arange(values)):
        return column
    place = np.zeros(values, np.int32)
    place[order] = np.arange(len(order), dtype=np.int32)
    codes = pa.array(place).take(column.indices)
    return pa.DictionaryArray.from_arrays(codes, column.dictionary.take(pa.array(order)))


def _first_places(indices: np.ndarray, values: int) -> np.ndarray:
    """Return where each number below ``values`` first stands in indices, their length if not."""
    never = len(indices)
    if values < _FEW:
        raw = indices.astype(np.uint8).tobytes()
        found = np.array([raw.find(value) for value in range(values)], np.int64)
        return np.where(found < 0, never, found)
    first = np.full(values + 1, never)
    first[indices[::-1]] = np.arange(never)[::-1]
    return first[:values]
