"""The client: what it gives, how it obeys robots.txt, and how it treats servers in trouble."""

import asyncio
import itertools
import re

import msgspec
import pytest

from persona.capture.failures import Unreadable
from persona.capture.fetch import Fetched, Fetcher
from persona.capture.guard import Allowed, Guard
from persona.capture.records import Failure, Unread
from persona.capture.robots import USER_AGENT
from tests.unit.capture.scripted import HTML, QUICK, Scripted, reply, visit


def failure(found: Fetched | Unread) -> Failure | None:
    return found.failure if isinstance(found, Unread) else None


def test_a_page_comes_with_where_and_when_it_was_read() -> None:
    async def use(fetcher: Fetcher, server: Scripted) -> Fetched | Unread:
        server.page("/valves?size=2")
        return await fetcher.get(server.url("/valves?size=2#prices"))

    found = visit(use)
    assert isinstance(found, Fetched)
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/valves\?size=2", found.url)
    assert (found.status, found.text, found.from_cache) == (200, HTML, False)
    assert found.content_type == "text/html; charset=utf-8"
    assert re.fullmatch(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ", found.fetched_at)


def test_a_request_says_who_asks_and_nothing_else_about_the_user() -> None:
    async def use(fetcher: Fetcher, server: Scripted) -> list[str]:
        await fetcher.get(server.url("/"))
        headers = server.asked[-1].headers
        assert headers["User-Agent"] == USER_AGENT
        return sorted(headers)

    expected = ["Accept", "Accept-Encoding", "Accept-Language", "Host", "User-Agent"]
    assert visit(use) == expected


def test_redirects_are_followed_and_the_last_address_is_given() -> None:
    async def use(fetcher: Fetcher, server: Scripted) -> Fetched | Unread:
        server.answer("/", reply(301, Location="/home"))
        server.answer("/home", reply(302, Location="../start?a=b#c"))
        server.page("/start?a=b")
        return await fetcher.get(server.url("/"))

    found = visit(use)
    assert isinstance(found, Fetched)
    assert found.url.endswith("/start?a=b")


def test_encryption_may_be_left_for_the_usual_port_only() -> None:
    async def use(fetcher: Fetcher, server: Scripted) -> None:
        assert fetcher._checked("http://example.com/", "https://example.com/")
        with pytest.raises(Unreadable, match="forbidden_address"):
            fetcher._checked(server.url("/"), "https://example.com/")

    visit(use)


def test_a_cookie_set_on_the_way_is_sent_on_that_way_only() -> None:
    async def use(fetcher: Fetcher, server: Scripted) -> list[str | None]:
        server.answer("/", reply(302, Location="/", Set_Cookie="seen=1; Path=/"), reply(200, HTML))
        server.page("/other")
        await fetcher.get(server.url("/"))
        await fetcher.get(server.url("/other"))
        return [each.headers.get("Cookie") for each in server.asked[1:]]

    assert visit(use) == [None, "seen=1", None]


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (401, "unauthorised"),
        (403, "forbidden"),
        (404, "not_found"),
        (410, "not_found"),
        (429, "too_many_requests"),
        (451, "http_error"),
        (500, "server_error"),
        (503, "server_error"),
        (305, "http_error"),
    ],
)
def test_the_status_says_why(status: int, expected: Failure) -> None:
    async def use(fetcher: Fetcher, server: Scripted) -> Fetched | Unread:
        server.answer("/", reply(status))
        return await fetcher.get(server.url("/"))

    assert failure(visit(use)) == expected


@pytest.mark.parametrize("header", ["cf-mitigated", "x-amzn-waf-action"])
@pytest.mark.parametrize("status", [200, 202, 403, 405, 503])
def test_a_check_against_programs_announced_by_its_maker(header: str, status: int) -> None:
    async def use(fetcher: Fetcher, server: Scripted) -> tuple[Fetched | Unread, int]:
        server.answer("/", reply(status, HTML, **{header: "challenge"}))
        return await fetcher.get(server.url("/")), len(server.paths())

    found, asked = visit(use)
    assert failure(found) == "bot_wall"
    assert asked == 1, "asking again does not help"


