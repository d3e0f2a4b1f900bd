"""The naive way to the facts of a page: beautifulsoup4 with html.parser, one search per fact.

Gives the same ``Page`` as the fast parser, by the same definition, so that the same rules run
over it. Written as one would write it with beautifulsoup4, not to be slow.
"""

import json
import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import urljoin

from bs4 import BeautifulSoup, Comment, Tag
from bs4.element import NavigableString

from persona.signals.catalogue import shipped_catalogue
from persona.signals.dates import dates_of, published_on
from persona.signals.facts import Form, Heading, Link, Page, Place
from persona.signals.language import language_of
from persona.signals.links import path_of
from persona.signals.pagetype import type_of
from persona.signals.rules import all_rules
from persona.signals.site import SiteFacts

UNSEEN = [
    "script", "style", "noscript", "template", "svg", "iframe", "frame", "select", "option",
    "datalist", "textarea", "canvas", "audio", "video", "object", "noframes", "noembed", "title",
]  # fmt: skip
INLINE = [
    "a", "span", "abbr", "b", "bdi", "big", "cite", "code", "em", "font", "i", "mark", "q", "s",
    "small", "strong", "sub", "sup", "tt", "u", "wbr",
]  # fmt: skip
NOTICE = re.compile(r"cookie[\s_-]?(?:banner|consent|notice|bar)|consent|onetrust|gdpr", re.I)


def rules_over(site: str, pages: Iterable[Page]) -> None:
    """Compute every signal of a site from its parsed pages, whichever way they were parsed."""
    facts = SiteFacts(site, tuple(pages))
    rules = all_rules()
    for entry in shipped_catalogue().signals:
        if not entry.needs:
            rules[entry.id](facts)


def read_site_naively(site: str, pages: list[tuple[str, str]]) -> int:
    """Compute the signals of a site from addresses and sources; return the number of pages."""
    rules_over(site, [read_naively(url, html) for url, html in pages])
    return len(pages)


def read_naively(url: str, html: str) -> Page:
    """Return the facts of one page."""
    soup = BeautifulSoup(html, "html.parser")
    base = _base(soup, url)
    meta = _meta(soup)
    objects = _objects(soup)
    places = _blocks(soup)
    links = _links(soup, base, places)
    forms = tuple(_form(form, base) for form in soup.find_all("form")[:50])
    images = [_line(str(tag.get("alt") or "")) for tag in soup.find_all("img")]
    scripts = tuple(str(tag["src"]) for tag in soup.find_all("script", src=True))
    frames = len(soup.find_all(["iframe", "frame"]))
    times = [(str(t["datetime"]), _beside(t)) for t in soup.find_all("time", datetime=True)[:60]]
    declared = str(soup.html.get("lang") or "").lower() if soup.html else ""
    title = " ".join(soup.title.get_text().split())[:500] if soup.title else ""
    _drop(soup)
    headings = tuple(
        Heading(int(tag.name[1]), " ".join(tag.get_text(" ").split())[:300])
        for tag in soup.find_all(["h1", "h2", "h3", "h4", "h5", "h6"])
        if tag.get_text(strip=True)
    )
    lines = _lines(soup)
    text = " ".join(lines)
    lower = "".join(low if len(low := char.lower()) == 1 else char for char in text)
    published = meta.get("article:published_time", "")
    path = path_of(url)
    return Page(
        url=url,
        path=path,
        title=title,
        description=meta.get("description") or meta.get("og:description", ""),
        site_name=meta.get("og:site_name") or meta.get("application-name", ""),
        declared_language=declared,
        language=language_of(lower),
        lines=lines,
        text=text,
        lower=lower,
        words=len(text.split()),
        headings=headings,
        links=links,
        forms=forms,
        data=objects,
        published=published_on(objects, published, tuple(day for day, _ in times), path),
        dates=dates_of(objects, times),
        alts=tuple(dict.fromkeys(filter(None, images))),
        generator=meta.get("generator", ""),
        scripts=scripts,
        images=len(images),
        frames=frames,
        refresh=meta.get("refresh", ""),
        type=type_of(url, title, headings, objects, published),
    )


def _base(soup: BeautifulSoup, url: str) -> str:
    tag = soup.find("base", href=True)
    return urljoin(url, str(tag["href"])) if isinstance(tag, Tag) else url


def _line(text: str) -> str:
    return " ".join(text.split())[:200]


def _meta(soup: BeautifulSoup) -> dict[str, str]:
    found: dict[str, str] = {}
    for tag in soup.find_all("meta", content=True):
        name = tag.get("property") or tag.get("name") or tag.get("http-equiv")
        if name:
            found.setdefault(str(name).lower(), " ".join(str(tag["content"]).split())[:500])
    return found


