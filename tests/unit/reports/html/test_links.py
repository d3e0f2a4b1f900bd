"""Addresses in a report: only plain public ones become links."""

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from persona.reports.html.links import link, safe_address, shown_address


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt://x.example/%0aalert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "//x.example/",
        "https:x.example",
        "https://",
        "https://good.example@bad.example/",
        "https://[::1",
        "https://x.example/\u202egnp",
        "https://x.example/ a",
        "https://x.example/\n",
        "",
        "https://x.example/" + "a" * 3000,
    ],
)
def test_what_is_no_plain_public_address_is_no_link(url: str) -> None:
    assert safe_address(url) == ""


@pytest.mark.parametrize("url", ["https://x.example/", "http://x.example/a?b=c&d#e"])
def test_a_plain_address_is_a_link_to_itself(url: str) -> None:
    assert link(url)["href"] == url


def test_an_address_is_shown_without_its_scheme_and_cut_where_it_is_long() -> None:
    assert shown_address("https://x.example/a/") == "x.example/a"
    assert shown_address("no address") == "no address"
    assert len(shown_address("https://x.example/" + "a" * 500)) == 90


@given(st.text(max_size=60) | st.from_regex(r"https?://\S{0,40}", fullmatch=True))
def test_every_link_is_http_with_a_host(url: str) -> None:
    address = safe_address(url)
    if address:
        parts = urlsplit(address)
        assert parts.scheme in ("http", "https")
        assert parts.hostname
        assert address.isascii()
        assert address.isprintable()