def test_what_robots_txt_forbids_is_not_asked_for() -> None:
    async def use(fetcher: Fetcher, server: Scripted) -> tuple[list[Failure | None], list[str]]:
        server.robots("User-agent: persona\nDisallow: /private\n\nUser-agent: *\nDisallow: /")
        server.answer("/way", reply(302, Location="/private/b"))
        server.page("/")
        urls = [server.url(path) for path in ("/", "/private/a", "/way")]
        return [failure(await fetcher.get(url)) for url in urls], server.paths()

    failures, asked = visit(use)
    assert failures == [None, "robots", "robots"]
    assert asked == ["/", "/way"]


def test_robots_txt_is_asked_for_once_by_any_number_of_readers() -> None:
    async def use(fetcher: Fetcher, server: Scripted) -> list[str]:
        server.page("/")
        server.slow = 0.02
        await asyncio.gather(*(fetcher.get(server.url("/")) for _ in range(5)))
        assert (await fetcher.robots(server.url("/x"))).allows(server.url("/x"))
        return [each.path for each in server.asked]

    assert visit(use).count("/robots.txt") == 1


def test_a_reader_that_gives_up_does_not_take_robots_txt_from_the_others() -> None:
    async def use(fetcher: Fetcher, server: Scripted) -> Fetched | Unread:
        server.page("/")
        server.slow = 0.05
        first = asyncio.create_task(fetcher.get(server.url("/")))
        second = asyncio.create_task(fetcher.get(server.url("/")))
        await asyncio.sleep(0.02)
        first.cancel()
        return await second

    assert isinstance(visit(use), Fetched)


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (404, None),
        (401, None),
        (403, None),
        (429, "too_many_requests"),
        (500, "server_error"),
        (503, "server_error"),
    ],
)
def test_without_robots_txt_everything_may_be_read_unless_the_server_has_a_fault(
    status: int, expected: Failure | None
) -> None:
    async def use(fetcher: Fetcher, server: Scripted) -> tuple[Fetched | Unread, bool]:
        server.answer("/robots.txt", reply(status))
        server.page("/")
        found = await fetcher.get(server.url("/"))
        return found, (await fetcher.robots(server.url("/"))).allows(server.url("/"))

    found, allowed = visit(use)
    assert failure(found) == expected
    assert allowed == (expected is None)


def test_robots_txt_may_be_elsewhere_but_not_in_a_circle() -> None:
    async def use(fetcher: Fetcher, server: Scripted) -> list[Failure | None]:
        server.answer("/robots.txt", reply(301, Location="/rules.txt"))
        server.answer("/rules.txt", reply(200, "User-agent: *\nDisallow: /"))
        one = await fetcher.get(server.url("/", "one.test"))
        server.answer("/rules.txt", reply(301, Location="/robots.txt"))
        server.page("/")
        two = await fetcher.get(server.url("/", "two.test"))
        return [failure(one), failure(two)]

    assert visit(use) == ["robots", None]


def test_robots_txt_gives_sitemaps_and_delay() -> None:
    async def use(fetcher: Fetcher, server: Scripted) -> tuple[tuple[str, ...], float | None]:
        server.robots("User-agent: *\nCrawl-delay: 7\nSitemap: https://example.com/s.xml")
        robots = await fetcher.robots(server.url("/"))
        return robots.sitemaps, robots.delay

    assert visit(use) == (("https://example.com/s.xml",), 7.0)


def test_the_crawl_delay_lies_between_requests() -> None:
    async def use(fetcher: Fetcher, server: Scripted) -> list[float]:
        server.robots("User-agent: *\nCrawl-delay: 0.2")
        await asyncio.gather(*(fetcher.get(server.url(f"/{number}")) for number in range(3)))
        moments = [each.moment for each in server.asked[1:]]
        return [after - before for before, after in itertools.pairwise(moments)]

    assert min(visit(use)) > 0.18


def test_requests_to_a_host_that_is_not_the_users_own_are_spaced(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Guard, "is_own", lambda guard, url: False)

    async def use(fetcher: Fetcher, server: Scripted) -> list[float]:
        await asyncio.gather(*(fetcher.get(server.url(f"/{number}")) for number in range(3)))
        moments = [each.moment for each in server.asked]
        return [after - before for before, after in itertools.pairwise(moments)]

    gaps = visit(use, limits=msgspec.structs.replace(QUICK, spacing_seconds=0.1))
    assert len(gaps) == 3
    assert min(gaps) > 0.09


