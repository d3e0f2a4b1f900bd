"""Parquet lists are read in order with their own types, and damage is told in one line."""

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from persona.errors import ListError
from persona.prospects.table import open_list, parquet
from persona.prospects.table.chunk import MOST_COLUMNS
from persona.prospects.table.parquet import ParquetChunk, open_parquet
from tests.conftest import complaint
from tests.unit.prospects.table.lists import read, refusal


def kept(folder: Path, table: pa.Table, **options: Any) -> Path:
    """Return a file that holds a table."""
    path = folder / "list.parquet"
    pq.write_table(table, path, **options)
    return path


def people(rows: int) -> pa.Table:
    """Return a table of a plain column, one of few values, and one of answers."""
    return pa.table(
        {
            "id": pa.array([f"{row:06}" for row in range(rows)]),
            "Industry": pa.array([None if row % 5 == 0 else f"i{row % 3}" for row in range(rows)]),
            "P01": pa.array(["abcde"[row * row % 5] for row in range(rows)]),
            "size": pa.array(list(range(rows)), pa.int32()),
        }
    )


def test_headings_rows_and_cells(tmp_path: Path) -> None:
    table = pa.table({"Website": ["a.com", None], "n": [1, 2], "": [True, None]})
    assert read(kept(tmp_path, table)) == (
        ["Website", "n", ""],
        [["a.com", "1", "true"], ["", "2", ""]],
        (),
    )


def test_a_list_without_rows(tmp_path: Path) -> None:
    assert read(kept(tmp_path, people(0))) == (["id", "Industry", "P01", "size"], [], ())


@given(st.integers(1, 400), st.integers(1, 200), st.integers(1, 200))
def test_chunks_are_even_and_whole_wherever_row_groups_end(
    tmp_path_factory: pytest.TempPathFactory, rows: int, group: int, chunk: int
) -> None:
    table = people(rows)
    path = kept(tmp_path_factory.mktemp("list"), table, row_group_size=group)
    with open_parquet(path) as listed:
        assert listed.rows == rows
        chunks = list(listed.chunks(chunk))
    assert [len(each) for each in chunks[:-1]] == [chunk] * (len(chunks) - 1)
    assert [each.start for each in chunks] == list(range(0, rows, chunk))
    for place, name in enumerate(table.schema.names):
        found = [cell for each in chunks for cell in each.batch.column(place).to_pylist()]
        assert found == table.column(name).to_pylist()


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string()])
def test_columns_of_few_values_come_as_codes(tmp_path: Path, kind: pa.DataType) -> None:
    table = people(10_000)
    table = pa.table([table.column(0).cast(kind), table.column(2).cast(kind)], ["id", "p01"])
    with open_parquet(kept(tmp_path, table, row_group_size=3_000)) as listed:
        first: ParquetChunk = next(listed.chunks())
        assert listed.schema.types == [kind, kind]
    assert first.batch.column(0).type == kind
    assert pa.types.is_dictionary(first.batch.column(1).type)
    assert first.texts(1).to_pylist() == table.column(1).to_pylist()[: len(first)]


def test_long_and_wide_rows_are_read_few_at_a_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet, "_BATCH_BYTES", 100_000)
    monkeypatch.setattr(parquet, "_BATCH_CELLS", 10_000)
    long = pa.table({"page": [f"{row}" * 1_000 for row in range(100, 200)]})
    wide = pa.table({f"c{place}": list(range(100)) for place in range(200)})
    for table, most in ((long, 33), (wide, 50)):
        with open_parquet(kept(tmp_path, table)) as listed:
            sizes = [len(chunk) for chunk in listed.chunks()]
        assert sum(sizes) == 100
        assert most / 2 < max(sizes) <= most


def test_a_repeated_heading_is_two_columns(tmp_path: Path) -> None:
    table = pa.table([pa.array(["a", "b"]), pa.array(["c", "d"])], names=["p01", "p01"])
    assert read(kept(tmp_path, table)) == (["p01", "p01"], [["a", "c"], ["b", "d"]], ())


def test_damage_is_told_in_one_line(tmp_path: Path) -> None:
    path = kept(tmp_path, people(50_000))
    content = path.read_bytes()
    path.write_bytes(content[:-200])
    refusal(path, "not a whole Parquet file")
    path.write_bytes(content[:1000] + b"\xff" * 5000 + content[6000:])
    refusal(path, "after row 0", "not a whole Parquet file")
    path.write_bytes(b"PAR1")
    refusal(path, "not a whole Parquet file")
    path.write_bytes(content[:-4] + b"PARE")
    refusal(path)


def test_what_is_no_file_is_told(tmp_path: Path) -> None:
    for path, words in ((tmp_path / "none.parquet", "no such file"), (tmp_path, "a folder")):
        with pytest.raises(ListError) as caught, open_parquet(path):
            pass
        complaint(caught.value, path, words)


def test_more_columns_than_a_list_can_have(tmp_path: Path) -> None:
    names = [f"c{place}" for place in range(MOST_COLUMNS + 1)]
    path = kept(tmp_path, pa.table([pa.array([1])] * len(names), names=names))
    refusal(path, "16,385 columns")


@given(st.binary(min_size=1, max_size=40), st.floats(0, 1, exclude_max=True))
def test_arbitrary_damage_is_refused_or_read(
    tmp_path_factory: pytest.TempPathFactory, noise: bytes, where: float
) -> None:
    path = kept(tmp_path_factory.mktemp("list"), people(30))
    content = bytearray(path.read_bytes())
    at = int(where * len(content))
    content[at : at + len(noise)] = noise
    path.write_bytes(b"PAR1" + content[4:])
    try:
        with open_list(path) as listed:
            for chunk in listed.chunks():
                for place in range(len(listed.headings)):
                    chunk.texts(place)
    except ListError as error:
        complaint(error)
