"""Contracts of delimited text: read as ``csv.reader`` reads it, given back byte for byte."""

import csv
import io
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from persona.errors import ListError
from persona.prospects.table import open_list
from persona.prospects.table.records import Form
from persona.prospects.table.scanning import Scan
from tests.conftest import complaint
from tests.unit.prospects.table.lists import OURS, cells_of, score

PIECES = ["a", "é", '"', '"', '""', ",", ",", "\n", "\n", "\r\n", "\r", "\ufeff", "\0", ' "', '",']
awkward = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)
cells = st.text(st.sampled_from('ab,;"\r\n\t é\u2028\x85\0=1.'), max_size=6)
tables = st.integers(2, 5).flatmap(
    lambda width: st.lists(st.lists(cells, min_size=width, max_size=width), min_size=1, max_size=9)
)


def blocks_of(text: str, cuts: list[bool]) -> list[bytes]:
    """Return a text in blocks that end where some of its lines do."""
    blocks = [b""]
    for place, line in enumerate(io.StringIO(text, newline="")):
        blocks[-1] += line.encode()
        if cuts[place % len(cuts)]:
            blocks.append(b"")
    return [block for block in blocks if block]


@settings(max_examples=400)
@given(awkward, st.lists(st.booleans(), min_size=1, max_size=5))
def test_records_are_those_of_the_csv_module(text: str, cuts: list[bool]) -> None:
    scan = Scan(",")
    runs = [run.records for run in scan.runs(iter(blocks_of(text, cuts)))]
    width = max((int(records.widths.max()) for records in runs), default=1)
    form = Form(",", width)
    found = []
    for records in runs:
        blank = records.stops == records.starts[:-1]
        if not blank.all():
            rows = records.without(blank)
            columns = [rows.column(place, form, {0}).to_pylist() for place in range(width)]
            found += [list(row) for row in zip(*columns, strict=True)]
    expected = [row for row in csv.reader(io.StringIO(text, newline="")) if row]
    if not scan.unclosed:
        assert found == [row + [""] * (width - len(row)) for row in expected]
        assert b"".join(records.content[: records.starts[-1]] for records in runs) == text.encode()


@given(tables, st.sampled_from(",;\t|"), st.sampled_from(["\n", "\r\n", "\r"]))
def test_what_the_csv_module_writes_comes_back(
    table: list[list[str]], delimiter: str, line_end: str
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "list.csv")
        with path.open("w", encoding="utf-8", newline="") as file:
            file.write(f"sep={delimiter}{line_end}")
            writer = csv.writer(
                file, delimiter=delimiter, lineterminator=line_end, quoting=csv.QUOTE_ALL
            )
            writer.writerows([[f"Heading {place}" for place in range(len(table[0]))], *table])
        with open_list(path) as listed:
            assert cells_of(listed) == table
        assert bytes_without_ours(score(path, Path(folder, "out.csv")), delimiter) == (
            path.read_bytes().removeprefix(f"sep={delimiter}{line_end}".encode())
        )


def bytes_without_ours(path: Path, delimiter: str) -> bytes:
    """Return a scored list with our cells cut off the raw text of each record."""
    text = path.read_bytes().decode()
    preface = text.startswith("sep=") and len(next(io.StringIO(text, newline="")))
    whole = b""
    for run in Scan(delimiter).runs(iter([text[preface:].encode()])):
        for index in range(len(run.records)):
            record = run.records.text(index)
            ends = [place for place, char in enumerate(record) if char == delimiter]
            outside = [place for place in ends if record[:place].count('"') % 2 == 0]
            whole += (record[: outside[-OURS]] + run.records.line_end(index)).encode()
    return whole


@settings(max_examples=200)
@given(st.one_of(st.binary(max_size=200), awkward.map(str.encode)))
def test_any_bytes_are_a_list_or_a_refusal(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "list.csv")
        path.write_bytes(content)
        try:
            with open_list(path) as listed:
                rows = cells_of(listed)
                headings = list(listed.headings)
        except ListError as error:
            complaint(error, path)
            return
        output = score(path, Path(folder, "out.csv"))
        with open_list(path) as listed, output.open(encoding="utf-8-sig", newline="") as file:
            stated = content.removeprefix(b"\xef\xbb\xbf").lower().startswith(b"sep=")
            if stated:
                next(file)
            delimiter = getattr(listed, "form", Form(",", 0)).delimiter
            scored = [row for row in csv.reader(file, delimiter=delimiter) if row]
        assert [row[:-OURS] for row in scored] == [headings, *rows]
