"""Days written out in running text: "12–14 May 2026", "May 12th, 2026", "12.05.2026"."""

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import Final, NamedTuple

from persona.signals.terms import TermLists

MOST: Final = 300
"""Days read from one page."""
LONGEST_LINE: Final = 60
"""Characters up to which a line may be the date of a post."""

_TO: Final = r"(?:\s*(?:-|–|—|&|/|to|and|until)\s*\d{1,2}(?:st|nd|rd|th)?)?"
_NUMBERED = re.compile(
    r"(?<![\d.])(\d{1,2})([./-])(\d{1,2})\2(20\d\d)(?!\d|\.\d)|(?<!\d)(20\d\d)-(\d\d)-(\d\d)(?!\d)"
)


class WrittenDay(NamedTuple):
    """The first day of a date, and where it is written: ``text[start:end]``."""

    day: date
    start: int
    end: int


def written_days(lower: str, terms: TermLists) -> list[WrittenDay]:
    """Return the days with a year in lower-case text, by place, at most 300.

    Of "5/6/2026" the first number is the day unless only the second can be a month's day.
    """
    if "20" not in lower:
        return []
    months = terms["events.dates.months"].phrases
    found = [*_named(lower, months), *_numbered(lower)]
    return sorted(found, key=lambda each: each.start)[:MOST]


def day_of_line(line: str, terms: TermLists) -> date | None:
    """Return the first day in a line of its own, at most 60 characters; None when it gives none."""
    if len(line) > LONGEST_LINE or "20" not in line:
        return None
    return next((written.day for written in written_days(line.lower(), terms)), None)


def _named(lower: str, months: tuple[str, ...]) -> Iterator[WrittenDay]:
    pattern, numbers = _months(months)
    for match in pattern.finditer(lower):
        before, name, after, year = match.groups()
        day = _day(year, numbers[name], before or after or "1")
        if day:
            yield WrittenDay(day, *match.span())


def _numbered(lower: str) -> Iterator[WrittenDay]:
    for match in _NUMBERED.finditer(lower):
        first, _, second, year, iso_year, iso_month, iso_day = match.groups()
        if iso_year:
            day = _day(iso_year, int(iso_month), iso_day)
        else:
            day = _day(year, int(second), first) or _day(year, int(first), second)
        if day:
            yield WrittenDay(day, *match.span())


@lru_cache(maxsize=8)
def _months(phrases: tuple[str, ...]) -> tuple[re.Pattern[str], dict[str, int]]:
    """Return a pattern of day, month and year in either order, and the number of each name."""
    numbers = {
        name.strip(): number
        for number, phrase in enumerate(phrases, start=1)
        for name in phrase.strip("()").split("|")
    }
    names = "|".join(sorted(map(re.escape, numbers), key=len, reverse=True))
    day = r"(?:(?<!\d)(\d{1,2})(?:st|nd|rd|th)?" + _TO + r"\s+(?:of\s+)?)?"
    after = r"(?:\s+(\d{1,2})(?:st|nd|rd|th)?" + _TO + r"(?!\d))?"
    return re.compile(rf"{day}\b({names})\b\.?{after},?\s+(20\d\d)(?!\d)"), numbers


def _day(year: str, month: int, day: str) -> date | None:
    try:
        return date(int(year), month, int(day))
    except ValueError:
        return None
