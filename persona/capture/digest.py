"""Tells pages that show the same text under different addresses."""

import re
from hashlib import blake2b
from typing import Final

_TITLE = re.compile(r"<title[^>]{0,200}>([^<]{0,300})", re.IGNORECASE)
_HEAD: Final = 128 * 1024
_CODE: Final = ("script", "style", "SCRIPT", "STYLE", "noscript")


def text_digest(html: str) -> bytes:
    """Return a digest of the text between a page's tags, scripts and white space left out."""
    digest = blake2b(digest_size=16)
    for piece in html.split("<"):
        tag, _, text = piece.partition(">")
        words = " ".join(text.split())
        if words and not tag.startswith(_CODE):
            digest.update(words.encode("utf-8", "replace"))
    return digest.digest()


class Seen:
    """The pages of one visit; texts are only compared where titles agree, which is rare."""

    def __init__(self) -> None:
        self._first: dict[str, str] = {}
        self._digests: dict[str, set[bytes]] = {}

    def is_new(self, html: str) -> bool:
        """Return whether no page given before shows the same text, and remember this one."""
        found = _TITLE.search(html[:_HEAD])
        title = " ".join(found[1].split()) if found else ""
        if title not in self._first:
            self._first[title] = html
            return True
        if title not in self._digests:
            self._digests[title] = {text_digest(self._first[title])}
        digests, count = self._digests[title], len(self._digests[title])
        digests.add(text_digest(html))
        return len(digests) > count
