"""What a visit leaves alone: other websites, sites that ask for long pauses, text without end."""

import asyncio

import pytest
from aiohttp import web

from persona.capture import crawl as module
from persona.capture.address import parse_address
from persona.capture.crawl import capture_site
from persona.capture.fetch import Fetcher
from persona.capture.guard import Allowed, Guard
from persona.capture.records import Capture
from persona.capture.robots import Robots, parse_robots
from tests.unit.capture.loopback import QUICK, Answer, Served, Shelf, crawl, page, serving


def test_a_page_that_leads_to_another_website_is_told_and_the_other_is_not_asked() -> None:
    def own(path: str) -> Answer | None:
        if path == "/":
            return page("Home", "/careers", "/about")
        if path == "/careers":
            return web.Response(status=302, headers={"Location": f"http://localhost:{there.port}/"})
        return page("About") if path == "/about" else None

    there = Served(0)

    async def run() -> tuple[Capture, Served, Served]:
        nonlocal there
        async with serving({"/": page("Jobs elsewhere")}) as there, serving(own) as here:
            allowed = Allowed.parse([f"127.0.0.1:{here.port}", f"localhost:{there.port}"])
            async with Fetcher(Guard(allowed), limits=QUICK) as fetcher:
                return await capture_site(here.site, fetcher), here, there

    capture, here, there = asyncio.run(run())
    assert sorted(here.paths(capture)) == ["/", "/about"]
    assert [(each.failure, each.url.rpartition("/")[2]) for each in capture.unread] == [
        ("elsewhere", "careers")
    ]
    assert there.asked == []


class Patient(Shelf):
    """A site whose robots.txt asks for long pauses."""

    async def robots(self, url: str) -> Robots:
        return parse_robots(b"User-agent: *\nCrawl-delay: 60")


def test_a_site_that_asks_for_long_pauses_is_asked_very_little() -> None:
    paths = [f"/products/{name}" for name in "abcdefgh"]
    pages = {f"https://acme.com{path}": page(path) for path in paths}
    shelf = Patient({"https://acme.com/": page("Home", *paths), **pages})
    capture = asyncio.run(capture_site(parse_address("acme.com"), shelf))
    assert len(capture.pages) == 3
    assert len(shelf.asked) == 3, "no sitemap is asked for either"


def test_text_without_end_is_left_and_the_rest_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_TEXT", 50_000)

    def site(path: str) -> Answer | None:
        return page(path, *(f"/products/{name}" for name in "abcdefgh"), text="word " * 4000)

    async def run() -> Capture:
        async with serving(site) as served:
            return await crawl(served)

    capture = asyncio.run(run())
    assert len(capture.pages) == 3
    assert {each.failure for each in capture.unread} == {"budget"}


@pytest.mark.parametrize(
    ("to", "failure"),
    [("https://www.facebook.com/acme", "elsewhere"), ("https://www.hugedomains.com/a", "parked")],
)
def test_a_name_that_leads_to_a_platform_is_no_website_of_the_platform(
    to: str, failure: str
) -> None:
    shelf = Shelf({"https://acme.com/": to, to: page("Acme", "/about")})
    capture = asyncio.run(capture_site(parse_address("acme.com"), shelf))
    assert (capture.site, capture.pages) == ("acme.com", ())
    assert [(each.url, each.failure) for each in capture.unread] == [(to, failure)]
    assert shelf.asked == ["https://acme.com/"]
    typed = asyncio.run(capture_site(parse_address(to), shelf))
    assert [each.url for each in typed.pages] == [to]
