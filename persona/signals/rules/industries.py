"""Industry pages: one offer relabelled for many trades, or each trade addressed for itself."""

import re
from collections import Counter
from itertools import combinations
from math import log1p
from statistics import fmean
from typing import Final

from persona.capture.kinds import kind_of
from persona.observations import Quote
from persona.signals.findings import Found, Missing, quote
from persona.signals.page import Page
from persona.signals.posts import title_quote
from persona.signals.shares import distinct, share
from persona.signals.site import Rule, SiteFacts

_LEAST_WORDS: Final = 60
_MOST_PAGES: Final = 30
"""Compared with one another; more would not change the mean."""
_TEMPLATED: Final = 5
_DISTINCT: Final = 3
"""Pages from which on they can be templated, or distinct."""
_SAME, _MEETING, _OTHER = 0.85, 0.6, 0.35
"""Mean cosine at which pages are the same, neither nor, and texts of their own."""
_WORD = re.compile(r"[^\W\d_]{2,}")


def templated(site: SiteFacts) -> Found | Missing:
    """W30: how alike the pages for different industries are: 0 at a cosine of .6, 1 at .85."""
    pages = _industries(site)
    if len(pages) < _TEMPLATED:
        return Missing("fewer than five industry pages")
    value = _between(_alikeness(site, pages), _MEETING, _SAME)
    return Found(value, _titles(pages) if value > 0 else ())


def tailored(site: SiteFacts) -> Found | Missing:
    """W31: how far each industry has a text of its own with its problem and a named customer.

    Distinctness (0 at a mean cosine of .6, 1 at .35) times the share of pages that name both.
    """
    pages = _industries(site)
    if len(pages) < _DISTINCT:
        return Missing("fewer than three industry pages")
    value = 1 - _between(_alikeness(site, pages), _OTHER, _MEETING)
    proofs = [proof for page in pages if (proof := _addressed(site, page)) is not None]
    value *= share(len(proofs), len(pages))
    return Found(value, distinct(proofs) if value > 0 else ())


def _industries(site: SiteFacts) -> list[Page]:
    pages = [page for page in site.of("solution") if page.words >= _LEAST_WORDS]
    return pages[:_MOST_PAGES]


def _alikeness(site: SiteFacts, pages: list[Page]) -> float:
    """Return the mean cosine between the main texts of the pages, function words left out."""
    function = frozenset(site.terms["material.W09.function"].phrases)
    vectors = []
    for page in pages:
        counts = Counter(word for word in _WORD.findall(page.lower) if word not in function)
        weights = {word: log1p(count) for word, count in counts.items()}
        length = sum(weight * weight for weight in weights.values()) ** 0.5 or 1.0
        vectors.append({word: weight / length for word, weight in weights.items()})
    return fmean(
        sum(weight * other.get(word, 0.0) for word, weight in one.items())
        for one, other in combinations(vectors, 2)
    )


def _addressed(site: SiteFacts, page: Page) -> Quote | None:
    """Return the words that name the trade's problem, where a customer is named too."""
    problem = site.terms["material.W31.problem"].first(page.lower)
    if problem is None or not _names_a_customer(site, page):
        return None
    return quote(page.text, page.url, *problem.span())


def _names_a_customer(site: SiteFacts, page: Page) -> bool:
    return site.terms["material.W31.customer"].within(page.lower) or any(
        link.place == "main" and kind_of(link.url) == "case_study" for link in page.links
    )


def _between(value: float, low: float, high: float) -> float:
    return min(max((value - low) / (high - low), 0.0), 1.0)


def _titles(pages: list[Page]) -> tuple[Quote, ...]:
    return distinct(title_quote(page) for page in pages)


RULES: Final[dict[str, Rule]] = {"W30": templated, "W31": tailored}
