"""The source of a page, bounded so that no page can keep the parser busy or fill the memory.

A parser by the HTML standard is quadratic in the depth of nesting and in the attributes of one
tag, and can be made to copy every open formatting element into every paragraph: 43 kB of source
then take 3 GB. Cutting and thinning such pages costs nothing on the pages that people make.
"""

import re
from typing import Final

import numpy as np
from numpy.typing import NDArray

MOST_BYTES: Final = 5 * 1024 * 1024
"""Of a page that are read; the rest is cut off."""
MOST_TAGS: Final = 20_000
"""Opening and closing tags that are read; the longest of 1,257 real pages has 21,646."""
MOST_ATTRIBUTES: Final = 1000
"""Of one tag."""

_HARMLESS_BYTES: Final = 64 * 1024
_STRIDE: Final = 32 * 1024
_MOST_COPIES: Final = 1_000_000
_FORMATTING: Final = b"b big code em font i nobr s small strike strong tt u"
_DRESSED_TAG = re.compile(rb"<(" + b"|".join(_FORMATTING.split()) + rb")[\s/][^>]*>", re.IGNORECASE)
_TAG_START = re.compile(rb"<[a-zA-Z][^\s/>]*")
_ATTRIBUTES = re.compile(
    rb"(?:[\s/]*+[^\s/>=][^\s/>=]*+(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>\"'][^\s>]*+))?+)"
    rb"{%d}" % MOST_ATTRIBUTES
)


def _openings() -> NDArray[np.bool_]:
    """Return a table of the two bytes after "<" with which a formatting tag can begin."""
    table = np.zeros((256, 256), dtype=np.bool_)
    for name in _FORMATTING.split():
        for first in {name[0], name[0] - 32}:
            seconds = {name[1], name[1] - 32} if len(name) > 1 else set(b" \t\n\r\f\v/")
            table[first, list(seconds)] = True
    return table


_IS_OPENING: Final = _openings()


def bounded(html: str | bytes) -> bytes:
    """Return the page as UTF-8, without what would take too long to parse.

    At most 5 MiB and 20,000 tags; cut before a tag with more than 1,000 attributes; attributes of
    formatting tags (bold, font …) left out where they are too many. Bytes must be UTF-8 already.
    """
    if isinstance(html, str):
        html = html[:MOST_BYTES].encode("utf-8", "replace")
    html = html[:MOST_BYTES]
    if len(html) > _HARMLESS_BYTES:
        html = _before_endless_tag(html)
    codes = np.frombuffer(html, dtype=np.uint8)
    places = codes == ord("<")
    tags = int(np.count_nonzero(places))
    if tags > MOST_TAGS:
        html = _first_tags(html)
    if _copies(codes, places, min(tags, MOST_TAGS)) > _MOST_COPIES:
        html = _DRESSED_TAG.sub(rb"<\1>", html)
    return html


def _copies(codes: NDArray[np.uint8], places: NDArray[np.bool_], tags: int) -> int:
    """Return how many elements can be copied at most: formatting tags times all tags.

    Tags are counted by their first two letters, so that some others are taken for formatting.
    """
    if tags * tags // 4 <= _MOST_COPIES:
        return 0
    starts = np.flatnonzero(places[:-2])
    pairs = _IS_OPENING[codes[starts + 1], codes[starts + 2]]
    return int(np.count_nonzero(pairs)) * tags


def _first_tags(html: bytes) -> bytes:
    """Return the page up to the last tag that is still read."""
    pieces = html.split(b"<", MOST_TAGS + 1)
    return b"<".join(pieces[:-1])


def _before_endless_tag(html: bytes) -> bytes:
    """Return the page up to a tag with too many attributes, looked for at regular places.

    A tag that is long enough to do harm covers at least one of them.
    """
    for place in range(_STRIDE, len(html), _STRIDE):
        start = html.rfind(b"<", place - _STRIDE, place)
        tag = _TAG_START.match(html, start) if start >= 0 else None
        if tag and _ATTRIBUTES.match(html, tag.end()):
            return html[:start]
    return html
