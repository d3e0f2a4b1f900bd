"""Saved pages as JSON Lines: one page a line, and what else is known of a site on lines between.

    {"site": "example.com", "address": "example.com", "unread": []}
    {"url": "https://example.com/", "html": "<html>…", "fetched_at": "2026-01-31", "status": 200}

Only ``url`` and ``html`` are needed; ``captured`` is read where ``fetched_at`` is absent.
"""

import json
import re
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO, Final, NamedTuple

import msgspec

from persona.capture.records import Capture, CapturedPage
from persona.capture.saved import LARGEST_PAGE, LONGEST_URL, Facts, Skip, site_of, when

LONGEST_LINE: Final = 4 * LARGEST_PAGE
"""In bytes; a page takes more room in JSON than by itself."""

DAMAGE: Final = (OSError, EOFError, zlib.error)
"""What reading a damaged file ends with, compressed or not."""

_CHUNK: Final = 1024 * 1024
_MARK: Final = b"\xef\xbb\xbf"
_BLANK = re.compile(r"[\x00-\x20\x7f]")


class Line(NamedTuple):
    """One line of a file: its number from 1, its place in bytes, its content."""

    number: int
    place: int
    content: bytes


class _Raw(msgspec.Struct):
    """What is looked at in a line; everything else is ignored."""

    url: Any = None
    html: Any = None
    fetched_at: Any = None
    captured: Any = None
    status: Any = None
    site: Any = None
    address: Any = None
    unread: Any = None


_DECODER: Final = msgspec.json.Decoder(_Raw)


def lines(file: BinaryIO, skip: Skip) -> Iterator[Line]:
    """Yield the lines that are not blank nor too long, as far as the file can be read."""
    number = place = 0
    try:
        while content := file.readline(LONGEST_LINE):
            number += 1
            whole = content.endswith(b"\n")
            length = len(content)
            if not whole and length == LONGEST_LINE:
                skip(f"line {number}: longer than {LONGEST_LINE // _CHUNK} MiB")
                length += _rest_of_line(file)
            elif not content.isspace():
                yield Line(number, place, content)
            place += length
    except DAMAGE as error:
        skip(f"after line {number}: the file is damaged or cut off ({error})")


def entry(content: bytes) -> CapturedPage | Facts:
    """Return what a line holds; ValueError says in a few words why it holds nothing usable."""
    raw = _decoded(content.removeprefix(_MARK))
    if isinstance(raw.url, str) and isinstance(raw.html, str):
        return _page(raw, raw.url.strip(), raw.html)
    try:
        given = {"site": raw.site, "address": raw.address, "unread": raw.unread or []}
        return msgspec.convert(given, Facts)
    except msgspec.ValidationError:
        raise ValueError('no "url" and "html" in it') from None


def written(capture: Capture) -> Iterator[bytes]:
    """Yield the lines that keep a capture, so that reading them gives it back."""
    yield _line(Facts(capture.site, capture.address, capture.unread))
    for page in (*capture.earlier, *capture.pages):
        yield _line(page)


def _line(value: CapturedPage | Facts) -> bytes:
    return msgspec.json.encode(value) + b"\n"


def _page(raw: _Raw, url: str, html: str) -> CapturedPage:
    if len(html) > LARGEST_PAGE:
        raise ValueError("the page is too large")
    if len(url) > LONGEST_URL or _BLANK.search(url):
        raise ValueError("no address of a web page")
    site_of(url)
    known = isinstance(raw.status, int) and 100 <= raw.status <= 599
    return CapturedPage(
        url=url,
        html=html.replace("\0", ""),
        fetched_at=when(raw.fetched_at) or when(raw.captured),
        status=int(raw.status) if known else None,
    )


def _decoded(content: bytes) -> _Raw:
    try:
        return _DECODER.decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return _repaired(content)


def _repaired(content: bytes) -> _Raw:
    """Decode a line with half characters in it, which strict readers refuse."""
    try:
        members = json.loads(content.decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        raise ValueError("not JSON") from None
    if not isinstance(members, dict):
        raise ValueError("not a JSON object")
    whole = {
        name: value.encode("utf-8", "replace").decode() if isinstance(value, str) else value
        for name, value in members.items()
        if name in _Raw.__struct_fields__
    }
    return _Raw(**whole)


def _rest_of_line(file: BinaryIO) -> int:
    """Read to the end of a line and return how many bytes that were."""
    length = 0
    while piece := file.readline(_CHUNK):
        length += len(piece)
        if piece.endswith(b"\n"):
            break
    return length
