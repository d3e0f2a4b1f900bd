"""One hostile thing read in this process, which then says how it ended and what it cost.

python -m benchmarks.hostile_case fetch http://127.0.0.1:1234/bomb/gzip
python -m benchmarks.hostile_case page ten-million-tags
python -m benchmarks.hostile_case crawl sitemap-loop
"""

import asyncio
import sys
import time
from collections.abc import Callable
from typing import Final
from urllib.parse import urlsplit

import msgspec

from persona.capture.fetch import Fetcher
from persona.capture.guard import Allowed, Guard
from persona.capture.limits import MIB
from persona.capture.records import Unread
from persona.signals.page import read_page
from tests.integration.hostile_client import peak
from tests.unit.capture.loopback import Answer, Pages, crawl, page, serving

DEEP: Final = 100_000


class Cost(msgspec.Struct, frozen=True):
    """How a case ended, in how many seconds, with how much memory at its peak, in MiB.

    ``start`` is the memory before, with the program loaded and what is to be read in place.
    """

    outcome: str
    seconds: float
    start: float
    peak: float


def _body(inner: str) -> str:
    return f"<!doctype html><html><head><title>Valves</title></head><body>{inner}</body></html>"


def _json_ld(data: str) -> str:
    return _body(f'<script type="application/ld+json">{data}</script><p>Valves for steam.</p>')


PAGES: Final[dict[str, Callable[[], str]]] = {
    "ten-million-tags": lambda: _body("<p>" * 10_000_000),
    "ten-million-bytes-of-text": lambda: _body("valve " * 1_700_000),
    "nested-100000-deep": lambda: _body("<div>" * DEEP + "deep" + "</div>" * DEEP),
    "nested-inline-100000-deep": lambda: _body("<b><a href=/x>" * DEEP),
    "nested-tables-100000-deep": lambda: _body("<table><tr><td>" * DEEP),
    "a-million-attributes": lambda: _body("<p " + "a=1 " * 1_000_000 + ">text</p>"),
    "one-attribute-of-ten-megabytes": lambda: _body(f"<a href='/{'x' * 10_000_000}'>text</a>"),
    "a-million-links": lambda: _body("<a href=/x>link</a>" * 500_000),
    "json-ld-of-ten-megabytes": lambda: _json_ld('{"a":"' + "x" * 10_000_000 + '"}'),
    "json-ld-of-a-million-objects": lambda: _json_ld("[" + '{"@type":"Thing"},' * 500_000 + "{}]"),
    "json-ld-nested-100000-deep": lambda: _json_ld('{"a":' * DEEP + "1" + "}" * DEEP),
    "nul-and-surrogates": lambda: _body("<p>Val\0ves&#0;&#xD800;&#x110000;\ufffd</p>" * 1000),
    "entities": lambda: _body("&amp;" * 1_000_000 + "&#x26;" * 500_000),
    "unclosed-everything": lambda: "<html><body><table><tr><td><select><option><a><b><i>" * 20_000,
    "comment-without-end": lambda: _body("<!--" + "x" * 10_000_000),
    "script-without-end": lambda: _body("<script>" + "x" * 10_000_000),
    "escape-sequences-in-title": lambda: "<title>\x1b[2J\x1b]0;owned\x07</title><p>Valves</p>",
}


def _calendar(path: str) -> Answer | None:
    number = int(path.rpartition("=")[2]) if "month=" in path else 0
    return page(f"Month {number}", *(f"/calendar?month={number + k}" for k in range(1, 50)))


def _sitemap_loop(path: str) -> Answer | None:
    if path == "/":
        return page("Valves", "/about|About us")
    if path.endswith(".xml"):
        items = "".join(f"<sitemap><loc>/{path[1:-4]}{k}.xml</loc></sitemap>" for k in range(50))
        return f"<sitemapindex>{items}<sitemap><loc>{path}</loc></sitemap></sitemapindex>"
    return page("About") if path == "/about" else None


_LOL = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(10))
_BOMB = (
    f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "lol">{_LOL}'
    '<!ENTITY file SYSTEM "file:///etc/passwd">]>'
    "<urlset><url><loc>/&l10;</loc></url><url><loc>/&file;</loc></url></urlset>"
)
_REFRESH = '<meta http-equiv="refresh" content="0; url={}">'

SITES: Final[dict[str, Pages]] = {
    "endless-calendar": _calendar,
    "sitemap-loop": _sitemap_loop,
    "xml-entity-bomb": {"/": page("Valves", "/about|About us"), "/sitemap.xml": _BOMB},
    "endless-paths": lambda path: page(path[-20:], *(f"{path[:400]}{k}/" for k in range(30))),
    "session-ids": lambda path: page("Shop", *(f"/?sid={path}{k}" for k in range(30))),
    "facets": lambda path: page("Facet", *(f"/list?f{k}=1&{path[2:60]}" for k in range(30))),
    "meta-refresh-loop": lambda path: page("Wait", head=_REFRESH.format(f"{path[:90]}x")),
    "base-to-a-private-address": {
        "/": page("Valves", "latest/meta-data/", head='<base href="http://169.254.169.254/">')
    },
    "ten-thousand-links": lambda path: page("All", *(f"/p/{k}{path}" for k in range(10_000))),
}


async def _loopback(host: str, port: int) -> list[str]:
    return ["127.0.0.1"]


async def _fetch(url: str) -> str:
    guard = Guard(Allowed.parse([urlsplit(url).netloc]), _loopback)
    async with Fetcher(guard) as fetcher:
        found = await fetcher.get(url)
    return found.failure if isinstance(found, Unread) else f"read, {len(found.text)} characters"


async def _crawl(name: str) -> str:
    async with serving(SITES[name]) as served:
        capture = await crawl(served)
    return f"{len(capture.pages)} pages, {len(served.asked)} requests"


def run(kind: str, name: str) -> Cost:
    """Run one case and return its cost."""
    html = PAGES[name]() if kind == "page" else ""
    read_page("https://example.com/", "<p>to load what is needed</p>")
    start, begin = peak() / MIB, time.perf_counter()
    if kind == "page":
        facts = read_page("https://example.com/", html)
        outcome = f"{facts.words} words, {len(facts.links)} links, {len(facts.data)} objects"
    else:
        outcome = asyncio.run(_fetch(name) if kind == "fetch" else _crawl(name))
    return Cost(outcome, time.perf_counter() - begin, start, peak() / MIB)


if __name__ == "__main__":
    sys.stdout.buffer.write(msgspec.json.encode(run(*sys.argv[1:3])))
