"""Sealed content shows every change."""

from hypothesis import given
from hypothesis import strategies as st

from persona.prospects.runs.seal import seal, unseal


@given(st.binary(max_size=60))
def test_comes_back(content: bytes) -> None:
    assert unseal(seal(content)) == content


@given(st.binary(max_size=60), st.data())
def test_any_flipped_bit_or_missing_end_shows(content: bytes, data: st.DataObject) -> None:
    sealed = seal(content)
    place = data.draw(st.integers(0, len(sealed) - 1))
    bit = 1 << data.draw(st.integers(0, 7))
    assert unseal(sealed[:place]) is None
    assert unseal(sealed[:place] + bytes([sealed[place] ^ bit]) + sealed[place + 1 :]) is None


def test_nothing_is_nothing() -> None:
    assert unseal(None) is None
