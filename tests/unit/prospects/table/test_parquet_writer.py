"""Scored lists in Parquet keep what the list had, and are the same bytes for the same rows."""

import random
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from persona.errors import OutputError
from persona.prospects.outcome import OUTCOMES, WRITTEN, as_batch
from persona.prospects.table import open_list, open_output, parquet_writer
from persona.prospects.table.canonical import CODED, canonical
from persona.prospects.table.chunk import ProspectList
from tests.conftest import complaint
from tests.unit.prospects.table.lists import NO_SUMMARY, outcome, score, written

OURS = [OUTCOMES.field(name) for name in WRITTEN]


def typed(rows: int) -> pa.Table:
    """Return a table with a column of every kind of type."""
    columns: dict[str, pa.Array] = {
        "text": pa.array([f"{row}" for row in range(rows)], pa.string()),
        "P07": pa.array([None if row % 4 == 0 else "abcde"[row % 5] for row in range(rows)]),
        "large": pa.array(["x"] * rows, pa.large_string()),
        "view": pa.array(["x", None] * (rows // 2), pa.string_view()),
        "bytes": pa.array([b"\xff\x00"] * rows),
        "int": pa.array([2**60] * rows),
        "small": pa.array([7] * rows, pa.uint8()),
        "float": pa.array([0.1] * rows, pa.float32()),
        "half": pa.array(np.ones(rows, np.float16)),
        "bool": pa.array([True, None] * (rows // 2)),
        "date": pa.array([date(1800, 1, 2)] * rows),
        "time": pa.array([time(1, 2, 3)] * rows),
        "zoned": pa.array([datetime(2024, 1, 2)] * rows, pa.timestamp("ms", "Europe/Paris")),
        "nano": pa.array([1] * rows, pa.timestamp("ns")),
        "decimal": pa.array([Decimal("1.10")] * rows),
        "list": pa.array([[1, None]] * rows),
        "struct": pa.array([{"a": [{"b": "c"}]}] * rows),
        "null": pa.nulls(rows),
        "category": pa.DictionaryArray.from_arrays(
            pa.array([row % 3 for row in range(rows)], pa.int8()), pa.array(["x", "y", "z"])
        ),
    }
    fields = [pa.field(name, column.type) for name, column in columns.items()]
    fields[0] = fields[0].with_nullable(False).with_metadata({"PARQUET:field_id": "7"})
    return pa.table(list(columns.values()), schema=pa.schema(fields, {"made by": "a test"}))


def test_every_type_value_and_note_of_the_list_stays(tmp_path: Path) -> None:
    source = tmp_path / "list.parquet"
    pq.write_table(typed(100), source, row_group_size=30)
    output = score(source, tmp_path / "out.parquet", rows=7)
    before, after = pq.read_table(source), pq.read_table(output)
    assert after.schema.equals(
        pa.schema([*before.schema, *OURS], before.schema.metadata), check_metadata=True
    )
    assert after.select(before.schema.names).equals(before)
    outcomes = pa.Table.from_batches([as_batch([outcome(row) for row in range(100)])])
    assert after.select(WRITTEN).equals(outcomes.select(WRITTEN))


def test_the_index_of_a_data_frame_stays(tmp_path: Path) -> None:
    frame = pd.DataFrame(
        {"p01": ["a", None], "size": [1.0, None], "kind": pd.Categorical(["x", "y"])},
        index=pd.Index([7, 9], name="id"),
    )
    frame.to_parquet(tmp_path / "list.parquet")
    output = score(tmp_path / "list.parquet", tmp_path / "out.parquet")
    pd.testing.assert_frame_equal(pd.read_parquet(output)[list(frame.columns)], frame)


def test_from_text_every_cell_is_text(tmp_path: Path) -> None:
    source = written(tmp_path, "id,Phone,,Phone\n007,1e5,,=1+1\n,  ,,\n")
    table = pq.read_table(score(source, tmp_path / "out.parquet"))
    assert table.schema.names[:4] == ["id", "Phone", "column_3", "Phone_2"]
    own = [column.to_pylist() for column in table.columns[:4]]
    assert own == [["007", ""], ["1e5", "  "], ["", ""], ["=1+1", ""]]
    assert table.schema.types[:4] == [pa.string()] * 4
    assert table.schema.field("persona_confidence").type == pa.float64()


def test_a_scored_list_that_is_scored_again_keeps_both(tmp_path: Path) -> None:
    source = tmp_path / "list.parquet"
    pq.write_table(pa.table({"p01": ["a"], "persona_label": ["old"]}), source)
    table = pq.read_table(score(source, tmp_path / "out.parquet"))
    assert table.column("persona_label").to_pylist() == ["old"]
    assert table.column("persona_label_2").to_pylist() == ["sales_driven"]


def test_a_list_without_rows_keeps_its_columns(tmp_path: Path) -> None:
    source = tmp_path / "list.parquet"
    pq.write_table(typed(0), source)
    table = pq.read_table(score(source, tmp_path / "out.parquet"))
    assert table.schema.equals(pa.schema([*pq.read_schema(source), *OURS]))
    assert table.num_rows == 0


def test_the_bytes_depend_on_the_rows_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not on how many rows come at a time, nor on what else their dictionaries hold."""
    monkeypatch.setattr(parquet_writer, "_GROUP_ROWS", 100)
    source = tmp_path / "list.parquet"
    dice = random.Random(5)
    columns = {
        name: [dice.choice(["a", "b", "c", None]) for _ in range(250)] for name in ("p01", "p02")
    }
    pq.write_table(pa.table(columns), source, row_group_size=70)
    found = set()
    for rows in (1, 64, 100, 250):
        output = tmp_path / f"{rows}.parquet"
        with open_list(source) as listed, open_output(output, listed) as writer:
            for chunk in listed.chunks(rows):
                made = [outcome((chunk.start + row) % 10) for row in range(len(chunk))]
                writer.write(chunk, coded(as_batch(made)))
            writer.finish(NO_SUMMARY)
        found.add(output.read_bytes())
    assert len(found) == 1
    metadata = pq.read_metadata(output)
    assert [metadata.row_group(group).num_rows for group in range(3)] == [100, 100, 50]


def coded(outcomes: pa.RecordBatch) -> pa.RecordBatch:
    """Return outcomes with texts as codes, among them one that nothing uses."""
    columns = []
    for column in outcomes.columns:
        if column.type == pa.string():
            values = ["unused", *sorted(set(column.to_pylist()))]
            codes = pa.array([values.index(cell) for cell in column.to_pylist()], pa.int32())
            column = pa.DictionaryArray.from_arrays(codes, pa.array(values))
        columns.append(column)
    return pa.RecordBatch.from_arrays(columns, names=outcomes.schema.names)


def test_groups_of_rows_are_small_where_rows_are_long(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet_writer, "_GROUP_BYTES", 10_000)
    pages = [f"{row:02}" * (10_000 if row == 50 else 1_000) for row in range(60)]
    pq.write_table(pa.table({"p01": ["a"] * 60, "page": pages}), tmp_path / "list.parquet")
    for rows in (1, 7, 60):
        output = score(tmp_path / "list.parquet", tmp_path / "out.parquet", rows)
        metadata = pq.read_metadata(output)
        groups = range(metadata.num_row_groups)
        assert [metadata.row_group(group).num_rows for group in groups] == [
            *[4] * 12, 2, 1, *[4] * 2, 1,
        ]  # fmt: skip
        assert pq.read_table(output).column("page").to_pylist() == pages


@given(st.lists(st.one_of(st.none(), st.integers(0, 300)), max_size=50), st.integers(301, 400))
def test_dictionaries_are_put_in_order_of_appearance(codes: list[int | None], values: int) -> None:
    for size in (values, 20):
        some = [None if code is None else code % size for code in codes]
        column = pa.DictionaryArray.from_arrays(
            pa.array(some, pa.int32()), pa.array([f"v{value}" for value in range(size)])
        )
        batch = pa.RecordBatch.from_arrays([column], schema=pa.schema([("c", CODED)]))
        tidy = canonical(batch).column(0)
        assert tidy.to_pylist() == column.to_pylist()
        assert tidy.dictionary.to_pylist() == [
            f"v{code}" for code in dict.fromkeys(some) if code is not None
        ]


def test_a_list_that_is_not_finished_leaves_the_old_one(tmp_path: Path) -> None:
    source = tmp_path / "list.parquet"
    pq.write_table(pa.table({"p01": ["a"]}), source)
    output = written(tmp_path, "old", "out.parquet")
    with open_list(source) as listed:
        for stop, words in ((None, "not finished"), (OSError(28, "No space left"), "no space")):
            with pytest.raises(OutputError) as caught:
                half_written(listed, output, stop)
            complaint(caught.value, output, words)
        with pytest.raises(KeyboardInterrupt):
            half_written(listed, output, KeyboardInterrupt())
    assert output.read_text() == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["list.parquet", "out.parquet"]


def half_written(listed: ProspectList, output: Path, stop: BaseException | None) -> None:
    """Write some of a list and then stop, for a reason or for none."""
    with open_output(output, listed) as writer:
        for chunk in listed.chunks():
            writer.write(chunk, as_batch([outcome(0)] * len(chunk)))
        if stop is not None:
            raise stop
