"""A scored list of delimited text: theirs byte for byte, ours behind it, whole or not at all."""

import csv
import gzip
import io
from pathlib import Path

import pytest

from persona.errors import OutputError, UsageError
from persona.prospects.outcome import WRITTEN, Outcome, as_batch
from persona.prospects.table import check_output, open_list, open_output
from persona.prospects.table.chunk import ListWriter
from tests.conftest import complaint
from tests.unit.prospects.table.lists import NO_SUMMARY, OURS, read, score, written

MESSY = (
    '\ufeffId;"Company";Website;Note\r\n'
    '007;"Ü ""Ltd""";acme.com; spaced \r\n'
    '008;=cmd|x;"two\r\nlines";5" pipe\n'
    "\r\n"
    "009;short\r"
    "010;;;🙂;too;many"
)


def ours(row: int) -> str:
    evidence = '"\'=cmd|""/c calc""!A1,  and; more"' if row % 2 else ""
    confidence = ["0", "0.1429", "0.2857", "0.4286"][row]
    texts = f";;;;;;{evidence};;;;0;scored;;site{row}.com;persona-1"
    return f"sales_driven;{confidence}{texts}"


def test_every_record_stands_as_it_stood(tmp_path: Path) -> None:
    output = score(written(tmp_path, MESSY), tmp_path / "out.csv")
    assert output.read_bytes().decode() == (
        f'\ufeffId;"Company";Website;Note;;;{";".join(WRITTEN)}\r\n'
        f'007;"Ü ""Ltd""";acme.com; spaced ;;;{ours(0)}\r\n'
        f'008;=cmd|x;"two\r\nlines";5" pipe;;;{ours(1)}\n'
        f"009;short;;;;;{ours(2)}\r"
        f"010;;;🙂;too;many;{ours(3)}\r\n"
    )


def test_the_output_does_not_depend_on_chunks(tmp_path: Path) -> None:
    source = written(tmp_path, MESSY)
    for ending in ("csv", "tsv", "jsonl"):
        outputs = {
            score(source, tmp_path / f"{rows}.{ending}", rows).read_bytes() for rows in (1, 2, 99)
        }
        assert len(outputs) == 1


def test_a_scored_list_can_be_scored_again(tmp_path: Path) -> None:
    once = score(written(tmp_path, MESSY), tmp_path / "once.csv")
    headings, rows, remarks = read(score(once, tmp_path / "twice.csv"))
    assert headings[-2 * OURS :] == [*WRITTEN, *WRITTEN]
    assert [row[6 : 6 + OURS] for row in rows] == [row[-OURS:] for row in rows]
    assert remarks == ()


def test_the_line_that_states_the_delimiter_comes_back(tmp_path: Path) -> None:
    output = score(written(tmp_path, "sep=|\na,b|c\n1|2\n"), tmp_path / "out.csv")
    assert output.read_text().startswith("sep=|\na,b|c|persona_label|")


def test_without_headings_theirs_stay_empty(tmp_path: Path) -> None:
    output = score(written(tmp_path, "1,acme.com\n2,bolt.io\n"), tmp_path / "out.csv")
    lines = output.read_text().splitlines()
    assert lines[0] == f",,{','.join(WRITTEN)}"
    assert [line.split(",")[:2] for line in lines[1:]] == [["1", "acme.com"], ["2", "bolt.io"]]


def test_a_mark_that_is_not_closed_does_not_swallow_our_cells(tmp_path: Path) -> None:
    source = written(tmp_path, 'a,b\n1,"2\n3,4\n')
    _, rows, remarks = read(score(source, tmp_path / "out.csv"))
    assert [row[:2] for row in rows] == [["1", '"2'], ["3", "4"]]
    assert [row[2] for row in rows] == ["sales_driven"] * 2
    assert remarks == ()


