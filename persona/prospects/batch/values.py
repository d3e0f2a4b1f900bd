"""Cells of signals as numbers."""

from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from persona.prospects.batch.exact import Numbers

_NUMBER: Final = r"^-?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?$"
_SHOWN: Final = 20


def values(signal: str, cells: pa.Array) -> tuple[Numbers, pa.Array | None]:
    """Return the numbers in a signal's cells, NaN where there is none, and what is wrong.

    A number is written with a point, or none, and has a size that a float has. The second result is
    None where nothing is wrong with any cell, else as many texts, null where nothing is.
    """
    texts = pc.utf8_trim_whitespace(cells.cast(pa.string()))
    usable = pc.match_substring_regex(texts, _NUMBER)
    numbers = pc.if_else(usable, texts, None).cast(pa.float64())
    usable = pc.fill_null(pc.is_finite(numbers), False)
    found = pc.if_else(usable, numbers, float("nan")).to_numpy(zero_copy_only=False)
    wrong = pc.and_not(pc.not_equal(texts, ""), usable)
    if not pc.any(wrong).as_py():
        return found, None
    return found, pc.if_else(wrong, _told(signal, texts), None)


def _told(signal: str, texts: pa.Array) -> pa.Array:
    """Return that texts are no numbers, each named as far as it fits."""
    shown = pc.utf8_slice_codeunits(texts, 0, _SHOWN)
    cut = pc.if_else(pc.greater(pc.utf8_length(texts), _SHOWN), "…", "")
    shown = pc.replace_substring_regex(shown, r"[\p{C}\p{Z}]", " ")
    return pc.binary_join_element_wise(f"{signal}: '", shown, cut, "' is no number", "")
