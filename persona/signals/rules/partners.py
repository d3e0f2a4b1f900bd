"""What partners are for: makers it sells for, dealers it supplies, firms that build on it."""

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import urlsplit

from persona.observations import Quote
from persona.signals.findings import Found, Missing, quote
from persona.signals.labels import labels
from persona.signals.makes import makes_of
from persona.signals.page import Page
from persona.signals.shares import distinct, log_count, quotes_from, share
from persona.signals.site import Rule, SiteFacts
from persona.vocabulary import PageType

FEWEST_WORDS: Final = 2
"""Words about building or reselling below which partner pages say nothing."""
FEWEST_ENTRIES: Final = 3
_LABEL: Final = 8
_SHORT_LABEL: Final = 4
_BEFORE: Final = 40
_REACH: Final = 40

_PARTNER_PAGES: Final[tuple[PageType, ...]] = ("partners", "support", "customers")
_BUILT_PAGES: Final[tuple[PageType, ...]] = (
    "partners",
    "docs",
    "customers",
    "case_study",
    "research",
    "product",
    "solution",
)
_FOR_PARTNERS: Final[frozenset[PageType]] = frozenset(("partners", "docs"))
_NAME: Final = re.compile(r"[A-Z][\w&+-]*\w")
_AFTER: Final = re.compile(
    r"\s*((?:for|of|from|with|:|-|–)\s+)?(?:the\s|all\s|leading\s|global\s)?([A-Z][\w&+-]*\w)"
)
"""A name after a phrase, and what leads to it."""
_DIRECTORY: Final = re.compile(
    r"/(?:integrations?|apps?|marketplace|extensions?|plugins?|add-?ons?|connectors?)/"
)


def authorised(site: SiteFacts) -> Found | Missing:
    """W07: places, counted by logarithm, where it calls itself a named maker's seller."""
    found: dict[str, Quote] = {}
    for page in site.of("home", "about"):
        for match in _authorised(site, page):
            found.setdefault(match[0], quote(page.text, page.url, *match.span()))
    return Found(log_count(len(found)), distinct(found.values()))


def _authorised(site: SiteFacts, page: Page) -> Iterator[re.Match[str]]:
    """Yield phrases that name a maker, those that speak of its own sellers left out."""
    end = -1
    matches = site.terms["partners.W07.authorised"].matches(page.lower)
    for match in sorted(matches, key=lambda each: each.start()):
        if match.start() < end:
            continue
        before = page.lower[max(match.start() - _BEFORE, 0) : match.end()]
        if site.terms["partners.W07.reversed"].within(before.rpartition(". ")[2]):
            continue
        if _names_another(site, page, match):
            end = match.end()
            yield match


def _names_another(site: SiteFacts, page: Page, match: re.Match[str]) -> bool:
    """Return whether a name that is not the firm's own stands in or right beside a phrase."""
    start, end = match.span()
    words = page.text[start:end].split()
    title = all(word[0].isupper() for word in words)
    if not title and any(_strange(site, word) for word in words):
        return True
    before = page.text[max(start - _BEFORE, 0) : start].split()[-1:]
    if before and before[0][-1].isalnum() and _strange(site, before[0]):
        return True
    named = _AFTER.match(page.text[end : end + _REACH])
    led = named and (named[1] or match[0].endswith((" for", " of", " with")))
    return bool(named and led and _strange(site, named[2]))


def _strange(site: SiteFacts, word: str) -> bool:
    """Return whether a word is a name, by its capital, and not the firm's own."""
    name = _NAME.match(word)
    if name is None:
        return False
    lower = name[0].lower()
    own = lower in site.domain or site.names_own(lower)
    return not own and not site.terms["partners.W07.common"].within(lower)


def line_card(site: SiteFacts) -> Found | Missing:
    """W08: other makers' names as a share of those and the firm's own products."""
    makes = makes_of(site)
    own = [name for name in site.products if not any(make in name for make in makes)]
    total = len(makes) + len(own)
    if not total:
        return Missing("no brand named")
    return Found(share(len(makes), total), distinct(makes.values()))


def dealer_support(site: SiteFacts) -> Found | Missing:
    """W29: whether those who sell on have a place that supplies them with material."""
    entrances: list[Quote] = []
    for page in _front_and_support(site):
        places, doors = _dealer_places(site, page)
        if places:
            return Found(1.0, distinct(places))
        entrances += doors
    material = [found for page in site.of(*_PARTNER_PAGES) for found in _material(site, page)]
    if material and (entrances or len(material) > 1):
        return Found(1.0, distinct([*entrances[:1], *material]))
    return Found(0.0)


def _front_and_support(site: SiteFacts) -> tuple[Page, ...]:
    """Return the page that was read first, whose menus stand for all, and those for partners."""
    pages = site.within("Z4")
    first = site.home or next(iter(site.pages), None)
    return pages if first is None or first in pages else (first, *pages)


