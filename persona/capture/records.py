"""What a capture is made of: the pages read from one site, and what could not be read."""

from typing import Final, Literal

import msgspec

Failure = Literal[
    "dns",
    "refused",
    "timeout",
    "tls",
    "connection",
    "forbidden_address",
    "robots",
    "unauthorised",
    "forbidden",
    "too_many_requests",
    "server_error",
    "not_found",
    "http_error",
    "too_many_redirects",
    "elsewhere",
    "too_large",
    "bad_encoding",
    "not_html",
    "login_wall",
    "bot_wall",
    "script_only",
    "parked",
    "not_english",
    "offline",
    "budget",
]
"""Why a page could not be read. "forbidden" is HTTP 403, "forbidden_address" one that may not be
contacted, "bad_encoding" a body that cannot be decompressed, "offline" a page that the cache does
not hold, "budget" one left out because the time, page or byte limit of the site was reached."""

FAILURES: dict[Failure, str] = {
    "dns": "the name does not exist, or could not be looked up",
    "refused": "the server refused the connection",
    "timeout": "the server did not answer in time",
    "tls": "the certificate could not be verified",
    "connection": "the connection broke off",
    "forbidden_address": "the address is not on the public internet",
    "robots": "robots.txt asks not to read it",
    "unauthorised": "it asks for a password (401)",
    "forbidden": "the server refuses to show it (403)",
    "too_many_requests": "the server asked to be left alone (429)",
    "server_error": "the server had a fault of its own (5xx)",
    "not_found": "the page does not exist (404)",
    "http_error": "the server answered with an error",
    "too_many_redirects": "it is passed on in circles",
    "elsewhere": "it leads to another website, which is not read",
    "too_large": "it is larger than a page should be",
    "bad_encoding": "its content is damaged",
    "not_html": "it is not a web page",
    "login_wall": "it is behind a log-in",
    "bot_wall": "it is behind a check against programs",
    "script_only": "it shows nothing without running scripts",
    "parked": "the name is parked or for sale",
    "not_english": "it is not in English, the only language that is read",
    "offline": "it is not in the cache, and --offline was given",
    "budget": "the limit for this site was reached",
}


PAGES: Final = 12
MOST_PAGES: Final = 60
"""Pages of a site that are read unless more or fewer are asked for, and the most there can be."""


class CapturedPage(msgspec.Struct, frozen=True, omit_defaults=True):
    """One page as it was read: ``url`` after redirects, decoded ``html``.

    ``fetched_at`` is ISO 8601 in UTC, or as much of it as is known ("2024-05").
    """

    url: str
    html: str
    fetched_at: str | None = None
    status: int | None = None


class Unread(msgspec.Struct, frozen=True, omit_defaults=True):
    """A page that was asked for and could not be read; ``detail`` is for a log, one line."""

    url: str
    failure: Failure
    detail: str = ""


class Capture(msgspec.Struct, frozen=True):
    """The pages read from one site and the ones that could not be.

    ``site`` is the registrable domain ("example.co.uk"), or the host where there is none;
    ``address`` what was asked for. ``pages`` are in the order in which they were read, the home
    page first where it was read; ``earlier`` holds older readings of pages that were read again.
    """

    site: str
    address: str
    pages: tuple[CapturedPage, ...] = ()
    unread: tuple[Unread, ...] = ()
    earlier: tuple[CapturedPage, ...] = ()
