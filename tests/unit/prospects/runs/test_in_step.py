"""Batches made as long as somebody else's."""

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from persona.prospects.runs.in_step import InStep

SCHEMA = pa.schema([("row", pa.int64())])


def _batches(sizes: list[int]) -> list[pa.RecordBatch]:
    rows = iter(range(sum(sizes)))
    return [
        pa.RecordBatch.from_pydict({"row": [next(rows) for _ in range(size)]}, SCHEMA)
        for size in sizes
    ]


@given(st.lists(st.integers(0, 5), max_size=8), st.lists(st.integers(0, 7), max_size=12))
def test_all_rows_in_order_however_they_are_cut(sizes: list[int], wanted: list[int]) -> None:
    taken = InStep(iter(_batches(sizes)), SCHEMA)
    found: list[int] = []
    for count in wanted:
        if len(found) + count > sum(sizes):
            with pytest.raises(ValueError, match="missing"):
                taken.take(count)
            return
        batch = taken.take(count)
        assert batch.num_rows == count
        assert batch.schema == SCHEMA
        found += batch.column(0).to_pylist()
    assert found == list(range(len(found)))
