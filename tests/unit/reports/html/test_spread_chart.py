"""Several probabilities on one line: signs never cover each other, and all is told in words."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from persona.reports.html.spread_chart import Mark, spread_chart

SHARES = st.lists(st.floats(0, 1), min_size=1, max_size=30)


def drawn(shares: list[float], joint: float | None = None) -> str:
    marks = [Mark(chr(65 + number), share) for number, share in enumerate(shares)]
    return str(spread_chart("key", "Sales-driven", "sales", marks, joint))


@given(SHARES)
def test_no_two_signs_of_a_row_are_nearer_than_a_sign_is_wide(shares: list[float]) -> None:
    places = [
        (float(x), int(y)) for x, y in re.findall(r'<svg x="([\d.]+)%" y="(\d+)"', drawn(shares))
    ]

    assert len(places) == len(shares)
    least = 7.7 if len(shares) <= 10 else 1.8
    for number, (x, y) in enumerate(places):
        for other_x, other_y in places[:number]:
            assert y != other_y or abs(x - other_x) >= least


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_signs_at_the_ends_stay_on_the_line(share: float) -> None:
    x = re.search(r'<svg x="([\d.]+)%"', drawn([share]))

    assert x is not None
    assert 3 < float(x[1]) < 97


def test_the_picture_is_told_in_words() -> None:
    assert "Together 40%. A 10%, B 90%" in drawn([0.1, 0.9], 0.4)
