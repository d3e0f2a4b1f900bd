"""Results to compare: people and days, made from the example and from typical answers."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import cast

from persona.layout import Paper
from persona.pipe import assess, compare
from persona.reports.comparison.structures import (
    Comparison,
    DateComparison,
    PeopleComparison,
)
from persona.reports.comparison.terminal import write_comparison
from persona.reports.result import Respondent, Result
from tests.strategies import TYPICAL

SPRING, AUTUMN = date(2026, 3, 2), date(2026, 9, 14)
SECRET = "Zaphod Beeblebrox"
"""A respondent's name, which may be in no output."""


def person(
    answers: Mapping[str, str], role: str | None = None, on: date = SPRING, **other: str
) -> Result:
    """Return what somebody answered, ``other`` answers in place of some; the name is a secret."""
    return assess({**answers, **other}, company="Acme", on=on, respondent=Respondent(role, SECRET))


def three() -> list[Result]:
    """Return three people who describe a company of each method."""
    return [
        person(TYPICAL["dynamic_marketer"], "Chief executive", E04="c", E10="a"),
        person(TYPICAL["passive_marketer"], "Head of marketing", E04="a", E10="c"),
        person(TYPICAL["sales_driven"], "Head of sales", E04="b", E10="a"),
    ]


def people(results: Sequence[Result]) -> PeopleComparison:
    """Return results compared as people."""
    return cast("PeopleComparison", compare(results, kind="people"))


def dates(results: Sequence[Result]) -> DateComparison:
    """Return results compared as dates."""
    return cast("DateComparison", compare(results, kind="dates"))


def page(comparison: Comparison, width: int = 88, **how: bool) -> str:
    """Return a comparison as it is shown on paper of some width."""
    paper = Paper(width, **how)
    write_comparison(paper, comparison)
    return paper.text()
