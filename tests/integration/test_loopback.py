"""The server that stands in for the web: what the tests of a scan rely on."""

import socket
import time
from collections.abc import Iterator
from http.client import HTTPConnection

import pytest

from tests.integration.loopback import SITES, Loopback


@pytest.fixture(scope="module")
def served() -> Iterator[Loopback]:
    with Loopback({"corrowdale.example": SITES / "corrowdale", "*": SITES / "tarnholt"}) as web:
        yield web


def get(web: Loopback, path: str, host: str = "", method: str = "GET") -> tuple[int, str, str]:
    connection = HTTPConnection("127.0.0.1", web.port, timeout=5)
    try:
        connection.request(method, path, headers={"Host": host} if host else {})
        answer = connection.getresponse()
        where = answer.getheader("Location") or answer.getheader("Content-Type") or ""
        return answer.status, where, answer.read().decode()
    finally:
        connection.close()


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/", "Packaging machinery for every industry"),
        ("/machines", "Three families, one platform"),
        ("/machines/", "Three families, one platform"),
        ("/machines/tc-series?x=1", "Horizontal cartoners"),
        ("/news/tc%2D310", "adds a new model"),
    ],
)
def test_pages_have_pretty_addresses(served: Loopback, path: str, words: str) -> None:
    status, kind, body = get(served, path)
    assert (status, kind) == (200, "text/html; charset=utf-8")
    assert words in body


@pytest.mark.parametrize(
    "path", ["/nothing", "/../corrowdale/about", "/%2e%2e/corrowdale/about", "/news/%00"]
)
def test_what_is_not_there_is_a_404(served: Loopback, path: str) -> None:
    assert get(served, path)[0] == 404


def test_a_file_name_is_passed_on_to_its_pretty_address(served: Loopback) -> None:
    assert get(served, "/machines/index.html")[:2] == (301, "/machines/")
    assert get(served, "/about.html")[:2] == (301, "/about")


def test_sites_are_told_apart_by_the_host_asked_for(served: Loopback) -> None:
    assert "Fewer valve failures" in get(served, "/", "corrowdale.example")[2]
    assert "Packaging machinery" in get(served, "/", "elsewhere.example")[2]


def test_a_sitemap_leads_back_to_the_server(served: Loopback) -> None:
    status, kind, body = get(served, "/sitemap.xml")
    assert (status, kind) == (200, "application/xml; charset=utf-8")
    assert f"<loc>{served.origin}/machines/tc-series</loc>" in body
    assert "https://" not in body
    assert f"Sitemap: {served.origin}/sitemap.xml" in get(served, "/robots.txt")[2]


def test_a_head_request_has_no_body_and_others_are_refused(served: Loopback) -> None:
    assert get(served, "/", method="HEAD")[::2] == (200, "")
    assert get(served, "/", method="POST")[0] == 405


def test_requests_are_listed_and_latency_is_kept() -> None:
    with Loopback(SITES / "orvelle", latency=0.15) as web:
        before = time.monotonic()
        get(web, "/team")
        assert time.monotonic() - before >= 0.15
        assert [(asked.host, asked.path) for asked in web.asked] == [("127.0.0.1", "/team")]


def test_it_ends_at_once_with_connections_open_and_garbage_sent() -> None:
    with Loopback(SITES / "orvelle") as web:
        with socket.create_connection(("127.0.0.1", web.port), timeout=5) as rude:
            rude.sendall(b"\x00\x01garbage\r\n\r\n")
            assert rude.recv(64).startswith(b"HTTP/1.1 400")
        silent = socket.create_connection(("127.0.0.1", web.port), timeout=5)
        assert get(web, "/")[0] == 200
        before = time.monotonic()
    silent.close()
    assert time.monotonic() - before < 2
