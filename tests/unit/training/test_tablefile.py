"""Tables as files: every common spelling of the same table gives the same rows, or one line."""

import csv
import gzip
import math
import sys
from importlib import import_module
from pathlib import Path

import pytest

from persona.errors import TableError
from persona.training import tablefile
from persona.training.tablefile import open_table
from tests.conftest import complaint

TEXT = 'company,note\r\n"Björk, Ltd","two\r\nlines"\r\n\r\nÅbo,\r\n'
ROWS = [(2, ["Björk, Ltd", "two\r\nlines"]), (4, ["Åbo", ""])]


def rows_of(path: Path) -> tuple[list[tuple[int, list[str]]], tuple[str, ...]]:
    with open_table(path) as table:
        assert table.headings == ["company", "note"]
        return [(row.number, row.cells) for row in table.rows], table.remarks


def written(folder: Path, content: bytes, name: str = "t.csv") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def refusal(path: Path) -> str:
    with pytest.raises(TableError) as caught, open_table(path) as table:
        list(table.rows)
    return complaint(caught.value, path)


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (TEXT.encode(), None),
        (TEXT.encode("utf-8-sig"), None),
        (gzip.compress(TEXT.encode(), mtime=0), None),
        (TEXT.encode("utf-16"), "utf-16"),
        (TEXT.encode("latin-1"), "cp1252"),
        (gzip.compress(TEXT.encode("cp1252"), mtime=0), "cp1252"),
    ],
)
def test_one_table_in_many_encodings(content: bytes, encoding: str | None, tmp_path: Path) -> None:
    path = written(tmp_path, content)
    rows, remarks = rows_of(path)
    assert rows == ROWS
    assert remarks == ((f"{path}: read as {encoding}",) if encoding else ())


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_semicolons_and_tabs_are_told_by_the_headings(delimiter: str, tmp_path: Path) -> None:
    text = f'company{delimiter}note\n"a,b"{delimiter}"c{delimiter}d"\n'
    rows, _ = rows_of(written(tmp_path, text.encode()))
    assert rows == [(2, ["a,b", f"c{delimiter}d"])]


def test_an_alphabet_that_is_not_western_is_guessed_and_said(tmp_path: Path) -> None:
    names = ("Завод электрических насосов и арматуры", "Торговый дом северных металлов")
    text = "company,note\n" + "".join(f"{name},продажа и обслуживание\n" for name in names)
    path = written(tmp_path, text.encode("cp1251"))
    rows, remarks = rows_of(path)
    assert [cells[0] for _, cells in rows] == list(names)
    assert remarks == (f"{path}: read as cp1251",)


def test_mixed_encodings_are_refused_naming_the_lines(tmp_path: Path) -> None:
    mixed = b"company,note\nplain,\n" + "Åbo,\n".encode() + "Björk,\n".encode("latin-1")
    line = refusal(written(tmp_path, mixed))
    assert "mixed encodings: line 3 is UTF-8 and line 4 is not" in line


def test_a_cell_may_be_long_and_the_limit_of_others_stays(tmp_path: Path) -> None:
    before = csv.field_size_limit()
    long = "word:1 " * 100_000
    rows, _ = rows_of(written(tmp_path, f"company,note\nx,{long}\n".encode()))
    assert rows == [(2, ["x", long])]
    assert csv.field_size_limit() == before


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf\r\n\r\n", "is empty"),
        (gzip.compress(b"", mtime=0), "is empty"),
        (b"company\n\x00\x01\x02\n", "line 2: not text"),
        (b"PK\x03\x04" + b"\0" * 40, "a workbook or an archive; save it as CSV"),
        (gzip.compress(TEXT.encode() * 50, mtime=0)[:-20], "cannot be read"),
        (b"\x1f\x8b\x08\x00rubbish", "cannot be read"),
        (b'company,note\n"x"y,z\n', "line 2: not a CSV table"),
        (b'company,note\nx,"y\n', "not a CSV table"),
        ("company,note\nÅ".encode("utf-16")[:-1], "not all utf-16"),
    ],
)
def test_files_that_are_no_table_are_refused(content: bytes, words: str, tmp_path: Path) -> None:
    assert words in refusal(written(tmp_path, content))


def test_files_that_cannot_be_opened_are_refused(tmp_path: Path) -> None:
    assert "no such file" in refusal(tmp_path / "absent.csv")
    assert "this is a folder" in refusal(tmp_path)


def test_a_file_that_unpacks_without_end_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tablefile, "MOST_BYTES", 100_000)
    packed = gzip.compress(b"company,note\n" + b"x,\n" * 100_000, mtime=0)
    assert len(packed) < 100_000
    assert "larger than" in refusal(written(tmp_path, packed))
    assert "larger than" in refusal(written(tmp_path, b"x" * 100_001))


def test_parquet_without_its_library_is_refused_with_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    assert "save it as CSV" in refusal(written(tmp_path, b"PAR1....PAR1", "t.parquet"))


def test_parquet_gives_the_rows_of_the_same_table_in_csv(tmp_path: Path) -> None:
    arrow, parquet = import_module("pyarrow"), import_module("pyarrow.parquet")
    path = tmp_path / "t.parquet"
    columns = {"company": ["x", None, "Å"], "note": [0.5, math.nan, None]}
    parquet.write_table(arrow.table(columns), path, row_group_size=2)
    rows, remarks = rows_of(path)
    assert rows == [(2, ["x", "0.5"]), (3, ["", ""]), (4, ["Å", ""])]
    assert remarks == ()
    whole = path.read_bytes()
    for broken in (b"PAR1....PAR1", whole[:-20], whole[:40] + b"\xff" * 40 + whole[80:]):
        assert "not a Parquet table" in refusal(written(tmp_path, broken, "broken.parquet"))
