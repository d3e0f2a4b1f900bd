"""Values of every type that Parquet has read as a person would write them."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from persona.prospects.table.plain import as_texts


@pytest.mark.parametrize(
    ("values", "kind", "texts"),
    [
        ([1, -20, None, 2**62], pa.int64(), ["1", "-20", "", str(2**62)]),
        ([1.0, 0.1, None, float("nan")], pa.float64(), ["1", "0.1", "", ""]),
        ([123456789012.0, 1e300, -0.0], pa.float64(), ["123456789012", "1e+300", "0"]),
        ([0.1, 4.0], pa.float32(), ["0.1", "4"]),
        ([1.5, None], pa.float16(), ["1.5", ""]),
        ([True, None], pa.bool_(), ["true", ""]),
        ([date(1800, 2, 3)], pa.date32(), ["1800-02-03"]),
        ([datetime(2024, 1, 2, 3, 4)], pa.timestamp("ns"), ["2024-01-02 03:04:00"]),
        ([datetime(2024, 1, 2, 3, 4, 5, 120000)], pa.timestamp("us"), ["2024-01-02 03:04:05.12"]),
        ([0], pa.timestamp("ms", "UTC"), ["1970-01-01 00:00:00Z"]),
        ([0], pa.timestamp("us", "+02:00"), ["1970-01-01 02:00:00+0200"]),
        ([time(1, 2, 3)], pa.time64("us"), ["01:02:03"]),
        ([timedelta(seconds=5)], pa.duration("s"), ["5"]),
        ([Decimal("1.10")], pa.decimal128(5, 2), ["1.10"]),
        ([b"caf\xc3\xa9", b"\xff\x00", None], pa.binary(), ["café", "ff00", ""]),
        (["a", None], pa.large_string(), ["a", ""]),
        ([None], pa.null(), [""]),
        ([[1, None], None, []], pa.list_(pa.int8()), ["[1, null]", "", "[]"]),
        ([{"a": "é", "b": date(2024, 1, 2)}], None, ['{"a": "é", "b": "2024-01-02"}']),
        ([[("k", 1)]], pa.map_(pa.string(), pa.int8()), ['[["k", 1]]']),
    ],
)
def test_values_as_text(values: list[Any], kind: pa.DataType, texts: list[str]) -> None:
    found = as_texts(pa.array(values, kind))
    assert found.type == pa.string()
    assert found.to_pylist() == texts
    assert found.null_count == 0


@given(st.lists(st.one_of(st.none(), st.text(max_size=3))), st.integers(0, 3))
def test_texts_stay_as_they_are_also_as_codes(values: list[str | None], start: int) -> None:
    plain = pa.array(values, pa.string())
    wanted = [value or "" for value in values][start:]
    assert as_texts(plain.slice(start)).to_pylist() == wanted
    coded = as_texts(plain.dictionary_encode().slice(start))
    assert pa.types.is_dictionary(coded.type)
    assert coded.null_count == coded.dictionary.null_count == 0
    assert coded.to_pylist() == wanted


def test_codes_of_other_than_texts_and_with_an_empty_code() -> None:
    assert as_texts(pa.array([7, None, 7]).dictionary_encode()).to_pylist() == ["7", "", "7"]
    codes = pa.DictionaryArray.from_arrays(pa.array([0, 1]), pa.array(["a", None]))
    assert as_texts(codes).to_pylist() == ["a", ""]


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False)))
def test_numbers_come_back_from_their_text(values: list[float]) -> None:
    assert [float(text) for text in as_texts(pa.array(values, pa.float64())).to_pylist()] == values
