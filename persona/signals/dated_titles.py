"""The titles that a list gives beside days, whether or not they lead to pages of their own."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from persona.signals.page import Page
from persona.signals.terms import TermLists
from persona.signals.written_dates import written_days

SHORTEST: Final = 3
LONGEST: Final = 30
"""Words of a title."""
_LINE: Final = 300
"""Characters up to which a line may be an entry of a list."""
_HEAD: Final = 40
"""Characters at the beginning of an entry within which its day is written."""
_EDGES: Final = " :;,.|–—-·•"
_SENTENCE = re.compile(r"[.!?]\s")


def dated_titles(page: Page, terms: TermLists) -> dict[str, date]:
    """Return the titles that stand beside days on a page, each with its day, in order.

    The day is marked in the page's data, opens the title's line, or has the line above to itself.
    """
    marked = {each.text: each.day for each in page.dates if _is_title(each.text)}
    written = dict(_written(page.lines, terms))
    return marked if len(marked) >= len(written) else written


def _written(lines: tuple[str, ...], terms: TermLists) -> Iterator[tuple[str, date]]:
    waiting: date | None = None
    for line in lines:
        opened = _opens_with_day(line, terms)
        rest = line[opened[1] :] if opened else line
        title = _SENTENCE.split(rest.strip(_EDGES), maxsplit=1)[0].strip(_EDGES)
        day = opened[0] if opened else waiting
        if day and _is_title(title):
            yield title, day
        waiting = opened[0] if opened and not title else None


def _opens_with_day(line: str, terms: TermLists) -> tuple[date, int] | None:
    """Return the day that a line opens with and where it ends, None when it opens otherwise."""
    if len(line) > _LINE or "20" not in line[:_HEAD]:
        return None
    first = next(iter(written_days(line[:_HEAD].lower(), terms)), None)
    if first is None or line[: first.start].strip(_EDGES):
        return None
    return first.day, first.end


def _is_title(text: str) -> bool:
    return SHORTEST <= len(text.split()) <= LONGEST
