"""Original research: studies of its own that give their sample and their method."""

import re
from collections.abc import Iterator
from typing import Final

from persona.observations import Quote
from persona.signals.findings import Found, Missing, quote
from persona.signals.page import Page
from persona.signals.posts import own_title
from persona.signals.shares import distinct, log_count
from persona.signals.site import Rule, SiteFacts
from persona.vocabulary import PageType

_PLACES: Final[tuple[PageType, ...]] = ("research", "article", "download", "news", "webinar")
_LEAST_SAMPLE: Final = 20
"""Persons or things below which a study is a talk with a few."""
_REACH: Final = 400
"""Characters between its own deed ("we surveyed") and the size of the sample."""
_NUMBER = re.compile(r"\d[\d.,]*")
_YEAR = re.compile(r"(?<!\d)20[0-4]\d(?!\d)")


def original_research(site: SiteFacts) -> Found | Missing:
    """W35: years in which it published a study of its own with sample and method, log(1 + n).

    A study quoted from others has no "we surveyed", a product sheet under "Research" no sample,
    a thin poll no method. For a firm that sells research, research is the product.
    """
    if any(site.terms["material.W35.selling"].within(page.lower) for page in _fronts(site)):
        return Missing("research is what it sells")
    years: set[int] = set()
    proofs: list[Quote] = []
    for page in site.of(*_PLACES):
        place = _study(site, page)
        if place is not None:
            years.add(_year(page))
            proofs.append(quote(page.text, page.url, *place))
    undated = years == {0}
    return Found(log_count(len(years - {0}) or undated), distinct(proofs))


def studies(site: SiteFacts) -> tuple[str, ...]:
    """Return the addresses of its own studies."""
    return tuple(page.url for page in site.of(*_PLACES) if _study(site, page) is not None)


def _fronts(site: SiteFacts) -> tuple[Page, ...]:
    return (site.home,) if site.home is not None else ()


def _study(site: SiteFacts, page: Page) -> tuple[int, int] | None:
    """Return where a page tells of its own study and its sample; None when one part lacks."""
    study, own, method = (site.terms[f"material.W35.{name}"] for name in ("study", "own", "method"))
    deeds = [match.start() for match in own.matches(page.lower)]
    if not deeds or not method.within(page.lower) or not study.within(page.lower):
        return None
    for start, stop in _samples(site, page):
        near = [deed for deed in deeds if abs(deed - start) <= _REACH]
        if near:
            return start, stop
    return None


def _samples(site: SiteFacts, page: Page) -> Iterator[tuple[int, int]]:
    """Yield the places where a page gives the size of a sample."""
    for match in site.terms["material.W35.sample"].matches(page.lower):
        numbers = _NUMBER.findall(match.group())
        sizes = [int(digits) for each in numbers if (digits := re.sub(r"\D", "", each))]
        if sizes and max(sizes) >= _LEAST_SAMPLE and not _YEAR.fullmatch(str(max(sizes))):
            yield match.span()


def _year(page: Page) -> int:
    """Return the year of a study: in its title, else of its page; 0 when not known."""
    named = _YEAR.search(f"{own_title(page)} {page.path}")
    if named:
        return int(named.group())
    return page.published.year if page.published else 0


RULES: Final[dict[str, Rule]] = {"W35": original_research}