def _dealer_places(site: SiteFacts, page: Page) -> tuple[list[Quote], list[Quote]]:
    """Return the links to supplies for dealers, and those to a log-in for dealers."""
    never = site.terms["partners.W29.not"]
    both = []
    for name in ("portal", "entrance"):
        links = labels(site, page).links(site.terms[f"partners.W29.{name}"], words=_LABEL)
        kept = (link for link in links if not never.within(link.text.lower()))
        both.append([quote(link.text, page.url) for link in kept])
    return both[0], both[1]


def _material(site: SiteFacts, page: Page) -> list[Quote]:
    """Return where a page that speaks to dealers offers them material."""
    sellers = site.terms["partners.W29.sellers"]
    if page.type != "partners" and not labels(site, page).headings(sellers, level=2):
        return []
    if not sellers.within(page.lower):
        return []
    found = site.terms["partners.W29.material"].matches(page.lower)
    wordings = {match[0]: match for match in found}
    return [quote(page.text, page.url, *match.span()) for match in wordings.values()]


def partner_made(site: SiteFacts) -> Found | Missing:
    """W41: things, counted by logarithm, that others built on the offer or along with it."""
    found: dict[str, Quote] = {}
    for page in site.of(*_BUILT_PAGES):
        for match in _built(site, page):
            key = page.lower[match.start() : match.end() + _BEFORE]
            found.setdefault(key, quote(page.text, page.url, *match.span()))
        found |= _entries(site, page) | _listed(site, page)
    return Found(log_count(len(found)), distinct(found.values()))


def _built(site: SiteFacts, page: Page) -> Iterator[re.Match[str]]:
    """Yield the places that say that a named other firm made something of it."""
    names = ("made", "by", "theirs") if page.type in _FOR_PARTNERS else ("made",)
    for name in names:
        for match in site.terms[f"partners.W41.{name}"].matches(page.lower):
            if name == "theirs":
                beside = page.text[max(match.start() - _BEFORE, 0) : match.start()]
                beside = beside.rpartition(". ")[2]
            else:
                beside = page.text[match.end() : match.end() + _BEFORE].partition(". ")[0]
            if any(_strange(site, word) for word in beside.split()):
                yield match


def _entries(site: SiteFacts, page: Page) -> dict[str, Quote]:
    """Return the entries of a directory whose page says that others made them."""
    if page.type not in _FOR_PARTNERS:
        return {}
    others = site.terms["partners.W41.others"].first(page.lower)
    if others is None:
        return {}
    links = (link for link in page.links if link.place == "main" and link.text)
    entries = {link.url: link for link in links if _DIRECTORY.search(_path(link.url))}
    if len(entries) < FEWEST_ENTRIES:
        return {}
    proof = quote(page.text, page.url, *others.span())
    return dict.fromkeys(entries, proof)


def _listed(site: SiteFacts, page: Page) -> dict[str, Quote]:
    """Return the lines below a heading such as "What partners have built" that name a maker."""
    terms = site.terms["partners.W41.heading"]
    titles = {each.text for each in page.headings}
    found: dict[str, Quote] = {}
    below = False
    for line in page.lines if page.type in _FOR_PARTNERS else ():
        if line in titles:
            below = terms.within(line.lower())
        elif below and _strange(site, line.partition(":")[0]):
            found[line.lower()] = quote(line, page.url)
    return found


def build_or_resell(site: SiteFacts) -> Found | Missing:
    """W42: of the words about partners' work, the share on building rather than reselling."""
    pages = site.of("partners")
    if not pages:
        return Missing("no partner page")
    building = site.terms["partners.W42.build"]
    build = sum(building.count(page.lower) for page in pages)
    resale = sum(site.terms["partners.W42.resale"].count(page.lower) for page in pages)
    if build + resale < FEWEST_WORDS:
        return Missing("partner pages speak of neither building nor reselling")
    quotes = (each for page in pages for each in quotes_from(page, building.matches(page.lower)))
    return Found(share(build, build + resale), distinct(quotes))


def open_interface(site: SiteFacts) -> Found | Missing:
    """W43: whether others are told how to build on an interface."""
    never = site.terms["partners.W43.not"]
    for page in _front_and_support(site):
        for link in labels(site, page).links(site.terms["partners.W43.label"], words=_SHORT_LABEL):
            if not never.within(link.text.lower()):
                return Found(1.0, (quote(link.text, page.url),))
    for page in site.of("docs", "support"):
        if quotes := quotes_from(page, site.terms["partners.W43.text"].matches(page.lower)):
            return Found(1.0, quotes)
    return Found(0.0)


def _path(url: str) -> str:
    try:
        return urlsplit(url).path.lower()
    except ValueError:
        return ""


RULES: Final[dict[str, Rule]] = {
    "W07": authorised,
    "W08": line_card,
    "W29": dealer_support,
    "W41": partner_made,
    "W42": build_or_resell,
    "W43": open_interface,
}
