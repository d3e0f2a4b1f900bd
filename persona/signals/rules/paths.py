"""What a site asks its visitors to do: prices to ask for, sellers to call, steps without one."""

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import urlsplit

from persona.observations import Quote
from persona.signals.findings import Found, Missing, quote
from persona.signals.hero import hero
from persona.signals.labels import labels
from persona.signals.page import Form, Link, Page
from persona.signals.rules.articles import helpful
from persona.signals.rules.research import studies
from persona.signals.shares import distinct, quotes_from, share
from persona.signals.site import Rule, SiteFacts
from persona.vocabulary import PageType

FEWEST_PAGES: Final = 12
"""Below this a site is too small to say that every path ends at a seller."""
FEWEST_CALLS: Final = 3
FEWEST_SELLERS: Final = 5
_LABEL: Final = 8
"""Words of the longest call to action; a longer label is a headline."""
_BEFORE_MENU: Final = 4
"""Links that may stand before the menu: logo, language, log-in, telephone."""
_IN_HERO: Final = 2
"""Links below the headline that belong to it."""
_LETTER_FIELDS: Final = 4
_CONTACT_FIELDS: Final = 3

_GOODS: Final[tuple[PageType, ...]] = ("product", "shop")
_OFFERS: Final[tuple[PageType, ...]] = ("product", "shop", "solution", "pricing")
_STEPS: Final[tuple[PageType, ...]] = ("event", "webinar", "academy", "community")
_TOP_LEVEL: Final = 3
"""Slashes in the address of a page that lies in no section."""
_TALK: Final = re.compile(r"contact|demo|quot|enquir|inquir|consult|sales|callback|call-back")
_NUMBER: Final = re.compile(
    r"(?<![\d.,])(?:\+\d{1,3}[\s.-]?)?\(?\d{2,5}\)?[\s./-]?\d{3,4}[\s.-]\d{3,4}"
)
_FREE_NUMBER: Final = re.compile(r"(?<!\d)(?:\+\d{1,3}|0)[\d\s()-]{8,16}\d")
_MONEY: Final = re.compile(
    r"[$£€]\s?\d[\d.,]*|(?<!\w)\d[\d.,]*\s?(?:usd|eur|gbp|dollars|euros|pounds)(?!\w)"
)


def ask_for_price(site: SiteFacts) -> Found | Missing:
    """W01: share of product pages on which a price has to be asked for."""
    pages = site.of(*_GOODS)
    if not pages:
        return Missing("no product page")
    asked = [found for page in pages if (found := _asked(site, page)) is not None]
    return Found(share(len(asked), len(pages)), distinct(asked))


def _asked(site: SiteFacts, page: Page) -> Quote | None:
    ask, told, online = (site.terms[f"paths.W01.{name}"] for name in ("ask", "told", "not"))
    for link in labels(site, page).links(ask, words=_LABEL):
        if link.place != "footer" and not online.within(link.text.lower()):
            return quote(link.text, page.url)
    for form in page.forms:
        submit = form.submit.lower()
        if ask.within(submit) and not online.within(submit):
            return quote(form.submit, page.url)
    return next(iter(quotes_from(page, told.matches(page.lower))), None)


def sales_talk(site: SiteFacts) -> Found | Missing:
    """W02: of the different calls to action, the share that leads to a talk with a seller.

    A call to action is known by its words, since looks are no evidence.
    """
    sales: dict[str, Quote] = {}
    others: set[str] = set()
    for page in site.within("Z1", "Z2"):
        for link, talk in _calls(site, page):
            if talk:
                sales.setdefault(link.text.lower(), quote(link.text, page.url))
            else:
                others.add(link.text.lower())
    total = len(sales) + len(others)
    if total < FEWEST_CALLS:
        return Missing("fewer than three calls to action")
    return Found(share(len(sales), total), distinct(sales.values()))


def _calls(site: SiteFacts, page: Page) -> Iterator[tuple[Link, bool]]:
    """Yield each call to action and whether it leads to a seller."""
    seen: set[Link] = set()
    for name in ("W02.sales", "W01.ask", "W02.alone", "W02.open"):
        for link in labels(site, page).links(site.terms[f"paths.{name}"], words=_LABEL):
            if link in seen or link.place == "footer" or _is_menu(link):
                continue
            seen.add(link)
            asks = name in ("W02.sales", "W01.ask")
            yield link, asks or (name == "W02.open" and bool(_TALK.search(_path(link.url))))


def _is_menu(link: Link) -> bool:
    """Return whether a link in the menu is an entry that every site has."""
    return link.place == "nav" and link.text.lower() in ("contact us", "shop", "downloads")


def single_exit(site: SiteFacts) -> Found | Missing:
    """W03: share of the main pages that offer no step but a call, a letter or a quote.

    A step is also the way to an event, a course, a study or an article that helps.
    """
    if len(site.pages) < FEWEST_PAGES:
        return Missing("fewer than twelve pages read")
    pages = site.within("Z1", "Z2")
    steps = _places_of_steps(site)
    ends = [end for page in pages if (end := _only_end(site, page, steps)) is not None]
    return Found(share(len(ends), len(pages)), distinct(ends))


def _places_of_steps(site: SiteFacts) -> frozenset[str]:
    """Return the addresses at which somebody not ready to buy is met, and of their sections."""
    met = [*(page.url for page in site.of(*_STEPS)), *helpful(site), *studies(site)]
    sections = (url.rpartition("/")[0] for url in met if url.count("/") > _TOP_LEVEL)
    return frozenset((*(url.rstrip("/") for url in met), *sections))


