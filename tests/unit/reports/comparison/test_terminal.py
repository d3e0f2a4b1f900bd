"""A comparison in a terminal: it fits, says what matters, and nothing can steer it."""

import pytest
from msgspec.structs import replace

from persona.layout import cells
from persona.reports.comparison.structures import Comparison
from persona.reports.comparison.words_people import joint_words
from persona.reports.recording import record
from persona.reports.result import Respondent, Result
from tests.strategies import TYPICAL
from tests.unit.reports.comparison.made import (
    AUTUMN,
    SECRET,
    dates,
    page,
    people,
    person,
    three,
)

HOSTILE = "\x1b[2J\x1b]0;owned\x07\x9b31mred\u202eleft\u2066\u200b\r\b\x00\nend"


def two_dates() -> list[Result]:
    before = person(TYPICAL["sales_driven"], E01="d", E10="d")
    first = before.plan.steps[0].id
    before = record(before, first, "18 %", on="2026-06-01", met=False, note="too few calls")
    return [before, person(TYPICAL["passive_marketer"], on=AUTUMN, E01="a", E10="d")]


def both() -> list[Comparison]:
    return [people(three()), dates(two_dates())]


@pytest.mark.parametrize("width", [40, 50, 79, 80, 88])
def test_every_line_fits(width: int) -> None:
    crowd = people([person(TYPICAL["sales_driven"], f"Rep {n}") for n in range(30)])
    for comparison in (*both(), crowd):
        text = page(comparison, width)
        assert max(cells(line) for line in text.splitlines()) <= width


def test_people_are_shown_by_role_with_their_questions() -> None:
    found = people(three())
    text = " ".join(page(found).split())

    assert "Three people describe three different methods" in text
    for topic in found.topics:
        assert topic.question in text
    assert "Head of sales: sales-driven" in text
    assert "Sales and marketing answer differently" in text
    assert joint_words(found.joint) in text


def test_dates_are_shown_with_what_moved_and_what_became_of_the_plan() -> None:
    text = " ".join(page(dates(two_dates())).split())

    assert "Sales-driven on 2 March 2026" in text
    assert "a passive marketer on 14 September 2026" in text
    assert "Together they make +" in text
    assert "1 June 2026: 18 %, target not met. Too few calls" in text
    assert "Closed Doubt: asking for help" in text


def test_plain_pages_have_no_drawing() -> None:
    for comparison in both():
        text = page(comparison, plain=True)
        assert not set(text) & set("█░─●○◐")
        assert "Planning horizon: A " in text


def test_one_encoding_without_unicode_suffices() -> None:
    for comparison in both():
        assert page(comparison, unicode=False).isascii()


def test_nobody_s_name_is_shown() -> None:
    for comparison in both():
        assert SECRET not in page(comparison)


def hostile(result: Result, role: str) -> Result:
    answers = tuple(
        replace(answer, text=HOSTILE, question=HOSTILE, verify_with=HOSTILE, diagnosis=HOSTILE)
        if number % 2
        else answer
        for number, answer in enumerate(result.row.answers)
    )
    return replace(
        result,
        company=HOSTILE,
        row=replace(result.row, answers=answers),
        respondent=Respondent(f"{role}{HOSTILE}", HOSTILE),
        model=replace(result.model, name=HOSTILE),
    )


def test_hostile_files_cannot_steer_the_terminal() -> None:
    crowd = [hostile(each, str(number)) for number, each in enumerate(three())]
    then = [hostile(each, "same") for each in two_dates()]

    for text in (page(people(crowd)), page(dates(then))):
        assert all(char.isprintable() or char in "\n\u00a0" for char in text)
