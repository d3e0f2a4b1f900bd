"""Text on paper: never wider than the page, never able to steer the terminal."""

import io
import os
import re
from collections.abc import Iterator
from typing import IO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from persona.layout import (
    Paper,
    cells,
    clean,
    company_name,
    counted,
    paper_for,
    print_page,
    shorten,
    wrap,
)

HOSTILE = "\x1b[2J\x1b]0;title\x07\x9b31m\u202eright to left\u2066\u200b\r\b\x00end\u2028\x85"
texts = st.text(max_size=20) | st.text(min_size=60, max_size=200)
wide_texts = st.text(alphabet="日本語a ïé\u0301😀-", min_size=30, max_size=120)
widths = st.integers(min_value=40, max_value=88)


def steers(text: str) -> list[str]:
    """Return the characters in a page that could do something to a terminal."""
    return [char for char in text if not char.isprintable() and char not in "\n\u00a0"]


def widest(paper: Paper) -> int:
    return max(map(cells, paper.text().splitlines()))


@given(texts)
def test_clean_text_cannot_steer_a_terminal(text: str) -> None:
    assert not steers(clean(text))


@given(st.text(alphabet=st.characters(categories=["L", "N", "P"]), max_size=60))
def test_ordinary_text_is_left_as_it_is(text: str) -> None:
    assert clean(text) == text


def test_cleaning_takes_escapes_line_breaks_and_direction_marks_out() -> None:
    cleaned = clean(HOSTILE)
    assert "\x1b" not in cleaned
    assert "\u202e" not in cleaned
    assert "\n" not in cleaned
    assert cleaned.endswith("end")
    assert clean("two\nlines\tand a tab") == "two lines and a tab"


def test_cells_counts_columns_not_characters() -> None:
    assert cells("plain") == 5
    assert cells("日本") == 4
    assert cells("e\u0301") == 1


@given(st.one_of(texts.map(clean), wide_texts), st.integers(min_value=1, max_value=40))
def test_shortened_text_fits_and_shows_that_it_was_cut(text: str, width: int) -> None:
    short = shorten(text, width)
    assert cells(short) <= width
    assert short == text or short.endswith("…")


