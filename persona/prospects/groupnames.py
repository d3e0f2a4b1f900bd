"""What a cell calls an industry or a size: the same group under one name."""

import math
import re
from typing import Final

from persona.layout import clean, shorten

_EMPTY: Final = frozenset(
    ("", "-", "--", "–", "—", ".", "?", "n/a", "na", "n.a.", "none", "null", "nan", "unknown")
)
_WIDEST: Final = 60
_BANDS: Final = (1, 11, 51, 201, 501, 1_001, 5_001, 10_001)
"""The first number of employees of each band; the bands are those of business directories."""
_NUMBER: Final = re.compile(r"\d{1,3}(?:[,.' ]\d{3})+|\d{1,12}(?:[.,]0+)?")
_BAND: Final = re.compile(r"(\d[\d,.']*)\s*(?:-|–|—|to)\s*(\d[\d,.']*)(?:\s*employees)?", re.I)
_FIRST_NUMBER: Final = re.compile(r"\d[\d,.']*")


def industry_name(cell: str) -> str:
    """Return the name of an industry as it can be shown, "" where a cell names none."""
    name = shorten(clean(" ".join(cell.replace("_", " ").split())).strip(), _WIDEST)
    return "" if name.casefold() in _EMPTY else name


def size_name(cell: str) -> str:
    """Return a number of employees as its band ("51–200"), other cells as industries are."""
    name = industry_name(cell)
    if _NUMBER.fullmatch(name):
        return _band(_whole(re.sub(r"[.,]0{1,2}$", "", name)))
    if band := _BAND.fullmatch(name):
        return f"{_whole(band[1]):,}–{_whole(band[2]):,}"
    return name


def size_order(name: str) -> float:
    """Return the first number in the name of a size, so that sizes can be put in order."""
    number = _FIRST_NUMBER.search(name)
    return float(_whole(number[0])) if number else math.inf


def _whole(digits: str) -> int:
    return int(re.sub(r"\D", "", digits) or 0)


def _band(number: int) -> str:
    if number < _BANDS[0]:
        return "0"
    first = max(each for each in _BANDS if each <= number)
    if first == _BANDS[-1]:
        return "10,001 and more"
    return f"{first:,}–{_BANDS[_BANDS.index(first) + 1] - 1:,}"
