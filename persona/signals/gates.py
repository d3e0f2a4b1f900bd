"""The gates before a verdict: whether it was read, is a trading company, and says enough."""

from collections import Counter
from collections.abc import Iterator
from typing import Final
from urllib.parse import urlsplit

from persona.capture.records import FAILURES, Capture, Failure, Unread
from persona.model.website import TOO_LITTLE
from persona.observations import Gate
from persona.signals.languages import foreign_share
from persona.signals.scope import out_of_scope
from persona.signals.site import SiteFacts

ZONES_NEEDED: Final = 3
ZONES_WITH_CONTENT: Final = 2
WORDS_NEEDED: Final = 800
"""Words that are neither navigation nor legal text, over all pages read."""
CONTENT: Final = 100
"""Words from which on the pages of a zone hold something to judge by."""

_READ_BUT_EMPTY: Final[frozenset[Failure]] = frozenset(
    ("login_wall", "script_only", "parked", "not_english")
)
"""The site answered, and what it shows is not enough: thin, not unreachable."""
_TELLS_LITTLE: Final[frozenset[Failure]] = frozenset(("budget", "offline"))


def judge(capture: Capture, facts: SiteFacts) -> Gate | None:
    """Return why the website gives no verdict by itself, None where it may give one.

    "unreachable" when nothing was read, "out_of_scope" when it is no trading company's or needs
    no sales force, "thin" when there is too little: fewer than three zones, two zones with
    content, or 800 words. ``words`` completes "…, because".
    """
    if not capture.pages:
        return _unread(capture)
    if foreign_share(facts) > 0.5:
        return Gate("thin", FAILURES["not_english"])
    if words := out_of_scope(facts):
        return Gate("out_of_scope", words)
    lacking = list(_lacking(facts))
    if not lacking:
        return None
    home = _of_home(capture)
    if home is not None and facts.home is None:
        lacking.append(f"the home page could not be read: {FAILURES[home.failure]}")
    return Gate("thin", f"{TOO_LITTLE}: {'; '.join(lacking)}")


def _unread(capture: Capture) -> Gate:
    told = _of_home(capture) or next(
        (each for each in capture.unread if each.failure not in _TELLS_LITTLE),
        next(iter(capture.unread), None),
    )
    if told is None:
        return Gate("unreachable", "no page of it was read")
    reason = FAILURES[told.failure]
    if told.failure in _READ_BUT_EMPTY:
        return Gate("thin", reason)
    return Gate("unreachable", reason)


def _of_home(capture: Capture) -> Unread | None:
    """Return why the home page could not be read, by the first of the ways to reach it."""
    tried = [each for each in capture.unread if urlsplit(each.url).path in ("", "/")]
    said = [each for each in tried if each.failure not in _TELLS_LITTLE]
    return next(iter(said or tried), None)


def _lacking(facts: SiteFacts) -> Iterator[str]:
    """Yield what is missing of the least that a verdict takes."""
    words = Counter[str]()
    for page in facts.pages:
        words[page.zone or ""] += page.words
    if len(facts.pages) == 1:
        yield "only one page could be read"
    elif len(facts.zones) < ZONES_NEEDED:
        parts = len(facts.zones)
        yield f"pages on {parts or 'none'} of the five subjects, where three are needed"
    if words.total() < WORDS_NEEDED:
        yield f"{words.total()} words, where about {WORDS_NEEDED} are needed"
    elif 0 < sum(words[zone] >= CONTENT for zone in facts.zones) < ZONES_WITH_CONTENT:
        yield "text on only one of them"
