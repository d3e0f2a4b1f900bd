"""Which websites are no trading company's, or a shop that needs no sales force."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

import msgspec

from persona.capture.address import public_suffix
from persona.signals.page import Page
from persona.signals.site import SiteFacts
from persona.signals.terms import TermLists, Terms
from persona.vocabulary import PageType

_PUBLIC_ENDINGS: Final = re.compile(
    r"gov|mil|edu|int|museum"
    r"|(?:.+\.)?(?:gov|gob|gouv|govt|gub|gv|gc|mil|mod|edu|ac|acad|sch|school|nhs|police|parliament)\.[a-z]{2}"
    r"|(?:k12|cc|lib|state)\.[a-z]{2}\.us"
)
_PUBLIC_DOMAINS: Final = frozenset(("europa.eu", "admin.ch", "bund.de", "un.org"))
_BETWEEN: Final = "\n|\n"
"""Between labels: no phrase reaches across it."""
_ENOUGH_FOR_ABSENCE: Final = 3
"""Pages of a shop to be read before the lack of any word to business buyers means something."""
_COUNTERS: Final = 4
"""Pages at most on which a shop is looked at, of the front and of its goods each."""
_FRONT: Final[tuple[PageType, ...]] = ("home", "about", "leadership", "contact")


class _Kind(msgspec.Struct, frozen=True):
    """A kind of site that is out of scope; ``signs`` it takes beside the term that must be."""

    name: str
    words: str
    signs: int = 2


_BODIES: Final = (
    _Kind("charity", "it looks like a charity"),
    _Kind("public_body", "it looks like a public body"),
    _Kind("school", "it looks like a school or university"),
    _Kind("religious", "it looks like a religious community"),
    _Kind("party", "it looks like a political party or campaign"),
    _Kind("personal", "it looks like a personal page"),
)
_SHOP: Final = _Kind("shop", "it looks like a consumer shop, where no sales force takes part", 3)


def out_of_scope(facts: SiteFacts) -> str | None:
    """Return, in words, why the site is not one that the three methods apply to; None if it is.

    One word is never enough: a term that only such a site says of itself, and several signs of
    other kinds, on its front pages, and none of a business that serves customers.
    """
    if _has_public_ending(facts.domain):
        return "its name is one that only public bodies, schools and universities get"
    said = said_on(front_pages(facts))
    for kind in _BODIES:
        if words := _judge(kind, said, facts.terms):
            return f"{words}, not a trading company"
    if len(facts.pages) < _ENOUGH_FOR_ABSENCE:
        return None
    counters = facts.of("shop", "product", "pricing", "other")[:_COUNTERS]
    return _judge(_SHOP, said_on((*front_pages(facts)[:_COUNTERS], *counters)), facts.terms)


def _has_public_ending(domain: str) -> bool:
    ending = public_suffix(domain)
    return _PUBLIC_ENDINGS.fullmatch(ending) is not None or domain in _PUBLIC_DOMAINS


def front_pages(facts: SiteFacts) -> tuple[Page, ...]:
    """Return the pages on which a site says what it is: home, about and contact, or else all."""
    return facts.of(*_FRONT) or facts.pages


def said_on(pages: Sequence[Page]) -> tuple[str, ...]:
    """Return what the pages say in lower case, and the labels of their menus and footers."""
    labels = dict.fromkeys(link.text for page in pages for link in page.links)
    titles = dict.fromkeys(text for page in pages for text in (page.title, page.description))
    return (*(page.lower for page in pages), _BETWEEN.join((*titles, *labels)).lower())


def _judge(kind: _Kind, said: Sequence[str], terms: TermLists) -> str | None:
    """Return the kind's words with those of the site that show it, None without enough signs."""
    table = f"gates.{kind.name}"
    must = _first(terms[f"{table}.must"], said)
    if must is None or _first(terms[f"{table}.against"], said) is not None:
        return None
    lists = terms.names(table)
    signs = [
        _first(terms[each], said) for each in lists if not each.endswith((".must", ".against"))
    ]
    found = list(dict.fromkeys((must, *(sign for sign in signs if sign))))
    if len(found) <= kind.signs:
        return None
    return f"{kind.words} ({', '.join(f'“{words}”' for words in found[:3])})"


def _first(terms: Terms, said: Iterable[str]) -> str | None:
    """Return the words of the first match in any of the texts."""
    matches = (terms.first(text) for text in said)
    return next((" ".join(match.group().split()) for match in matches if match), None)
