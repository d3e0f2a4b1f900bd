"""A page's short pieces of text, put together so that a list is looked for in all at once."""

from collections.abc import Iterable
from functools import cached_property
from typing import Final
from weakref import WeakKeyDictionary

from persona.signals.page import Heading, Link, Page
from persona.signals.site import SiteFacts
from persona.signals.terms import Terms

_BETWEEN: Final = "\n|\n"
"""No phrase reaches across it: neither white space nor a gap of the notation matches it."""


class _Pieces:
    """Pieces of text, each found by its number."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.lower = _BETWEEN.join(texts).lower()

    def find(self, terms: Terms) -> list[int]:
        """Return the numbers of the pieces that hold one of the terms, in order."""
        places = {match.start() for match in terms.matches(self.lower)}
        return sorted({self.lower.count(_BETWEEN, 0, place) for place in places})


class Labels:
    """The labelled links and the headings of one page."""

    def __init__(self, page: Page) -> None:
        self._links = tuple(link for link in page.links if link.text)
        self._headings = page.headings

    @cached_property
    def _labels(self) -> _Pieces:
        return _Pieces([link.text for link in self._links])

    @cached_property
    def _titles(self) -> _Pieces:
        return _Pieces([heading.text for heading in self._headings])

    def links(self, terms: Terms, *, words: int) -> tuple[Link, ...]:
        """Return the links whose label, of at most ``words`` words, holds one of the terms."""
        found = (self._links[number] for number in self._labels.find(terms))
        return tuple(link for link in found if link.text.count(" ") < words)

    def headings(self, terms: Terms, *, level: int = 6) -> tuple[Heading, ...]:
        """Return the headings down to a level that hold one of the terms."""
        found = (self._headings[number] for number in self._titles.find(terms))
        return tuple(heading for heading in found if heading.level <= level)


_SEEN: WeakKeyDictionary[SiteFacts, dict[int, Labels]] = WeakKeyDictionary()


def labels(site: SiteFacts, page: Page) -> Labels:
    """Return the labels of one of a site's pages, put together once for all rules."""
    seen = _SEEN.setdefault(site, {})
    found = seen.get(id(page))
    if found is None:
        found = seen[id(page)] = Labels(page)
    return found
