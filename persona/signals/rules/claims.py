"""What a firm says it is: the first words of its home page, and words of its own."""

import re
from collections import Counter
from itertools import pairwise
from typing import Final

from persona.observations import Quote
from persona.signals.findings import Found, Missing, quote
from persona.signals.hero import hero
from persona.signals.page import Page
from persona.signals.shares import distinct, log_count
from persona.signals.site import Rule, SiteFacts
from persona.vocabulary import PageType

PLAIN_WORDS: Final = 25
"""A claim of more words than this is no longer one line; its value falls with its length."""
FEWEST_USES: Final = 10
FEWEST_TYPES: Final = 3
RARE: Final = 0.8
"""Rarity from which on a phrase is a firm's own: about one firm in fifty, or fewer, uses it."""
MOST_PHRASES: Final = 200
_LOWER_CASE: Final = 0.5
"""Share of uses in small letters below which a phrase is a name."""

_TOWARD: Final = 40
"""Characters before a buyer within which the words that turn to him stand."""
_SENTENCE: Final = re.compile(r"[.!?:]\s|\s[–—-]\s")
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SPEAKING: Final[frozenset[PageType]] = frozenset(
    ("home", "about", "product", "solution", "article", "research", "news", "case_study", "pricing")
)


def tenure_only(site: SiteFacts) -> Found | Missing:
    """W16: whether the first words speak of years, trust and quality, and of no buyer or gain."""
    claim = _claim(site)
    if isinstance(claim, Missing):
        return claim
    lower, page = _without_own_names(site, claim.lower()), site.home
    found = site.terms["style.W16.tenure"].first(lower)
    plain = site.terms["style.W37.buyer"].within(lower) or site.terms["style.W37.change"].within(
        lower
    )
    if found is None or plain or page is None:
        return Found(0.0)
    return Found(1.0, (quote(claim, page.url, *found.span()),))


def one_line(site: SiteFacts) -> Found | Missing:
    """W37: how unlike its trade's a plain claim is that names a buyer and what changes."""
    claim = _claim(site)
    if isinstance(claim, Missing):
        return claim
    if site.corpus is None:
        return Missing("no pages of other firms to compare with")
    lower = claim.lower()
    buyer = _buyer(site, lower)
    change = site.terms["style.W37.change"].first(lower)
    if not buyer or not change or site.home is None:
        return Found(0.0)
    unlike = site.corpus.distinctness(site, claim)
    if unlike is None:
        return Missing("too few pages of other firms to compare with")
    value = min(unlike, 1.0) * min(1.0, PLAIN_WORDS / len(claim.split()))
    return Found(max(value, 0.0), (quote(claim, site.home.url, *buyer.span()),))


def _buyer(site: SiteFacts, lower: str) -> re.Match[str] | None:
    """Return the buyer whom a claim turns to, not one that the firm itself is."""
    for match in site.terms["style.W37.buyer"].matches(lower):
        before = _SENTENCE.split(lower[max(match.start() - _TOWARD, 0) : match.start()])[-1]
        if not before.strip() or site.terms["style.W37.toward"].within(before):
            return match
    return None


def _without_own_names(site: SiteFacts, lower: str) -> str:
    return site.own_names.sub(lambda match: " " * len(match[0]), lower)


def _claim(site: SiteFacts) -> str | Missing:
    if site.home is None:
        return Missing("no home page")
    return hero(site.home) or Missing("no headline on the home page")


def own_language(site: SiteFacts) -> Found | Missing:
    """W38: phrases, counted by logarithm, used often in several places and by hardly any other."""
    if site.corpus is None:
        return Missing("no pages of other firms to compare with")
    uses = _Uses(site)
    kept: dict[str, Quote] = {}
    for phrase in uses.frequent():
        rarity = site.corpus.rarity(phrase)
        if rarity is not None and rarity >= RARE and not any(phrase in longer for longer in kept):
            kept[phrase] = uses.quote(phrase)
    return Found(log_count(len(kept)), distinct(kept.values()))


class _Uses:
    """How often, and on pages of which types, a site uses each phrase of two or three words.

    A line that stands on several pages counts once: repeated blocks are not language.
    """

    def __init__(self, site: SiteFacts) -> None:
        self._site = site
        self._count: Counter[str] = Counter()
        self._small: Counter[str] = Counter()
        self._types: dict[str, set[PageType]] = {}
        self._first: dict[str, tuple[Page, str]] = {}
        seen: set[str] = set()
        for page in site.pages:
            if page.type in _SPEAKING:
                for line in page.lines:
                    if line not in seen:
                        seen.add(line)
                        self._add(page, line)

    def _add(self, page: Page, line: str) -> None:
        words = [(match[0], match.start(), match.end()) for match in _WORD.finditer(line)]
        for length in (3, 2):
            for at in range(len(words) - length + 1):
                run = words[at : at + length]
                if not all(line[a[2] : b[1]] in (" ", "-") for a, b in pairwise(run)):
                    continue
                phrase = " ".join(word for word, *_ in run).lower()
                self._count[phrase] += 1
                self._small[phrase] += all(word[0].islower() for word, *_ in run)
                self._types.setdefault(phrase, set()).add(page.type)
                self._first.setdefault(phrase, (page, line))

    def frequent(self) -> list[str]:
        """Return phrases used often enough, in small letters, on enough types; longest first."""
        common = self._site.terms["style.W38.common"]
        kept = [
            phrase
            for phrase, count in self._count.items()
            if count >= FEWEST_USES
            and len(self._types[phrase]) >= FEWEST_TYPES
            and self._small[phrase] >= _LOWER_CASE * count
            and not common.within(phrase)
            and not self._site.names_own(phrase)
        ]
        return sorted(kept, key=lambda each: (-len(each.split()), -self._count[each], each))[
            :MOST_PHRASES
        ]

    def quote(self, phrase: str) -> Quote:
        """Return the first line that uses a phrase, as a quote."""
        page, line = self._first[phrase]
        at = line.lower().find(phrase)
        return quote(line, page.url, max(at, 0), max(at, 0) + len(phrase))


RULES: Final[dict[str, Rule]] = {"W16": tenure_only, "W37": one_line, "W38": own_language}
