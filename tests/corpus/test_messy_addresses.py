"""Every row of a CRM export with the addresses as people left them."""

import csv
from pathlib import Path

import pytest

from persona.capture.address import parse_address
from persona.capture.guard import Guard
from persona.errors import AddressError

TABLE = Path(__file__).parents[3] / "shared" / "data" / "prospects_messy.csv"
REFUSED = {
    "": "no address was given",
    "n/a": "a word",
    "none": "a word",
    "-": "no address in it",
    "not a site": "no address in it",
    "http://": "no name",
    "localhost": "not a name on the public internet",
    "127.0.0.1": "an IP address",
    "10.0.0.5:8080": "an IP address",
    "http://169.254.169.254/latest/meta-data/": "an IP address",
    "http://2130706433/": "a number",
    "http://[::1]/": "an IP address",
    "file:///etc/passwd": "file: is not for web pages",
    "ftp://example.com": "ftp: is not for web pages",
    "javascript:alert(1)": "javascript: is not for web pages",
    "user:pass@example.com": "a user name or a password",
    "https://example.com:22/": "port 22",
}
TOO_LONG = "a" * 200
UNUSUAL = {
    "münchen-beispiel.de": "xn--mnchen-beispiel-zvb.de",
    "xn--mnchen-3ya.de": "xn--mnchen-3ya.de",
}

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not TABLE.exists(), reason="the messy table is not here"),
]


def plain(typed: str) -> str:
    """Return the domain: every usable row is a bare domain with one of a few things around it."""
    bare = typed.strip().strip("<>").lower().rpartition("@")[2]
    for start in ("https://", "http://", "//", "www."):
        bare = bare.removeprefix(start)
    return bare.partition("/")[0]


def test_every_row_is_a_site_or_a_refusal_with_its_reason() -> None:
    with TABLE.open(encoding="utf-8-sig", newline="") as file:
        cells = [row["Company Domain Name"] for row in csv.DictReader(file, delimiter=";")]
    assert len(cells) == 227
    guard = Guard()
    seen = set()
    for typed in cells:
        why = "too long" if typed.startswith(TOO_LONG) else REFUSED.get(typed.strip())
        if why:
            seen.add(why)
            with pytest.raises(AddressError, match=why):
                parse_address(typed)
            continue
        site = parse_address(typed)
        assert site.domain == UNUSUAL.get(typed, plain(typed)), typed
        for start in site.starts:
            guard.check_url(start)
    assert seen == {*REFUSED.values(), "too long"}
