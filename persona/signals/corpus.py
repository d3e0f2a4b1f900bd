"""What can only be seen beside other firms: borrowed text, heroes alike, words of one's own."""

import heapq
from collections.abc import Iterable, Iterator
from copy import copy
from functools import cached_property
from hashlib import blake2b
from math import log
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from persona.signals.hero import hero
from persona.signals.shingles import (
    SHORTEST,
    WORDS,
    Hashes,
    LineIndex,
    Signatures,
    runs,
    signatures,
    word_hashes,
)
from persona.signals.sketches import Counts, Seen
from persona.signals.terms import shipped_terms
from persona.signals.vectors import Vector, Vectors, vector
from persona.vocabulary import PageType

if TYPE_CHECKING:
    from persona.signals.page import Page
    from persona.signals.site import SiteFacts

MOST_SITES: Final = 4_000
"""Sites whose lines and heroes are kept; of more, an even choice by domain."""
PEERS: Final = 20
"""Firms with the most similar home page text, whose heroes a hero is compared with."""
LONGEST_PHRASE: Final = 3
"""In words."""
_LINES: Final = 200
"""Lines kept of one site; with ``MOST_SITES`` it bounds the memory to about 250 MB."""
_SITE_WORDS: Final = 40_000
_LONGEST_LINE: Final = 500
"""In words; of a longer line only its beginning is compared."""
_OMITTED: Final = "…"
_OFFERS: Final[tuple[PageType, ...]] = (
    "product",
    "solution",
    "shop",
    "article",
    "news",
    "research",
)


class _Entry(NamedTuple):
    domain: str
    home: Vector
    hero: Vector
    lines: Signatures


class Corpus:
    """The text of many firms in bounded memory, to compare one firm with."""

    def __init__(self, entries: Iterable[_Entry], phrases: Counts, words: Seen, sites: int) -> None:
        self._entries = sorted(entries, key=lambda entry: entry.domain)
        self._phrases = phrases
        self._words = words
        self._sites = sites

    @classmethod
    def build(cls, sites: "Iterable[SiteFacts]") -> "Corpus":
        """Read every site once, in any order; no page is kept. A site's pages must be together."""
        kept: list[tuple[int, str, _Entry]] = []
        phrases, words, count = Counts(), Seen(), 0
        for site in sites:
            count += 1
            text = _hashes(site)
            words.add(site.domain, text)
            phrases.add(_phrases(text))
            entry = (-_rank(site.domain), site.domain, _entry(site))
            if len(kept) < MOST_SITES:
                heapq.heappush(kept, entry)
            else:
                heapq.heappushpop(kept, entry)
        return cls((entry for *_, entry in kept), phrases, words, count)

    @cached_property
    def _index(self) -> LineIndex:
        rows = [entry.lines for entry in self._entries]
        owners = np.repeat(np.arange(len(rows), dtype=np.uint32), [len(each) for each in rows])
        return LineIndex(np.concatenate(rows), owners)

    @cached_property
    def _homes(self) -> Vectors:
        return Vectors([entry.home for entry in self._entries])

    def borrowed(self, site: "SiteFacts") -> float | None:
        """Return the share of words of its product and article text that other firms have too.

        None when the corpus holds no other firm or the site no such text.
        """
        if not any(_other(entry.domain, site.domain) for entry in self._entries):
            return None
        total = taken = 0
        for page in site.of(*_OFFERS):
            counts = [len(WORDS.findall(line)) for line in page.lines]
            total += sum(counts)
            taken += sum(counts[number] for number in self.borrowed_lines(site, page))
        return taken / total if total else None

    def borrowed_lines(self, site: "SiteFacts", page: "Page") -> tuple[int, ...]:
        """Return the places in ``page.lines`` of the text that another firm has too.

        A line that names the company is its own. So is one that another firm took from it: that
        firm's pages name the company, and this page does not name that firm.
        """
        numbers, lines = [], []
        for number, words in _long_lines(page):
            if not site.names_own(page.lines[number].lower()):
                numbers.append(number)
                lines.append(words)
        if not lines or not self._entries:
            return ()
        owners = self._index.owners(signatures(lines))
        return tuple(
            number
            for number, found in zip(numbers, owners, strict=True)
            if any(self._lender(owner, site, page) for owner in sorted(found))
        )

    def _lender(self, owner: int, site: "SiteFacts", page: "Page") -> bool:
        domain = self._entries[owner].domain
        if not _other(domain, site.domain):
            return False
        named = any(
            self._words.has(domain, word_hashes(words))
            for words in (WORDS.findall(brand) for brand in site.brands)
            if words
        )
        return not named or _label(domain) in page.lower

    def without_borrowed(self, site: "SiteFacts") -> "SiteFacts":
        """Return the same site with the borrowed lines left out of its pages' text.

        A mark of omission stands where lines were left out, so that no quote joins what did not
        stand together. Facts outside the text (links, headings) stay as they are.
        """
        pages = []
        for page in site.pages:
            borrowed = frozenset(self.borrowed_lines(site, page))
            pages.append(_without(page, borrowed) if borrowed else page)
        other = copy(site)
        other.pages = tuple(pages)
        other.__dict__.pop("home", None)
        return other

    def distinctness(self, site: "SiteFacts", hero: str) -> float | None:
        """Return 0 (the same words as another firm of its trade) to 1 (none in common).

        ``hero`` is the first heading and the line below it (``persona.signals.hero.hero``). It is
        compared with the heroes of the 20 firms whose home page text is most like this site's;
        the site itself, if the corpus holds it, is left out. None below 20 other firms.
        """
        words = vector(WORDS.findall(hero.lower()))
        others = [
            number
            for number, entry in enumerate(self._entries)
            if len(entry.hero.words) and _other(entry.domain, site.domain)
        ]
        if len(others) < PEERS or not len(words.words) or site.home is None:
            return None
        alike = self._homes.cosines(vector(WORDS.findall(site.home.lower)))
        peers = sorted(others, key=lambda number: (-alike[number], number))[:PEERS]
        heroes = [self._entries[number].hero for number in peers]
        return 1.0 - max(self._homes.cosine(words, each) for each in heroes)

    def rarity(self, phrase: str) -> float | None:
        """Return 1 for a phrase (one to three words) of at most one firm, 0 for one of all firms.

        Falls with the logarithm of the number of firms that use it. None below 20 firms, and for
        a phrase of more than three words or one that begins or ends with a function word.
        """
        words = WORDS.findall(phrase.lower())
        if self._sites < PEERS or not 0 < len(words) <= LONGEST_PHRASE:
            return None
        hashes = word_hashes(words)
        if np.isin(hashes[[0, -1]], _function_words()).any():
            return None
        using = self._phrases.least(runs(hashes, len(words)))
        return 1.0 - log(min(max(using, 1), self._sites)) / log(self._sites)


