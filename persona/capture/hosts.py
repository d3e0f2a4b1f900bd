"""Host names and IP addresses: one spelling for each, and which of them are public."""

import re
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Final

LONGEST_HOST: Final = 253
"""In characters: what the domain name system takes."""

_NAME = re.compile(
    r"(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"
)
_NUMBER = re.compile(r"0x[0-9a-f]*|[0-9]+")
_RESERVED: Final = frozenset(
    {
        *("localhost", "local", "localdomain", "internal", "intranet", "private", "corp", "home"),
        *("lan", "test", "invalid", "example", "onion", "alt", "arpa"),
    }
)
"""Endings that are set aside, or in wide use, for names that are not public (RFC 6761, 6762,
7686, 8375, 9476 and what routers give out)."""

_PRIVATE_V4: Final = tuple(
    IPv4Network(net)
    for net in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "168.63.129.16/32",  # a cloud's own services, at a public address
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
    )
)
_PUBLIC_V6: Final = IPv6Network("2000::/3")
_PRIVATE_V6: Final = tuple(
    IPv6Network(net)
    for net in (
        "2001::/23",  # Teredo, benchmarks, overlay identifiers
        "2001:db8::/32",
        "2002::/16",  # 6to4 carries a v4 address, and no public website needs it
        "3ffe::/16",
        "3fff::/20",
    )
)
_NAT64: Final = IPv6Network("64:ff9b::/96")


@lru_cache(maxsize=65536)
def canonical(host: str) -> str:
    """Return a host's one spelling: lower case, ASCII (punycode), no final dot, no brackets.

    An IP address in any spelling (decimal, octal, hexadecimal, short, zone) becomes its usual
    one. Raises ValueError, with words that complete "it …", when it can be no host at all.
    """
    host = host.strip().lower()
    if ":" in host:
        return str(_v6(host))
    host = _ascii(host).removesuffix(".")
    if not host or len(host) > LONGEST_HOST:
        raise ValueError("has no name" if not host else "is too long for a name")
    if ends_in_number(host):
        return str(_v4(host))
    if not _NAME.fullmatch(host):
        raise ValueError("is no name that a website can have")
    return host


def literal(host: str) -> IPv4Address | IPv6Address | None:
    """Return the IP address that a canonical host is, None for a name."""
    if ":" in host or ends_in_number(host):
        return ip_address(host)
    return None


def ends_in_number(host: str) -> bool:
    """Return whether the last label is a number, so that a machine would read an IP address."""
    return _NUMBER.fullmatch(host.rpartition(".")[2]) is not None


def is_reserved(host: str) -> bool:
    """Return whether a canonical host is a name that cannot be on the public internet."""
    labels = host.rsplit(".", 2)
    return len(labels) == 1 or labels[-1] in _RESERVED


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Return whether an IP address is one that websites on the public internet can have.

    Loopback, private, link-local, carrier, multicast, reserved, documentation, benchmark and
    metadata addresses are not, nor is one that carries another inside (v4-mapped, v4-compatible,
    6to4, Teredo). Of NAT64 addresses, the v4 address inside decides.
    """
    if isinstance(address, IPv4Address):
        return not any(address in net for net in _PRIVATE_V4)
    if address in _NAT64:
        return is_public(IPv4Address(int(address) & 0xFFFFFFFF))
    if address.scope_id is not None or address not in _PUBLIC_V6:
        return False
    return not any(address in net for net in _PRIVATE_V6)


def _ascii(host: str) -> str:
    if host.isascii():
        return host
    import idna

    if len(host) > LONGEST_HOST:
        raise ValueError("is too long for a name")
    try:
        return idna.encode(host, uts46=True, transitional=False).decode("ascii").lower()
    except (idna.IDNAError, UnicodeError):
        raise ValueError("has characters that no name can have") from None


def _v6(host: str) -> IPv6Address:
    try:
        return IPv6Address(host[1:-1] if host.startswith("[") and host.endswith("]") else host)
    except ValueError:
        raise ValueError("is no name that a website can have") from None


def _v4(host: str) -> IPv4Address:
    """Read an IPv4 address as machines do: one to four decimal, octal or hexadecimal parts."""
    parts = host.split(".")
    if len(parts) > 4 or not all(_NUMBER.fullmatch(part) for part in parts):
        raise ValueError("ends in a number, which no name of a website does")
    try:
        *heads, last = (_number(part) for part in parts)
        value = last
        for place, head in enumerate(heads):
            value += head << (24 - 8 * place)
        if any(head > 255 for head in heads) or last >> (8 * (5 - len(parts))):
            raise ValueError
        return IPv4Address(value)
    except ValueError:
        raise ValueError("is a number, not the name of a website") from None


def _number(part: str) -> int:
    if part.startswith("0x"):
        return int(part[2:] or "0", 16)
    return int(part, 8) if part.startswith("0") and len(part) > 1 else int(part)
