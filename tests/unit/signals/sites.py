"""Small sites for tests: pages from a few words each."""

from datetime import date

from persona.capture.records import Capture, CapturedPage, Unread
from persona.signals.page import read_page
from persona.signals.site import SiteFacts

TODAY = date(2026, 11, 1)
FILLER = (
    "We have made and repaired pumps for water works and farms for many years and our people "
    "know what it takes to keep them going in all weather and with dirty water in them. "
)


def site(
    pages: dict[str, str], *, domain: str = "acme.com", unread: tuple[Unread, ...] = ()
) -> tuple[Capture, SiteFacts]:
    """Return the capture and the facts of a site with these paths and bodies (or whole pages)."""
    captured = tuple(
        CapturedPage(f"https://{domain}{path}", body if "<html" in body else _page(body), "2026-11")
        for path, body in pages.items()
    )
    read = tuple(read_page(page.url, page.html) for page in captured)
    english = tuple(page for page in read if page.language in ("", "en"))
    return Capture(domain, domain, captured, unread), SiteFacts(
        domain, english, today=TODAY, foreign=tuple(page for page in read if page not in english)
    )


def _page(body: str) -> str:
    return f"<html><head><title>Acme</title></head><body><main>{body}</main></body></html>"


def paragraph(times: int = 1) -> str:
    """Return plain text of about 35 words, so many times over."""
    return f"<p>{FILLER * times}</p>"


FULL = {
    "/": f"<h1>Pumps that last</h1>{paragraph(10)}",
    "/about": f"<h1>About us</h1>{paragraph(8)}",
    "/products/p1": f"<h1>Pump P1</h1>{paragraph(8)}",
    "/blog/care": f"<h1>Care of pumps</h1>{paragraph(8)}",
}
"""Enough for a verdict: three zones, over 800 words."""
