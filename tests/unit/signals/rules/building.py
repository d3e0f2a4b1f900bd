"""Small sites to try rules on."""

from datetime import date

from persona.signals.findings import Found, Missing
from persona.signals.page import Page, read_page
from persona.signals.site import SiteFacts

DOMAIN = "acme-pumps.com"


def page(path: str, body: str, title: str = "") -> Page:
    """Return the page at a path of the site."""
    head = f"<title>{title}</title>" if title else ""
    return read_page(
        f"https://{DOMAIN}{path}", f"<html><head>{head}</head><body>{body}</body></html>"
    )


def site(*pages: Page) -> SiteFacts:
    return SiteFacts(DOMAIN, pages, today=date(2026, 11, 1))


def filled(count: int) -> str:
    """Return a paragraph of so many words that say nothing."""
    return "<p>" + "lorem " * count + "</p>"


def value(found: Found | Missing) -> float:
    assert isinstance(found, Found), found
    return found.value


def words(found: Found | Missing) -> list[str]:
    """Return the quotes' texts."""
    assert isinstance(found, Found), found
    return [quote.text for quote in found.quotes]
