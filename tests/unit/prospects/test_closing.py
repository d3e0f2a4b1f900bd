"""What the terminal says when a list is scored."""

from persona.capture.records import FAILURES
from persona.layout import Paper
from persona.prospects.closing import write_closing
from persona.prospects.summary import ListSummary
from tests.unit.prospects.picture import Row, failed, picture, row, scored, undecided

_RETRY = "persona score leads.csv -o scored.csv --pages 8 --allow-address staging.example:8080 --x"


def _said(summary: ListSummary, paper: Paper | None = None, report: str = "") -> str:
    paper = paper or Paper(width=80)
    write_closing(paper, summary, report)
    return paper.text()


def _rows() -> list[Row]:
    rows = [row(scored())] * 30 + [row(scored("dynamic_marketer"))] * 10
    rows += [row(undecided(reason)) for reason in ("thin", "thin", "mixed", "out_of_scope")]
    rows += [row(failed(words)) for words in FAILURES.values()] + [row(failed(FAILURES["dns"]))]
    return [*rows, row(scored(status="duplicate"))]


def test_it_says_how_all_rows_ended_in_few_lines() -> None:
    said = _said(picture(_rows(), retry=_RETRY), report="report.html")
    assert len(said.splitlines()) <= 25
    said = " ".join(said.split())
    assert "leads.csv" in said
    assert "40 with a verdict" in said
    assert "75% (60% to 86%)" in said
    assert "4 undecided: too little to go on 2, points more ways than one 1, not a company" in said
    assert f"{len(FAILURES) + 1} failed:" in said
    assert f"2 {FAILURES['dns']}" in said
    assert "1 repeating an earlier row" in said
    assert "report.html" in said


def test_a_single_reason_is_not_counted_twice() -> None:
    said = _said(picture([row(undecided("mixed"))] * 3))
    assert "3 undecided: points more ways than one\n" in said


def test_the_command_to_retry_can_be_copied_in_one_piece() -> None:
    said = _said(picture(_rows(), retry=_RETRY), Paper(width=40))
    assert _RETRY in [line.strip() for line in said.splitlines()]


def test_a_screen_reader_is_spared_the_bars() -> None:
    said = _said(picture(_rows()), Paper(plain=True))
    assert "█" not in said
    assert "75%" in said


def test_an_empty_list_and_one_that_failed_are_told_plainly() -> None:
    assert "0 rows" in _said(picture([]))
    said = _said(picture([row(failed(FAILURES["dns"]))]))
    assert "1 row\n" in said
    assert "No row with a verdict" in said
