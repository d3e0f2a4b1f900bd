"""Sitemaps: the pages that a site itself lists for programs that read it."""

import re
from collections.abc import Awaitable, Callable, Iterable
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from persona.capture.links import tidy

if TYPE_CHECKING:
    from lxml.etree import _Element

MOST_FILES: Final = 5
MOST_ADDRESSES: Final = 5000
DEEPEST: Final = 2
"""How many indexes may stand between robots.txt and a list of pages, the list counted."""
MOST_TEXT: Final = 512 * 1024
"""In characters, of one file; of a longer one its beginning and its end are read."""

_TELLING = re.compile(r"page|post|blog|news|article|product|job|career|event|case|solution|main")
_DULL = re.compile(
    r"image|video|tag|author|category|attachment|archive|/(?:de|fr|es|it|pt|nl|ja|zh|ko|pl|ru)[-_/.]"
)
_HINT = re.compile(r"post|blog|news|product|event|job|case|article")
_DAY = re.compile(r"\s*(\d{4})-(\d\d)-(\d\d)")

Read = Callable[[str], Awaitable[str | None]]
"""Reads an XML file and returns its text, or None where it cannot be read."""


class Listed(NamedTuple):
    """A page in a sitemap or feed; ``day`` as YYYYMMDD, 0 when none is given.

    ``hint`` says what the pages of the list are, as a link's text would ("blog").
    """

    url: str
    day: int
    hint: str = ""


class Sitemap(NamedTuple):
    """What one file lists: pages, or further sitemaps."""

    pages: tuple[Listed, ...]
    sitemaps: tuple[str, ...]


async def listed_pages(starts: Iterable[str], read: Read) -> list[Listed]:
    """Return the pages that sitemaps list, at most 5,000 from at most five files.

    ``starts`` are the addresses of sitemaps or indexes; those likely to list telling pages are
    read first. ``read`` is called at most five times, never twice for an address.
    """
    waiting = [(address, 1) for address in starts]
    asked: set[str] = set()
    pages: list[Listed] = []
    while waiting and len(asked) < MOST_FILES and len(pages) < MOST_ADDRESSES:
        address, depth = waiting.pop(0)
        if address in asked:
            continue
        asked.add(address)
        found = parse_sitemap(await read(address) or "", address)
        pages += found.pages
        if depth < DEEPEST:
            waiting += [(each, depth + 1) for each in sorted(found.sitemaps, key=_promise)]
    return pages[:MOST_ADDRESSES]


def parse_sitemap(text: str, url: str) -> Sitemap:
    """Read one sitemap, sitemap index, or plain list of addresses; never raises.

    A file that declares entities is left unread: sitemaps need none, and bombs are made of them.
    """
    if "<" not in text:
        lines = text.split("\n", MOST_ADDRESSES)[:MOST_ADDRESSES]
        plain = (tidy(line.strip()) for line in lines if line.startswith("http"))
        return Sitemap(tuple(Listed(each, 0) for each in plain if each), ())
    root = _root(text)
    if root is None:
        return Sitemap((), ())
    pages: list[Listed] = []
    sitemaps: list[str] = []
    hint = _HINT.search(url.rpartition("/")[2].lower())
    for entry in islice(root.iter("{*}url", "{*}sitemap"), MOST_ADDRESSES):
        address = tidy(_text(entry, "{*}loc").strip(), url)
        if address and entry.tag.rpartition("}")[2] == "sitemap":
            sitemaps.append(address)
        elif address:
            day = day_number(_text(entry, "{*}lastmod"))
            pages.append(Listed(address, day, hint[0] if hint else ""))
    return Sitemap(tuple(pages), tuple(sitemaps))


def harmless(text: str) -> str | None:
    """Return as much of an XML file as is read, None where it declares entities."""
    if "<!ENTITY" in text or "<!entity" in text.lower():
        return None
    if len(text) > MOST_TEXT:
        head, tail = text[: MOST_TEXT // 2], text[-MOST_TEXT // 2 :]
        text = head[: head.rfind("</")] + tail[tail.find("<", tail.find("</") + 1) :]
    return text.lstrip()


def _root(text: str) -> "_Element | None":
    """Return the root of an XML file, broken or not; None where there is nothing to read.

    lxml by itself: a site's sitemaps would take beautifulsoup4 longer than all of its pages take.
    """
    from lxml import etree

    given = harmless(text)
    if given is None:
        return None
    parser = etree.XMLParser(
        encoding="utf-8",
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(given.encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError):
        return None


def _text(entry: "_Element", name: str) -> str:
    """Return the text of an element's child, "" where it has none of that name."""
    child = entry.find(name)
    return "" if child is None else "".join(map(str, child.itertext()))


def day_number(text: str) -> int:
    """Return a date that begins as ISO 8601 has it as YYYYMMDD, 0 for anything else."""
    day = _DAY.match(text)
    return int("".join(day.groups())) if day else 0


def _promise(address: str) -> tuple[bool, bool]:
    """Sort the sitemaps that list telling pages first."""
    name = address.partition("://")[2].partition("/")[2].lower()
    return bool(_DULL.search(f"/{name}")), not _TELLING.search(name)
