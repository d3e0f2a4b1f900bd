"""The day that a line of its own gives: the date beside a post, not one in its text."""

from datetime import date
from typing import Final

from persona.signals.terms import TermLists
from persona.signals.written_dates import written_days

LONGEST: Final = 60
"""Characters up to which a line may be the date of a post."""


def day_of_line(line: str, terms: TermLists) -> date | None:
    """Return the first day in a line of at most 60 characters, None when it gives none."""
    if len(line) > LONGEST or "20" not in line:
        return None
    return next((written.day for written in written_days(line.lower(), terms)), None)
