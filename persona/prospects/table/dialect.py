"""How a delimited text is laid out: the delimiter, and whether it begins with headings."""

import csv
import io
import re
from collections.abc import Sequence
from itertools import islice
from typing import Final

import msgspec

from persona.prospects.table.records import allow_long_cells

DELIMITERS: Final = (",", ";", "\t", "|")

_ROWS: Final = 100
"""Rows by which a delimiter is told."""
_AGREEING: Final = 0.8
"""Share of rows that must be equally wide where the first line has no delimiter at all."""
_LOOKED_AT: Final = 20
"""Rows by which headings are told."""
_LIKE: Final = 0.6
"""Share of those that must hold an address for the first line to be like them."""
_LONGEST_ADDRESS: Final = 200

_STATED: Final = re.compile(r"sep=([\x20-\x7e\t])(?:\r\n|\n|\r)", re.IGNORECASE)
_WORD: Final = re.compile(r"[^\W\d_]+")
_HEADING_WORDS: Final = frozenset(
    re.findall(
        r"\w+",
        """
        account address business city company contact country domain email employees first full
        homepage id industry last lead link location name notes number organisation organization
        owner page phone primary prospect record site size state status url web webpage website www
        """,
    )
)


class Dialect(msgspec.Struct, frozen=True):
    """How a delimited text is laid out; ``preface`` is a first line that only says so."""

    delimiter: str
    preface: str = ""


def dialect_of(text: str, whole: bool, name: str) -> Dialect:
    """Return how a text is laid out, judged by its beginning.

    ``whole`` says whether ``text`` is all of it. ``name`` is the file's, whose ending counts
    where the text has a single column.
    """
    stated = _STATED.match(text)
    if stated and stated[1] != '"':
        return Dialect(stated[1], stated[0])
    found = [_agreement(text, whole, delimiter) for delimiter in DELIMITERS]
    best = max(found)
    if best > (False, 0.0, 1):
        return Dialect(DELIMITERS[found.index(best)])
    preferred = ("\t", *DELIMITERS) if name.lower().endswith((".tsv", ".tsv.gz")) else DELIMITERS
    return Dialect(next((one for one in preferred if one not in text), preferred[0]))


def _agreement(text: str, whole: bool, delimiter: str) -> tuple[bool, float, int]:
    """Return whether a delimiter splits the first line, how many rows it splits alike, how far.

    (False, 0, 1) where it splits nothing that is worth it.
    """
    widths = [len(cells) for cells in first_rows(text, whole, delimiter, _ROWS)]
    if not widths:
        return False, 0.0, 1
    first, below = widths[0], widths[1:]
    width = first if first > 1 else max(below, key=below.count, default=1)
    share = below.count(width) / len(below) if below else 1.0
    if first > 1:
        return True, share, width
    return (False, share, width) if width > 1 and share >= _AGREEING else (False, 0.0, 1)


def first_rows(text: str, whole: bool, delimiter: str, most: int) -> list[list[str]]:
    """Return the first rows of a text, without blank ones and one that may be cut off."""
    allow_long_cells()
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows = list(islice(filter(None, reader), most + 1))
    return rows[:most] if whole or len(rows) > most or len(rows) < 2 else rows[:-1]


def has_headings(rows: Sequence[Sequence[str]]) -> bool:
    """Return whether the first row of a list is headings, and not the first prospect.

    It is a prospect where it holds an address that no heading would be, in a column that goes
    on with addresses.
    """
    first, below = rows[0], rows[1:_LOOKED_AT]
    for place, cell in enumerate(first):
        if _is_address(cell) and not _reads_as_heading(cell):
            cells = [row[place] for row in below if place < len(row) and row[place].strip()]
            if sum(map(_is_address, cells)) >= _LIKE * len(cells):
                return any(_reads_as_heading(other) for other in first)
    return True


def _reads_as_heading(cell: str) -> bool:
    """Return whether a cell consists of words that headings consist of."""
    words = _WORD.findall(cell.casefold())
    return bool(words) and all(word in _HEADING_WORDS for word in words)


def _is_address(cell: str) -> bool:
    from persona.capture.address import parse_address
    from persona.errors import AddressError

    if "." not in cell or len(cell) > _LONGEST_ADDRESS:
        return False
    try:
        parse_address(cell)
    except AddressError:
        return False
    return True
