"""One company at several dates: what moved, gaps, and what became of the plan."""

from datetime import date

import pytest

from persona.advice.execution import State
from persona.reports.comparison.dates import change_of
from persona.reports.comparison.structures import Course, DateComparison
from persona.reports.comparison.words_dates import moved, outcome_words
from persona.reports.recording import record
from tests.strategies import TYPICAL
from tests.unit.reports.comparison.made import AUTUMN, SPRING, dates, person

SALES = TYPICAL["sales_driven"] | {"E01": "d", "E10": "d", "E08": "a", "E12": "b"}


def course(comparison: DateComparison, dimension: str) -> Course:
    return next(each for each in comparison.courses if each.dimension == dimension)


def test_dates_are_put_in_order_of_day() -> None:
    days = [SPRING, AUTUMN, date(2027, 3, 2)]
    results = [person(SALES, on=on) for on in days]

    found = dates([results[1], results[2], results[0]])

    assert [each.on for each in found.moments] == [day.isoformat() for day in days]
    assert [each.letter for each in found.moments] == ["A", "B", "C"]
    assert len(found.courses[0].places) == 3
    assert [each.letter for each in found.plans] == ["A", "B"]


@pytest.mark.parametrize(
    ("then", "now", "words"),
    [
        ("aa", "ab", "half a level to passive"),
        ("ab", "bb", "half a level to passive"),
        ("bb", "bc", "half a level to dynamic"),
        ("cc", "bc", "half a level to passive"),
        ("ab", "aa", "half a level to sales"),
        ("aa", "bb", "1 level to passive"),
        ("aa", "bc", "1.5 levels to dynamic"),
        ("cc", "aa", "2 levels to sales"),
        ("ab", "ba", "as before"),
        ("bb", "ac", "now split"),
        ("ac", "bb", "no longer split"),
    ],
)
def test_a_move_is_told_in_levels_and_toward_what(then: str, now: str, words: str) -> None:
    before = person(SALES, P01=then[0], P02=then[1])
    after = person(SALES, on=AUTUMN, P01=now[0], P02=now[1])

    assert moved(course(dates([before, after]), "HORIZON")) == words


def test_what_is_known_on_one_date_only_has_not_moved() -> None:
    before = person({"P01": "a"})
    after = person({"P02": "d", "P03": "a"}, on=AUTUMN)
    found = dates([before, after])

    assert moved(course(found, "HORIZON")) == "known on A only"
    assert moved(course(found, "DECIDE")) == "known on B only"
    assert moved(course(found, "LEAD")) == "not known"
    assert course(found, "HORIZON").moved is None


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        ("open", "closed", "closed"),
        ("partly", "closed", "closed"),
        ("open", "partly", "narrowed"),
        ("closed", "open", "opened"),
        ("closed", "partly", "opened"),
        ("partly", "open", "widened"),
        ("open", "open", "stays open"),
        ("partly", "partly", "stays open"),
        ("closed", "closed", "stays closed"),
        ("unknown", "closed", None),
        ("open", "not applicable", None),
    ],
)
def test_what_became_of_a_gap(before: State, after: State, change: str | None) -> None:
    assert change_of(before, after) == change


def test_gaps_follow_the_answers() -> None:
    found = dates([person(SALES), person(SALES, on=AUTUMN, E01="a", E08="d", E12="a")])

    became = {each.gap: each.change for each in found.gaps}
    assert became["doubt"] == "closed"
    assert became["experiment"] == "opened"
    assert became["black_hole"] == "stays open"
    assert became["cadence"] == "widened"
    assert became["waste"] is None


def test_steps_of_the_first_plan_show_what_was_recorded() -> None:
    before = person(SALES)
    first, second, third = (step.id for step in before.plan.steps)
    before = record(before, first, "12 %", on="2026-06-01")
    before = record(before, first, "18 %", on="2026-07-01", met=True)
    before = record(before, second, "nobody counted", on="2026-07-01")

    found = dates([before, person(SALES, on=AUTUMN, P01="b")]).plans[0]

    assert found.letter == "A"
    assert [(each.id, each.met, outcome_words(each)) for each in found.steps] == [
        (first, True, "target met"),
        (second, None, "recorded, target not judged"),
        (third, None, "nothing recorded"),
    ]
    assert [each.value for each in found.steps[0].records] == ["12 %", "18 %"]


def test_another_person_s_answers_are_not_taken_for_a_change_unsaid() -> None:
    notes = dates([person(SALES, "Head of sales"), person(SALES, "Rep", AUTUMN)]).notes

    assert any("Different people answered (Head of sales, Rep)" in each for each in notes)
