"""Addresses written one way, the links of a page, and which of them are worth asking for."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from persona.capture.links import (
    askable,
    base_of,
    feed_links,
    key,
    leads,
    refresh_of,
    shape,
    tidy,
)

HERE = "https://example.com/a/b"


@pytest.mark.parametrize(
    ("href", "url"),
    [
        ("/x", "https://example.com/x"),
        ("x", "https://example.com/a/x"),
        ("../x/./y", "https://example.com/x/y"),
        ("//blog.example.com/x", "https://blog.example.com/x"),
        ("HTTPS://EXAMPLE.COM:443//x//y#part", "https://example.com/x/y"),
        ("http://example.com:80", "http://example.com/"),
        ("/x?utm_source=a&b=2&a=1&gclid=9", "https://example.com/x?a=1&b=2"),
        ("/x;jsessionid=0AF?PHPSESSID=77", "https://example.com/x"),
        ("/ü b", "https://example.com/%C3%BCb"),
        (" /x\n", "https://example.com/x"),
    ],
)
def test_an_address_is_written_one_way(href: str, url: str) -> None:
    assert tidy(href, HERE) == url


@pytest.mark.parametrize(
    "href",
    [
        "",
        "mailto:a@example.com",
        "javascript:void(0)",
        "data:text/html,x",
        "file:///etc/passwd",
        "https://user:secret@example.com/",
        "https://[::1",
        "http://example.com:99999/",
        "/${path}",
        '\\"/x\\"',
        "/" + "x" * 400,
        "/a/b/c/d/e/f/g/h/i/j",
        "/x?a=1&b=2&c=3&d=4",
    ],
)
def test_what_is_no_usable_address_is_none(href: str) -> None:
    assert tidy(href, HERE) is None


@pytest.mark.parametrize(
    "path",
    [
        "/login",
        "/my-account/orders",
        "/cart",
        "/search?q=pump",
        "/blog/tag/pumps",
        "/author/jo",
        "/brochure.pdf",
        "/photo.JPG",
        "/blog/page/2",
        "/blog?page=2&sort=new",
        "/shirts?color=red",
        "/a/b/a/b/a/b",
        "/wp-login.php",
        "/feed",
    ],
)
def test_pages_that_tell_nothing_of_a_company_are_not_asked_for(path: str) -> None:
    assert not askable(f"https://example.com{path}")
    assert askable("https://example.com/blog/how-we-log-in-less")


def test_applications_and_translations_on_subdomains_are_left_aside() -> None:
    assert not askable("https://app.example.com/about")
    assert askable("https://careers.example.com/about")


def test_spellings_of_one_page_share_a_key_and_patterns_a_shape() -> None:
    assert key("http://www.example.com/x/") == key("https://example.com/x/index.html")
    assert shape("https://e.com/cal/2024/05?d=7") == shape("https://e.com/cal/2031/11?d=9")
    assert shape("https://e.com/blog/a") != shape("https://e.com/blog/b")


def test_links_come_in_the_order_of_the_page_with_their_text() -> None:
    html = (
        '<a class="x" href="/about">About <b>us</b></a><A HREF=\'/b\'>B</A>'
        "<a\nhref=/c>C &amp; D</a>"
        '<!-- <a href="/hidden">no</a> --><a href="#top">top</a><a name="x">anchor</a>'
    )
    assert list(leads(html, "https://example.com/")) == [
        ("https://example.com/about", "About us"),
        ("https://example.com/b", "B"),
        ("https://example.com/c", "C & D"),
    ]


def test_base_decides_where_relative_links_lead() -> None:
    html = '<base href="https://other.example/x/"><a href="y">y</a>'
    assert base_of(html, HERE) == "https://other.example/x/"
    assert [lead.url for lead in leads(html, HERE)] == ["https://other.example/x/y"]
    assert base_of('<base href="https://[bad">', HERE) == HERE


def test_known_links_are_passed_over_before_anything_is_done_with_them() -> None:
    known = {"/about"}
    html = '<a href="/about">a</a><a href="/new">b</a>'
    assert [lead.url for lead in leads(html, HERE, lambda href: href not in known)] == [
        "https://example.com/new"
    ]


def test_the_feed_of_posts_is_found_and_that_of_comments_is_not() -> None:
    html = (
        '<link rel="alternate" type="application/rss+xml" title="Comments" href="/comments/feed">'
        '<link rel=alternate type=application/atom+xml href="/feed.atom">'
    )
    assert feed_links(html, HERE) == ["https://example.com/feed.atom"]


@pytest.mark.parametrize(
    ("meta", "target"),
    [
        ('<meta http-equiv="refresh" content="0; url=/new">', "https://example.com/new"),
        ("<META HTTP-EQUIV=Refresh CONTENT='3;URL=\"/new\"'>", "https://example.com/new"),
        ('<meta http-equiv="refresh" content="300">', None),
        ('<meta http-equiv="refresh" content="60; url=/new">', None),
        ('<meta http-equiv="refresh" content="0; url=/a/b">', None),
        ('<meta http-equiv="refresh" content="0; url=file:///etc/passwd">', None),
        ('<meta name="description" content="0; url=/refresh">', None),
    ],
)
def test_a_page_that_passes_visitors_on_at_once_is_noticed(meta: str, target: str | None) -> None:
    assert refresh_of(f"<head>{meta}</head>", HERE) == target


@pytest.mark.parametrize(
    "html",
    [
        "<a href='" * 200_000,
        "<a " * 500_000,
        "<!--" * 300_000 + "<a href=/x>x</a>",
        "<base " * 100_000 + "<meta http-equiv=refresh " * 50_000,
        '<a href="/x">' + "<" * 1_000_000,
    ],
)
def test_pages_made_to_be_slow_are_not(html: str) -> None:
    start = time.process_time()
    list(leads(html, HERE))
    refresh_of(html, HERE)
    feed_links(html + "+xml", HERE)
    assert time.process_time() - start < 2.0


@given(st.text(max_size=200))
def test_any_text_is_an_address_or_none(href: str) -> None:
    url = tidy(href, HERE)
    if url is not None:
        assert url.startswith(("http://", "https://"))
        assert tidy(url) == url
        askable(url)
        url.encode("ascii", "strict") if href.isascii() else shape(url)
