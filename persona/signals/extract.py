"""From one capture to its reading: 58 signals, 10 controls, words, traces, and perhaps a gate."""

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from persona.capture.records import Capture, CapturedPage
from persona.observations import Control, Gate, PageRead, Signal, Trace, Wording
from persona.signals.catalogue import SignalEntry, shipped_catalogue
from persona.signals.controls import controls
from persona.signals.findings import MOST_QUOTES, Found, Missing
from persona.signals.gates import judge
from persona.signals.page import Page, read_page
from persona.signals.rules import all_rules
from persona.signals.site import Rule, SiteFacts
from persona.signals.traces import traces
from persona.signals.wording import wording
from persona.vocabulary import ZONES

if TYPE_CHECKING:
    from persona.signals.corpus import Corpus

LANGUAGE: Final = "en"
_ON_BORROWED_TEXT: Final = frozenset({"W07", "W08", "W09"})
"""Signals about borrowed text itself; every other signal is computed without it."""

_DAY = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@dataclass(frozen=True)
class SiteReading:
    """All that was computed from one capture.

    ``signals`` holds all 58 in catalogue order, missing ones with the reason; ``wording`` the
    words of the pages in English; ``facts`` the parsed pages, for those who want to look further.
    """

    capture: Capture
    facts: SiteFacts
    pages: tuple[PageRead, ...]
    signals: tuple[Signal, ...]
    controls: tuple[Control, ...]
    wording: Wording
    traces: tuple[Trace, ...]
    gate: Gate | None


def extract(
    capture: Capture, *, corpus: "Corpus | None" = None, today: date | None = None
) -> SiteReading:
    """Compute signals, controls and words of a capture; never raises, whatever its pages hold.

    ``corpus`` holds the pages of other firms, for the signals that need them. ``today`` is the
    day from which "the last 24 months" are counted: the day of the capture, if left out.
    """
    facts, pages = read_facts(capture, corpus=corpus, today=today)
    own = corpus.without_borrowed(facts) if corpus else facts
    rules = all_rules()
    signals = tuple(
        _signal(entry, rules[entry.id], facts if entry.id in _ON_BORROWED_TEXT else own)
        for entry in shipped_catalogue().signals
    )
    return SiteReading(
        capture=capture,
        facts=facts,
        pages=tuple(_page_read(*each) for each in zip(pages, capture.pages, strict=True)),
        signals=signals,
        controls=_named(controls(facts, capture)),
        wording=wording(facts.pages, facts.domain),
        traces=traces(own),
        gate=judge(capture, facts),
    )


def read_facts(
    capture: Capture, *, corpus: "Corpus | None" = None, today: date | None = None
) -> tuple[SiteFacts, tuple[Page, ...]]:
    """Parse the pages of a capture; return those that are in English as facts, and all of them."""
    pages = tuple(read_page(page.url, page.html) for page in capture.pages)
    facts = SiteFacts(
        capture.site,
        _in_english(pages),
        today=today or last_day(capture.pages),
        corpus=corpus,
        earlier=_in_english(read_page(page.url, page.html) for page in capture.earlier),
        foreign=tuple(page for page in pages if not _is_english(page)),
    )
    return facts, pages


def _in_english(pages: Iterable[Page]) -> tuple[Page, ...]:
    return tuple(page for page in pages if _is_english(page))


def _is_english(page: Page) -> bool:
    return page.language in ("", LANGUAGE)


def last_day(pages: Iterable[CapturedPage]) -> date | None:
    """Return the latest day on which a page was read; None when no page says."""
    days = [day for page in pages if (day := _day(page.fetched_at or "")) is not None]
    return max(days, default=None)


def _day(stamp: str) -> date | None:
    """Return the last day that a time stamp may mean: "2024-02" is the 29th."""
    found = _DAY.match(stamp)
    if not found:
        return None
    year, month, day = (int(part) if part else 0 for part in found.groups())
    try:
        return date(year, month or 12, day or calendar.monthrange(year, month or 12)[1])
    except ValueError:
        return None


def _signal(entry: SignalEntry, rule: Rule, facts: SiteFacts) -> Signal:
    found = _find(entry, rule, facts)
    if isinstance(found, Missing):
        return Signal(
            entry.id, entry.dimension, entry.family, entry.says, missing=found.why, unit=entry.unit
        )
    return Signal(
        entry.id,
        entry.dimension,
        entry.family,
        entry.codes.get(str(round(found.value)), entry.says),
        value=round(found.value, 6),
        quotes=found.quotes[:MOST_QUOTES],
        unit=entry.unit,
        clarity=round(min(1.0, found.value / entry.full), 3),
    )


def _find(entry: SignalEntry, rule: Rule, facts: SiteFacts) -> Found | Missing:
    if facts.zones.isdisjoint(entry.zones):
        where = " or ".join(ZONES[zone] for zone in entry.zones)
        return Missing(f"no page was read on {where}")
    if entry.needs == "corpus" and facts.corpus is None:
        return Missing("it takes the pages of other firms to compare with")
    if entry.needs == "history" and not facts.earlier:
        return Missing("it takes an earlier capture of the site")
    found = rule(facts)
    if isinstance(found, Found) and found.value == 0:
        looked_at = len(facts.within(*entry.zones))
        if looked_at < entry.absence:
            return Missing(
                f"nothing found, on too few pages to tell ({looked_at} of {entry.absence})"
            )
    return found


def _named(found: tuple[Control, ...]) -> tuple[Control, ...]:
    entries = shipped_catalogue().controls
    return tuple(
        Control(control.id, control.value, entry.name)
        for control, entry in zip(found, entries, strict=True)
    )


def _page_read(page: Page, captured: CapturedPage) -> PageRead:
    return PageRead(page.url, page.type, page.words, captured.fetched_at)
