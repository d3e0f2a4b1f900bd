"""Workbooks are read as they are seen, and what is damaged or huge is refused in one line."""

import struct
import zipfile
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from persona.errors import ListError
from persona.prospects.table import open_list, workbook_guard
from persona.prospects.table.workbook import as_text, open_workbook
from tests.conftest import complaint
from tests.unit.prospects.table.lists import read, refusal, written
from tests.unit.prospects.table.workbooks import cell, raw, workbook

ROWS: list[list[Any]] = [
    ["Company", "Website", "Size"],
    ["Acme", "acme.com", 12],
    ["007", None, 1.5],
]


@pytest.mark.parametrize("in_line", [True, False])
def test_the_first_row_is_headings_and_the_others_rows(tmp_path: Path, in_line: bool) -> None:
    path = workbook(tmp_path, {"S": ROWS}, constant_memory=in_line)
    assert read(path) == (
        ["Company", "Website", "Size"],
        [["Acme", "acme.com", "12"], ["007", "", "1.5"]],
        (),
    )


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        (12, "12"),
        (12.5, "12.5"),
        (-0.0, "0"),
        (123456789012345, "123456789012345"),
        (2.0**53, "9007199254740992"),
        (1e20, "100000000000000000000"),
        (0.1 + 0.2, "0.3"),
        (0.00001, "0.00001"),
        (1e300, "1e+300"),
        (True, "TRUE"),
        (False, "FALSE"),
        ("00123", "00123"),
        (" 1e5 ", " 1e5 "),
        ("=1+1", "=1+1"),
        ("two\nlines\tand a tab", "two\nlines\tand a tab"),
        ("a\x01b", "a\x01b"),
        ("_x0041_ 😀 \u202eabc", "_x0041_ 😀 \u202eabc"),
        (date(2024, 2, 29), "2024-02-29"),
        (datetime(2024, 2, 29, 1, 2, 3), "2024-02-29 01:02:03"),
        (time(1, 2, 3), "01:02:03"),
        (timedelta(hours=30, seconds=1), "30:00:01"),
    ],
)
def test_cells_read_as_they_are_shown(tmp_path: Path, typed: Any, text: str) -> None:
    path = workbook(tmp_path, {"S": [["Website", "Cell"], ["a.com", typed]]})
    assert read(path)[1] == [["a.com", text]]


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_numbers_keep_the_digits_that_a_sheet_shows(number: float) -> None:
    assert float(as_text(number)) == pytest.approx(number, rel=1e-14, abs=0)
    if number == int(number) and abs(number) < 2**53:
        assert as_text(number) == str(int(number))


@settings(max_examples=25)
@given(
    st.lists(
        st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=5), min_size=3,
                 max_size=3),
        max_size=6,
    )
)  # fmt: skip
def test_texts_come_back_cell_for_cell(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]
) -> None:
    """But for two characters that no text has, and rows that are empty."""
    clean = [[c.replace("\ufffe", "").replace("\uffff", "") for c in row] for row in rows]
    path = workbook(tmp_path_factory.mktemp("list"), {"S": [["Website", "b", "c"], *clean]})
    assert read(path)[1] == [row for row in clean if any(row)]


def test_of_several_sheets_the_first_visible_one_with_rows_is_read(tmp_path: Path) -> None:
    sheets = {"Lookups": [["x"], ["y"]], "Empty": [], "People": ROWS, "More": ROWS}
    headings, _, remarks = read(workbook(tmp_path, sheets, hidden="Lookups"))
    assert headings == ["Company", "Website", "Size"]
    assert remarks == ("4 sheets; the one read is 'People'",)


def test_empty_rows_are_left_out_and_empty_columns_kept(tmp_path: Path) -> None:
    rows = [[], [], [None, "Website", None, "Note"], [None, "a.com"], [], [None, "", None, "x"]]
    headings, cells, remarks = read(workbook(tmp_path, {"S": rows}))
    assert headings == ["", "Website", "", "Note"]
    assert cells == [["", "a.com", "", ""], ["", "", "", "x"]]
    assert remarks == ("2 empty rows above the first left out", "1 empty row left out")


def test_a_list_without_headings_loses_no_row(tmp_path: Path) -> None:
    headings, cells, remarks = read(workbook(tmp_path, {"S": [["acme.com"], ["bolt.de"]]}))
    assert (headings, cells) == ([""], [["acme.com"], ["bolt.de"]])
    assert remarks == ("the first row holds no headings; it was read as a row",)


def test_formulas_count_by_their_saved_values(tmp_path: Path) -> None:
    formula = '<c r="B2" t="str"><f>A2&amp;"x"</f><v>ax</v></c>'
    path = raw(tmp_path, f"<row>{cell('A1', 'Website')}</row><row>{cell('A2', 'a')}{formula}</row>")
    assert read(path)[1] == [["a", "ax"]]


