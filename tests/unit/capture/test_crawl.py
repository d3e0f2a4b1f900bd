"""Reading one website over loopback: which pages, in which order, and how traps end."""

import asyncio
from collections.abc import Callable
from itertools import count
from typing import Literal

import pytest
from aiohttp import web

from persona.capture.address import parse_address
from persona.capture.crawl import SPARE, Within, capture_site
from persona.capture.fetch import Fetched, Fetcher
from persona.capture.guard import Allowed, Guard
from persona.capture.records import Capture, Unread
from persona.capture.robots import Robots
from persona.errors import UsageError
from tests.unit.capture.loopback import (
    QUICK,
    Answer,
    Pages,
    Served,
    Shelf,
    client,
    crawl,
    page,
    serving,
)

SECTIONS = (
    "about about/team contact products products/p1 products/p2 pricing industries/food blog "
    "blog/a blog/b news events customers customers/x partners support careers careers/j1 "
    "privacy login"
)


class Late:
    """A client whose answers come some seconds late, by address."""

    def __init__(self, fetcher: Fetcher, seconds: Callable[[str], float]) -> None:
        self._fetcher = fetcher
        self._seconds = seconds

    async def get(
        self, url: str, accept: Literal["page", "xml"] = "page", within: Within = None
    ) -> Fetched | Unread:
        await asyncio.sleep(self._seconds(url))
        return await self._fetcher.get(url, accept, within)

    async def robots(self, url: str) -> Robots:
        return await self._fetcher.robots(url)


def company(path: str) -> Answer | None:
    if path == "/":
        return page("Home", *(f"/{section}" for section in SECTIONS.split()))
    return page(path, "/") if path[1:] in SECTIONS.split() else None


def xml(text: str) -> web.Response:
    return web.Response(text=text, content_type="application/xml")


def moved(to: str) -> web.Response:
    return web.Response(status=302, headers={"Location": to})


def read(pages: Pages, *, wanted: int = 12, seconds: float = 20.0) -> tuple[Capture, Served]:
    """Crawl a site; every test checks here that it cost no more than it may."""

    async def run() -> tuple[Capture, Served]:
        async with serving(pages) as served:
            return await crawl(served, pages=wanted, seconds=seconds), served

    capture, served = asyncio.run(run())
    assert len(served.requests) <= wanted + SPARE
    assert len(capture.pages) <= wanted
    return capture, served


def test_a_company_is_read_in_every_zone_home_first() -> None:
    capture, served = read(company)
    paths = served.paths(capture)
    assert len(paths) == 12
    assert paths[0] == "/"
    assert {"/about", "/products", "/pricing", "/blog", "/blog/a", "/careers"} <= set(paths)
    assert not {"/privacy", "/login"} & set(paths)
    assert (capture.site, capture.unread) == ("127.0.0.1", ())
    assert capture.pages[0].status == 200
    assert (capture.pages[0].fetched_at or "").endswith("Z")


def test_the_same_pages_are_read_in_the_same_order_whatever_the_network_does() -> None:
    async def slow(jitter: float) -> list[str]:
        async with serving(company) as served, client(served) as fetcher:
            reader = Late(fetcher, lambda url: len(url) % 7 * jitter)
            return served.paths(await capture_site(served.site, reader))

    assert asyncio.run(slow(0.0)) == asyncio.run(slow(0.005))


def test_one_page_is_the_home_page_alone() -> None:
    capture, served = read(company, wanted=1)
    assert (served.paths(capture), served.requests) == (["/"], ["/"])


def test_pages_known_only_to_the_sitemap_and_the_feed_are_read() -> None:
    def site(path: str) -> Answer | None:
        feed = '<link rel="alternate" type="application/rss+xml" href="/feed.xml">'
        pages: dict[str, Answer] = {
            "/": page("Home", head=feed),
            "/robots.txt": web.Response(text=f"Sitemap: http://127.0.0.1:{port}/map.xml"),
            "/map.xml": xml(
                f"<urlset><url><loc>http://127.0.0.1:{port}/about</loc></url></urlset>"
            ),
            "/feed.xml": xml("<rss><item><link>/cheese</link></item></rss>"),
            "/about": page("About"),
            "/cheese": page("Cheese"),
        }
        return pages.get(path)

    port = 0

    async def run() -> list[str]:
        nonlocal port
        async with serving(site) as served:
            port = served.port
            return served.paths(await crawl(served))

    assert sorted(asyncio.run(run())) == ["/", "/about", "/cheese"]


