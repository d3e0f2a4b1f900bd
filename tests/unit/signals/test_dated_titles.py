"""Titles beside days: marked in the page's data, on the same line, or on the line below."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from persona.signals.dated_titles import dated_titles
from persona.signals.page import Page, read_page
from persona.signals.terms import shipped_terms

PUMP, VALVE = "A smaller pump for cellars", "Why valves stick in winter"
FOUND = {PUMP: date(2026, 9, 14), VALVE: date(2026, 6, 2)}


def page(body: str) -> Page:
    return read_page("https://example.com/news", f"<main><h1>News</h1>{body}</main>")


@pytest.mark.parametrize(
    "body",
    [
        f"<p><b>14 September 2026</b> - {PUMP}. Ask for it.</p><p>2 June 2026: {VALVE}</p>",
        f"<ul><li>2026-09-14 <a href='/a'>{PUMP}</a></li><li>2026-06-02 {VALVE}</li></ul>",
        f"<p>September 14, 2026</p><p>{PUMP}</p><p>June 2nd, 2026</p><p>{VALVE}</p>",
        f"<section><h2>{PUMP}</h2><p><time datetime='2026-09-14'>14 Sep 2026</time></p></section>"
        f"<section><h2>{VALVE}</h2><p><time datetime='2026-06-02'>2 Jun 2026</time></p></section>",
    ],
    ids=["on one line", "in a list", "on the line above", "in the data"],
)
def test_titles_are_found_with_their_days(body: str) -> None:
    assert dated_titles(page(body), shipped_terms()) == FOUND


@pytest.mark.parametrize(
    "body",
    [
        "<p>On 14 September 2026 we moved to a larger hall.</p>",
        "<p>Opened 14 September 2026 by the mayor of the town.</p>",
        "<p>14 September 2026</p><p>Sold out</p>",
        "<p>Version 2026 of the list of spare parts</p>",
    ],
    ids=["in a sentence", "after a word", "too short", "a year alone"],
)
def test_days_in_running_text_date_no_title(body: str) -> None:
    assert dated_titles(page(body), shipped_terms()) == {}


@given(
    st.lists(st.text(), max_size=8).map(lambda lines: "".join(f"<p>{each}</p>" for each in lines))
)
def test_any_text_gives_titles_of_the_page_or_none(body: str) -> None:
    read = page(body)
    assert all(title in read.text for title in dated_titles(read, shipped_terms()))