def test_cells_without_a_value_come_back_empty_and_are_told(tmp_path: Path) -> None:
    error = '<c r="B2" t="e"><v>#N/A</v></c>'
    unsaved = '<c r="C2"><f>A2&amp;"x"</f><v/></c>'
    headings = "".join(cell(place, place) for place in ("A1", "B1", "C1"))
    path = raw(tmp_path, f"<row>{headings}</row><row>{cell('A2', 'a')}{error}{unsaved}</row>")
    _, cells, remarks = read(path)
    assert cells == [["a", "", ""]]
    assert len(remarks) == 1
    assert remarks[0].startswith("2 cells with an error such as #N/A, or a formula")


def test_cells_that_do_not_say_where_they_are(tmp_path: Path) -> None:
    row = '<row><c t="inlineStr"><is><t>{}</t></is></c><c><v>{}</v></c></row>'
    path = raw(tmp_path, row.format("Website", 1) + row.format("a.com", 2))
    assert read(path)[:2] == (["Website", "1"], [["a.com", "2"]])


def test_a_workbook_without_rows_is_refused(tmp_path: Path) -> None:
    refusal(workbook(tmp_path, {"S": [], "T": []}), "no rows")
    refusal(workbook(tmp_path, {"S": [["", ""]]}), "no rows")


@pytest.mark.parametrize(
    "rows",
    [
        f"<row>{cell('A1', 'x')}</row><row>{cell('XFD1048576', 'x')}</row>",
        f"<row>{cell('A1', 'x')}</row><row>{cell('A99999999999999999999', 'x')}</row>",
        f"<row>{cell('A1', 'x')}{cell('ZZZZZZZZZZZZ1', 'x')}</row>",
        "<row>" + "<c><v>1</v></c>" * 8_000 + "</row>" + "<row/>" * 7_000,
    ],
)
def test_cells_in_far_corners_do_not_fill_the_memory(tmp_path: Path, rows: str) -> None:
    refusal(raw(tmp_path, rows), "rows down", "columns across", "save it as CSV")


def test_more_columns_than_a_sheet_has(tmp_path: Path) -> None:
    refusal(raw(tmp_path, f"<row>{cell('A1', 'x')}{cell('XFE1', 'x')}</row>"), "16,384 columns")


def test_what_unpacks_to_too_much_is_refused_whatever_it_claims(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook_guard, "MOST_BYTES", 3 * 1024**2)
    path = raw(tmp_path, cell("A1", "x" * 4_000_000))
    refusal(path, "once unpacked", "save it as CSV")
    content = path.read_bytes()
    true, claimed = struct.pack("<I", size_of(path)), struct.pack("<I", 1000)
    assert content.count(true) == 2
    path.write_bytes(content.replace(true, claimed))
    refusal(path, "once unpacked")


def size_of(path: Path) -> int:
    with zipfile.ZipFile(path) as archive:
        return archive.getinfo("xl/worksheets/sheet1.xml").file_size


def test_what_is_no_workbook_is_refused(tmp_path: Path) -> None:
    whole = workbook(tmp_path, {"S": ROWS}).read_bytes()
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
    refusal(written(tmp_path, whole[:-300], "a.xlsx"), "damaged workbook")
    refusal(written(tmp_path, whole[:50] + whole[60:], "a.xlsx"), "damaged workbook")
    refusal(written(tmp_path, ole, "a.xlsx"), "save it as .xlsx or CSV")
    locked = ole + "EncryptedPackage".encode("utf-16-le")
    refusal(written(tmp_path, locked, "a.xlsx"), "protected with a password")
    with zipfile.ZipFile(tmp_path / "b.xlsx", "w") as archive:
        archive.writestr("notes.txt", "x")
    refusal(tmp_path / "b.xlsx", "not a workbook")
    for path, words in ((tmp_path / "none.xlsx", "no such file"), (tmp_path, "a folder")):
        with pytest.raises(ListError) as caught, open_workbook(path):
            pass
        complaint(caught.value, path, words)


@given(st.binary(min_size=1, max_size=30), st.floats(0, 1, exclude_max=True), st.booleans())
def test_arbitrary_damage_is_refused_or_read(
    tmp_path_factory: pytest.TempPathFactory, noise: bytes, where: float, packed: bool
) -> None:
    folder = tmp_path_factory.mktemp("list")
    rows = "".join(f"<row>{cell(f'A{row}', 'x')}{cell(f'B{row}', 'y')}</row>" for row in (1, 2))
    if not packed:
        at = int(where * len(rows))
        rows = rows[:at] + noise.decode("latin-1") + rows[at + len(noise) :]
    path = raw(folder, rows)
    if packed:
        content = bytearray(path.read_bytes())
        at = 4 + int(where * (len(content) - 4))
        content[at : at + len(noise)] = noise
        path.write_bytes(content)
    try:
        with open_list(path) as listed:
            for chunk in listed.chunks():
                for place in range(len(listed.headings)):
                    chunk.texts(place)
    except ListError as error:
        complaint(error)
