"""The small sums that the rules share."""

import re
from math import inf, isclose, log

from hypothesis import given
from hypothesis import strategies as st

from persona.observations import Quote
from persona.signals.page import read_page
from persona.signals.shares import distinct, log_count, per_thousand, quotes_from, share


def test_sums() -> None:
    assert log_count(0) == 0
    assert isclose(log_count(2), log(3))
    assert share(1, 4) == 0.25
    assert per_thousand(3, 600) == 5


def test_nothing_to_divide_by() -> None:
    assert share(1, 0) == 0
    assert per_thousand(3, 0) == 0


@given(st.floats(-10, 10), st.floats(-10, 10))
def test_a_share_is_between_nothing_and_all(part: float, whole: float) -> None:
    assert 0 <= share(part, whole) <= 1


@given(st.integers(-5, 10**9))
def test_a_count_is_finite_and_never_negative(n: int) -> None:
    assert 0 <= log_count(n) < inf


def test_three_different_quotes_at_most() -> None:
    quotes = [Quote(text, "u") for text in ("a", "A", "", "b", "c", "d")]
    assert [quote.text for quote in distinct(quotes)] == ["a", "b", "c"]


def test_quotes_hold_the_words_found() -> None:
    page = read_page("https://a.test/", "<p>We repair Blue Pumps at night.</p>")
    quotes = quotes_from(page, re.finditer("blue pumps", page.lower))
    assert quotes == (Quote("We repair Blue Pumps at night.", "https://a.test/"),)
