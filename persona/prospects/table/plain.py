"""Arrow columns of any type as text without nulls: what a cell would read in a spreadsheet."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.types as kinds

_EXACT: Final = 2.0**53
"""Whole floating-point numbers below this are exact, and written with all their digits."""
_FRACTION: Final = r"(\.\d*?)0+($|[Z+-])"
_BARE_POINT: Final = r"\.($|[Z+-])"


def as_texts(column: pa.Array) -> pa.Array:
    """Return a column as text: strings as they are, dates as ISO 8601, nested values as JSON.

    The result is a string array, or a dictionary array of strings where ``column`` is a
    dictionary array, without nulls. A null is "", and so is a number that is none (NaN).
    Raises ValueError where a value cannot be written as text.
    """
    if isinstance(column, pa.ExtensionArray):
        column = column.storage
    if kinds.is_dictionary(column.type):
        return _dictionary(column)
    try:
        texts = _cast(column)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        texts = pa.array([_value(value) for value in column.to_pylist()], pa.string())
    return texts.fill_null("") if texts.null_count else texts


def _dictionary(column: pa.DictionaryArray) -> pa.Array:
    """Return a dictionary array of texts; nulls point to an empty text added at the end."""
    texts = as_texts(column.dictionary)
    indices = column.indices.cast(pa.int32())
    if indices.null_count:
        indices = indices.fill_null(len(texts))
        texts = pa.concat_arrays([texts, pa.array([""])])
    return pa.DictionaryArray.from_arrays(indices, texts)


def _cast(column: pa.Array) -> pa.Array:
    kind = column.type
    if kinds.is_string(kind):
        return column
    if kinds.is_floating(kind):
        return _floats(column)
    if kinds.is_binary(kind) or kinds.is_large_binary(kind) or kinds.is_fixed_size_binary(kind):
        return pa.array([_value(value) for value in column.to_pylist()], pa.string())
    texts = column.cast(pa.string())
    if kinds.is_timestamp(kind) or kinds.is_time(kind):
        shorter = pc.replace_substring_regex(texts, _FRACTION, r"\1\2")
        return pc.replace_substring_regex(shorter, _BARE_POINT, r"\1")
    return texts


def _floats(column: pa.Array) -> pa.Array:
    """Return numbers with as many digits as tell them apart, whole ones without a point."""
    texts = pc.if_else(pc.is_nan(column), "", column.cast(pa.string()))
    if kinds.is_float16(column.type):
        return texts
    whole = pc.and_(pc.less(pc.abs(column), _EXACT), pc.equal(pc.trunc(column), column))
    if not pc.any(whole).as_py():
        return texts
    digits = pc.if_else(whole, column, pa.scalar(None, column.type)).cast(pa.int64())
    return pc.if_else(whole, digits.cast(pa.string()), texts)


def _value(value: Any) -> str:
    """Return one value as text where Arrow itself has no way to write it."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bytes):
        return _bytes(value)
    if isinstance(value, Mapping | Sequence):
        return json.dumps(value, ensure_ascii=False, default=_value)
    return str(value)


def _bytes(value: bytes) -> str:
    """Return bytes as the text they are, in hexadecimal digits where they are none."""
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.hex()