def test_an_endless_calendar_costs_a_few_pages() -> None:
    def site(path: str) -> Answer | None:
        if path == "/":
            return page("Home", "/about", "/events/2026/01")
        if path.startswith("/events/"):
            year, month = map(int, path.split("/")[2:])
            return page(path, *(f"/events/{year + n}/{month + n:02d}" for n in range(1, 9)))
        return page("About") if path == "/about" else None

    capture, served = read(site)
    assert sorted(served.paths(capture))[:2] == ["/", "/about"]
    assert len(capture.pages) <= 5


def test_facets_session_ids_and_searches_are_not_multiplied() -> None:
    numbers = count()

    def site(path: str) -> Answer | None:
        if path == "/robots.txt":
            return None
        n = next(numbers)
        return page(
            "Shop" if path.startswith("/shop") else path,
            f"/about?sid={n}",
            f"/about;jsessionid={n}",
            f"/shop?color=red&size={n}",
            f"/shop?sort={n}",
            f"/search?q={n}",
            f"/shop?utm_campaign={n}",
        )

    capture, served = read(site)
    assert served.paths(capture) == ["/", "/shop", "/about"]


def test_paths_without_end_cost_a_bounded_number_of_requests() -> None:
    numbers = count()
    capture, _ = read(lambda path: page(f"Page {path}", f"{path.rstrip('/')}/x{next(numbers)}"))
    assert 1 < len(capture.pages) <= 9


def test_pages_that_repeat_one_text_count_once() -> None:
    numbers = count()

    def site(path: str) -> Answer | None:
        if path == "/":
            return page("Home", *(f"/blog/{name}" for name in "abcdefghijklmnopqrstuvwxyz"))
        if path.startswith("/blog/"):
            return page("Same", f"/blog/next{next(numbers)}|More")
        return None

    capture, _ = read(site)
    assert len(capture.pages) == 2


def test_circles_of_redirects_are_left_soon() -> None:
    def site(path: str) -> Answer | None:
        if path == "/":
            return page("Home", *(f"/products/{name}{name}" for name in "abcdefghijklmnopqrs"))
        return moved(f"{path}x") if path.startswith("/products/") else None

    capture, _ = read(site)
    assert {entry.failure for entry in capture.unread} == {"too_many_redirects"}


def test_a_home_page_that_goes_in_circles_is_told() -> None:
    capture, _ = read(lambda path: moved("/") if path != "/robots.txt" else None)
    assert capture.pages == ()
    assert capture.unread[0].failure == "too_many_redirects"


def test_a_meta_refresh_is_followed_once() -> None:
    def refresh(to: str) -> str:
        return f'<meta http-equiv="refresh" content="0;url={to}">'

    def site(path: str) -> Answer | None:
        return {
            "/": page("Moved", head=refresh("/start")),
            "/start": page("Start", "/about", "/pricing", head=refresh("/")),
            "/about": page("About", head=refresh("http://169.254.169.254/secret")),
            "/pricing": page("Prices", head=refresh("/plans")),
            "/plans": page("Plans"),
        }.get(path)

    capture, served = read(site)
    assert sorted(served.paths(capture)) == ["/about", "/plans", "/start"]


@pytest.mark.parametrize("base", ["https://evil.example/", "http://10.0.0.1/", "http://[::1]/"])
def test_a_base_elsewhere_leads_nowhere(base: str) -> None:
    def site(path: str) -> Answer | None:
        return page("Home", "about", head=f'<base href="{base}">') if path == "/" else None

    capture, served = read(site)
    assert (len(capture.pages), capture.unread) == (1, ())
    assert served.requests == ["/", "/sitemap.xml"]


def test_links_to_other_sites_and_redirects_to_them_are_no_pages() -> None:
    def site(path: str) -> Answer | None:
        pages: dict[str, Answer] = {
            "/": page("Home", "/careers", "https://jobs.example.org/acme", "http://127.0.0.1:1/x"),
            "/careers": moved("http://127.0.0.2:9/"),
        }
        return pages.get(path)

    capture, served = read(site)
    assert served.paths(capture) == ["/"]
    assert [entry.failure for entry in capture.unread] == ["forbidden_address"]


def test_sitemap_loops_and_bombs_cost_a_few_requests() -> None:
    def site(path: str) -> Answer | None:
        if path.startswith("/sitemap"):
            loc = "<sitemap><loc>/sitemap{}.xml</loc></sitemap>"
            return xml(f"<sitemapindex>{''.join(map(loc.format, range(50)))}</sitemapindex>")
        return company(path)

    capture, served = read(site)
    assert len(capture.pages) == 12
    assert sum("sitemap" in path for path in served.asked) == 5