@given(st.one_of(texts.map(clean), wide_texts.map(clean)), st.integers(12, 80))
def test_wrapped_text_fits_and_loses_nothing(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert lines
    assert all(cells(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_lines_are_broken_at_spaces_and_filled() -> None:
    assert wrap("one two three four", 12) == ["one two", "three four"]
    assert wrap("a-word-too-long-for-it b", 12) == ["a-word-too-l", "ong-for-it b"]
    assert wrap("", 12) == [""]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Norrland Valves", "Norrland Valves"),
        ("  Åkerlund\t& Son\n", "Åkerlund & Son"),
        ("日本\u3000株式会社", "日本 株式会社"),
        ("\x1b[31mred", "[31mred"),
        ("\u202e\u200b", None),
        ("", None),
        (None, None),
    ],
)
def test_a_company_name_is_kept_as_it_can_be_shown(typed: str | None, kept: str | None) -> None:
    assert company_name(typed) == kept


@given(st.text(alphabet=st.characters()))
def test_any_company_name_typed_can_be_kept_and_shown(typed: str) -> None:
    kept = company_name(typed)
    assert kept is None or (kept.encode() and not steers(kept))
    assert company_name(kept) == kept


@pytest.mark.parametrize(("asked", "given"), [(10, 40), (40, 40), (60, 60), (88, 88), (300, 88)])
def test_paper_is_between_40_and_88_columns_wide(asked: int, given: int) -> None:
    assert Paper(asked).width == given


@given(texts, widths, st.integers(min_value=0, max_value=7))
def test_paragraphs_and_labels_stay_on_the_page(text: str, width: int, indent: int) -> None:
    paper = Paper(width)
    paper.paragraph(text, indent=indent)
    paper.labelled("label", text, label_width=7, indent=indent)
    paper.bullets([text, text])
    assert all(len(line) <= width for line in paper.text().splitlines())
    assert not steers(paper.text())


@given(wide_texts, widths)
def test_wide_characters_stay_on_the_page(text: str, width: int) -> None:
    paper = Paper(width)
    paper.paragraph(text)
    paper.labelled("·", text, label_width=2)
    paper.title(text, "1 May 2026")
    assert widest(paper) <= width


@given(texts, widths)
def test_a_title_keeps_the_date_and_stays_on_the_page(company: str, width: int) -> None:
    paper = Paper(width)
    paper.title(company, "30 September 2026")
    assert paper.lines[0].endswith("30 September 2026")
    assert widest(paper) <= width


@pytest.mark.parametrize("right", [HOSTILE, "x" * 200], ids=["hostile", "long"])
def test_neither_edge_of_a_title_can_steer_or_overflow(right: str) -> None:
    paper = Paper(60)
    paper.title(HOSTILE, right)
    assert not steers(paper.text())
    assert widest(paper) <= 60


@pytest.mark.parametrize("width", [40, 60, 88])
def test_a_long_heading_stays_on_the_page(width: int) -> None:
    paper = Paper(width)
    paper.heading("From sales-driven to dynamic marketer in one go, and back again " * 2)
    assert widest(paper) <= width


def test_a_heading_stands_between_single_blank_lines() -> None:
    paper = Paper()
    paper.paragraph("before")
    paper.blank()
    paper.blank()
    paper.heading("Heading")
    paper.paragraph("after")
    before, blank, heading, blank_too, after = paper.lines
    assert (before, blank, blank_too, after) == ("  before", "", "", "  after")
    assert heading.startswith("  Heading ─")
    assert len(heading) == paper.width - 2


@given(st.floats(min_value=0, max_value=1), widths)
def test_bars_stay_on_the_page_and_grow_with_the_share(share: float, width: int) -> None:
    paper = Paper(width)
    for each in (0.0, share, 1.0):
        paper.bar("Passive marketer", each, name_width=19)
    none, some, everything = (line.count("█") for line in paper.lines)
    assert none == 0 <= some <= everything
    assert "░" not in paper.lines[2]
    assert len({len(line) for line in paper.lines}) == 1
    assert widest(paper) <= width


@pytest.mark.parametrize(
    ("share", "shown"),
    [
        (0.0, " 0%"),
        (0.001, " <1%"),
        (0.005, " 0%"),
        (0.654, " 65%"),
        (0.999, " >99%"),
        (1.0, "100%"),
    ],
)
def test_a_percentage_never_claims_certainty_it_does_not_have(share: float, shown: str) -> None:
    paper = Paper()
    paper.bar("Name", share, name_width=10)
    assert paper.lines[0].endswith(shown)


@given(st.floats(min_value=0, max_value=2), widths)
def test_progress_fills_the_page_at_most(share: float, width: int) -> None:
    paper = Paper(width)
    paper.progress(share)
    assert len(paper.lines[0]) == width - 2


@given(st.one_of(texts, wide_texts), widths)
def test_columns_stay_where_they_are_put(text: str, width: int) -> None:
    paper = Paper(width)
    paper.row([(text, 20, False), ("|", 8, True), ("end", 3, False)])
    line = paper.lines[0]
    assert cells(line[: line.rindex("|")]) == 22
    assert cells(line) <= width


@pytest.mark.parametrize("colour", [False, True])
def test_columns_stay_where_they_are_put_without_unicode(colour: bool) -> None:
    paper = Paper(40, colour=colour, unicode=False)
    paper.row([("short", 12, False), ("|", 8, True)])
    paper.row([("a name that has to be cut", 12, False), ("|", 8, True)])
    plain = re.sub(r"\x1b\[[0-9;]*m", "", paper.text())
    assert len({line.index("|") for line in plain.splitlines()}) == 1


def full_page(colour: bool, unicode: bool = True) -> str:
    paper = Paper(60, colour=colour, unicode=unicode)
    paper.title("Company", "1 May")
    paper.heading("Heading — ‘quoted’ “words”")
    paper.paragraph("A paragraph… with × and – and −1 ≤ 2 ≥ 1 → 3\u00a0km", strong=True)
    paper.labelled("·", "text", label_width=4)
    paper.bullets(["one", "two"])
    paper.bar("Name", 0.4, name_width=10, strong=True)
    paper.progress(0.4)
    paper.row([("●", 4, True), ("○", 4, False), ("◐", 4, True)])
    return paper.text()


def test_without_colour_there_is_no_escape_and_colour_changes_no_word() -> None:
    plain, coloured = full_page(colour=False), full_page(colour=True)
    assert "\x1b" not in plain
    assert "\x1b[" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == plain


def test_paper_without_unicode_is_pure_ascii_and_still_tells_marks_apart() -> None:
    page = full_page(colour=False, unicode=False)
    assert page.isascii()
    marks = page.splitlines()[-1].split()
    assert len(set(marks)) == 3


def test_characters_a_stream_cannot_show_become_question_marks() -> None:
    paper = Paper(unicode=False)
    paper.paragraph("Åkerlund 日本")
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="ascii")
    print_page(paper, stream)
    assert raw.getvalue() == b"  ?kerlund ??\n"


@pytest.fixture
def terminal() -> Iterator[IO[str]]:
    """Yield a real terminal to write to."""
    master, slave = os.openpty()
    with open(slave, "w", encoding="utf-8") as stream:  # noqa: PTH123 - a descriptor, not a path
        yield stream
    os.close(master)


@pytest.fixture(autouse=True)
def _plain_surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "COLUMNS", "LINES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")


def test_a_terminal_gets_colour_and_a_pipe_does_not(terminal: IO[str]) -> None:
    assert paper_for(terminal).colour
    assert not paper_for(terminal, plain=True).colour
    assert not paper_for(io.StringIO()).colour


@pytest.mark.parametrize(("name", "value"), [("NO_COLOR", "1"), ("TERM", "dumb")])
def test_colour_can_be_declined(
    terminal: IO[str], monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    assert not paper_for(terminal).colour


@pytest.mark.parametrize(("columns", "width"), [("10", 40), ("60", 60), ("200", 88), ("what", 88)])
def test_the_page_is_as_wide_as_the_terminal(
    monkeypatch: pytest.MonkeyPatch, columns: str, width: int
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    assert paper_for(io.StringIO()).width == width


@pytest.mark.parametrize(
    ("encoding", "unicode"),
    [("utf-8", True), ("UTF-16", True), ("ascii", False), ("cp1252", False)],
)
def test_unicode_is_used_only_where_the_stream_can_show_it(encoding: str, unicode: bool) -> None:
    stream = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    assert paper_for(stream).unicode is unicode


def test_things_are_counted_in_words_that_fit() -> None:
    assert [counted(count, "page") for count in (0, 1, 2)] == ["0 pages", "1 page", "2 pages"]
