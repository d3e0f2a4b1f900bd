"""The words that a website uses: in its links, in its addresses, and in its text."""

import re
from collections import Counter
from collections.abc import Iterable
from itertools import islice
from typing import Final

from persona.capture.records import MOST_PAGES
from persona.observations import Wording
from persona.signals.facts import Link, Page

MOST_WORDS: Final = 20_000
"""Different words of one part that are kept: the commonest, in alphabetical order if level."""

LONGEST_WORD: Final = 24
"""In letters; longer ones are codes or file names, not words."""

LABEL_WORDS: Final = 3

TECHNICAL: Final = frozenset((
    "html", "htm", "php", "aspx", "asp", "jsp", "index", "default", "content", "uploads",
    "category", "tag", "page", "pages", "node", "cfm", "cgi", "bin", "http", "https", "www", "com",
    "net", "org", "utm", "source", "medium", "campaign", "amp", "jpg", "png", "pdf", "gif", "svg",
    "jpeg", "files", "images", "img", "assets", "static", "media", "sites",
))  # fmt: skip
"""Parts of addresses that tell which site builder was used. That is a control, so they are no
words."""

_WORD = re.compile(rf"(?<![a-z])[a-z]{{3,{LONGEST_WORD}}}(?![a-z])")
_ADDRESS = re.compile(
    r"[a-z][a-z0-9+.\-]*://(?:[^/?#@]*@)?([^/?#:]*)[^/?#]*([^?#]*)", re.IGNORECASE
)


def wording(pages: Iterable[Page], site: str) -> Wording:
    """Count the words of the pages of one site, 60 pages at most.

    ``site`` is the registrable domain; links to it and its subdomains are its own. A word is a
    run of 3 to 24 letters a to z in lower-cased text. Links are the same when their text, and
    their path (own links) or host (others), are the same: each counts once, whatever page or
    menu repeats it. See :class:`persona.observations.Wording` for the three parts.
    """
    read = tuple(islice(pages, MOST_PAGES))
    links: list[str] = []
    labels: list[str] = []
    for text, named in _distinct([link for page in read for link in page.links], site):
        words = _WORD.findall(text)
        links += dict.fromkeys(words + named)
        if words:
            labels.append("_".join(words[:LABEL_WORDS]))
    return Wording(_bounded(Counter(links)), _bounded(Counter(labels)), _bounded(_text(read)))


def _distinct(links: Iterable[Link], site: str) -> Iterable[tuple[str, list[str]]]:
    """Return lower-cased text and the words of the own address of every distinct link."""
    found: dict[tuple[str, str], list[str]] = {}
    for text, url in {(link.text, link.url): None for link in links}:
        address = _ADDRESS.match(url)
        host, path = address.groups() if address else ("", "")
        host = host.lower()
        own = host == site or host.endswith(f".{site}")
        key = text.lower(), path if own else host.removeprefix("www.")
        if key not in found:
            found[key] = _address_words(host.removesuffix(site) + path) if own else []
    return ((text, named) for (text, _), named in found.items())


def _address_words(address: str) -> list[str]:
    return [word for word in _WORD.findall(address.lower()) if word not in TECHNICAL]


def _text(pages: Iterable[Page]) -> Counter[str]:
    """Return the words of text, titles and descriptions, with how often each is used."""
    found = Counter[str]()
    for page in pages:
        found.update(_WORD.findall(page.lower))
        found.update(_WORD.findall(f"{page.title} {page.description}".lower()))
    return found


def _bounded(counts: Counter[str]) -> dict[str, int]:
    if len(counts) <= MOST_WORDS:
        return dict(counts)
    commonest = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return dict(commonest[:MOST_WORDS])
