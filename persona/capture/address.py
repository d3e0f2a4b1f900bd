"""From an address as a person types it, or a spreadsheet holds it, to one public website."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

import msgspec

from persona.capture.guard import NOTHING, PORTS, Allowed, split_authority
from persona.capture.hosts import canonical, is_reserved, literal
from persona.capture.mailers import MAIL_PROVIDERS
from persona.errors import AddressError

if TYPE_CHECKING:
    from tldextract import TLDExtract
    from tldextract.tldextract import ExtractResult

LONGEST: Final = 2048
"""Longest cell that is looked at, in characters."""

_SHOWN: Final = 60
_SECRET = re.compile(r"//[^/@\s]*@")
_ADVICE: Final = "type one such as example.com"
_ALLOW: Final = "if you mean it, name it with --allow-address"

_BETWEEN = re.compile(
    r"[\s<>\"“”„«»|`]+|\]\(|[,;](?=$|https?:|www\.|[^\s,;/?#]+\.[a-z]{2})", re.IGNORECASE
)
_OPENING, _CLOSING = "([{'‘*_.,;:!?…•·–—-", ")]}'’*_.,;:!?…•·–—-"
_PAIRS: Final = {")": "(", "]": "[", "}": "{"}
_LEFT_OVER = re.compile(r"\x1b\[[0-9;]*[A-Za-z]|&(?:nbsp|lt|gt|quot|zwnj|#\d{1,6});")
_V6 = re.compile(r"\[[0-9a-f.]*:[0-9a-f:.]*\]", re.IGNORECASE)
_LABEL = re.compile(
    r"(?:mailto|e-?mail|web|website|url|uri|site|homepage|domain):(?!\d)", re.IGNORECASE
)
_HTTP = re.compile(r"(?:http|hxxp|htp|ttp|htttp|htpp)(s?)(?:[:;][/\\]*|[/\\]{2})", re.IGNORECASE)
_SCHEME = re.compile(r"([a-z][a-z0-9+-]*):(//)?(?!\d{1,5}(?:[/?#]|$)|$)", re.IGNORECASE)
_PARTS = re.compile(r"([^/?#]*)([^#]*)", re.DOTALL)
_UNSAFE = re.compile(r"[^\x21-\x7e]")
_FILE = re.compile(
    r"(?:\.{1,2}[/\\]|/(?!/)|~/|[a-z]:[/\\])"
    r"|[^/?#@]+\.(?:html?|php|aspx?|csv|tsv|xlsx?|docx?|pptx?|pdf|txt|json|jsonl|xml|ya?ml|toml|log"
    r"|gz|zip|rar|7z|warc|mov|mp4|png|jpe?g|gif|svg|css|js|exe|eml|msg)$",
    re.IGNORECASE,
)


class Site(msgspec.Struct, frozen=True):
    """One website as somebody typed it.

    ``domain`` is the registrable domain in lower-case ASCII, or the host itself where there is
    none (an allowed IP address or intranet name); ``port`` is None for the usual ones.
    ``starts`` are the addresses to try, in order, until one answers: what was typed, where it had
    a scheme or a path, then the home page with and without "www." and encryption.
    """

    domain: str
    host: str
    port: int | None
    starts: tuple[str, ...]


class _Typed(msgspec.Struct, frozen=True):
    """One piece of what was typed, taken apart; ``scheme`` is "" where none was typed."""

    scheme: str
    host: str
    port: int | None
    path: str


class _Unusable(Exception):
    """Why a piece is no website, and what to do about it."""

    def __init__(self, why: str, advice: str = _ADVICE) -> None:
        super().__init__(why)
        self.advice = advice


def parse_address(typed: str, allowed: Allowed = NOTHING) -> Site:
    """Return the first website that ``typed`` names.

    Raises AddressError, in one line, when there is none that is public or in ``allowed``.
    """
    if len(typed) > LONGEST:
        raise _error(typed, _Unusable("it is too long for an address"))
    text = _visible(typed)
    if text.startswith("="):
        raise _error(typed, _Unusable("it is a formula", "put the address itself in its place"))
    complaints: list[tuple[str, _Unusable]] = []
    for piece in _pieces(text):
        try:
            return _site(_read(piece), allowed)
        except _Unusable as why:
            complaints.append((piece, why))
    alike = [
        why for piece, why in complaints if len(complaints) == 1 or re.search(r"[.:/@]", piece)
    ]
    raise _error(typed, alike[0] if alike else _Unusable("there is no address in it"))


@lru_cache(maxsize=65536)
def registrable_domain(host: str) -> str:
    """Return the domain that one owner holds: "example.co.uk" for "www.example.co.uk".

    Each tenant of a shared domain ("shop.myshopify.com") is an owner. Of a name that is not
    public it is the last two labels; where there is none (an IP address, one word, a public
    ending) the host itself. Never raises.
    """
    try:
        host = canonical(host)
    except ValueError:
        return host.strip().lower()
    if literal(host) is not None:
        return host
    parts = _extract(host)
    if not parts.suffix:
        return ".".join(host.rsplit(".", 2)[-2:])
    return parts.top_domain_under_public_suffix or host


@lru_cache(maxsize=65536)
def public_suffix(host: str) -> str:
    """Return the ending under which names are given out: "co.uk" for "www.example.co.uk".

    It is "" for an IP address and for a name that is not public. Never raises.
    """
    try:
        host = canonical(host)
    except ValueError:
        return ""
    return "" if literal(host) is not None else _extract(host).suffix


@cache
def _extractor() -> "TLDExtract":
    from tldextract import TLDExtract

    return TLDExtract(suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True)


def _extract(host: str) -> "ExtractResult":
    return _extractor().extract_str(host)


def _visible(typed: str) -> str:
    """Return the text without characters that take no room, and with plain spaces and dots."""
    plain = _LEFT_OVER.sub(" ", typed).replace("[.]", ".").replace("[:]", ":")
    kept = (char for char in plain if unicodedata.category(char) not in ("Cf", "Cs"))
    return "".join(" " if unicodedata.category(c) in ("Cc", "Zs") else c for c in kept).strip()


def _pieces(text: str) -> Iterator[str]:
    for piece in _BETWEEN.split(text):
        bare = piece if _FILE.match(piece) else _unwrapped(piece)
        if bare:
            yield bare


def _unwrapped(piece: str) -> str:
    """Return a piece without the punctuation around it; IPv6 brackets and a balanced ) stay."""
    while piece and piece[0] in _OPENING and not _V6.match(piece):
        piece = piece[1:]
    while piece and piece[-1] in _CLOSING:
        opening = _PAIRS.get(piece[-1])
        if opening and piece.count(opening) >= piece.count(piece[-1]):
            break
        piece = piece[:-1]
    return piece


def _read(piece: str) -> _Typed:
    """Take one piece apart; _Unusable when it is no http(s) or e-mail address."""
    rest = _LABEL.sub("", piece, count=1) if _LABEL.match(piece) else piece
    scheme = ""
    while prefix := _HTTP.match(rest):
        scheme, rest = f"http{prefix[1].lower()}", rest[prefix.end() :]
    if not scheme:
        if _FILE.match(rest):
            raise _Unusable("it is the name of a file", "type the website's address")
        rest = re.sub(r"^:?//", "", rest)
        other = _SCHEME.match(rest)
        if other and (other[2] or "@" not in rest):
            raise _Unusable(f"{other[1].lower()}: is not for web pages", _ADVICE)
    rest = re.sub(r"^[/\\]+", "", rest)
    authority, path = _PARTS.match(rest.replace("\\", "/")).groups()  # type: ignore[union-attr]
    return _mail(authority, scheme) or _web(authority, path, scheme)


def _mail(authority: str, scheme: str) -> _Typed | None:
    """Read an e-mail address; None when it is none."""
    user, at, host = authority.rpartition("@")
    if not at:
        return None
    if scheme or ":" in user:
        raise _Unusable("it carries a user name or a password", "type it without them")
    site = registrable_domain(_authority(host)[0])
    if site in MAIL_PROVIDERS:
        raise _Unusable(
            f"{site} is a mail provider, not the company's site", "type the site's name"
        )
    return _Typed("", site, None, "")


def _web(authority: str, path: str, scheme: str) -> _Typed:
    host, port = _authority(authority)
    path = _UNSAFE.sub(lambda char: _percent(char[0]), path)
    return _Typed(scheme, host, port, path if path.startswith("/") or not path else f"/{path}")


def _percent(char: str) -> str:
    return "".join(f"%{byte:02X}" for byte in char.encode())


def _authority(authority: str) -> tuple[str, int | None]:
    try:
        return split_authority(authority)
    except ValueError as error:
        raise _Unusable(f"it {error}") from None


def _site(typed: _Typed, allowed: Allowed) -> Site:
    ports = (typed.port,) if typed.port else tuple(PORTS.values())
    if any(allowed.allows(typed.host, port) for port in ports):
        domain, names = registrable_domain(typed.host), [typed.host]
    else:
        domain = _public_domain(typed.host)
        if typed.port and typed.port not in PORTS.values():
            raise _Unusable(f"port {typed.port} is none of a public website's", _ALLOW)
        names = _names(typed, domain)
    port = typed.port if typed.port not in PORTS.values() else None
    return Site(domain, typed.host, port, tuple(dict.fromkeys(_starts(typed, names))))


def _names(typed: _Typed, domain: str) -> list[str]:
    """Return the host, and the other one of "example.com" and "www.example.com"."""
    if typed.host == f"www.{domain}":
        return [typed.host, domain]
    if typed.host == domain and not domain.startswith("www.") and not _extract(domain).is_private:
        return [domain, f"www.{domain}"]
    return [typed.host]


def _public_domain(host: str) -> str:
    """Return the registrable domain of a name on the public internet; _Unusable for others."""
    if literal(host) is not None:
        raise _Unusable("it is a number or an IP address, not the name of a website", _ALLOW)
    if is_reserved(host):
        if "." not in host and host != "localhost":
            raise _Unusable("it is a word, not the whole name of a website")
        raise _Unusable("it is not a name on the public internet", _ALLOW)
    parts = _extract(host)
    if not parts.suffix:
        raise _Unusable(f".{host.rpartition('.')[2]} is not the ending of a public name", _ADVICE)
    if not parts.domain and not parts.is_private:
        raise _Unusable("it is an ending that many names share, without the name before it")
    return parts.top_domain_under_public_suffix or host


def _starts(typed: _Typed, names: list[str]) -> Iterator[str]:
    """Yield the addresses to try: as typed, then what people leave out or get wrong."""
    at = f":{typed.port}" if typed.port else ""
    homes = [f"[{name}]{at}" if ":" in name else f"{name}{at}" for name in names]
    schemes = _schemes(typed)
    if typed.scheme or typed.path not in ("", "/"):
        yield f"{typed.scheme or schemes[0]}://{homes[0]}{typed.path or '/'}"
    for scheme in schemes:
        yield from (f"{scheme}://{home}/" for home in homes)


def _schemes(typed: _Typed) -> tuple[str, ...]:
    """Return the schemes to try; one typed with https is never tried without."""
    if typed.port in PORTS.values():
        return ("https",) if typed.port == PORTS["https"] else ("http",)
    if typed.scheme == "https":
        return ("https",)
    return ("http", "https") if typed.port else ("https", "http")


def _error(typed: str, why: _Unusable) -> AddressError:
    shown = _SECRET.sub("//…@", " ".join(_visible(typed[: 4 * _SHOWN]).split()))
    shown = shown if len(shown) <= _SHOWN else f"{shown[: _SHOWN - 1]}…"
    if not shown:
        return AddressError(f"no address was given; {why.advice}")
    return AddressError(f"{shown!r} is no public website: {why}; {why.advice}")
