"""One spelling for each host, and which IP addresses are public."""

from ipaddress import ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from persona.capture.hosts import canonical, is_public, is_reserved, literal

NOT_PUBLIC = (
    "0.0.0.0 10.0.0.1 100.64.0.1 100.100.100.200 127.0.0.1 127.255.255.254 168.63.129.16 "
    "169.254.169.254 172.16.0.1 172.31.255.255 192.0.0.192 192.0.2.1 192.88.99.1 192.168.1.1 "
    "198.18.0.1 198.19.255.255 198.51.100.1 203.0.113.1 224.0.0.1 239.1.1.1 240.0.0.1 "
    "255.255.255.255 :: ::1 ::127.0.0.1 ::ffff:10.0.0.1 ::ffff:8.8.8.8 64:ff9b::7f00:1 "
    "64:ff9b::a00:1 64:ff9b:1::808:808 100::1 2001::1 2001:0:4136:e378:8000:63bf:3fff:fdd2 "
    "2001:2::1 2001:10::1 2001:db8::1 2002:7f00:1::1 2002:808:808::1 3fff::1 5f00::1 fc00::1 "
    "fd00:ec2::254 fe80::1 fe80::1%eth0 fec0::1 ff02::1 2606:4700::1%eth0"
)
PUBLIC = (
    "1.1.1.1 8.8.8.8 100.63.255.255 100.128.0.1 172.15.0.1 172.32.0.1 192.0.1.1 198.17.0.1 "
    "198.20.0.1 223.255.255.255 2606:4700::6810:84e5 2a00:1450:4009::200e 64:ff9b::808:808"
)


@pytest.mark.parametrize(
    ("written", "host"),
    [
        ("Example.COM.", "example.com"),
        ("münchen.de", "xn--mnchen-3ya.de"),
        ("xn--mnchen-3ya.de", "xn--mnchen-3ya.de"),
        ("straße.de", "xn--strae-oqa.de"),
        ("127.1", "127.0.0.1"),
        ("0x7f.1", "127.0.0.1"),
        ("0177.0.0.1", "127.0.0.1"),
        ("2130706433", "127.0.0.1"),
        ("0x7F000001", "127.0.0.1"),
        ("0", "0.0.0.0"),
        ("10.1.258", "10.1.1.2"),
        ("１２７。０。０。１", "127.0.0.1"),
        ("[::1]", "::1"),
        ("[::FFFF:7f00:1]", "::ffff:127.0.0.1"),
        ("fe80::1%eth0", "fe80::1%eth0"),
    ],
)
def test_every_spelling_of_a_host_becomes_one(written: str, host: str) -> None:
    assert ip_address(canonical(written)) == ip_address(host) if ":" in host else True
    assert ":" in host or canonical(written) == host


@pytest.mark.parametrize(
    "written",
    [
        *("", ".", "a..b", "-a.com", "a b.com", "a%2eb.com", "256.1.1.1.1", "1.2.3.4.5"),
        *("256.1.1.1", "a.com.1", "0x.example.09", "☃.net", "[::1", "::g"),
        *("a" * 64 + ".com", "ü" * 300, "a." * 130),
    ],
)
def test_what_no_website_can_be_called(written: str) -> None:
    with pytest.raises(ValueError, match=r"^(has|is|ends) "):
        canonical(written)


@given(st.text(max_size=60))
def test_the_canonical_spelling_is_stable_and_plain(text: str) -> None:
    try:
        host = canonical(text)
    except ValueError:
        return
    assert host.isascii()
    assert canonical(host) == host
    assert literal(host) is None or str(literal(host)) == host


@pytest.mark.parametrize("ip", NOT_PUBLIC.split())
def test_addresses_that_no_public_website_has(ip: str) -> None:
    assert not is_public(ip_address(ip))


@pytest.mark.parametrize("ip", PUBLIC.split())
def test_addresses_that_a_public_website_can_have(ip: str) -> None:
    assert is_public(ip_address(ip))


@given(st.ip_addresses())
def test_nothing_is_public_that_the_standard_library_calls_loopback_or_local(ip: object) -> None:
    address = ip_address(str(ip))
    if is_public(address):
        kinds = (address.is_loopback, address.is_link_local, address.is_multicast)
        assert not any((*kinds, address.is_unspecified))


def test_names_set_aside_are_reserved() -> None:
    for host in ("localhost", "printer", "a.local", "x.internal", "a.b.test", "z.onion"):
        assert is_reserved(host)
    assert not is_reserved("local.com")