def test_at_the_end_of_the_time_the_rest_is_told() -> None:
    async def run() -> Capture:
        async with serving(company) as served, client(served) as fetcher:
            stuck = Late(fetcher, lambda url: 60 if url.endswith("/blog") else 0)
            return await capture_site(served.site, stuck, seconds=0.5)

    capture = asyncio.run(run())
    assert capture.pages
    assert {entry.failure for entry in capture.unread} == {"budget"}
    assert len(capture.pages) + len(capture.unread) == 12


def test_dead_links_are_told_and_a_site_of_them_is_left() -> None:
    def site(path: str) -> Answer | None:
        return page("Home", *(f"/blog/{n}x" for n in "abcdefghijklmnop")) if path == "/" else None

    capture, served = read(site)
    assert [entry.failure for entry in capture.unread] == ["not_found"] * 6
    assert len(served.requests) == 8


def test_a_server_that_asks_to_be_left_alone_is() -> None:
    def site(path: str) -> Answer | None:
        return company(path) if path in ("/", "/sitemap.xml") else web.Response(status=429)

    def open_robots(path: str) -> Answer | None:
        return None if path == "/robots.txt" else site(path)

    capture, served = read(open_robots)
    assert [entry.failure for entry in capture.unread] == ["too_many_requests"] * 2
    assert len(served.requests) <= 4


def test_what_robots_forbids_is_not_asked_for() -> None:
    def site(path: str) -> Answer | None:
        if path == "/robots.txt":
            return web.Response(text="User-agent: *\nDisallow: /blog")
        return company(path)

    capture, served = read(site)
    assert not any(path.startswith("/blog") for path in served.asked)
    assert "robots" in {entry.failure for entry in capture.unread}


def test_a_deep_address_as_typed_is_read_along_with_the_home_page() -> None:
    async def run() -> tuple[list[str], str]:
        async with serving(company) as served, client(served) as fetcher:
            typed = parse_address(f"http://127.0.0.1:{served.port}/pricing", served.allowed)
            capture = await capture_site(typed, fetcher)
            return served.paths(capture), served.requests[0]

    paths, first = asyncio.run(run())
    assert first == "/pricing"
    assert paths[0] == "/"
    assert len(paths) == 12


@pytest.mark.parametrize("wanted", [0, -1, 61])
def test_a_number_of_pages_out_of_range_is_refused(wanted: int) -> None:
    with pytest.raises(UsageError, match="between 1 and 60"):
        read(company, wanted=wanted)


def test_a_site_that_moved_to_another_name_is_read_there() -> None:
    async def run() -> tuple[Capture, int]:
        def site(path: str) -> Answer | None:
            if path == "/old":
                return moved(f"http://127.0.0.1:{served.port}/")
            return company(path)

        async with serving(site) as served:
            allowed = Allowed.parse([f"localhost:{served.port}", f"127.0.0.1:{served.port}"])
            typed = parse_address(f"http://localhost:{served.port}/old", allowed)
            async with Fetcher(Guard(allowed), limits=QUICK) as fetcher:
                return await capture_site(typed, fetcher), served.port

    capture, port = asyncio.run(run())
    assert capture.site == "127.0.0.1"
    assert capture.address == f"http://localhost:{port}/old"
    assert len(capture.pages) == 12


def test_own_subdomains_belong_to_the_site_and_applicant_systems_do_not() -> None:
    shelf = Shelf(
        {
            "https://acme.com/": page(
                "Acme",
                "https://blog.acme.com/",
                "https://careers.acme.com/",
                "https://boards.greenhouse.io/acme",
                "https://app.acme.com/",
            ),
            "https://blog.acme.com/": page("Blog", "/cheese"),
            "https://blog.acme.com/cheese": page("Cheese"),
            "https://careers.acme.com/": page("Careers", "/engineer"),
            "https://careers.acme.com/engineer": page("Engineer"),
        }
    )
    capture = asyncio.run(capture_site(parse_address("acme.com"), shelf))
    assert {each.url for each in capture.pages} == set(shelf.pages)
    assert set(shelf.asked) - set(shelf.pages) == {"https://acme.com/sitemap.xml"}


def test_of_a_site_that_answers_nowhere_every_attempt_is_told() -> None:
    capture = asyncio.run(capture_site(parse_address("acme.com"), Shelf({})))
    assert [entry.url for entry in capture.unread] == [
        "https://acme.com/",
        "https://www.acme.com/",
        "http://acme.com/",
        "http://www.acme.com/",
    ]
