"""What the text argues with: price, stock, everything for everybody, or a choice of buyer."""

import re
from collections.abc import Iterator
from statistics import median
from typing import Final
from urllib.parse import urlsplit

from persona.observations import Quote
from persona.signals.findings import Found, Missing, quote
from persona.signals.labels import labels
from persona.signals.page import Page
from persona.signals.rules import claims
from persona.signals.shares import distinct, log_count, per_thousand, share
from persona.signals.site import Rule, SiteFacts
from persona.signals.terms import Terms
from persona.vocabulary import PageType

FEWEST_WORDS: Final = 50
"""A shorter page has no rate of its own."""
MAIN_PAGES: Final = 11
"""The home page and ten more."""
_SENTENCE: Final = 160
"""Characters on either side within which a reason, or a law, counts as standing beside."""

_OFFERS: Final[tuple[PageType, ...]] = ("home", "product", "solution", "pricing", "shop")
_MAIN: Final[tuple[PageType, ...]] = ("home", "about", "product", "solution", "shop")
_NOT_SHOP: Final[tuple[PageType, ...]] = ("home", "about", "product", "solution", "pricing")
_REFUSING: Final[tuple[PageType, ...]] = (*_NOT_SHOP, "shop", "other")
_STOP: Final = re.compile(r"(?<=[^\W_]{2})[.!?]\s")
"""The end of a sentence, not of an abbreviation."""
_SELLS: Final = re.compile(r"add to (?:cart|basket|bag|trolley)")
_PROMOTION: Final = re.compile(
    r"(?:^|[/_-])(?:sale|sales|offers?|deals?|promos?|promotions?|clearance|specials?|discounts?"
    r"|coupons?|black-friday|cyber-monday|outlet)(?:$|[/_.-])"
)


def discounts(site: SiteFacts) -> Found | Missing:
    """W04: price words per 1,000 words on the median page of offers."""
    pages = [page for page in site.of(*_OFFERS) if page.words >= FEWEST_WORDS]
    if not pages:
        return Missing("no page of offers with enough text")
    price, other = site.terms["style.W04.price"], site.terms["style.W04.not"]
    found = [(page, _beside(page, price, other)) for page in pages]
    rate = median(per_thousand(len(spans), page.words) for page, spans in found)
    return Found(rate, distinct(_quotes(found)) if rate else ())


def _beside(page: Page, terms: Terms, other: Terms) -> list[tuple[int, int]]:
    """Return where terms stand in a page's text, once each, places of ``other`` left out."""
    spans = sorted(match.span() for match in terms.matches(page.lower))
    if not spans:
        return []
    left_out = [match.span() for match in other.matches(page.lower)]
    kept: list[tuple[int, int]] = []
    for start, end in spans:
        overlaps = any(start < stop and begin < end for begin, stop in left_out)
        if not overlaps and (not kept or start >= kept[-1][1]):
            kept.append((start, end))
    return kept


def _quotes(found: list[tuple[Page, list[tuple[int, int]]]]) -> Iterator[Quote]:
    for page, spans in found:
        for start, end in spans:
            yield quote(page.text, page.url, start, end)


def price_headlines(site: SiteFacts) -> Found | Missing:
    """W05: share of the main pages, promotions left out, whose title or headlines name price."""
    if site.home is None:
        return Missing("no home page")
    others = (page for page in site.of(*_MAIN) if page is not site.home)
    pages = [site.home, *(page for page in others if not _promotes(page))][:MAIN_PAGES]
    shown = [line for page in pages if (line := _price_headline(site, page)) is not None]
    return Found(share(len(shown), len(pages)), distinct(shown))


def _promotes(page: Page) -> bool:
    try:
        return _PROMOTION.search(urlsplit(page.url).path.lower()) is not None
    except ValueError:
        return False


def _price_headline(site: SiteFacts, page: Page) -> Quote | None:
    price, more = site.terms["style.W04.price"], site.terms["style.W05.headline"]
    other, never = site.terms["style.W05.not"], site.terms["style.W04.not"]
    title = page.title.lower()
    lines = [page.title] if price.within(title) or more.within(title) else []
    for terms in (price, more):
        lines += [each.text for each in labels(site, page).headings(terms, level=2)]
    for line in lines:
        if not other.within(line.lower()) and not never.within(line.lower()):
            return quote(line, page.url)
    return None


def urgency(site: SiteFacts) -> Found | Missing:
    """W14: words of stock and haste per 1,000 words, shop pages left out."""
    pages = [page for page in site.of(*_NOT_SHOP) if not _SELLS.search(page.lower)]
    words = sum(page.words for page in pages)
    if words < FEWEST_WORDS:
        return Missing("too little text outside the shop")
    urgent, other = site.terms["style.W14.urgent"], site.terms["style.W14.not"]
    found = [(page, _beside(page, urgent, other)) for page in pages]
    count = sum(len(spans) for _, spans in found)
    return Found(per_thousand(count, words), distinct(_quotes(found)))


def all_things(site: SiteFacts) -> Found | Missing:
    """W15: different phrases, counted by logarithm, that promise everything to everybody."""
    terms = site.terms["style.W15.all"]
    wordings: dict[str, Quote] = {}
    for page in site.of("home", "about"):
        for match in terms.matches(page.lower):
            wordings.setdefault(match[0], quote(page.text, page.url, *match.span()))
    return Found(log_count(len(wordings)), distinct(wordings.values()))


def refusals(site: SiteFacts) -> Found | Missing:
    """W39: places, counted by logarithm, that say whom or what the firm is not for."""
    quotes: dict[str, Quote] = {}
    for page in site.of(*_REFUSING):
        for start, end in _refused(site, page):
            found = quote(page.text, page.url, start, end)
            quotes.setdefault(page.lower[start:end], found)
    return Found(log_count(len(quotes)), distinct(quotes.values()))


def _refused(site: SiteFacts, page: Page) -> Iterator[tuple[int, int]]:
    """Yield the places of a page that refuse a buyer, law and plain delisting left out."""
    refusal, stopped, reason, legal = (
        site.terms[f"style.W39.{name}"] for name in ("refusal", "stopped", "reason", "legal")
    )
    end = -1
    for match in sorted(refusal.matches(page.lower), key=lambda each: each.start()):
        if match.start() >= end and not legal.within(_sentence(page.lower, *match.span())):
            end = match.end()
            yield match.span()
    for match in stopped.matches(page.lower):
        around = page.lower[match.start() : match.end() + _SENTENCE]
        if reason.within(around) and not legal.within(around):
            yield match.span()


def _sentence(lower: str, start: int, end: int) -> str:
    """Return the sentence, at most 160 characters either way, around a place."""
    before = _STOP.split(lower[max(start - _SENTENCE, 0) : start])[-1]
    after = _STOP.split(lower[end : end + _SENTENCE], maxsplit=1)[0]
    return before + lower[start:end] + after


RULES: Final[dict[str, Rule]] = {
    "W04": discounts,
    "W05": price_headlines,
    "W14": urgency,
    "W15": all_things,
    "W39": refusals,
    **claims.RULES,
}
