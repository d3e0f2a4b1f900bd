"""What a notebook shows of a comparison."""

from typing import Any, Final

from persona.reports.comparison.structures import Comparison, DateComparison, PeopleComparison
from persona.reports.comparison.words import lede, where
from persona.reports.comparison.words_dates import moved
from persona.reports.comparison.words_people import agreeing, joint_words
from persona.reports.html.page import fragment
from persona.reports.sentences import day
from persona.reports.website import opinion_in_words
from persona.vocabulary import DIMENSIONS

_TEMPLATE: Final = "comparison_notebook.html.j2"


def draw(comparison: Comparison) -> str:
    """Return a comparison as a fragment of HTML with its styles inline; text in it is inert."""
    rows = _dates(comparison) if isinstance(comparison, DateComparison) else _people(comparison)
    return fragment(
        _TEMPLATE,
        company=comparison.company or "Your company",
        lede=lede(comparison),
        **rows,
    )


def _dates(comparison: DateComparison) -> dict[str, Any]:
    return {
        "views": [
            (each.letter, day(each.on), opinion_in_words(each.opinion))
            for each in comparison.moments
        ],
        "together": "",
        "letters": [each.letter for each in comparison.moments],
        "rows": [
            (DIMENSIONS[each.dimension], [where(place) for place in each.places], moved(each))
            for each in comparison.courses
        ],
        "questions": [],
    }


def _people(comparison: PeopleComparison) -> dict[str, Any]:
    return {
        "views": [
            (each.letter, each.called, opinion_in_words(each.opinion)) for each in comparison.people
        ],
        "together": joint_words(comparison.joint),
        "letters": [each.letter for each in comparison.people],
        "rows": [
            (DIMENSIONS[each.dimension], [where(place) for place in each.places], agreeing(each))
            for each in comparison.dimensions
        ],
        "questions": [(each.name, each.question) for each in comparison.topics],
    }
