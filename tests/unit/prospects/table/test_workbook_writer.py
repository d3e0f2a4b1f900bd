"""Scored workbooks open, keep what the list had, and show a summary on their second sheet."""

import zipfile
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from persona.errors import OutputError
from persona.prospects.outcome import WRITTEN, Outcome, as_batch
from persona.prospects.table import open_list, open_output, workbook_writer
from persona.prospects.table.chunk import MOST_COLUMNS, ProspectList
from persona.prospects.table.workbook_writer import MOST_ROWS, check_size
from tests.conftest import complaint
from tests.unit.prospects.picture import failed, picture, row, scored
from tests.unit.prospects.table.lists import outcome, read, written
from tests.unit.prospects.table.workbooks import workbook

PICTURE = picture(
    [
        row(scored(evidence="They hire \n callers", site="acme.com"), "=Acme", "Tools", "11-50"),
        row(failed("the site does not answer"), "Bolt", "+Tools"),
    ],
    remarks=("1 blank line left out",),
)


def score(
    source: Path, output: Path, rows: int = 3, outcomes: Callable[[int], Outcome] = outcome
) -> tuple[Path, tuple[str, ...]]:
    """Write a list with made-up outcomes and return it, with what the writer remarks."""
    with open_list(source) as listed, open_output(output, listed) as writer:
        for chunk in listed.chunks(rows):
            made = [outcomes(chunk.start + index) for index in range(len(chunk))]
            writer.write(chunk, as_batch(made))
        writer.finish(PICTURE)
    return output, getattr(writer, "remarks", ())


def cells_in(path: Path, sheet: str = "Prospects") -> list[list[Any]]:
    """Return the cells of a sheet with their types."""
    with CalamineWorkbook.from_path(path) as book:
        return book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)


def sheet_xml(path: Path, number: int = 1) -> str:
    with zipfile.ZipFile(path) as archive:
        return archive.read(f"xl/worksheets/sheet{number}.xml").decode()


def test_cells_of_a_workbook_keep_their_types(tmp_path: Path) -> None:
    cells = [
        *("007", " text ", 12, 1.5, -3e200, True, False, date(2024, 2, 29)),
        *(datetime(2024, 2, 29, 1, 2, 3, 5000), time(1, 2, 3), timedelta(hours=30)),
        *("=1+1", "http://acme.com", "mailto:jo@acme.com", "1e5", "{=A1}", "a\x01\nb"),
        *("<r><t>x</t></r>", "<r>", '<r>a</r> & "b"', "_x0041_", "\u202eabc 😀"),
    ]
    headings = [f"Heading {place}" for place in range(len(cells))]
    source = workbook(tmp_path, {"S": [headings, cells]})
    output, remarks = score(source, tmp_path / "out.xlsx")
    before, after = cells_in(source, "S"), cells_in(output)
    assert [found[: len(cells)] for found in after] == before
    assert after[0][len(cells) :] == list(WRITTEN)
    assert remarks == ()


def test_what_is_text_stays_text_and_nothing_becomes_a_formula_or_a_link(tmp_path: Path) -> None:
    typed = ["007", "1,5", "=1+1", "+49 30", "@here", "-", "http://a.com", "TRUE", "2024-01-02"]
    text = ",".join(f'"{cell}"' for cell in typed)
    source = written(tmp_path, ",".join(f"h{place}" for place in range(9)) + f"\n{text}\n")
    output, _ = score(source, tmp_path / "out.xlsx")
    assert cells_in(output)[1][:9] == typed
    assert "<f>" not in sheet_xml(output)
    assert "<hyperlink" not in sheet_xml(output)


def test_what_we_add_is_harmless_and_typed(tmp_path: Path) -> None:
    made = outcome(1)
    output, _ = score(written(tmp_path, "p01\na\nb\n"), tmp_path / "out.xlsx")
    found = dict(zip(WRITTEN, cells_in(output)[2][1:], strict=True))
    assert found["persona_confidence"] == made.confidence
    assert found["persona_p_sales_driven"] == ""
    assert found["persona_pages_read"] == 0
    assert found["persona_evidence"].startswith("'=cmd|")
    assert found["persona_site"] == "site1.com"


def test_types_of_parquet_that_a_sheet_has_and_those_it_has_not(tmp_path: Path) -> None:
    moment = datetime(2024, 1, 2, 3, 4, 5, 120000)
    columns: dict[str, tuple[pa.Array, Any]] = {
        "int": (pa.array([12]), 12),
        "id": (pa.array([10**17]), str(10**17)),
        "float": (pa.array([0.1], pa.float32()), 0.1),
        "none": (pa.array([None], pa.float64()), ""),
        "nan": (pa.array([float("nan")]), ""),
        "inf": (pa.array([float("inf")]), "inf"),
        "bool": (pa.array([True]), True),
        "date": (pa.array([date(2024, 1, 2)]), date(2024, 1, 2)),
        "old": (pa.array([date(1789, 7, 14)]), "1789-07-14"),
        "moment": (pa.array([moment]), moment),
        "micro": (pa.array([datetime(2024, 1, 2, 3, 4, 5, 6)]), "2024-01-02 03:04:05.000006"),
        "nano": (pa.array([1], pa.timestamp("ns")), "1970-01-01 00:00:00.000000001"),
        "zoned": (pa.array([0], pa.timestamp("s", "UTC")), "1970-01-01 00:00:00Z"),
        "decimal": (pa.array([Decimal("1.10")]), "1.10"),
        "list": (pa.array([["a"]]), '["a"]'),
        "text": (pa.array(["007"]), "007"),
    }
    source = tmp_path / "list.parquet"
    pq.write_table(pa.table({name: column for name, (column, _) in columns.items()}), source)
    output, _ = score(source, tmp_path / "out.xlsx")
    assert cells_in(output)[1][: len(columns)] == [cell for _, cell in columns.values()]