def _objects(soup: BeautifulSoup) -> tuple[dict[str, Any], ...]:
    found: list[dict[str, Any]] = []

    def visit(value: object) -> None:
        if isinstance(value, dict):
            if "@type" in value:
                found.append(value)
            for inner in value.values():
                visit(inner)
        elif isinstance(value, list):
            for inner in value:
                visit(inner)

    for script in soup.find_all("script", type="application/ld+json"):
        try:
            visit(json.loads(script.get_text(), strict=False))
        except ValueError:
            continue
    return tuple(found[:500])


def _blocks(soup: BeautifulSoup) -> dict[int, Place]:
    """Return the place of each menu, header and footer by the identity of its tag."""
    places: dict[int, Place] = {}
    for tag in soup.find_all(["nav", "header"]) + soup.find_all(role=["navigation", "banner"]):
        hero = tag.name == "header" and tag.find("h1")
        if not hero and not (tag.name == "header" and tag.find_parent(["main", "article"])):
            places[id(tag)] = "nav"
    for tag in soup.find_all("footer") + soup.find_all(role="contentinfo"):
        places[id(tag)] = "footer"
    for tag in soup.find_all(["div", "section", "aside"], id=NOTICE):
        places[id(tag)] = "footer"
    for tag in soup.find_all(["div", "section", "aside"], class_=NOTICE):
        places[id(tag)] = "footer"
    return places


def _links(soup: BeautifulSoup, base: str, places: dict[int, Place]) -> tuple[Link, ...]:
    found = []
    for tag in soup.find_all(["a", "button"]):
        if tag.name == "button" and tag.find_parent("form"):
            continue
        if tag.name == "a" and not tag.has_attr("href"):
            continue
        place: Place = "main"
        for parent in tag.parents:
            place = places.get(id(parent), place)
        looks = " ".join(tag.get_attribute_list("class")).lower() if tag.get("class") else ""
        button = tag.name == "button" or tag.get("role") == "button" or "btn" in looks
        image = tag.find("img", alt=True)
        text = _line(tag.get_text(" ")) or str(tag.get("aria-label") or tag.get("title") or "")
        text = text or (_line(str(image["alt"])) if isinstance(image, Tag) else "")
        url = _absolute(base, str(tag["href"])) if tag.name == "a" else ""
        found.append(Link(url, text, place, button or "button" in looks))
    return tuple(found)


def _absolute(base: str, href: str) -> str:
    if href.lower().startswith(("javascript:", "data:")):
        return ""
    try:
        return urljoin(base, href.strip()).partition("#")[0]
    except ValueError:
        return ""


def _form(form: Tag, base: str) -> Form:
    fields = [
        tag
        for tag in form.find_all(["input", "textarea", "select"])
        if tag.get("type") not in ("hidden", "submit", "button", "image", "reset", "search")
    ]
    names = [str(tag.get(key) or "") for tag in fields for key in ("name", "placeholder")]
    names += [_line(tag.get_text(" ")) for tag in form.find_all("label")]
    submit = form.find(["button", "input"], type="submit") or form.find("button")
    words = ""
    if isinstance(submit, Tag):
        words = _line(submit.get_text(" ")) or str(submit.get("value") or "")
    choices = tuple(_line(tag.get_text(" ")) for tag in form.find_all("option")[:60])
    action = _absolute(base, str(form.get("action") or ""))
    return Form(action, len(fields), " ".join(names).lower()[:2000], words, choices)


def _beside(tag: Tag) -> str:
    for parent in list(tag.parents)[:4]:
        beside = parent.find(["h1", "h2", "h3", "h4", "h5", "h6"]) or parent.find("a", href=True)
        if isinstance(beside, Tag) and beside.get_text(strip=True):
            return _line(beside.get_text(" "))
    return ""


def _drop(soup: BeautifulSoup) -> None:
    """Take out all that readers do not take for the page itself."""
    blocks = _blocks(soup)
    unwanted = [tag for tag in soup.find_all(True) if id(tag) in blocks]
    unwanted += soup.find_all(hidden=True) + list(soup.select('[aria-hidden="true"]'))
    unwanted += soup.find_all(style=re.compile(r"display\s*:\s*none"))
    unwanted += soup.find_all(UNSEEN)
    for comment in soup.find_all(string=lambda text: isinstance(text, Comment)):
        comment.extract()
    for tag in unwanted:
        if tag.name not in ("html", "body") and not tag.decomposed:
            tag.decompose()


def _lines(soup: BeautifulSoup) -> tuple[str, ...]:
    """Return the text line by line, inline tags joined."""
    for tag in soup.find_all(INLINE):
        tag.unwrap()
    soup.smooth()
    pieces = (soup.body or soup).find_all(string=True)
    lines = (" ".join(str(piece).split()) for piece in pieces if isinstance(piece, NavigableString))
    return tuple(line for line in lines if line)
