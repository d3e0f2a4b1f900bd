"""A comparison in a terminal."""

from persona.layout import Paper
from persona.reports.comparison.structures import Comparison, DateComparison
from persona.reports.comparison.words import lede
from persona.vocabulary import NONE_IS_BETTER


def write_comparison(paper: Paper, comparison: Comparison, hint: str = "") -> None:
    """Write everything about a comparison; ``hint`` says how to choose what is compared."""
    paper.blank()
    paper.title(comparison.company or "Your company", _over(comparison))
    paper.blank()
    paper.paragraph(lede(comparison), strong=True)
    paper.paragraph(f"{comparison.taken} {hint}".rstrip(), dim=True)
    if isinstance(comparison, DateComparison):
        from persona.reports.comparison.terminal_dates import write_dates

        write_dates(paper, comparison)
    else:
        from persona.reports.comparison.terminal_people import write_people

        write_people(paper, comparison)
    paper.heading("Bear in mind")
    paper.bullets((*comparison.notes, NONE_IS_BETTER))


def _over(comparison: Comparison) -> str:
    if isinstance(comparison, DateComparison):
        return f"{len(comparison.moments)} dates"
    return f"{len(comparison.people)} people"
