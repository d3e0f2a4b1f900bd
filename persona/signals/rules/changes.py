"""What changed in the offer: releases, offers new in kind, and what was learned before a change."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from statistics import fmean, pstdev
from typing import Final

from persona.capture.kinds import kind_of
from persona.observations import Quote
from persona.signals.findings import Found, Missing, quote
from persona.signals.page import Link, Page
from persona.signals.shares import distinct, log_count
from persona.signals.site import SiteFacts
from persona.signals.terms import Terms
from persona.signals.written_dates import day_of_line

_LEAST_CHANGES: Final = 3
_LONGEST_SPAN: Final = 8
_SHORTEST_SPAN: Final = 4
"""Quarters over which changes are counted."""

_UNLIKE: Final = 0.4
"""Cosine between two names of offers below which one is new in kind."""
_LONGEST_NAME: Final = 60
_LEAST_OLD: Final = 2
_MOST_NEW: Final = 0.7
"""Share of new names above which a site was renamed as a whole, by a merger or a new design."""
_OFFERS: Final = frozenset(("product", "solution", "shop"))
_WORD = re.compile(r"[^\W\d_]{3,}")

_REACH: Final = 200
"""Characters between what was learned and what was changed."""
_DOER, _OBJECT = 24, 40
"""Characters before a deed in which its doer stands, and after it in which its object does."""
_AROUND: Final = 300
"""Characters before and after a story in which its year stands."""
_MOST_STORIES: Final = 3
"""Counted on one page."""
_YEAR = re.compile(r"(?<!\d)20[0-4]\d(?!\d)")
_FIGURE = re.compile(r"\d")
_OTHERS = re.compile(r"\b(?:their|the client|client['’]s|the customer['’]s|his|her)\b")


def release_trail(site: SiteFacts) -> Found | Missing:
    """W47: how steadily dated changes appear, and how many of them answer a user's problem.

    The mean of three parts, each 0 to 1: the share of quarters with a change, their evenness, and
    the share of changes told as a problem solved. The last two years count.
    """
    changes = list(_changes(site))
    last = max((day for day, _, _ in changes), default=None)
    if last is None or len({day for day, _, _ in changes}) < _LEAST_CHANGES:
        return Missing("no change log with three dates or more")
    end = _quarter(max(site.today or last, last))
    counts = Counter(_quarter(day) for day, _, _ in changes)
    span = min(max(end - min(counts) + 1, _SHORTEST_SPAN), _LONGEST_SPAN)
    quarters = [counts[end - back] for back in range(span)]
    if not any(quarters):
        return Found(0.0)
    problem = site.terms["news.W47.problem"]
    told = [proof for _, text, proof in changes if problem.within(text)]
    parts = (
        sum(count > 0 for count in quarters) / span,
        1 / (1 + pstdev(quarters) / fmean(quarters)),
        len(told) / len(changes),
    )
    return Found(fmean(parts), distinct([*told, *(proof for *_, proof in changes)]))


def _changes(site: SiteFacts) -> Iterator[tuple[date, str, Quote]]:
    """Yield day, text in lower case and a quote of each dated change."""
    for page in site.of("release"):
        days = {each.text: each.day for each in page.dates if each.text}
        marks = [
            (number, day)
            for number, line in enumerate(page.lines)
            if (day := days.get(line) or day_of_line(line, site.terms)) is not None
        ]
        for (start, day), (stop, _) in pairwise([*marks, (len(page.lines), date.max)]):
            text = " ".join(page.lines[start:stop])
            if text != page.lines[start] and (not site.today or day <= site.today):
                at = page.text.find(text)
                yield day, text.lower(), quote(page.text, page.url, at, at + min(len(text), 150))


def _quarter(day: date) -> int:
    return day.year * 4 + (day.month - 1) // 3


def new_in_kind(site: SiteFacts) -> Found | Missing:
    """W48: families of offers in the menu now that no earlier reading had, by name or in text."""
    old = _families(site.earlier)
    new = _families(site.pages) if old else {}
    if len(old) < _LEAST_OLD or not new:
        return Missing("no offers in the menu of an earlier capture to compare with")
    before = " ".join(page.lower for page in site.earlier)
    urls = {url for url, _ in old.values()}
    fresh = {
        name: place
        for name, place in new.items()
        if place[0] not in urls
        and name not in before
        and all(_alike(name, other) < _UNLIKE for other in old)
    }
    if len(fresh) > _MOST_NEW * len(new):
        return Missing("nearly every offer has another name than before: a merger or a renaming")
    return Found(log_count(len(fresh)), distinct(proof for _, proof in fresh.values()))


def _families(pages: tuple[Page, ...]) -> dict[str, tuple[str, Quote]]:
    """Return address and quote of each offer in the menus, by its name in lower case."""
    found: dict[str, tuple[str, Quote]] = {}
    for page in pages:
        for link in page.links:
            if _names_an_offer(link):
                place = (link.url.rstrip("/"), quote(link.text, page.url))
                found.setdefault(" ".join(link.text.lower().split()), place)
    return found


def _names_an_offer(link: Link) -> bool:
    return (
        link.place == "nav"
        and len(link.text) <= _LONGEST_NAME
        and _WORD.search(link.text) is not None
        and kind_of(link.url, link.text) in _OFFERS
    )


def _alike(name: str, other: str) -> float:
    """Return the cosine between the words of two names."""
    one, two = set(_WORD.findall(name)), set(_WORD.findall(other))
    return len(one & two) / (len(one) * len(two)) ** 0.5 if one and two else 0.0


def learned_so_changed(site: SiteFacts) -> Found | Missing:
    """W49: stories of what was learned and what was then changed in the own offer.

    A story counts with a date, of its page or in its words, or with a figure and a product.
    Stories about clients' affairs are not counted: to change those is what an adviser sells.
    """
    proofs: list[Quote] = []
    for page in site.within("Z1", "Z2", "Z3", "Z4"):
        if page.type != "case_study":
            proofs.extend(_stories(site, page))
    return Found(log_count(len(proofs)), distinct(proofs))


def _stories(site: SiteFacts, page: Page) -> list[Quote]:
    """Return the stories of one page: a deed, who did it, and before it what was learned."""
    learned, doer = site.terms["news.W49.learned"], site.terms["news.W49.doer"]
    found: list[Quote] = []
    past = 0
    for deed, stop in _deeds(page.lower, site.terms["news.W49.changed"]):
        if len(found) == _MOST_STORIES:
            break
        if _OTHERS.search(page.lower, stop, stop + _OBJECT):
            continue
        if not doer.within(page.lower[max(deed - _DOER, 0) : deed]):
            continue
        reach = max(deed - _REACH, past)
        lesson = learned.first(page.lower[reach:deed])
        if lesson is not None and _is_real(site, page, reach + lesson.start(), stop):
            found.append(quote(page.text, page.url, reach + lesson.start(), stop))
            past = stop
    return found


def _deeds(lower: str, deeds: Terms) -> list[tuple[int, int]]:
    """Return the places of deeds, in order; most pages hold none of the words."""
    return sorted(match.span() for match in deeds.matches(lower))


def _is_real(site: SiteFacts, page: Page, start: int, stop: int) -> bool:
    """Return whether two of these three are given: a date, a figure, a product of the company.

    Among news and articles one is enough; the pages on which a company speaks of itself are
    where it tells stories for their own sake.
    """
    around = page.lower[max(start - _AROUND, 0) : stop + _AROUND]
    signs = (
        page.published is not None or _YEAR.search(around) is not None,
        _FIGURE.search(_YEAR.sub("", around)) is not None,
        any(product in around for product in site.products),
    )
    return sum(signs) >= (1 if page.zone == "Z3" else 2)
