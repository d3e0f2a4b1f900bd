"""Cells as text for a file: what is found out about a prospect, and quoting where it is needed."""

from collections.abc import Callable
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.types as kinds

from persona.prospects.outcome import WRITTEN

DECIMALS: Final = 4

_QUOTE: Final = ord('"')
_NOWHERE: Final = np.empty(0, np.int64)

_CONTROL: Final = r"[\x00-\x1f\x7f]+"
_FORMULA: Final = r"^([\s\x00-\x1f\x7f]*[=+\-@]|[\t\r])"
_SUSPECT: Final = np.zeros(256, np.bool_)
_SUSPECT[[*b"=+-@ \x7f", *range(0x20)]] = True

Bytes = npt.NDArray[np.uint8]


def outcome_cells(outcomes: pa.RecordBatch) -> list[pa.Array]:
    """Return the columns ``WRITTEN`` of a batch of outcomes as text that is safe in a cell.

    String arrays or dictionary arrays of strings, without nulls: what is missing is "", numbers
    have at most four decimals, and texts are as :func:`harmless` makes them.
    """
    return [_cell(outcomes.column(name)) for name in WRITTEN]


def harmless(texts: pa.Array) -> pa.Array:
    """Return texts without control characters, none of which a spreadsheet takes for a formula.

    A text that begins with ``= + - @``, a tab or CR gets an apostrophe before it, as
    https://owasp.org/www-community/attacks/CSV_Injection advises.
    """
    offsets, data = _buffers(texts)
    firsts = data[offsets[:-1][offsets[:-1] < offsets[1:]]]
    if _SUSPECT[firsts].any():
        dangerous = pc.match_substring_regex(texts, _FORMULA)
        with_mark = pc.binary_join_element_wise("'", texts, "")
        texts = pc.if_else(dangerous, with_mark, texts)
    content = data[offsets[0] : offsets[-1]]
    if len(content) and (content.min() < 0x20 or (content == 0x7F).any()):
        texts = pc.replace_substring_regex(texts, _CONTROL, " ")
    return texts


def quoted(texts: pa.Array, delimiter: str) -> pa.Array:
    """Return texts as cells of a delimited text: in quotation marks where they need them."""
    offsets, data = _buffers(texts)
    content = data[offsets[0] : offsets[-1]]
    found = {byte: _places(content, byte) for byte in {*b'"\r\n', ord(delimiter)}}
    places = np.concatenate(list(found.values()))
    if not len(places):
        return texts
    needy = np.zeros(len(texts), np.bool_)
    needy[np.searchsorted(offsets, places + offsets[0], "right") - 1] = True
    chosen = texts if needy.all() else texts.filter(pa.array(needy))
    if len(found[_QUOTE]):
        chosen = pc.replace_substring(chosen, '"', '""')
    chosen = pc.binary_join_element_wise('"', chosen, '"', "")
    return chosen if needy.all() else pc.replace_with_mask(texts, pa.array(needy), chosen)


def on_values(texts: pa.Array, change: Callable[[pa.Array], pa.Array]) -> pa.Array:
    """Return texts with each changed; in a dictionary array, each different one once."""
    if not kinds.is_dictionary(texts.type):
        return change(texts)
    return pa.DictionaryArray.from_arrays(texts.indices, change(texts.dictionary))


def plainly(texts: pa.Array) -> pa.Array:
    """Return a string array, whether texts are one or a dictionary array."""
    return texts.dictionary_decode() if kinds.is_dictionary(texts.type) else texts


def _cell(column: pa.Array) -> pa.Array:
    if kinds.is_floating(column.type):
        column = pc.round(column, DECIMALS)
    if not kinds.is_dictionary(column.type):
        column = column.cast(pa.string())
    if column.null_count:
        column = plainly(column).fill_null("")
    return on_values(column, lambda texts: harmless(texts.fill_null("")))


def _places(content: Bytes, byte: int) -> npt.NDArray[np.int64]:
    # One array at a time: several large ones at once are paged in anew on each call.
    there = content == byte
    return np.flatnonzero(there) if there.any() else _NOWHERE


def _buffers(texts: pa.Array) -> tuple[npt.NDArray[np.int32], Bytes]:
    """Return where the texts of a string array begin (and the last one ends), and their bytes."""
    _, places, data = texts.buffers()
    if places is None or not len(texts):
        return np.zeros(1, np.int32), np.empty(0, np.uint8)
    offsets = np.frombuffer(places, np.int32)[texts.offset : texts.offset + len(texts) + 1]
    return offsets, np.frombuffer(data, np.uint8) if data else np.empty(0, np.uint8)
