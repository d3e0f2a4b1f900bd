"""Delimited text in all its spellings gives the same rows, or says in one line why it cannot."""

import gzip
from pathlib import Path

import pytest

from persona.errors import ListError
from persona.prospects.table import decoding, open_list, textlist
from persona.prospects.table.chunk import MOST_COLUMNS
from tests.unit.prospects.table.lists import cells_of, read, refusal, written

HEADINGS = ["Company", "Website", "Note"]
ROWS = [["Björk, Ltd", "björk.example", "two\nlines"], ["007", " spaced ", ""], ["", "", '"']]
TEXT = 'Company,Website,Note\n"Björk, Ltd",björk.example,"two\nlines"\n007, spaced ,\n,,""""\n'


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        TEXT.encode("utf-16-be").join([b"\xfe\xff", b""]),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-32"),
        gzip.compress(TEXT.encode(), mtime=0),
        TEXT.removesuffix("\n").encode(),
        TEXT.replace(",\n", ",\r").encode(),
        b"sep=,\r\n" + TEXT.encode(),
    ],
)
def test_one_list_in_many_encodings(content: bytes, tmp_path: Path) -> None:
    assert read(written(tmp_path, content)) == (HEADINGS, ROWS, ())


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_told_by_what_splits_all_rows_alike(
    delimiter: str, tmp_path: Path
) -> None:
    row = delimiter.join(["Ü; GmbH" if delimiter != ";" else "Ü, GmbH", "ü.de", "1,5|2"])
    text = f"Company{delimiter}Website{delimiter}Size\n" + f"{row.replace('1,5|2', 'x')}\n" * 3
    headings, rows, remarks = read(written(tmp_path, text))
    assert headings == ["Company", "Website", "Size"]
    assert rows[2][1:] == ["ü.de", "x"]
    assert remarks == ()


def test_decimal_commas_do_not_make_a_semicolon_list_one_of_commas(tmp_path: Path) -> None:
    headings, rows, _ = read(written(tmp_path, "Website;Share\na.com;1,5\nb.com;2,5\n"))
    assert headings == ["Website", "Share"]
    assert rows == [["a.com", "1,5"], ["b.com", "2,5"]]


def test_a_single_column_is_not_split(tmp_path: Path) -> None:
    headings, rows, _ = read(written(tmp_path, "Company\nAcme, Inc.\nBolt\n"))
    assert (headings, rows) == (["Company"], [["Acme, Inc."], ["Bolt"]])


@pytest.mark.parametrize(
    ("text", "headings"),
    [
        ("acme.com\nbolt.io\n", [""]),
        ("acme.com\n", [""]),
        ("1;Acme;sales@acme.com\n2;Bolt;bolt.de\n", ["", "", ""]),
        ("company.name,company.website\nAcme,acme.com\n", ["company.name", "company.website"]),
        ("Website\nacme.com\n", ["Website"]),
        ("Our clients, as of 1.1.2024\nacme.com,x\n", ["Our clients", " as of 1.1.2024"]),
        ("example.com,Notes\nnothing,x\nno,y\n", ["example.com", "Notes"]),
    ],
)
def test_a_list_without_headings_loses_no_row(
    text: str, headings: list[str], tmp_path: Path
) -> None:
    found, rows, remarks = read(written(tmp_path, text))
    assert found == headings
    assert len(rows) == len(text.splitlines()) - any(headings)
    assert bool(remarks) != any(headings)


def test_ragged_rows_are_told_with_their_first_line(tmp_path: Path) -> None:
    text = 'a,b,c\n1,2,3\n\n"4\n5"\n6,7,8,9,\n10,11\n\n'
    headings, rows, remarks = read(written(tmp_path, text))
    assert headings == ["a", "b", "c", "", ""]
    assert rows[1:] == [
        ["4\n5", "", "", "", ""],
        ["6", "7", "8", "9", ""],
        ["10", "11", "", "", ""],
    ]
    assert remarks == (
        "2 blank lines left out",
        "2 rows with fewer cells than the headings, first on line 4; "
        "what is missing was taken as empty",
        "1 row with more cells than the headings, first on line 6; "
        "the further cells stand in columns without a heading",
    )


def test_lines_of_delimiters_are_rows(tmp_path: Path) -> None:
    assert read(written(tmp_path, "a,b\n,\n,\n"))[1] == [["", ""], ["", ""]]


def test_headings_alone_are_a_list_without_rows(tmp_path: Path) -> None:
    assert read(written(tmp_path, "Website,Note")) == (["Website", "Note"], [], ())


def test_headings_may_repeat(tmp_path: Path) -> None:
    assert read(written(tmp_path, "Phone,Phone,\n1,2,3\n")) == (
        ["Phone", "Phone", ""],
        [["1", "2", "3"]],
        (),
    )


