"""The makers' names that a site sells under: its line card, found by how a page lists them."""

import re
from collections.abc import Iterator
from typing import Any, Final

from persona.observations import Quote
from persona.signals.findings import quote
from persona.signals.labels import labels
from persona.signals.page import Link, Page
from persona.signals.remembered import once
from persona.signals.site import SiteFacts

MOST_LINKS: Final = 1000
"""Links of a page that are looked at."""
FEWEST: Final = 2
"""A single other name may be the firm's own brand under another word."""
_NAME_WORDS: Final = 4
_LIST_LINES: Final = 120
_WORD: Final = 40
_LEADING: Final = 80
_PROSE: Final = 240
"""Characters after "distributors for" in which names may stand."""

_BRAND_PATH: Final = re.compile(
    r"/(?:shop-by-brands?|brands?|manufacturers?|makers?|makes|suppliers?|vendors|principals"
    r"|line-?cards?|lines)/[\w%.+-]+/?$",
    re.MULTILINE,
)
_BRAND_QUERY: Final = re.compile(r"(?:brand|manufacturer|make)=\w")
_HINTS: Final = ("brand", "manufact", "/make", "make=", "supplier", "vendors", "principals", "line")
"""One of these is in every address that the patterns find."""
_NAME: Final = re.compile(r"[A-Z0-9][\w&.+'’-]*(?: (?:[A-Z0-9&+][\w&.+'’-]*|and|de|of)){0,3}")
_COUNT: Final = re.compile(r"\s*\(\d+\)$|\s+logo$")
_BREAK: Final = re.compile(r"[,;•·|/]|\s(?:and|or|&|\+)\s(?=[A-Z0-9])|\s[–—-]\s")
_END: Final = re.compile(r"[.!?](?:\s|$)|\n")


@once
def makes_of(site: SiteFacts) -> dict[str, Quote]:
    """Return other makers' names in lower case, as the site lists them, each with its proof."""
    found: dict[str, Quote] = {}
    for page in site.pages:
        if page.zone in ("Z1", "Z2") or page.type == "other":
            for name, proof in _named(site, page):
                key = _COUNT.sub("", name.lower()).strip(" .-–®™©")
                if len(key) > 1 and not key.isdigit() and not _is_own(site, key):
                    found.setdefault(key, proof)
    return found if len(found) >= FEWEST else {}


def _is_own(site: SiteFacts, name: str) -> bool:
    joined = name.replace(" ", "")
    return site.names_own(name) or joined in site.domain or site.domain.partition(".")[0] in joined


def _named(site: SiteFacts, page: Page) -> Iterator[tuple[str, Quote]]:
    for brand in _of_products(page):
        if brand.lower() in page.lower:
            at = page.lower.find(brand.lower())
            yield brand, quote(page.text, page.url, at, at + len(brand))
    if _lists_makes("\n".join([link.url for link in page.links]).lower()):
        for link in page.links[:MOST_LINKS]:
            if _is_make(site, link):
                yield link.text, quote(link.text, page.url)
    yield from _listed(site, page)
    yield from _in_prose(site, page)
    if page.type in ("home", "about"):
        yield from _represented(site, page)


def _represented(site: SiteFacts, page: Page) -> Iterator[tuple[str, Quote]]:
    """Yield the makers whose seller the page says the firm is ("an authorised X dealer")."""
    common = site.terms["partners.W07.common"]
    for match in site.terms["partners.W07.authorised"].matches(page.lower):
        before = page.text[max(match.start() - _WORD, 0) : match.start()].split(" ")[-2:-1]
        for place in (page.text[match.start() : match.end()], *before):
            for name in _NAME.finditer(place):
                words = [word for word in name[0].split() if not common.within(word.lower())]
                if words:
                    yield " ".join(words), quote(page.text, page.url, *match.span())


def _of_products(page: Page) -> Iterator[str]:
    """Yield the brands that the page's product data names."""
    for thing in page.data:
        if "Product" in str(thing.get("@type", "")):
            name = _brand_name(thing.get("brand")) or _brand_name(thing.get("manufacturer"))
            if name:
                yield name


def _brand_name(value: Any) -> str:
    if isinstance(value, dict):
        value = value.get("name")
    return value.strip()[:60] if isinstance(value, str) else ""


def _is_make(site: SiteFacts, link: Link) -> bool:
    return (
        link.place != "footer"
        and _lists_makes(link.url.lower())
        and _looks_like_name(site, link.text)
    )


def _lists_makes(urls: str) -> bool:
    if not any(hint in urls for hint in _HINTS):
        return False
    return bool(_BRAND_PATH.search(urls) or _BRAND_QUERY.search(urls))


def _looks_like_name(site: SiteFacts, text: str) -> bool:
    words = text.split()
    return (
        0 < len(words) <= _NAME_WORDS
        and bool(_NAME.match(text))
        and not site.terms["partners.W08.not"].within(text.lower())
    )


def _listed(site: SiteFacts, page: Page) -> Iterator[tuple[str, Quote]]:
    """Yield the names in a list below a heading such as "Makes we stock"."""
    terms = site.terms["partners.W08.list"]
    titles = {each.text for each in labels(site, page).headings(terms)}
    if not titles:
        return
    for number, line in enumerate(page.lines):
        if line in titles:
            for below in page.lines[number + 1 : number + 1 + _LIST_LINES]:
                names = [piece.strip() for piece in _BREAK.split(below)]
                if not all(_looks_like_name(site, name) for name in names if name):
                    break
                yield from ((name, quote(below, page.url)) for name in names if name)


def _in_prose(site: SiteFacts, page: Page) -> Iterator[tuple[str, Quote]]:
    """Yield two names or more that a sentence lists after "distributors for"."""
    customers = site.terms["partners.W08.customers"]
    for match in site.terms["partners.W08.before"].matches(page.lower):
        leading = page.lower[max(match.start() - _LEADING, 0) : match.start()]
        if customers.within(leading.rpartition(". ")[2]):
            continue
        rest = page.text[match.end() : match.end() + _PROSE]
        rest = _END.split(rest, maxsplit=1)[0]
        names = []
        for piece in _BREAK.split(rest):
            name = _NAME.match(piece.strip().removeprefix("and ").removeprefix("the "))
            if name is None:
                break
            names.append(name[0])
        if len(names) > 1:
            end = min(match.end() + len(rest), match.start() + 150)
            proof = quote(page.text, page.url, match.start(), end)
            yield from ((name, proof) for name in names)
