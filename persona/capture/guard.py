"""The guard: which addresses may be contacted, whoever supplied them.

Every address from a user or a page is taken for hostile. ``check_url`` looks at what is written;
``permitted`` at the IP address that a name stands for. The resolver looks a name up once, and
gives the client only addresses that passed, so that no second lookup can answer otherwise.
"""

import re
import socket
from collections.abc import Awaitable, Callable, Iterable, Sequence
from ipaddress import ip_address
from typing import TYPE_CHECKING, Final

import msgspec

from persona.capture.hosts import canonical, is_public, is_reserved, literal
from persona.capture.lookup import SystemLookup
from persona.errors import AddressError, UsageError

if TYPE_CHECKING:
    from aiohttp.abc import AbstractResolver

PORTS: Final = {"http": 80, "https": 443}

_URL = re.compile(r"(https?)://([^/?#\\@\s]+)(?=[/?#]|$)", re.IGNORECASE)
_UNSEEN = re.compile(r"[\x00-\x20\x7f]")
_CREDENTIALS = re.compile(r"https?://[^/?#]*@", re.IGNORECASE)
_AUTHORITY = re.compile(r"(\[[^\[\]]+\]|[^:\[\]]+)(?::(\d{0,5}))?")

Lookup = Callable[[str, int], Awaitable[Sequence[str]]]
"""Looks up a host and port; gives its IP addresses, or raises OSError."""


class Refused(AddressError):
    """An address that may not be contacted; the message says why, in a few words."""


class Allowed(msgspec.Struct, frozen=True):
    """The places, each a canonical host with a port, that are let through by name.

    For a staging site or an intranet, and for tests on loopback.
    """

    places: frozenset[tuple[str, int]] = frozenset()

    @classmethod
    def parse(cls, entries: Iterable[str]) -> "Allowed":
        """Read ``HOST`` (ports 80 and 443) or ``HOST:PORT`` entries; UsageError for nonsense."""
        places: set[tuple[str, int]] = set()
        for entry in entries:
            try:
                host, port = split_authority(entry.strip())
            except ValueError:
                raise UsageError(
                    f"--allow-address {entry[:60]!r}: not a host or a host with a port; write it "
                    "as staging.example.com or 127.0.0.1:8080"
                ) from None
            places.update((host, each) for each in ([port] if port else PORTS.values()))
        return cls(frozenset(places))

    def allows(self, host: str, port: int) -> bool:
        """Return whether this canonical host was allowed by name at this port."""
        return (host, port) in self.places


NOTHING: Final = Allowed()


class Guard:
    """Decides what may be contacted; ``lookup`` stands in for the system's in tests."""

    def __init__(self, allowed: Allowed = NOTHING, lookup: Lookup | None = None) -> None:
        self.allowed = allowed
        self._lookup = lookup or SystemLookup()

    def check_url(self, url: str) -> None:
        """Raise Refused unless ``url`` is http(s), without credentials, to a public name and port.

        An IP address is refused in every spelling: no company's website needs one, and the
        client would connect to it without asking the resolver.
        """
        scheme, host, port = _split(url)
        port = port or PORTS[scheme]
        if self.allowed.allows(host, port):
            return
        if port not in PORTS.values():
            raise Refused(f"port {port} is none of a public website's")
        if literal(host) is not None:
            raise Refused(f"{host} is an IP address, not the name of a website")
        if is_reserved(host):
            raise Refused(f"{host} is not a name on the public internet")

    def is_own(self, url: str) -> bool:
        """Return whether an address is one that was allowed by name."""
        scheme, host, port = _split(url)
        return self.allowed.allows(host, port or PORTS[scheme])

    def permitted(self, host: str, port: int, ip: str) -> bool:
        """Return whether ``host``, found at ``ip``, may be connected to at ``port``."""
        if self.allowed.allows(host, port):
            return True
        try:
            return port in PORTS.values() and is_public(ip_address(ip))
        except ValueError:
            return False

    async def addresses(self, host: str, port: int) -> tuple[str, ...]:
        """Look ``host`` up, once, and return its IP addresses, all of them permitted.

        Raises Refused when any of them is forbidden: a name that stands for a public and a
        private address at once is either broken or made to deceive, and reading half of it would
        hide that. Raises OSError when there is no such name.
        """
        name = _canonical(host)
        found = tuple(dict.fromkeys(await self._lookup(name, port)))
        if not found:
            raise socket.gaierror(socket.EAI_NONAME, "no address for this name")
        for ip in found:
            if not self.permitted(name, port, ip):
                raise Refused(f"{host} stands for {ip}, which is not on the public internet")
        return found

    def resolver(self) -> "AbstractResolver":
        """Return a resolver for aiohttp that gives out checked addresses only."""
        from persona.capture.resolver import CheckedResolver

        return CheckedResolver(self.addresses)


def split_authority(authority: str) -> tuple[str, int | None]:
    """Return the canonical host and the port, None where none is given.

    Raises ValueError, with words that complete "it …", for anything else.
    """
    if not authority:
        raise ValueError("has no name in it")
    bare_v6 = authority.count(":") > 1 and not authority.startswith("[")
    parts = _AUTHORITY.fullmatch(f"[{authority}]" if bare_v6 else authority)
    if not parts:
        raise ValueError("is no name that a website can have")
    port = int(parts[2]) if parts[2] else None
    if port is not None and not 0 < port < 65536:
        raise ValueError("has a port that does not exist")
    return canonical(parts[1]), port


def _split(url: str) -> tuple[str, str, int | None]:
    """Return scheme, canonical host and port; strict, so that no client reads it otherwise."""
    if _CREDENTIALS.match(url):
        raise Refused("it carries a user name or a password")
    parts = _URL.match(url)
    if not parts or _UNSEEN.search(url):
        raise Refused("it is no address of a web page")
    try:
        host, port = split_authority(parts[2])
    except ValueError as error:
        raise Refused(f"its host {error}") from None
    return parts[1].lower(), host, port


def _canonical(host: str) -> str:
    try:
        return canonical(host)
    except ValueError as error:
        raise Refused(f"the host {error}") from None
