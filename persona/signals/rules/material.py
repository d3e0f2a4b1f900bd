"""Family "material": articles, studies, cases and documents, and whose text they are."""

from typing import Final

from persona.observations import Quote
from persona.signals.findings import Found, Missing, quote
from persona.signals.page import Page
from persona.signals.posts import own_title, title_quote
from persona.signals.rules import articles, documents, industries, research
from persona.signals.shares import distinct, share
from persona.signals.site import Rule, SiteFacts
from persona.vocabulary import PageType

_OFFERS: Final[tuple[PageType, ...]] = ("product", "solution", "shop", "article", "news")
_OPENING: Final = 50
"""Words at the beginning of a case study in which its subject is named."""
_LEAST_CASE: Final = 60
"""Words below which a page is no case study but a list of them, or its teaser."""


def borrowed_text(site: SiteFacts) -> Found | Missing:
    """W09: the share of its text on products and in articles that other firms have too."""
    value = site.corpus.borrowed(site) if site.corpus is not None else None
    if site.corpus is None or value is None:
        return Missing("no text, or no pages of other firms to compare with")
    corpus = site.corpus
    proofs = (
        quote(page.lines[number], page.url)
        for page in site.of(*_OFFERS)
        for number in corpus.borrowed_lines(site, page)
    )
    return Found(value, distinct(proofs) if value > 0 else ())


def product_proof(site: SiteFacts) -> Found | Missing:
    """W23: the share of case studies that are about the product from the first words on."""
    cases = case_studies(site)
    if not cases:
        return Missing("no case study")
    proofs = [proof for page in cases if (proof := _names_product(site, page)) is not None]
    return Found(share(len(proofs), len(cases)), distinct(proofs))


def case_studies(site: SiteFacts) -> list[Page]:
    """Return the pages that tell of one customer."""
    return [page for page in site.of("case_study") if page.words >= _LEAST_CASE]


def _names_product(site: SiteFacts, page: Page) -> Quote | None:
    if site.names_own(own_title(page).lower()):
        return title_quote(page)
    opening = len(" ".join(page.lower.split(" ", _OPENING)[:_OPENING]))
    match = site.own_names.search(page.lower, 0, opening)
    return quote(page.text, page.url, *match.span()) if match else None


RULES: Final[dict[str, Rule]] = {
    "W09": borrowed_text,
    "W23": product_proof,
    **articles.RULES,
    **documents.RULES,
    **industries.RULES,
    **research.RULES,
}
