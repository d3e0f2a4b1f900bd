"""What a rule returns: a value with the words that prove it, or why there is none."""

from typing import Final

import msgspec

from persona.observations import Quote

MOST_QUOTES: Final = 3
LONGEST_QUOTE: Final = 160
"""In characters, the marks of omission included."""


class Found(msgspec.Struct, frozen=True):
    """A value, and up to three quotes that show it; 0 means looked for and not found."""

    value: float
    quotes: tuple[Quote, ...] = ()


class Missing(msgspec.Struct, frozen=True):
    """No value; ``why`` completes "missing: …"."""

    why: str


def quote(text: str, url: str, start: int = 0, end: int | None = None) -> Quote:
    """Return the words around ``text[start:end]`` as a quote on one line.

    Cut at word boundaries to at most 160 characters, with … where something was left out.
    """
    end = len(text) if end is None else end
    room = max(LONGEST_QUOTE - 2 - (end - start), 0)
    left = max(start - room // 2, 0)
    right = min(max(end, left + LONGEST_QUOTE - 2), len(text))
    piece = text[left : min(right, left + LONGEST_QUOTE - 2)]
    if left > 0:
        piece = piece[piece.find(" ") + 1 :] if " " in piece[: max(start - left, 0)] else piece
    cut = left + LONGEST_QUOTE - 2 < len(text)
    if cut and " " in piece[-30:]:
        piece = piece[: piece.rfind(" ")]
    if not piece.isprintable():
        piece = "".join(c if c.isprintable() else " " for c in piece)
    words = " ".join(piece.split())
    return Quote(f"{'…' if left else ''}{words}{'…' if cut else ''}", url)
