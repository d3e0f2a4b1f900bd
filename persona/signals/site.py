"""All that the rules may look at: the parsed pages of one site, by type and zone."""

import re
from collections.abc import Callable
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from persona.signals.findings import Found, Missing
from persona.signals.names import brands_of, pattern_of, products_of
from persona.signals.page import Page
from persona.signals.terms import TermLists, shipped_terms
from persona.vocabulary import PageType, Zone

if TYPE_CHECKING:
    from persona.signals.corpus import Corpus


class SiteFacts:
    """The readable pages of one site, legal pages left out.

    ``domain`` is the registrable domain; ``today`` the day of the capture, from which "the last
    24 months" are counted, None where it is not known; ``earlier`` are older readings, and
    ``foreign`` pages in a language that is not judged.
    """

    def __init__(
        self,
        domain: str,
        pages: tuple[Page, ...],
        *,
        today: date | None = None,
        corpus: "Corpus | None" = None,
        earlier: tuple[Page, ...] = (),
        foreign: tuple[Page, ...] = (),
        terms: TermLists | None = None,
    ) -> None:
        self.domain = domain
        self.pages = tuple(page for page in pages if page.type != "legal")
        self.today = today
        self.corpus = corpus
        self.earlier = earlier
        self.foreign = tuple(page for page in foreign if page.type != "legal")
        self.terms = terms or shipped_terms()

    def of(self, *types: PageType) -> tuple[Page, ...]:
        """Return the pages of these types, in the order read."""
        return tuple(page for page in self.pages if page.type in types)

    def within(self, *zones: Zone) -> tuple[Page, ...]:
        """Return the pages of these zones, in the order read."""
        return tuple(page for page in self.pages if page.zone in zones)

    @cached_property
    def zones(self) -> frozenset[Zone]:
        """The zones of which at least one page was read."""
        return frozenset(page.zone for page in self.pages if page.zone is not None)

    @cached_property
    def home(self) -> Page | None:
        """The home page, or None when it was not read."""
        return next((page for page in self.pages if page.type == "home"), None)

    @cached_property
    def brands(self) -> tuple[str, ...]:
        """The company's own names in lower case, longest first, at least three letters each.

        From the domain's label, the site name in the meta data, and the part that the titles
        share.
        """
        return brands_of(self.domain, self.pages)

    @cached_property
    def products(self) -> tuple[str, ...]:
        """Names of its own products in lower case, longest first, where its pages name them.

        From JSON-LD of type Product with no foreign brand, and headings of product pages.
        """
        return products_of(self.pages, self.brands)

    @cached_property
    def own_names(self) -> re.Pattern[str]:
        """Finds any name of the company or its products in lower-case text, as whole words."""
        return pattern_of((*self.products, *self.brands))

    def names_own(self, lower: str) -> bool:
        """Return whether lower-case text names the company or one of its products."""
        return self.own_names.search(lower) is not None


Rule = Callable[[SiteFacts], Found | Missing]
"""Computes one signal. A rule returns ``Found(0.0)`` for "looked and found nothing"; whether
enough pages were read for that to mean anything is decided in ``extract``."""