def _only_end(site: SiteFacts, page: Page, steps: frozenset[str]) -> Quote | None:
    """Return the page's way to a seller where it has no other step, else None."""
    if any(_is_step(site, form) for form in page.forms):
        return None
    if any(link.url.rstrip("/") in steps for link in page.links if link.place != "footer"):
        return None
    if labels(site, page).links(site.terms["paths.W03.step"], words=_LABEL):
        return None
    for link in labels(site, page).links(site.terms["paths.W02.sales"], words=_LABEL):
        return quote(link.text, page.url)
    for link in page.links:
        if link.text and (
            link.url.startswith(("tel:", "mailto:")) or _TALK.search(_path(link.url))
        ):
            return quote(link.text, page.url)
    forms = (form for form in page.forms if form.submit and _asks_for_contact(site, form))
    return next((quote(form.submit, page.url) for form in forms), None)


def _is_step(site: SiteFacts, form: Form) -> bool:
    """Return whether a form is the sign-up for a letter."""
    if not 0 < form.fields <= _LETTER_FIELDS or "mail" not in form.names:
        return False
    words = f"{form.submit} {form.names}".lower()
    return site.terms["paths.W03.letter"].within(words) and not _asks_for_contact(site, form)


def _asks_for_contact(site: SiteFacts, form: Form) -> bool:
    return form.fields >= _CONTACT_FIELDS and site.terms["paths.W03.contact"].within(form.names)


def phone_first(site: SiteFacts) -> Found | Missing:
    """W10: whether the telephone stands before the menu or in the headline of the home page."""
    home = site.home
    if home is None:
        return Missing("no home page")
    menu = [link for link in home.links if link.place == "nav"]
    top = [link for link in home.links if link.place == "main"][:_IN_HERO]
    for link in (*menu[:_BEFORE_MENU], *top):
        if link.url.startswith("tel:") and link.text:
            return Found(1.0, (quote(link.text, home.url),))
    first = hero(home)
    number = _FREE_NUMBER.search(first) or _NUMBER.search(first)
    if number and (number[0][0] in "+0(" or site.terms["paths.W10.call"].within(first.lower())):
        return Found(1.0, (quote(first, home.url, *number.span()),))
    return Found(0.0)


def rep_finder(site: SiteFacts) -> Found | Missing:
    """W11: whether sellers are listed by territory, or found through a region."""
    for page in site.within("Z1", "Z4"):
        sellers = distinct_lines(page, site.terms["paths.W11.seller"].matches(page.lower))
        if len(sellers) >= FEWEST_SELLERS:
            return Found(1.0, distinct(sellers))
        if found := _finder(site, page):
            return Found(1.0, (found,))
    return Found(0.0)


def distinct_lines(page: Page, matches: Iterator[re.Match[str]]) -> list[Quote]:
    """Return the words around each match, places that overlap once."""
    quotes, end = [], -1
    for start, stop in sorted(match.span() for match in matches):
        if start >= end:
            quotes.append(quote(page.text, page.url, start, stop))
            end = stop
    return quotes


def _finder(site: SiteFacts, page: Page) -> Quote | None:
    """Return the words that lead a visitor to the seller of his region."""
    finder = site.terms["paths.W11.finder"]
    for link in labels(site, page).links(finder, words=_LABEL):
        return quote(link.text, page.url)
    for heading in labels(site, page).headings(finder):
        return quote(heading.text, page.url)
    return next(iter(quotes_from(page, site.terms["paths.W11.told"].matches(page.lower))), None)


def chooser(site: SiteFacts) -> Found | Missing:
    """W33: whether a calculator or configurator of its own helps to choose."""
    for page in site.pages:
        if page.zone in ("Z1", "Z2") or page.type == "other":
            found = _chooser(site, page)
            if found:
                return Found(1.0, (found,))
    return Found(0.0)


def _chooser(site: SiteFacts, page: Page) -> Quote | None:
    tool, goods = site.terms["paths.W33.tool"], site.terms["paths.W33.not"]
    for link in labels(site, page).links(tool, words=_LABEL):
        if _is_own(site, link.url) and not goods.within(link.text.lower()):
            return quote(link.text, page.url)
    for heading in labels(site, page).headings(tool, level=2) if page.forms else ():
        if not goods.within(heading.text.lower()):
            return quote(heading.text, page.url)
    return None


def price_logic(site: SiteFacts) -> Found | Missing:
    """W58: 2 for a list of prices; 3 for a unit tied to use and steps by kind of buyer."""
    priced = [(page, match) for page in site.of("pricing") if (match := _MONEY.search(page.lower))]
    if not priced:
        return Missing("no pricing page with prices")
    for page, _ in priced:
        use = site.terms["paths.W58.use"].first(page.lower)
        buyers = site.terms["paths.W58.buyers"].first(page.lower)
        if use and buyers:
            return Found(3.0, quotes_from(page, (use, buyers)))
    page, match = priced[0]
    return Found(2.0, quotes_from(page, (match,)))


def _path(url: str) -> str:
    """Return the path of an address in lower case, "" for other than web addresses."""
    if not url.startswith("http"):
        return ""
    try:
        return urlsplit(url).path.lower()
    except ValueError:
        return ""


def _is_own(site: SiteFacts, url: str) -> bool:
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return False
    return host == site.domain or host.endswith("." + site.domain)


RULES: Final[dict[str, Rule]] = {
    "W01": ask_for_price,
    "W02": sales_talk,
    "W03": single_exit,
    "W10": phone_first,
    "W11": rep_finder,
    "W33": chooser,
    "W58": price_logic,
}