def test_lines_in_another_encoding_are_read_all_the_same(tmp_path: Path) -> None:
    content = "Company,City\nKöln AG,Köln\n".encode() + "Åbo Oy,Åbo\nx,y\n".encode("cp1252")
    _, rows, remarks = read(written(tmp_path, content))
    assert rows == [["Köln AG", "Köln"], ["Åbo Oy", "Åbo"], ["x", "y"]]
    assert remarks == ("1 line not in UTF-8 was read as cp1252",)


def test_an_alphabet_is_told_by_its_text(tmp_path: Path) -> None:
    text = "Компания,Город\n" + "Вычислительная техника,Санкт-Петербург\n" * 20
    headings, rows, remarks = read(written(tmp_path, text.encode("cp1251")))
    assert headings == ["Компания", "Город"]
    assert rows[19] == ["Вычислительная техника", "Санкт-Петербург"]
    assert len(remarks) == 1


def test_a_byte_that_means_nothing_in_the_encoding_is_kept(tmp_path: Path) -> None:
    assert read(written(tmp_path, b"a,b\n\x81\xe9,\0\x01\n"))[1] == [["\x81é", "\0\x01"]]


@pytest.mark.parametrize("end", ["", "\n"])
def test_a_quotation_mark_that_is_never_closed_ends_with_its_line(end: str, tmp_path: Path) -> None:
    text = 'a,b\n1,2\n3,"4\n' + "5,6\n" * 40 + f"7,8{end}"
    _, rows, remarks = read(written(tmp_path, text))
    assert len(rows) == 43
    assert rows[1:3] == [["3", '"4'], ["5", "6"]]
    assert "line 3 " in remarks[0]


def test_it_does_not_swallow_a_long_list_that_has_others(tmp_path: Path) -> None:
    text = 'a,b\n1,"2\n' + "3,4\n" * 20_000 + '5,"6"\n'
    _, rows, remarks = read(written(tmp_path, text))
    assert len(rows) == 20_002
    assert rows[0] == ["1", '"2']
    assert rows[-1] == ["5", "6"]
    assert "line 2 " in remarks[0]


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ('3,"4,5', ["3", '"4', "5"]),
        ('"3, or ""more""","4,5', ['3, or "more"', '"4', "5"]),
        ('3,4" by 5","6', ["3", '4" by 5"', '"6']),
        ('"3"x,,"', ['"3"x', "", '"']),
    ],
)
def test_the_next_cell_in_quotation_marks_does_not_close_it(
    line: str, cells: list[str], tmp_path: Path
) -> None:
    text = f'a,b,c\n"1\n",2,3\n{line}\n' + "6,7,8\n" * 9 + '6,"7,",8\n'
    _, rows, remarks = read(written(tmp_path, text))
    assert rows == [["1\n", "2", "3"], cells, *[["6", "7", "8"]] * 9, ["6", "7,", "8"]]
    assert "line 4 " in remarks[0]


def test_a_cell_of_a_million_characters(tmp_path: Path) -> None:
    cell = "x" * 1_000_000
    text = f'a,b\n1,{cell}\n2,"{cell}\n,"\n3,4\n'
    _, rows, _ = read(written(tmp_path, text))
    assert rows == [["1", cell], ["2", f"{cell}\n,"], ["3", "4"]]


def test_long_rows_make_shorter_chunks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(textlist, "MOST_CHUNK", 2000)
    monkeypatch.setattr(decoding, "BLOCK", 1000)
    path = written(tmp_path, "a\n" + f"{'x' * 400}\n" * 20)
    with open_list(path) as listed:
        assert max(len(chunk) for chunk in listed.chunks()) < 20
        assert len(cells_of(listed)) == 20


def test_what_is_no_list_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refusal(tmp_path / "none.csv", "no such file")
    refusal(tmp_path, "folder")
    refusal(written(tmp_path, b""), "is empty")
    refusal(written(tmp_path, b"\xef\xbb\xbf\n\r\n\n"), "is empty")
    refusal(written(tmp_path, gzip.compress(b"a,b\n" * 999)[:-20], "cut.csv.gz"), "cannot be read")
    refusal(written(tmp_path, "a,b\n1,2\n" + "," * MOST_COLUMNS), "line 3", "16,384")
    monkeypatch.setattr(decoding, "MOST_LINE", 1024**2)
    refusal(written(tmp_path, b"a,b\n1,2\n" + b"x" * 3 * 1024**2), "line 3", "1 MiB")


def test_the_widest_list_there_can_be(tmp_path: Path) -> None:
    line = "," * (MOST_COLUMNS - 1)
    headings, rows, _ = read(written(tmp_path, f"a{line}\n{line}b\n"))
    assert len(headings) == MOST_COLUMNS
    assert rows[0][-1] == "b"


def test_a_file_that_changes_while_it_is_read(tmp_path: Path) -> None:
    path = written(tmp_path, "a,b\n1,2\n")
    with open_list(path) as listed:
        path.write_text("a,b\n1,2,3\n")
        with pytest.raises(ListError, match="changed"):
            list(listed.chunks())