@settings(max_examples=20)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), max_size=8))
def test_any_text_comes_back(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    folder = tmp_path_factory.mktemp("list")
    clean = [text.replace("\ufffe", "").replace("\uffff", "") for text in texts]
    pq.write_table(pa.table({"p01": ["a"] * len(clean), "t": clean}), folder / "list.parquet")
    output, _ = score(folder / "list.parquet", folder / "out.xlsx")
    assert [cells[1] for cells in cells_in(output)[1:]] == clean


def test_cells_beyond_what_excel_takes_are_cut_and_it_is_said(tmp_path: Path) -> None:
    long = {"a": "x" * 32_767, "b": "x" * 40_000, "c": "😀" * 20_000}
    source = tmp_path / "list.parquet"
    pq.write_table(pa.table({name: [text] for name, text in long.items()}), source)
    output, remarks = score(source, tmp_path / "out.xlsx")
    assert cells_in(output)[1][:3] == ["x" * 32_767, "x" * 32_767, "😀" * 16_383]
    assert remarks == ("2 cells cut to the 32,767 characters that Excel takes",)
    assert cells_in(output, "Summary")[-1][0] == remarks[0]


def test_headings_are_frozen_and_filtered_and_columns_wide_enough(tmp_path: Path) -> None:
    text = f"Website,p01,Note\nacme.com,a,{'long ' * 90}\nb.com,b,\n"
    output, _ = score(written(tmp_path, text), tmp_path / "out.xlsx", rows=1)
    xml = sheet_xml(output)
    assert 'ySplit="1" topLeftCell="A2"' in xml
    assert '<autoFilter ref="A1:S3"/>' in xml
    widths = [float(part.split('"')[0]) for part in xml.split(' width="')[1:]]
    assert 10 < widths[0] < 14
    assert widths[1] < 10
    assert 60 <= max(widths) < 62


def test_the_summary_is_on_the_second_sheet(tmp_path: Path) -> None:
    output, _ = score(written(tmp_path, "p01\na\n"), tmp_path / "out.xlsx")
    rows = cells_in(output, "Summary")
    firsts = [cells[0] for cells in rows]
    tables = ["Summary", "The list in figures", "Share by method", "By industry", "By size",
              "The surest verdicts", "Failed, by reason", "Remarks"]  # fmt: skip
    for one, next_one in pairwise(tables):
        assert firsts.index(one) < firsts.index(next_one)
    surest = rows[firsts.index("The surest verdicts") + 2]
    assert surest[:2] == ["'=Acme", "acme.com"]
    assert surest[5] == "They hire callers"
    assert "'+Tools" in firsts
    assert "<f>" not in sheet_xml(output, 2)


def test_equal_lists_are_equal_bytes_whatever_comes_at_a_time(tmp_path: Path) -> None:
    text = "".join(f"a,{'x' * (row % 50)}\n" for row in range(300))
    source = written(tmp_path, f"p01,Note\n{text}")
    first, _ = score(source, tmp_path / "a.xlsx", rows=300)
    second, _ = score(source, tmp_path / "b.xlsx", rows=7)
    assert first.read_bytes() == second.read_bytes()


def test_lists_that_a_workbook_has_no_room_for_are_refused_early(tmp_path: Path) -> None:
    check_size(tmp_path, MOST_ROWS, MOST_COLUMNS - len(WRITTEN))
    check_size(tmp_path, None, 1)
    for rows, columns in ((MOST_ROWS + 1, 1), (1, MOST_COLUMNS - len(WRITTEN) + 1)):
        with pytest.raises(OutputError) as caught:
            check_size(tmp_path / "out.xlsx", rows, columns)
        complaint(caught.value, "out.xlsx", "write .csv or .parquet")


def test_rows_that_have_no_room_are_refused_while_writing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = written(tmp_path, "p01\n" + "a\n" * 5)
    output = written(tmp_path, "old", "out.xlsx")
    with open_list(source) as listed:
        listed.rows = None
        monkeypatch.setattr(workbook_writer, "MOST_ROWS", 4)
        with pytest.raises(OutputError) as caught:
            write_all(listed, output)
        complaint(caught.value, "room for 4 rows", "write .csv or .parquet")
    assert output.read_text() == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["list.csv", "out.xlsx"]


def write_all(listed: ProspectList, output: Path) -> None:
    with open_output(output, listed) as writer:
        for chunk in listed.chunks(2):
            writer.write(chunk, as_batch([outcome(0)] * len(chunk)))
        writer.finish(PICTURE)


def test_a_workbook_that_is_not_finished_leaves_the_old_one(tmp_path: Path) -> None:
    source = written(tmp_path, "p01\na\n")
    output = written(tmp_path, "old", "out.xlsx")
    with open_list(source) as listed:
        with pytest.raises(OutputError) as caught, open_output(output, listed):
            pass
        complaint(caught.value, output, "not finished")
    assert output.read_text() == "old"


def test_a_scored_workbook_can_be_read_as_a_list(tmp_path: Path) -> None:
    source = written(tmp_path, "Website,p01\nacme.com,a\n")
    output, _ = score(source, tmp_path / "out.xlsx")
    headings, rows, remarks = read(output)
    assert headings == ["Website", "p01", *WRITTEN]
    assert rows[0][:3] == ["acme.com", "a", "sales_driven"]
    assert remarks == ("2 sheets; the one read is 'Prospects'",)
