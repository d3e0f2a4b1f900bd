"""The client with a cache: when a server is asked again, and reading without the network."""

import time
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from aiohttp import web

from persona.capture.fetch import Fetched, Fetcher
from persona.capture.records import Unread
from persona.capture.store import Store
from tests.unit.capture.scripted import HTML, Scripted, reply, visit

DAY = 24 * 3600.0


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    complaints: list[str] = []
    with Store(tmp_path / "pages.sqlite", warn=complaints.append) as opened:
        yield opened
    assert complaints == []


def age(store: Store, key: str, seconds: float) -> None:
    """Make what is kept older than it is."""
    kept = store.get(key)
    assert kept
    store.put(key, msgspec.structs.replace(kept, fetched=kept.fetched - seconds))


async def home(fetcher: Fetcher, server: Scripted) -> Fetched | Unread:
    return await fetcher.get(server.url("/"))


def test_a_page_read_today_is_not_asked_for_again_nor_is_robots_txt(store: Store) -> None:
    server = Scripted()
    server.page("/")
    first = visit(home, store=store, server=server)
    again = visit(home, store=store, server=server)
    assert isinstance(first, Fetched)
    assert isinstance(again, Fetched)
    assert again == msgspec.structs.replace(first, from_cache=True)
    assert [each.path for each in server.asked] == ["/robots.txt", "/"]


def test_the_rest_of_a_way_is_kept_too(store: Store) -> None:
    server = Scripted()
    server.answer("/", reply(301, Location="/home"))
    server.page("/home")
    visit(home, store=store, server=server)
    again = visit(home, store=store, server=server)
    assert isinstance(again, Fetched)
    assert again.url.endswith("/home")
    assert server.paths() == ["/", "/home"]


@pytest.mark.parametrize(
    ("headers", "asked_with"),
    [
        ({"ETag": '"7"'}, {"If-None-Match": '"7"'}),
        (
            {"Last-Modified": "Sat, 01 Aug 2026 10:00:00 GMT"},
            {"If-Modified-Since": "Sat, 01 Aug 2026 10:00:00 GMT"},
        ),
    ],
)
def test_an_old_page_is_asked_for_only_if_it_changed(
    headers: dict[str, str], asked_with: dict[str, str], store: Store
) -> None:
    server = Scripted()
    server.answer("/", reply(200, HTML, Content_Type="text/html", **headers), reply(304))
    visit(home, store=store, server=server)
    age(store, server.url("/"), 2 * DAY)
    found = visit(home, store=store, server=server)
    assert isinstance(found, Fetched)
    assert (found.text, found.from_cache, found.status) == (HTML, True, 200)
    assert found.fetched_at > time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() - DAY))
    last = server.asked[-1].headers
    assert {name: last[name] for name in asked_with} == asked_with
    visit(home, store=store, server=server)
    assert len(server.paths()) == 2, "fresh again"


def test_an_old_page_that_changed_is_replaced(store: Store) -> None:
    server = Scripted()
    new = HTML.replace("steam", "water")
    server.answer("/", reply(200, HTML, Content_Type="text/html", ETag='"1"'))
    visit(home, store=store, server=server)
    age(store, server.url("/"), 2 * DAY)
    server.page("/", new)
    for from_cache in (False, True):
        found = visit(home, store=store, server=server)
        assert isinstance(found, Fetched)
        assert (found.text, found.from_cache) == (new, from_cache)


def test_a_page_that_is_not_there_is_not_asked_for_again_but_a_fault_is(store: Store) -> None:
    server = Scripted()
    server.answer("/fault", reply(500), reply(500), reply(500), reply(200, HTML))

    async def use(fetcher: Fetcher, server: Scripted) -> list[Fetched | Unread]:
        return [await fetcher.get(server.url(path)) for path in ("/gone", "/fault")]

    first = visit(use, store=store, server=server)
    second = visit(use, store=store, server=server)
    assert [page.failure for page in first if isinstance(page, Unread)] == [
        "not_found",
        "server_error",
    ]
    assert isinstance(second[0], Unread)
    assert isinstance(second[1], Fetched)
    assert server.paths() == ["/gone", "/fault", "/fault", "/fault", "/fault"]


def test_rules_that_changed_count_for_kept_pages_too(store: Store) -> None:
    server = Scripted()
    server.page("/")
    visit(home, store=store, server=server)
    server.robots("User-agent: *\nDisallow: /")
    age(store, "robots " + server.url("/robots.txt"), 2 * DAY)
    found = visit(home, store=store, server=server)
    assert isinstance(found, Unread)
    assert found.failure == "robots"


def test_offline_serves_what_is_kept_of_any_age_and_asks_nobody(store: Store) -> None:
    server = Scripted()
    server.page("/")
    visit(home, store=store, server=server)
    age(store, server.url("/"), 60 * DAY)
    server.asked.clear()

    async def use(fetcher: Fetcher, server: Scripted) -> list[Fetched | Unread]:
        urls = [server.url("/"), server.url("/other"), server.url("/", "one.test")]
        return [await fetcher.get(url) for url in urls]

    page, *others = visit(use, store=store, server=server, offline=True)
    assert isinstance(page, Fetched)
    assert (page.text, page.from_cache) == (HTML, True)
    assert [each.failure for each in others if isinstance(each, Unread)] == ["offline"] * 2
    assert server.asked == []


def test_offline_without_a_cache_reads_nothing() -> None:
    found = visit(home, offline=True)
    assert isinstance(found, Unread)
    assert found.failure == "offline"


def test_a_sitemap_and_a_page_of_one_address_are_kept_apart(store: Store) -> None:
    server = Scripted()
    server.answer("/", web.Response(text="<urlset></urlset>", content_type="application/xml"))

    async def use(fetcher: Fetcher, server: Scripted) -> list[bool]:
        found = [await fetcher.get(server.url("/")), await fetcher.get(server.url("/"), "xml")]
        return [isinstance(each, Fetched) for each in found]

    assert visit(use, store=store, server=server) == [False, True]
    assert visit(use, store=store, server=server) == [False, True]


def test_a_cache_that_holds_the_page_of_another_address_is_not_believed(store: Store) -> None:
    server = Scripted()
    server.page("/")
    first = visit(home, store=store, server=server)
    assert isinstance(first, Fetched)
    kept = store.get(first.url)
    assert kept
    store.put(first.url, msgspec.structs.replace(kept, url="elsewhere", text="forged"))
    again = visit(home, store=store, server=server)
    assert isinstance(again, Fetched)
    assert (again.url, again.text) == (first.url, HTML)
