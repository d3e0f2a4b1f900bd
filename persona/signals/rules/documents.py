"""Documents to take away: whose they are, and what a visitor must give for them."""

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import unquote, urlsplit

from persona.observations import Quote
from persona.signals.findings import Found, Missing, quote
from persona.signals.page import Form, Link, Page
from persona.signals.posts import own_title, title_quote
from persona.signals.shares import distinct, share
from persona.signals.site import Rule, SiteFacts
from persona.vocabulary import PageType

_FILES: Final = (".pdf", ".doc", ".docx", ".ppt", ".pptx")
_FILE = re.compile(r"\.(?:pdf|docx?|pptx?)\b", re.IGNORECASE)
_GATE: Final = 4
"""Fields of a form from which on it asks for more than an address."""
_OFFERS: Final[tuple[PageType, ...]] = ("product", "solution", "shop")
_PLACES: Final[tuple[PageType, ...]] = (
    "product",
    "solution",
    "shop",
    "pricing",
    "download",
    "article",
    "research",
    "webinar",
)


def own_collateral(site: SiteFacts) -> Found | Missing:
    """W20: its own brochures, sheets and catalogues, per page on products.

    Own is what carries its name or that of a product in the link or the file, or lies on the page
    of a product of its own. Forms, certificates and what law requires are not counted.
    """
    products = len(site.of(*_OFFERS))
    if not products:
        return Missing("no product page")
    found = {link.url: _link_quote(page, link) for page, link in _own(site)}
    return Found(len(found) / products, distinct(found.values()))


def _own(site: SiteFacts) -> Iterator[tuple[Page, Link]]:
    collateral, duty = (site.terms[f"material.W20.{name}"] for name in ("collateral", "duty"))
    for page in site.of(*_PLACES):
        own_page: bool | None = None
        for link in page.links:
            if not _is_file(link.url):
                continue
            words = f"{link.text} | {_file(link)}".lower()
            if duty.within(words):
                continue
            if site.names_own(words):
                yield page, link
            elif collateral.within(words):
                if own_page is None:
                    own_page = site.names_own(own_title(page).lower())
                if own_page:
                    yield page, link


def _link_quote(page: Page, link: Link) -> Quote:
    return quote(link.text, page.url) if link.text else title_quote(page)


def _is_file(url: str) -> bool:
    return _FILE.search(url) is not None and urlsplit(url).path.lower().endswith(_FILES)


def _file(link: Link) -> str:
    """Return the words in the name of a linked file."""
    name = unquote(urlsplit(link.url).path.rpartition("/")[2]).rpartition(".")[0]
    return " ".join(name.replace("-", " ").replace("_", " ").split())


def gated_material(site: SiteFacts) -> Found | Missing:
    """W21: material that is given for contact data, as a share of all that can be taken away.

    Behind a form is what a form of four fields or more stands in front of; a link to a file is
    open. Where it is not known how something is given, it is not counted.
    """
    open_files: set[str] = set()
    gates: dict[str, Quote] = {}
    for page in site.of(*_PLACES):
        open_files.update(_open(site, page))
        gate = next((form for form in page.forms if _gates(site, page, form)), None)
        if gate is not None:
            gates.setdefault(page.url.rstrip("/"), _gate_quote(site, page, gate))
    if not open_files and not gates:
        return Missing("no download")
    value = share(len(gates), len(gates) + len(open_files))
    return Found(value, distinct(gates.values()))


def _open(site: SiteFacts, page: Page) -> Iterator[str]:
    material, duty = site.terms["material.W21.material"], site.terms["material.W20.duty"]
    for link in page.links:
        if _is_file(link.url):
            words = f"{link.text} | {_file(link)}".lower()
            if material.within(words) and not duty.within(words):
                yield link.url


def _gates(site: SiteFacts, page: Page, form: Form) -> bool:
    """Return whether a form stands in front of material: its button or the page's title says so."""
    if form.fields < _GATE:
        return False
    asking, material = site.terms["material.W21.asking"], site.terms["material.W21.material"]
    submit = form.submit.lower()
    title = own_title(page).lower()
    return (asking.within(submit) and material.within(f"{submit} {title}")) or (
        asking.within(title) and material.within(title)
    )


def _gate_quote(site: SiteFacts, page: Page, form: Form) -> Quote:
    if site.terms["material.W21.material"].within(form.submit.lower()):
        return quote(form.submit, page.url)
    return title_quote(page)


RULES: Final[dict[str, Rule]] = {"W20": own_collateral, "W21": gated_material}