@pytest.mark.parametrize("encoding", ["utf-16", "cp1252", "utf-8-sig"])
def test_other_encodings_become_marked_utf_8(encoding: str, tmp_path: Path) -> None:
    source = written(tmp_path, "Company,Website\nÅbo,åbo.fi\n".encode(encoding))
    output = score(source, tmp_path / "out.csv").read_bytes().decode()
    assert output.startswith("\ufeffCompany,Website,persona_label")
    assert "\nÅbo,åbo.fi,sales_driven" in output


def test_gzip_is_only_how_it_came(tmp_path: Path) -> None:
    packed = written(tmp_path, gzip.compress(MESSY.encode()), "list.csv.gz")
    plain = written(tmp_path, MESSY)
    assert (
        score(packed, tmp_path / "a.csv").read_bytes()
        == score(plain, tmp_path / "b.csv").read_bytes()
    )


def test_tabs_where_the_name_asks_for_them(tmp_path: Path) -> None:
    source = written(tmp_path, 'a;b\n"1\t2";3\n')
    text = score(source, tmp_path / "out.tsv").read_text()
    rows = list(csv.reader(io.StringIO(text), delimiter="\t"))
    assert rows[0] == ["a", "b", *WRITTEN]
    assert rows[1][:3] == ["1\t2", "3", "sales_driven"]
    back = score(tmp_path / "out.tsv", tmp_path / "back.csv").read_text()
    assert back.startswith("a,b,persona_label,")


def interrupted(writer: ListWriter) -> None:
    writer.finish(NO_SUMMARY)
    raise KeyboardInterrupt


def test_a_list_takes_its_place_only_when_it_is_finished(tmp_path: Path) -> None:
    source, output = written(tmp_path, "a,b\n1,2\n"), tmp_path / "out.csv"
    output.write_text("before")
    one = as_batch([Outcome(label="undecided", status="failed", model="persona-1")])
    with open_list(source) as listed:
        with open_output(output, listed) as writer:
            writer.write(next(listed.chunks()), one)
        with pytest.raises(KeyboardInterrupt), open_output(output, listed) as writer:
            interrupted(writer)
    assert output.read_text() == "before"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["list.csv", "out.csv"]


def test_where_a_list_cannot_be_written(tmp_path: Path) -> None:
    source = written(tmp_path, "a,b\n")
    (tmp_path / "link.csv").symlink_to(source)
    (tmp_path / "hard.csv").hardlink_to(source)
    (tmp_path / "folder.csv").mkdir()
    for name in ("list.csv", "link.csv", "hard.csv", "./folder.csv/../list.csv"):
        with pytest.raises(UsageError) as caught:
            check_output(source, tmp_path / name)
        complaint(caught.value, "the list itself")
    for name in ("out.csv.gz", "out.xls", "out"):
        with pytest.raises(UsageError) as caught:
            check_output(source, tmp_path / name)
        complaint(caught.value, name, ".csv, .tsv, .xlsx, .parquet, .jsonl")
    for name in ("folder.csv", "absent/out.csv"):
        with pytest.raises(OutputError) as unwritable:
            check_output(source, tmp_path / name)
        complaint(unwritable.value, name)
    check_output(source, tmp_path / "out.CSV")


def test_tabs_become_commas_where_the_name_asks_for_them(tmp_path: Path) -> None:
    source = written(tmp_path, 'a\tb\n1\t"x\ny"\n', "list.tsv")
    _, rows, _ = read(score(source, tmp_path / "out.csv"))
    assert rows[0][:3] == ["1", "x\ny", "sales_driven"]


@pytest.mark.parametrize("line_end", ["\n", "\r", "\r\n"])
def test_a_heading_of_two_lines_stays_one_heading(line_end: str, tmp_path: Path) -> None:
    source = written(tmp_path, f'"No.{line_end}of staff",b\r\n1,2\r\n')
    headings, rows, _ = read(score(source, tmp_path / "out.tsv"))
    assert headings[:2] == [f"No.{line_end}of staff", "b"]
    assert [row[:3] for row in rows] == [["1", "2", "sales_driven"]]
