"""A website on loopback for the tests of the crawler."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Literal

from aiohttp import web

from persona.capture.address import Site, parse_address
from persona.capture.crawl import Within, capture_site
from persona.capture.fetch import Fetched, Fetcher, Limits
from persona.capture.guard import Allowed, Guard
from persona.capture.records import Capture, Unread
from persona.capture.robots import Robots

QUICK = Limits(
    spacing_seconds=0.0, backoff_seconds=0.0, retries=0, connect_seconds=2.0, page_seconds=3.0
)

FILLER = " ".join(["We make pumps for breweries and dairies and service them."] * 12)


def page(title: str, *links: str, text: str = "", head: str = "") -> str:
    """Return a page with its own text and some links, given as "address" or "address|text"."""
    anchors = "".join(
        f'<a href="{address}">{label or address}</a> '
        for address, _, label in (link.partition("|") for link in links)
    )
    return (
        f"<!doctype html><html><head><title>{title}</title>{head}</head><body><nav>{anchors}</nav>"
        f"<main><h1>{title}</h1><p>{text or title}. {FILLER}</p></main></body></html>"
    )


Answer = str | web.Response
Pages = dict[str, Answer] | Callable[[str], Answer | None]


class Served:
    """The site being served: its address, and the addresses asked for, in order."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.asked: list[str] = []

    @property
    def allowed(self) -> Allowed:
        """The permission to read from it."""
        return Allowed.parse([f"127.0.0.1:{self.port}"])

    @property
    def site(self) -> Site:
        """The site as the crawler takes it."""
        return parse_address(f"http://127.0.0.1:{self.port}/", self.allowed)

    def paths(self, capture: Capture) -> list[str]:
        """Return the paths of the pages read."""
        return [page.url.split(str(self.port), 1)[1] for page in capture.pages]

    @property
    def requests(self) -> list[str]:
        """What was asked for beside robots.txt."""
        return [path for path in self.asked if path != "/robots.txt"]


@asynccontextmanager
async def serving(pages: Pages) -> AsyncIterator[Served]:
    """Serve pages by path and query; a string is a page of HTML, what is absent a 404."""
    served = Served(0)

    async def answer(request: web.Request) -> web.StreamResponse:
        path = request.path_qs
        served.asked.append(path)
        found = pages.get(path) if isinstance(pages, dict) else pages(path)
        if found is None:
            return web.Response(status=404, text="not here")
        if isinstance(found, web.Response):
            return found
        return web.Response(text=found, content_type="text/html")

    app = web.Application()
    app.router.add_get("/{tail:.*}", answer)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    served.port = runner.addresses[0][1]
    try:
        yield served
    finally:
        await runner.cleanup()


def client(served: Served) -> Fetcher:
    """Return a quick client that may read the site."""
    return Fetcher(Guard(served.allowed), limits=QUICK)


async def crawl(served: Served, *, pages: int = 12, seconds: float = 20.0) -> Capture:
    """Read the site with a quick client."""
    async with client(served) as fetcher:
        return await capture_site(served.site, fetcher, pages=pages, seconds=seconds)


class Shelf:
    """A client that holds its pages itself, for sites of several hosts."""

    def __init__(self, pages: dict[str, str]) -> None:
        self.pages = pages
        self.asked: list[str] = []

    async def get(
        self, url: str, accept: Literal["page", "xml"] = "page", within: Within = None
    ) -> Fetched | Unread:
        """Return the page under an address; a page that is an address leads there."""
        self.asked.append(url)
        while self.pages.get(url, "").startswith("https://"):
            url = self.pages[url]
        if url not in self.pages:
            return Unread(url, "not_found")
        return Fetched(url, 200, "text/html", self.pages[url], "2026-01-31T10:00:00Z", False)

    async def robots(self, url: str) -> Robots:
        """Let everything be read."""
        return Robots()
