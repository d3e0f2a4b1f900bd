"""Sums of many small numbers that come out the same in any order.

A number is split into a multiple of 2^-30, of which sums are exact while they are below 2^22 or
so, and the rest, whose sums are exact too unless numbers below a millionth take part. Adding the
two sums then rounds once, as ``math.fsum`` does. Splitting by adding and taking away a large
constant: Dekker, "A floating-point technique for extending the available precision",
Numerische Mathematik 18 (1971).
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

_COARSE: Final = 1.5 * 2.0**22
"""Doubles of this size are 2^-30 apart; numbers to be split must stay below 2^21."""


def split(numbers: Numbers) -> tuple[Numbers, Numbers]:
    """Return two arrays that add up to ``numbers`` exactly: coarse parts, and what remains."""
    coarse = (numbers + _COARSE) - _COARSE
    return coarse, numbers - coarse


def add(columns: Sequence[Numbers]) -> Numbers:
    """Return the correctly rounded sum of at least one array of one shape, place by place."""
    if len(columns) <= 2:
        return columns[0] + columns[1] if len(columns) == 2 else columns[0]
    coarse, rest = split(columns[0])
    for column in columns[1:]:
        more = split(column)
        coarse += more[0]
        rest += more[1]
    return coarse + rest
