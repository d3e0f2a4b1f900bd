"""A comparison as one HTML file that needs nothing else.

``comparison_view`` holds what the templates ``comparison_head.html.j2`` (the comparison in one
sentence, contents) and ``comparison_body.html.j2`` (the sections) name; another page can include
them too.
"""

from typing import Any, Final

from persona.reports.comparison.structures import Comparison, DateComparison
from persona.reports.comparison.words import lede
from persona.reports.headline import LONG_NAME
from persona.reports.html.comparison_dates import dates_view
from persona.reports.html.comparison_people import people_view
from persona.reports.html.page import render
from persona.reports.sentences import day, spelled
from persona.vocabulary import NONE_IS_BETTER

SHEETS: Final = ("company.css", "comparison.css")
"""Style sheets that the templates need besides ``style.css``."""


def comparison_report(comparison: Comparison) -> bytes:
    """Return a comparison as one HTML file; equal comparisons give equal bytes."""
    name = comparison.company or "Your company"
    return render(
        "comparison.html.j2",
        sheets=SHEETS,
        title=f"{name}: {_over(comparison).lower()}",
        **comparison_view(comparison),
    )


def comparison_view(comparison: Comparison) -> dict[str, Any]:
    """Return what the templates of a comparison name; no respondent's name is in it."""
    if isinstance(comparison, DateComparison):
        sections = dates_view(comparison)
    else:
        sections = people_view(comparison)
    sections["bear"] = [*comparison.notes, NONE_IS_BETTER]
    return {
        "kind": "dates" if isinstance(comparison, DateComparison) else "people",
        "company": comparison.company or "Your company",
        "long_name": len(comparison.company or "") > LONG_NAME,
        "over": _over(comparison),
        "lede": lede(comparison),
        "taken": comparison.taken,
        "contents": [(key, name) for key, name in _CONTENTS if sections.get(key)],
        **sections,
    }


_CONTENTS: Final = (
    ("views", "Who sees what"),
    ("then", "Then and now"),
    ("talk", "Talk about this first"),
    ("differ", "How it is carried out"),
    ("moved", "What moved the verdict"),
    ("dimensions", "Dimensions"),
    ("joint", "All answers together"),
    ("agree", "How far answers agree"),
    ("gaps", "Gaps"),
    ("outcomes", "What became of the plan"),
    ("bear", "Bear in mind"),
)


def _over(comparison: Comparison) -> str:
    if isinstance(comparison, DateComparison):
        first, last = comparison.moments[0].on, comparison.moments[-1].on
        return f"From {day(first)} to {day(last)}"
    return f"One company as {spelled(len(comparison.people))} people see it"
