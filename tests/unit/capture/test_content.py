"""What of an answer is read, and whether it is a web page."""

import pytest

from persona.capture.content import Accept, appetite, failure_of, text_of
from persona.capture.exchange import Answer
from persona.capture.failures import Unreadable
from persona.capture.limits import MIB, Limits
from tests.integration.bombs import gzip_bomb, gzipped

LIMITS = Limits()
HTML = b"<!DOCTYPE html><html><body>Valves</body></html>"
XML = b'<?xml version="1.0"?><urlset><url><loc>https://example.com/</loc></url></urlset>'


def reply(body: bytes, *, status: int = 200, cut: bool = False, **headers: str) -> Answer:
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(status, names, (), body, cut)


def outcome(answer: Answer, accept: Accept = "page") -> str:
    try:
        return text_of(answer, accept, LIMITS)
    except Unreadable as error:
        return error.failure


@pytest.mark.parametrize(
    ("body", "content_type", "is_page"),
    [
        (HTML, "text/html", True),
        (HTML, "Text/HTML; charset=utf-8", True),
        (HTML, "text/html, text/html", True),
        (HTML, "application/xhtml+xml", True),
        (b"just words", "text/html", True),
        (HTML, "", True),
        (HTML, "text/plain", True),
        (b"\xef\xbb\xbf \n<html>", "", True),
        (b'<?xml version="1.0"?><!DOCTYPE html>', "application/xml", True),
        ("<html>".encode("utf-16"), "", True),
        (b"just words", "text/plain", False),
        (b"just words", "", False),
        (XML, "application/xml", False),
        (b"%PDF-1.7", "text/html", False),
        (b"\x89PNG\r\n", "text/html", False),
        (HTML, "application/pdf", False),
        (HTML, "image/png", False),
        (HTML, "application/json", False),
    ],
)
def test_what_is_a_web_page(body: bytes, content_type: str, is_page: bool) -> None:
    assert (outcome(reply(body, content_type=content_type)) != "not_html") == is_page


@pytest.mark.parametrize(
    ("status", "headers", "accept", "bytes_wanted"),
    [
        (200, {"content-type": "text/html"}, "page", 5 * MIB),
        (200, {}, "page", 5 * MIB),
        (200, {"content-type": "application/pdf"}, "page", 0),
        (200, {"content-type": "text/html", "content-length": "5242881"}, "page", 0),
        (200, {"content-type": "text/html", "content-length": "5242880"}, "page", 5 * MIB),
        (200, {"content-type": "text/html", "content-length": "9" * 5000}, "page", 0),
        (404, {"content-type": "text/html"}, "page", 64 * 1024),
        (301, {}, "page", 64 * 1024),
        (200, {"content-type": "application/pdf"}, "robots", 512 * 1024),
        (200, {"content-encoding": "gzip"}, "robots", 5 * MIB),
        (200, {"content-type": "application/rss+xml"}, "xml", 5 * MIB),
        (200, {"content-type": "video/mp4"}, "xml", 0),
    ],
)
def test_only_what_can_be_used_is_read(
    status: int, headers: dict[str, str], accept: Accept, bytes_wanted: int
) -> None:
    assert appetite(accept, LIMITS)(status, headers) == bytes_wanted


def test_a_page_that_is_longer_than_the_cap_is_too_large_but_a_robots_txt_is_cut() -> None:
    assert outcome(reply(HTML, content_type="text/html", cut=True)) == "too_large"
    assert outcome(reply(b"User-agent: *", cut=True), "robots") == "User-agent: *"
    long = gzipped(b"# a comment\n" * 100_000)
    assert len(outcome(reply(long, content_encoding="gzip"), "robots")) == 512 * 1024


def test_a_sitemap_may_be_packed_without_saying_so() -> None:
    assert outcome(reply(gzipped(XML), content_type="application/x-gzip"), "xml") == XML.decode()
    assert outcome(reply(gzip_bomb(), content_type="application/x-gzip"), "xml") == "too_large"
    assert outcome(reply(b"\x1f\x8bnonsense", content_type="text/xml"), "xml") == "bad_encoding"


def test_an_error_page_that_is_a_check_against_programs() -> None:
    check = b"<title>Just a moment...</title><script>window._cf_chl_opt={}</script>"
    url = "https://example.com/"
    assert failure_of(url, reply(check, status=403), LIMITS) == "bot_wall"
    assert failure_of(url, reply(gzipped(check), status=503, content_encoding="gzip"), LIMITS) == (
        "bot_wall"
    )
    assert failure_of(url, reply(b"\xff", status=403, content_encoding="br"), LIMITS) == "forbidden"
    assert failure_of(url, reply(b"No.", status=403), LIMITS) == "forbidden"
    assert failure_of(url, reply(HTML), LIMITS) is None
