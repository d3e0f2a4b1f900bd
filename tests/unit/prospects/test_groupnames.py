"""Names of industries and sizes as they stand in lists."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from persona.prospects.groupnames import industry_name, size_name, size_order


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("7", "1–10"), ("10", "1–10"), ("11", "11–50"), ("00120", "51–200"),
        ("1,200", "1,001–5,000"),
        ("1200.0", "1,001–5,000"), ("999999", "10,001 and more"), ("0", "0"),
        ("11-50", "11–50"), ("51 - 200 employees", "51–200"), ("1,001-5,000", "1,001–5,000"),
        ("10,001+", "10,001+"), ("Large", "Large"), ("N/A", ""), (" ", ""), ("-", ""),
    ],
)  # fmt: skip
def test_a_size_is_a_band(cell: str, name: str) -> None:
    assert size_name(cell) == name


def test_sizes_stand_from_small_to_large_and_words_last() -> None:
    names = ["Large", "10,001 and more", "11–50", "1,001–5,000", "1–10"]
    ordered = ["1–10", "11–50", "1,001–5,000", "10,001 and more", "Large"]
    assert sorted(names, key=size_order) == ordered


def test_an_industry_that_a_crm_keeps_as_a_code_is_shown_in_words() -> None:
    assert industry_name("COMPUTER_SOFTWARE") == "COMPUTER SOFTWARE"


@given(st.text(max_size=300))
def test_any_cell_gives_a_short_name_that_can_be_shown(cell: str) -> None:
    for name in (industry_name(cell), size_name(cell)):
        assert len(name) <= 60
        assert name.isprintable() or "\u00a0" in name
        assert size_order(name) >= 0
