"""Pages that a site lists for programs: sitemaps, indexes, and what is made to harm."""

import asyncio
import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from persona.capture.sitemaps import Listed, day_number, listed_pages, parse_sitemap

HERE = "https://example.com/sitemap.xml"
NS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def urlset(*paths: str) -> str:
    entries = "".join(f"<url><loc>https://example.com{path}</loc></url>" for path in paths)
    return f'<?xml version="1.0" encoding="UTF-8"?><urlset {NS}>{entries}</urlset>'


def index(*addresses: str) -> str:
    entries = "".join(f"<sitemap><loc>{address}</loc></sitemap>" for address in addresses)
    return f"<sitemapindex {NS}>{entries}</sitemapindex>"


def read(answer: Callable[[str], str | None]) -> tuple[list[Listed], list[str]]:
    """Read from the standard place; return the pages and what was asked for."""
    asked: list[str] = []

    async def ask(url: str) -> str | None:
        asked.append(url)
        return answer(url)

    return asyncio.run(listed_pages([HERE], ask)), asked


def test_pages_come_with_the_day_of_their_last_change() -> None:
    text = (
        f"<urlset {NS}><url><loc>\n https://example.com/a?utm_source=x </loc>"
        "<lastmod>2026-05-07T10:00:00Z</lastmod></url><url><loc>/b</loc></url>"
        "<url><loc>ftp://example.com/c</loc></url><url><lastmod>2026-01-01</lastmod></url></urlset>"
    )
    assert parse_sitemap(text, HERE).pages == (
        Listed("https://example.com/a", 20260507),
        Listed("https://example.com/b", 0),
    )


def test_an_index_leads_to_the_lists_that_tell_most_first() -> None:
    files = {
        HERE: index(*(f"https://example.com/{name}.xml" for name in ("image", "x", "post"))),
        "https://example.com/post.xml": urlset("/cheese"),
        "https://example.com/x.xml": urlset("/x"),
    }
    pages, asked = read(files.get)
    assert [page.url for page in pages] == ["https://example.com/cheese", "https://example.com/x"]
    assert pages[0].hint == "post"
    assert [url.rpartition("/")[2] for url in asked] == [
        "sitemap.xml",
        "post.xml",
        "x.xml",
        "image.xml",
    ]


def test_an_index_that_names_itself_is_read_once() -> None:
    pages, asked = read(lambda url: index(url, HERE))
    assert (pages, asked) == ([], [HERE])


def test_indexes_without_end_cost_five_requests_at_most() -> None:
    counter = iter(range(1000))
    fresh = lambda _: index(*(f"https://example.com/page-{next(counter)}.xml" for _ in range(9)))  # noqa: E731
    assert len(read(fresh)[1]) == 5


def test_indexes_of_indexes_are_followed_two_deep_only() -> None:
    deep = {
        HERE: index("https://example.com/page1.xml"),
        "https://example.com/page1.xml": index("https://example.com/page2.xml"),
        "https://example.com/page2.xml": urlset("/too-deep"),
    }
    assert read(deep.get) == ([], [HERE, "https://example.com/page1.xml"])


def test_an_entity_bomb_is_left_unread_at_once() -> None:
    bomb = '<?xml version="1.0"?><!DOCTYPE z [<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {chr(98 + i)} "{("&" + chr(97 + i) + ";") * 10}">' for i in range(12)
    )
    start = time.process_time()
    assert parse_sitemap(f"{bomb}]><urlset><url><loc>&m;</loc></url></urlset>", HERE).pages == ()
    assert time.process_time() - start < 1.0


def test_a_file_outside_is_never_read_through_an_entity() -> None:
    text = '<!DOCTYPE u SYSTEM "file:///etc/passwd"><urlset><url><loc>/a</loc></url></urlset>'
    assert parse_sitemap(text, HERE).pages == (Listed("https://example.com/a", 0),)


def test_of_a_very_long_sitemap_the_beginning_and_the_end_are_read() -> None:
    text = urlset(*(f"/{'pad' * 20}/{number}" for number in range(40_000)))
    start = time.process_time()
    pages = [page.url for page in parse_sitemap(text, HERE).pages]
    assert time.process_time() - start < 5.0
    assert pages[0].endswith("/0")
    assert pages[-1].endswith("/39999")
    assert 1000 < len(pages) <= 5000
    assert all(page.startswith("https://example.com/padpad") for page in pages)


@pytest.mark.parametrize("piece", ["<a/>", "<a>", "<a b='1'/>", "<url><loc>/x</loc></url>"])
def test_files_made_to_be_slow_are_not(piece: str) -> None:
    start = time.process_time()
    parse_sitemap("<urlset>" + piece * (500_000 // len(piece)), HERE)
    assert time.process_time() - start < 0.5


def test_a_plain_list_of_addresses_and_a_cut_off_file_are_read_too() -> None:
    assert parse_sitemap("https://example.com/a\nnonsense\n", HERE).pages[0].url.endswith("/a")
    cut = urlset("/a", "/b")[:-30]
    assert parse_sitemap(cut, HERE).pages[0].url == "https://example.com/a"
    assert parse_sitemap("<html><body>not found</body></html>", HERE).pages == ()


@pytest.mark.parametrize(
    ("text", "day"), [("2026-05-07", 20260507), ("2026", 0), ("yesterday", 0), ("", 0)]
)
def test_days(text: str, day: int) -> None:
    assert day_number(text) == day


@given(st.text(max_size=300))
def test_any_text_is_a_sitemap_of_no_or_some_pages(text: str) -> None:
    found = parse_sitemap(f"<urlset><url><loc>{text}</loc></url>{text}", HERE)
    assert all(page.url.startswith("http") for page in found.pages)