def test_at_most_two_requests_at_once_go_to_a_host() -> None:
    async def use(fetcher: Fetcher, server: Scripted) -> int:
        server.slow = 0.01
        await asyncio.gather(*(fetcher.get(server.url(f"/{number}")) for number in range(8)))
        return server.most_at_once

    assert visit(use) == 2


def test_a_fault_that_passes_is_waited_for() -> None:
    async def use(fetcher: Fetcher, server: Scripted) -> tuple[Fetched | Unread, list[str]]:
        server.answer("/", reply(503), reply(429, Retry_After="0"), reply(200, HTML))
        return await fetcher.get(server.url("/")), server.paths()

    found, asked = visit(use)
    assert isinstance(found, Fetched)
    assert len(asked) == 3


def test_a_fault_that_stays_is_reported_after_three_attempts() -> None:
    async def use(fetcher: Fetcher, server: Scripted) -> tuple[Fetched | Unread, list[str]]:
        server.answer("/", reply(500))
        return await fetcher.get(server.url("/")), server.paths()

    found, asked = visit(use)
    assert failure(found) == "server_error"
    assert len(asked) == 3


def test_the_pause_that_a_server_asks_for_is_kept_by_all_readers() -> None:
    async def use(fetcher: Fetcher, server: Scripted) -> float:
        server.answer("/", reply(503, Retry_After="1"), reply(200, HTML))
        server.page("/other")
        first = asyncio.create_task(fetcher.get(server.url("/")))
        while not server.paths():
            await asyncio.sleep(0.01)
        await asyncio.sleep(0.1)
        await fetcher.get(server.url("/other"))
        await first
        return server.asked[2].moment - server.asked[1].moment

    assert visit(use) > 0.95


def test_time_counts_over_all_redirects_and_attempts() -> None:
    async def use(fetcher: Fetcher, server: Scripted) -> Fetched | Unread:
        server.slow = 0.15
        for number in range(5):
            server.answer(f"/{number}", reply(302, Location=f"/{number + 1}"))
        server.page("/5")
        return await fetcher.get(server.url("/0"))

    limits = msgspec.structs.replace(QUICK, page_seconds=0.4)
    assert failure(visit(use, limits=limits)) == "timeout"


@pytest.mark.parametrize(
    "url", ["", "rubbish", "http://", "http://[", "http://x y/", "\0", "http://a:b"]
)
def test_what_is_no_address_is_forbidden_or_an_error(url: str) -> None:
    async def use(fetcher: Fetcher, server: Scripted) -> tuple[Fetched | Unread, bool]:
        return await fetcher.get(url), (await fetcher.robots(url)).allows(url)

    found, allowed = visit(use)
    assert failure(found) in ("forbidden_address", "http_error")
    assert not allowed


def test_a_server_that_is_not_there() -> None:
    async def use(fetcher: Fetcher, server: Scripted) -> Fetched | Unread:
        return await fetcher.get(server.url("/"))

    async def gone(fetcher: Fetcher, server: Scripted) -> Fetched | Unread:
        fetcher._guard.allowed = type(fetcher._guard.allowed).parse(["127.0.0.1:1"])
        return await fetcher.get("http://127.0.0.1:1/")

    assert failure(visit(use)) == "not_found"
    assert failure(visit(gone)) == "refused"


def test_sitemaps_and_feeds_are_read_as_they_are() -> None:
    sitemap = "<urlset><url><loc>https://example.com/</loc></url></urlset>"

    async def use(fetcher: Fetcher, server: Scripted) -> list[Fetched | Unread]:
        server.answer("/s.xml", reply(200, sitemap, Content_Type="application/xml"))
        server.answer("/s.pdf", reply(200, sitemap, Content_Type="application/pdf"))
        found = [await fetcher.get(server.url(path), "xml") for path in ("/s.xml", "/s.pdf")]
        return [*found, await fetcher.get(server.url("/s.xml"))]

    xml, pdf, page = visit(use)
    assert isinstance(xml, Fetched)
    assert xml.text == sitemap
    assert failure(pdf) == "not_html"
    assert failure(page) == "not_html"


def test_a_client_outside_its_context_is_a_mistake_of_the_program() -> None:
    fetcher = Fetcher(Guard(Allowed.parse(["127.0.0.1:1"])))
    with pytest.raises(RuntimeError, match="entered"):
        asyncio.run(fetcher.get("http://127.0.0.1:1/"))
