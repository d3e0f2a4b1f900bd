"""The report of a result as its reader sees it."""

from persona.layout import Paper
from persona.reports.result import Result
from persona.reports.terminal import write_report


def shown(result: Result, width: int = 80, **how: bool) -> str:
    """Return the report of a result on paper of some width."""
    paper = Paper(width, **how)
    write_report(paper, result)
    return paper.text()


def flat(text: str) -> str:
    """Return a text on one line."""
    return " ".join(text.split())
