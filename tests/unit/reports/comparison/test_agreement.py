"""How far people agree: worked examples of the literature, and honest limits."""

import random
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from persona.reports.comparison.agreement import LEAST_ITEMS, alpha, coincidences, statistics_of
from persona.reports.comparison.structures import Statistic
from persona.reports.result import Result
from tests.strategies import PERSONA_IDS, TYPICAL
from tests.unit.reports.comparison.made import person, three

KRIPPENDORFF_2011 = (
    "1 2 3 3 2 1 4 1 2 . . .",
    "1 2 3 3 2 2 4 1 2 5 . 3",
    ". 3 3 3 2 3 4 2 2 5 1 .",
    "1 2 3 3 2 4 4 1 2 5 1 .",
)
"""Section C of "Computing Krippendorff's Alpha-Reliability": four observers, twelve units, some
missing. The paper gives .815 for ordinal data."""


def alpha_of(rows: Sequence[str], places: int) -> float | None:
    columns = zip(*(row.split() for row in rows), strict=True)
    units = [[int(value) - 1 for value in column if value != "."] for column in columns]
    return alpha([coincidences(unit, places) for unit in units if len(unit) > 1])


def test_alpha_is_that_of_the_paper() -> None:
    assert alpha_of(KRIPPENDORFF_2011, 5) == pytest.approx(0.815, abs=0.0005)


def test_alpha_worked_by_hand() -> None:
    # Two people, four questions: 1-1, 1-1, 3-3, 1-3. Places 1 and 3 meet with n = (5, 0, 3), so
    # the ordinal difference is (8 - 4)^2 = 16, and it cancels: alpha = 1 - 7 * 2 / (2 * 5 * 3).
    assert alpha_of(("1 1 3 1", "1 1 3 3"), 3) == pytest.approx(1 - 7 / 15)


def test_alpha_of_full_agreement_is_one_and_of_one_level_is_none() -> None:
    assert alpha_of(("1 2 3 1", "1 2 3 1"), 3) == 1
    assert alpha_of(("2 2 2", "2 2 2"), 3) is None


def test_two_levels_apart_count_for_more_than_one() -> None:
    near, far = alpha_of(("1 2 3 1", "1 2 3 2"), 3), alpha_of(("1 2 3 1", "1 2 3 3"), 3)
    assert near is not None
    assert far is not None
    assert near > far


@settings(max_examples=25)
@given(
    st.lists(st.lists(st.integers(0, 3), min_size=2, max_size=5), min_size=2, max_size=12),
    st.randoms(use_true_random=False),
)
def test_alpha_knows_no_order_of_people_or_questions(
    units: list[list[int]], mixed: random.Random
) -> None:
    before = alpha([coincidences(unit, 4) for unit in units])
    for unit in units:
        mixed.shuffle(unit)
    mixed.shuffle(units)
    after = alpha([coincidences(unit, 4) for unit in units])

    assert after == (before if before is None else pytest.approx(before))
    assert before is None or before <= 1


def by_name(results: Sequence[Result]) -> dict[str, Statistic]:
    return {one.name: one for one in statistics_of(results)}


def test_figures_lie_within_their_intervals() -> None:
    for one in statistics_of(three())[:2]:
        assert one.value is not None
        assert one.low is not None
        assert one.high is not None
        assert one.low < one.value < one.high
        assert one.why_not is None


def test_equal_answers_are_counted_over_pairs_of_people() -> None:
    base = dict.fromkeys(PERSONA_IDS[:10], "a")
    other = {**base, PERSONA_IDS[0]: "b"}

    # On nine questions all three pairs agree, on one a single pair does.
    found = by_name([person(base), person(base, "x"), person(other)])["equal answers"]

    assert found.value == pytest.approx((9 * 3 + 1) / 30)
    assert found.items == 10


def test_too_few_questions_give_no_figure() -> None:
    few = dict.fromkeys(PERSONA_IDS[: LEAST_ITEMS - 1], "a")

    for one in statistics_of([person(few), person(few, "x")]):
        assert (one.value, one.low, one.high) == (None, None, None)
        assert one.why_not is not None
        assert str(LEAST_ITEMS) in one.why_not


def test_questions_that_one_person_answered_do_not_count() -> None:
    half = dict.fromkeys(PERSONA_IDS[:14], "a")

    found = by_name([person(half), person(dict.fromkeys(PERSONA_IDS, "a"), "x")])

    assert found["equal answers"].items == 14


def test_the_same_answers_give_no_interval_and_say_why() -> None:
    answers = TYPICAL["dynamic_marketer"] | {"P01": "a", "P02": "b"}

    found = by_name([person(answers), person(answers, "x")])

    assert found["equal answers"].value == 1
    assert found["alpha on method"].value == 1
    assert found["equal answers"].low is None
    assert "differ on too few" in (found["equal answers"].why_not or "")


def test_equal_answers_give_equal_intervals() -> None:
    assert statistics_of(three()) == statistics_of(three()[::-1])
