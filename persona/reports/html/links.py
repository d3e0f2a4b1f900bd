"""Addresses in a report: only plain public ones become links."""

import re
from typing import Any, Final
from urllib.parse import urlsplit

from persona.layout import shorten
from persona.observations import Quote

_LONGEST_SHOWN: Final = 90
_PLAIN: Final = re.compile(r"[\x21-\x7e]{1,2048}")


def safe_address(url: str) -> str:
    """Return the address if it may stand in a link, "" otherwise.

    It may when it is plain ASCII of http or https, names a host, and hides no user before it.
    """
    if not _PLAIN.fullmatch(url):
        return ""
    try:
        parts = urlsplit(url)
        allowed = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return ""
    return url if allowed and "@" not in parts.netloc else ""


def shown_address(url: str) -> str:
    """Return an address as it is read: without its scheme, cut where it is very long."""
    return shorten(url.partition("://")[2].rstrip("/") or url, _LONGEST_SHOWN)


def link(url: str) -> dict[str, str]:
    """Return an address for a template: ``href``, "" where it must not be a link, and ``shown``."""
    return {"href": safe_address(url), "shown": shown_address(url)}


def quote(one: Quote) -> dict[str, Any]:
    """Return words from a page for a template, with the page's address."""
    return {"text": one.text, "page": link(one.url)}
