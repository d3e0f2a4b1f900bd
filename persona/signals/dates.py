"""The days that a page gives: of its own publication, of its posts and of its events."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from persona.signals.facts import Dated
from persona.signals.jsonld import types_of

MOST_DATES: Final = 500
_FIRST_YEAR: Final = 1995
_LAST_YEAR: Final = 2100
_DAY = re.compile(r"\s*(\d{4})([-/.]?)(\d\d)(?:\2(\d\d))?(?!\d)")
_IN_PATH = re.compile(r"/((?:19|20)\d\d)[/-](\d\d?)(?:[/-](\d\d?))?(?=[/-]|$)")
_DATE_KEYS: Final = ("datePublished", "startDate", "datePosted", "uploadDate", "dateCreated")
_NAME_KEYS: Final = ("headline", "name", "title")
_OWN: Final = frozenset(("WebPage", "ItemPage", "FAQPage", "AboutPage", "QAPage"))


def day_of(text: object) -> date | None:
    """Return the day that a machine-readable date begins with, None when it holds none.

    The first of the month stands for a date without a day.
    """
    match = _DAY.match(text) if isinstance(text, str) else None
    return _day(match[1], match[3], match[4]) if match else None


def day_in_path(path: str) -> date | None:
    """Return the day in an address ("/2024/05/17/title"), None when there is none."""
    match = _IN_PATH.search(path)
    return _day(match[1], match[2], match[3]) if match else None


def published_on(
    objects: Iterable[dict[str, Any]], meta: str, times: tuple[str, ...], path: str
) -> date | None:
    """Return the day on which the page was published, None when it does not say.

    Believed in this order: JSON-LD of the page or its article, the ``article:published_time``
    in ``meta``, a ``<time>`` that is the page's only one or marked as its date, the address.
    """
    for item in objects:
        types = types_of(item)
        if any(name in _OWN or name.endswith(("Article", "Posting")) for name in types):
            day = day_of(item.get("datePublished") or item.get("datePosted"))
            if day:
                return day
    own = day_of(times[0]) if len(times) == 1 else None
    return day_of(meta) or own or day_in_path(path)


def dates_of(
    objects: Iterable[dict[str, Any]], times: Iterable[tuple[str, str]]
) -> tuple[Dated, ...]:
    """Return the days of JSON-LD objects and of ``(datetime, words beside it)``, each once."""
    found: dict[Dated, None] = {}
    for item in objects:
        for key in _DATE_KEYS:
            day = day_of(item.get(key))
            if day:
                found[Dated(day, _name(item))] = None
                break
    for written, words in times:
        day = day_of(written)
        if day:
            found[Dated(day, words)] = None
    return tuple(found)[:MOST_DATES]


def _name(item: dict[str, Any]) -> str:
    """Return the name of a JSON-LD object on one line, at most 200 characters."""
    for key in _NAME_KEYS:
        value = item.get(key)
        if isinstance(value, str) and value.strip():
            return " ".join(value[:400].split())[:200]
    return ""


def _day(year: str, month: str, day: str | None) -> date | None:
    if not _FIRST_YEAR <= int(year) <= _LAST_YEAR:
        return None
    try:
        return date(int(year), int(month), int(day or 1))
    except ValueError:
        return None
