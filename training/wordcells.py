"""Counts of words as the text of one cell of a table: "about:2 contact_us:1", and back."""

import re
from collections.abc import Mapping
from functools import lru_cache
from itertools import pairwise
from typing import Final

_MOST: Final = 1_000_000_000
_ENTRY = re.compile(r"([a-z]+(?:_[a-z]+)*):([1-9][0-9]{0,9})", re.ASCII)
_REMEMBERED: Final = 100_000
"""Entries remembered while reading: most sites share most of theirs."""


def write_words(counts: Mapping[str, int]) -> str:
    """Return counts as a cell, words in alphabetical order."""
    return " ".join(f"{word}:{counts[word]}" for word in sorted(counts))


def parse_words(cell: str) -> dict[str, int]:
    """Return the counts of a cell, words in alphabetical order.

    Raises ValueError with the problem: an entry that is not a word with a count from 1 to a
    thousand million, or a word given twice.
    """
    entries = sorted(map(_entry, cell.split()))
    counts = dict(entries)
    if len(counts) < len(entries):
        twice = next(one for (one, _), (other, _) in pairwise(entries) if one == other)
        raise ValueError(f"{shortened(twice)} is counted twice")
    return counts


@lru_cache(maxsize=_REMEMBERED)
def _entry(entry: str) -> tuple[str, int]:
    found = _ENTRY.fullmatch(entry)
    if not found or int(found[2]) > _MOST:
        raise ValueError(f"{shortened(entry)} is not a word and a count such as 'prices:3'")
    return found[1], int(found[2])


def shortened(text: str) -> str:
    """Return text in quotes for a message, at most 40 characters of it."""
    quoted = repr(text)
    return quoted if len(quoted) <= 40 else f"{quoted[:37]}..."
