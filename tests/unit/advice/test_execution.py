"""The execution reading: the score by hand, and the state of every gap."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from persona.advice.execution import GapReading, read_execution
from persona.vocabulary import CORE_ITEMS, GAPS, PERSONAS, Gap, Label
from tests.strategies import EXECUTION_IDS, any_set, row_of

labels: st.SearchStrategy[Label] = st.sampled_from((*PERSONAS, "undecided"))


def gap(name: Gap, label: Label = "undecided", **answers: str) -> GapReading:
    readings = read_execution(row_of(answers), label).gaps
    return next(reading for reading in readings if reading.gap == name)


ANSWERS = {"E01": "c", "E02": "c", "E03": "a", "E08": "b", "E09": "d", "E10": "b"}
"""Scores 1, 0, 3, 2, not applicable, 2."""


@pytest.mark.parametrize(
    ("label", "score"),
    [
        ("undecided", (1 + 0 + 3 + 2 + 2) / 15),
        ("sales_driven", (2 * 1 + 2 * 0 + 3 + 2 + 2 * 2) / 24),
        ("passive_marketer", (1 + 0 + 3 + 2 + 2 * 2) / 18),
        ("dynamic_marketer", (1 + 0 + 3 + 2 * 2 + 2) / 18),
    ],
)
def test_core_items_of_the_method_count_double(label: Label, score: float) -> None:
    assert read_execution(row_of(ANSWERS), label).score == pytest.approx(score)


def test_known_counts_the_answers_those_that_do_not_apply_included() -> None:
    assert read_execution(row_of(ANSWERS | {"P01": "a"}), "undecided").known == 6


def test_without_answers_there_is_no_score_rather_than_a_bad_one() -> None:
    reading = read_execution(row_of({"P01": "a"}), "sales_driven")
    assert (reading.score, reading.known) == (None, 0)
    assert {one.state for one in reading.gaps} == {"unknown"}
    assert [one.gap for one in reading.gaps] == list(GAPS)


def test_when_nothing_known_applies_there_is_no_score() -> None:
    reading = read_execution(row_of({"E09": "d"}), "passive_marketer")
    assert (reading.score, reading.known) == (None, 1)


def test_best_and_worst_answers_give_one_and_nought() -> None:
    best = {"E01": "a", "E02": "a", "E03": "a", "E04": "c", "E05": "c", "E06": "c"}
    best |= {"E07": "c", "E08": "a", "E09": "a", "E10": "a", "E11": "c", "E12": "c"}
    worst = {"E01": "d", "E02": "c", "E03": "d", "E04": "b", "E05": "a", "E06": "d"}
    worst |= {"E07": "a", "E08": "d", "E09": "c", "E10": "d", "E11": "b", "E12": "a"}
    for label in PERSONAS:
        assert read_execution(row_of(best), label).score == 1
        assert read_execution(row_of(worst), label).score == 0
    assert {one.state for one in read_execution(row_of(best), "undecided").gaps} == {"closed"}


@pytest.mark.parametrize(
    ("option", "state"), [("a", "closed"), ("b", "partly"), ("c", "open"), ("d", "open")]
)
def test_a_low_score_leaves_the_gap_open_and_a_middling_one_partly(option: str, state: str) -> None:
    assert gap("doubt", E01=option).state == state


def test_unknown_closed_and_not_applicable_are_three_different_things() -> None:
    unknown, closed, none = (
        gap("content_use"),
        gap("content_use", E09="a"),
        gap("content_use", E09="d"),
    )
    assert (unknown.state, unknown.score, unknown.item) == ("unknown", None, None)
    assert (closed.state, closed.score, closed.item) == ("closed", 3, "E09")
    assert (none.state, none.score, none.item) == ("not applicable", None, "E09")
    assert none.diagnosis


@pytest.mark.parametrize(
    ("option", "every_lead_to_a_rep", "early_leads_thrown_away"),
    [
        ("a", "open", "closed"),
        ("b", "closed", "open"),
        ("c", "closed", "closed"),
        ("d", "open", "open"),
    ],
)
def test_what_becomes_of_early_interest_opens_the_right_assumption(
    option: str, every_lead_to_a_rep: str, early_leads_thrown_away: str
) -> None:
    assert gap("assumption1", E04=option).state == every_lead_to_a_rep
    assert gap("assumption2", E04=option).state == early_leads_thrown_away


def test_a_closed_gap_is_not_given_the_diagnosis_of_the_open_one() -> None:
    assert gap("assumption1", E04="a").diagnosis == "Every enquiry takes a rep's time"
    assert gap("assumption2", E04="a").diagnosis is None
    assert gap("assumption2", E04="c").diagnosis


@pytest.mark.parametrize("persona", PERSONAS)
def test_core_gaps_are_marked_for_the_method_and_for_no_other(persona: Label) -> None:
    answers = dict.fromkeys(EXECUTION_IDS, "a")
    marked = {one.item for one in read_execution(row_of(answers), persona).gaps if one.core}
    assert marked == set(CORE_ITEMS[persona])  # type: ignore[index]
    assert not any(one.core for one in read_execution(row_of(answers), "undecided").gaps)


@given(any_set(), labels)
def test_the_score_is_a_share_and_rests_on_execution_answers_alone(
    answers: dict[str, str], label: Label
) -> None:
    reading = read_execution(row_of(answers), label)
    own = {item: option for item, option in answers.items() if item in EXECUTION_IDS}
    assert reading == read_execution(row_of(own), label)
    assert reading.known == len(own)
    assert reading.score is None or 0 <= reading.score <= 1
    for one in reading.gaps:
        assert (one.state == "unknown") == (one.item is None)
