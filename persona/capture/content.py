"""From a server's answer to the text of a page, or to the reason why it holds none."""

from collections.abc import Mapping
from typing import Final, Literal

from persona.capture.body import gunzip, inflate
from persona.capture.charset import decode
from persona.capture.exchange import Answer, Appetite
from persona.capture.failures import Unreadable, of_status
from persona.capture.limits import Limits
from persona.capture.records import Failure
from persona.capture.walls import wall

Accept = Literal["page", "xml", "robots"]
"""What is asked for: a web page, a sitemap or feed, or a robots.txt."""

HEADERS: Final[dict[Accept, str]] = {
    "page": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.5",
    "xml": "application/xml,text/xml,application/rss+xml,application/atom+xml,*/*;q=0.5",
    "robots": "text/plain,*/*;q=0.5",
}
"""Values of the Accept header."""

REDIRECTS: Final = frozenset((301, 302, 303, 307, 308))

_HTML: Final = frozenset(("text/html", "application/xhtml+xml"))
_PERHAPS_HTML: Final = frozenset(
    ("", "text/plain", "text/xml", "application/xml", "unknown/unknown")
)
_XML_WORDS: Final = ("xml", "text/", "rss", "atom", "octet-stream", "gzip", "json")
_HTML_STARTS: Final = (b"<!doctype html", b"<html", b"<head", b"<body", b"<title", b"<meta")
_SNIFFED: Final = 1024
_BINARY_STARTS: Final = (b"%PDF-", b"PK\x03\x04", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"\x1f\x8b")
_ERROR_BYTES: Final = 64 * 1024
"""How much is read of an error page, to recognise a wall and to keep the connection usable."""

_CHALLENGE_HEADERS: Final = ("cf-mitigated", "x-amzn-waf-action")
"""Headers by which two vendors mark a check against programs, as they document."""


def appetite(accept: Accept, limits: Limits) -> Appetite:
    """Return how much to read of an answer: nothing of what is no page, or too large for one."""

    def wanted(status: int, headers: Mapping[str, str]) -> int:
        if not 200 <= status < 300:
            return _ERROR_BYTES
        if accept == "robots":
            return limits.page_bytes if headers.get("content-encoding") else limits.robots_bytes
        if not _may_be(accept, _media_type(headers)):
            return 0
        length = headers.get("content-length", "")
        too_long = length.isdecimal() and int(length[:20]) > limits.page_bytes
        return 0 if too_long else limits.page_bytes

    return wanted


def text_of(answer: Answer, accept: Accept, limits: Limits) -> str:
    """Return the text of a successful answer.

    Raises Unreadable: "not_html", "too_large" or "bad_encoding".
    """
    media = _media_type(answer.headers)
    if not _may_be(accept, media):
        raise Unreadable("not_html", media[:80])
    if answer.cut and accept != "robots":
        raise Unreadable("too_large", f"more than {limits.page_bytes} bytes")
    encodings = answer.headers.get("content-encoding", "")
    body = inflate(answer.body, encodings, limits.inflated_bytes)
    if accept == "robots":
        body = body[: limits.robots_bytes]
    elif accept == "xml" and body.startswith(b"\x1f\x8b"):
        body = gunzip(body, limits.inflated_bytes)
    elif accept == "page" and not _is_html(body, media):
        raise Unreadable("not_html", media[:80] or "no type given")
    return decode(body, answer.headers.get("content-type", ""))


def failure_of(url: str, answer: Answer, limits: Limits) -> Failure | None:
    """Return why an answer is no page, judged by its status and by what an error page says."""
    failure = of_status(answer.status)
    if any(name in answer.headers for name in _CHALLENGE_HEADERS):
        return "bot_wall"
    if failure and answer.status not in (404, 410) and _walled(url, answer, limits):
        return "bot_wall"
    return failure


def _walled(url: str, answer: Answer, limits: Limits) -> bool:
    """Return whether an error page is a check against programs."""
    try:
        encodings = answer.headers.get("content-encoding", "")
        body = inflate(answer.body, encodings, limits.inflated_bytes)
    except Unreadable:
        return False
    return wall(url, decode(body, answer.headers.get("content-type", ""))) == "bot_wall"


def _media_type(headers: Mapping[str, str]) -> str:
    return headers.get("content-type", "").partition(";")[0].partition(",")[0].strip().lower()


def _may_be(accept: Accept, media: str) -> bool:
    """Return whether a media type can be what was asked for."""
    if accept == "page":
        return media in _HTML or media in _PERHAPS_HTML
    if accept == "xml":
        return not media or any(word in media for word in _XML_WORDS)
    return True


def _is_html(body: bytes, media: str) -> bool:
    """Return whether a body is a web page, by its beginning where the type leaves it open."""
    start = body[:_SNIFFED].lstrip(b"\xef\xbb\xbf \t\r\n\0")
    if media in _HTML:
        return not start.startswith(_BINARY_STARTS)
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        start = start.replace(b"\0", b"")
    return any(mark in start.lower() for mark in _HTML_STARTS)