def _entry(site: "SiteFacts") -> _Entry:
    """Return what is kept of one site."""
    home = site.home
    lines = [
        words
        for page in sorted(site.pages, key=lambda page: page.type not in _OFFERS)
        for _, words in _long_lines(page)
    ]
    return _Entry(
        site.domain,
        vector(WORDS.findall(home.lower) if home else []),
        vector(WORDS.findall(hero(home).lower()) if home else []),
        signatures(lines[:_LINES]),
    )


def _long_lines(page: "Page") -> Iterator[tuple[int, list[str]]]:
    """Yield the place and words of each line long enough to be recognised, law left out."""
    legal = shipped_terms()["material.W09.legal"]
    for number, line in enumerate(page.lines):
        if len(line) < 4 * SHORTEST:
            continue
        lower = line.lower()
        words = WORDS.findall(lower)[:_LONGEST_LINE]
        if len(words) >= SHORTEST and not legal.within(lower):
            yield number, words


def _hashes(site: "SiteFacts") -> Hashes:
    """Return the words of the site as numbers, with a 0 after each line."""
    words: list[str] = []
    for page in site.pages:
        for line in page.lines:
            words.extend(WORDS.findall(line.lower()))
            words.append("")
        if len(words) > _SITE_WORDS:
            break
    return word_hashes(words[:_SITE_WORDS])


def _phrases(words: Hashes) -> Hashes:
    """Return the different phrases of a site as numbers: none crosses the end of a line."""
    ends = words == 0
    plain = np.isin(words, _function_words()) | ends
    found = []
    for length in range(1, LONGEST_PHRASE + 1):
        starts = runs(words, length)
        left_out = plain[: len(starts)] | plain[length - 1 :][: len(starts)]
        for inside in range(1, length - 1):
            left_out |= ends[inside : inside + len(starts)]
        found.append(starts[~left_out])
    return np.unique(np.concatenate(found))


def _function_words() -> NDArray[np.uint64]:
    return word_hashes(shipped_terms()["material.W09.function"].phrases)


def _without(page: "Page", borrowed: frozenset[int]) -> "Page":
    """Return the page with some of its lines left out of its text."""
    lines: list[str] = []
    lower: list[str] = []
    start = 0
    for number, line in enumerate(page.lines):
        if number not in borrowed:
            lines.append(line)
            lower.append(page.lower[start : start + len(line)])
        elif lines[-1:] != [_OMITTED]:
            lines.append(_OMITTED)
            lower.append(_OMITTED)
        start += len(line) + 1
    words = sum(len(line.split()) for line in lines if line != _OMITTED)
    return replace(
        page, lines=tuple(lines), text=" ".join(lines), lower=" ".join(lower), words=words
    )


def _rank(domain: str) -> int:
    """Return a number that depends on the domain only, spread evenly."""
    return int.from_bytes(blake2b(domain.encode("utf-8", "replace"), digest_size=8).digest(), "big")


def _label(domain: str) -> str:
    return domain.partition(".")[0]


def _other(domain: str, own: str) -> bool:
    """Return whether a domain is another firm's: not the same name in another country."""
    return _label(domain) != _label(own)
