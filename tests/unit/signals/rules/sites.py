"""Small sites for the tests of rules: pages given as an address and the HTML of their main part."""

from collections.abc import Mapping
from datetime import date

from persona.signals.findings import Found, Missing
from persona.signals.page import Page, read_page
from persona.signals.site import Rule, SiteFacts

TODAY = date(2026, 11, 1)
PageOf = tuple[str, str]
"""The path of a page on example.com, and its main part."""

FILLER = (
    "Nobody can say what tomorrow brings, yet everybody hopes that it will be a good day. "
    "There are many things to think about, and each of them deserves some thought. "
)


def site(
    *pages: PageOf, earlier: tuple[PageOf, ...] = (), domain: str = "example.com"
) -> SiteFacts:
    """Return the facts of a site with these pages."""
    return SiteFacts(domain, _read(pages, domain), today=TODAY, earlier=_read(earlier, domain))


def _read(pages: tuple[PageOf, ...], domain: str) -> tuple[Page, ...]:
    return tuple(
        read_page(
            f"https://{domain}{path}", f"<html lang=en><body><main>{main}</main></body></html>"
        )
        for path, main in pages
    )


def found(rules: Mapping[str, Rule], signal: str, facts: SiteFacts) -> tuple[float, str]:
    """Return the value of a signal and its quotes in one line; fail if it is missing.

    Every quote must be a piece of what stands on its page, and a value above 0 must have one.
    """
    result = rules[signal](facts)
    assert isinstance(result, Found), result
    assert (result.value > 0) == bool(result.quotes)
    for quote in result.quotes:
        page = next(page for page in facts.pages if page.url == quote.url)
        labels = [link.text for link in page.links] + [form.submit for form in page.forms]
        assert any(quote.text.strip("…") in text for text in [page.text, *labels]), quote
    return result.value, " | ".join(quote.text for quote in result.quotes)


def missing(rules: Mapping[str, Rule], signal: str, facts: SiteFacts) -> str:
    """Return why a signal is missing; fail if it has a value."""
    result = rules[signal](facts)
    assert isinstance(result, Missing), result
    return result.why


def listed(*titles: str, path: str = "/news/") -> PageOf:
    """Return a page that lists posts by title, with a link and no date each."""
    items = (f'<h3><a href="{path}{n}-post">{title}</a></h3>' for n, title in enumerate(titles))
    return path, "<h1>News</h1>" + "".join(items)


def dated(*posts: tuple[str, str], path: str = "/news/") -> PageOf:
    """Return a page that lists posts by written date and title."""
    items = (
        f'<div><p>{day}</p><h3><a href="{path}{n}-post">{title}</a></h3></div>'
        for n, (day, title) in enumerate(posts)
    )
    return path, "<h1>News</h1>" + "".join(items)
