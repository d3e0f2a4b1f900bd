"""The model card shows what the report holds, and no number where nothing was measured."""

import json
import re

import msgspec
import pytest

from persona.model.artefact import encode_model, load_model
from persona.training.card import card_figures, card_files, card_markdown
from persona.training.markdown import NOT_MEASURED, difference, figure, share, table
from persona.training.measures import Interval
from tests.unit.training.reports import bare_report, full_report

ORDER = (
    "In short", "Data in short", "How far it agrees with the labels", "Against other models",
    "With fewer answers", "On kinds of companies it has not seen", "By method",
    "By industry, size and source", "Undecided", "What matters most",
    "How far the data moved the answers", "Signals and words of a website",
    "One ladder or three classes", "Tried, and left out", "What more labels are worth",
    "Compared with persona-0", "Limits", "How to make it again",
)  # fmt: skip


def section(card: str, title: str) -> str:
    """Return the text under a heading."""
    return card.split(f"## {title}\n", 1)[1].split("\n## ", 1)[0]


def row(text: str, start: str) -> list[str]:
    """Return the cells of the first row of a table whose first cell begins with ``start``."""
    line = next(each for each in text.splitlines() if each.startswith(f"| {start}"))
    return [cell.strip() for cell in line.strip("|").split(" | ")]


def test_sections_stand_in_the_promised_order() -> None:
    headings = re.findall(r"^## (.*)$", card_markdown(full_report()), flags=re.M)
    assert tuple(headings) == ORDER


def test_the_headline_shows_every_view_that_was_measured_and_no_number_for_the_other() -> None:
    report = full_report()
    text = section(card_markdown(report), "How far it agrees with the labels")
    kappa = report.views["answers"].kappa
    assert kappa is not None
    cells = row(text, "Kappa |")
    assert cells[1] == f"{kappa.value:.2f} ({kappa.low:.2f}–{kappa.high:.2f})"
    assert "Companies that get a verdict" in text
    for line in text.splitlines():
        if line.startswith("| ") and "Answers and website" not in line:
            assert line.rstrip(" |").endswith(NOT_MEASURED)


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Data in short", ["97 (24%)", "329", "shops \\| firms", "thin 40, mixed 17",
                           "made-up people"]),
        ("Against other models", ["+0.12 (+0.04 to +0.20)", "no clear difference", "majority"]),
        ("With fewer answers", ["Answers, 4 known"]),
        ("On kinds of companies it has not seen", ["0.27 (0.20–0.34)", "one label only"]),
        ("By method", ["Website: dynamic_marketer"]),
        ("By industry, size and source", ["| tools | 80 |"]),
        ("Undecided", ["at most 20%", "from 6 known", "0.55", "25 known words", "0.66",
                       "13 (50%)"]),
        ("What matters most", ["word pricing", "0.34", "dynamic_marketer"]),
        ("How far the data moved the answers", ["P07 c", "When they call", "0.50 → −0.40"]),
        ("Signals and words of a website", ["signals only"]),
        ("One ladder or three classes", ["one ladder", "+0.01 (−0.08 to +0.09)"]),
        ("Tried, and left out", ["- Interactions of items: no gain."]),
        ("What more labels are worth", ["0.31 (0.20–0.40)", f"| {NOT_MEASURED} |"]),
        ("Compared with persona-0", ["+0.12 (+0.04 to +0.20)"]),
        ("Limits", ["**Made up.** Nothing is real.", "must not be used"]),
        ("How to make it again", ["persona train companies.csv", "abababab", "0.71"]),
    ],
)  # fmt: skip
def test_each_section_shows_its_figures(title: str, shown: list[str]) -> None:
    text = section(card_markdown(full_report()), title)
    for words in shown:
        assert words in text, words


def test_what_was_not_measured_is_said_to_be_so_without_a_figure() -> None:
    card = card_markdown(bare_report())
    for title in (*ORDER[3:6], *ORDER[7:15], "Compared with the model before"):
        assert section(card, title).strip() == "Not measured for this model.", title
    assert "Answers: " not in card
    assert ".svg" not in card
    assert "Nobody has said where these labels and answers come from" in card


def test_a_better_contender_is_named() -> None:
    report = full_report()
    ahead = msgspec.structs.replace(report.bakeoff[1], difference=Interval(-0.2, -0.3, -0.1))
    card = card_markdown(msgspec.structs.replace(report, bakeoff=(report.bakeoff[0], ahead)))
    text = section(card, "Against other models")
    assert "**Website: majority agrees more with the labels than the shipped model" in text
    assert "No contender" not in text
    assert "No contender" in section(card_markdown(report), "Against other models")


def test_the_card_and_its_charts_refer_to_each_other_by_name() -> None:
    files = card_files(full_report())
    assert set(files) == {"persona-9.md", "persona-9-calibration.svg", "persona-9-coverage.svg",
                          "persona-9-learning.svg"}  # fmt: skip
    referenced = re.findall(r"\]\(([^)]*\.svg)\)", files["persona-9.md"].decode())
    assert set(referenced) == set(files) - {"persona-9.md"}
    assert set(card_files(bare_report())) == {"persona-9.md"}


def test_equal_reports_give_equal_bytes() -> None:
    assert card_files(full_report()) == card_files(full_report())


def test_every_row_of_a_table_has_as_many_cells_as_its_heading() -> None:
    lines = card_markdown(full_report()).splitlines()
    for place, line in enumerate(lines):
        if line.startswith("|:--"):
            wide = line.count("|")
            for other in (lines[place - 1], *_until_empty(lines[place + 1 :])):
                assert len(re.findall(r"(?<!\\)\|", other)) == wide, other


def _until_empty(lines: list[str]) -> list[str]:
    return lines[: lines.index("")]


def test_figures_travel_inside_a_model_file() -> None:
    figures = card_figures(full_report())
    model = msgspec.structs.replace(load_model().model, card=figures)
    read = json.loads(encode_model(model))["model"]["card"]
    assert read == json.loads(json.dumps(figures))
    kappa = full_report().views["website"].kappa
    assert kappa is not None
    assert read["views"]["website"]["kappa"] == [
        round(kappa.value, 4), round(kappa.low, 4), round(kappa.high, 4)
    ]  # fmt: skip
    assert "both" not in read["views"]
    assert "curves" not in read
    assert read["bakeoff"][1]["difference"] == [0.123, 0.041, 0.198]
    assert "difference" not in read["bakeoff"][0]
    assert len(read["views"]["website"]["classes"]) == 3
    assert len(encode_model(model)) - len(encode_model(load_model().model)) < 20_000


def test_the_report_can_be_written_and_read_as_json() -> None:
    report = full_report()
    assert msgspec.json.decode(msgspec.json.encode(report), type=type(report)) == report


def test_figures_are_printed_for_readers() -> None:
    assert figure(Interval(-0.001, -0.25, 0.5)) == "0.00 (−0.25–0.50)"
    assert figure(Interval(0.714, 0.66, 0.759), percent=True) == "71% (66–76%)"
    assert figure(None) == "–"
    assert difference(Interval(0.0, -0.01, 0.004)) == "0.00 (−0.01 to 0.00)"
    assert difference(None) == ""
    assert share(0, 0) == "0"
    assert table(("a", "b"), [("x|y", "1\n2")]) == ["| a | b |", "|:--|--:|", "| x\\|y | 1 2 |", ""]
