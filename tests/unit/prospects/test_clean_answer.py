"""Answers as they stand in lists: tidied where they can be, told where they cannot."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from persona.prospects.judge import clean_answer
from tests.strategies import OPTIONS

ITEMS = st.sampled_from(tuple(OPTIONS))
FORMS = st.sampled_from(("{}", " {}\t", "{})", "({})", "{}.", " {}) ", "\u00a0{}"))


@given(
    ITEMS, st.sampled_from(("{}", " {}\t", "{})", "({})", "{}.", " {}) ", "\u00a0{}")), st.data()
)
def test_an_option_is_known_by_its_letter_however_it_is_set(
    item: str, form: str, data: st.DataObject
) -> None:
    option = data.draw(st.sampled_from(OPTIONS[item]))
    assert clean_answer(item, form.format(option)) == (option, "")
    assert clean_answer(item, form.format(option.upper())) == (option, "")


@pytest.mark.parametrize("cell", ["", " ", "\t \n", "\u00a0"])
def test_an_empty_cell_is_no_answer_and_no_trouble(cell: str) -> None:
    assert clean_answer("P05", cell) == (None, "")


@pytest.mark.parametrize("cell", ["z", "e", "ab", "1", "a or b", "()", "true", "=a"])
def test_anything_else_is_told_with_the_options_there_are(cell: str) -> None:
    trouble = f"P05: {cell!r} is none of its options (a to d)"
    assert clean_answer("P05", cell) == (None, trouble)


def test_a_long_cell_is_shown_by_its_beginning() -> None:
    option, trouble = clean_answer("E02", "every one of our deals " * 50_000)
    assert option is None
    assert trouble == "E02: 'every one of our dea…' is none of its options (a to d)"


@given(ITEMS, st.text())
def test_any_text_is_an_option_or_empty_or_told_on_one_line(item: str, cell: str) -> None:
    option, trouble = clean_answer(item, cell)
    if option is not None:
        assert option in OPTIONS[item]
        assert trouble == ""
    else:
        assert bool(trouble) == bool(cell.strip())
        assert trouble.isprintable()


def test_an_id_of_no_item_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(KeyError):
        clean_answer("P99", "a")
