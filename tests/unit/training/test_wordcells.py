"""Counts of words as text in a cell, and back."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from persona.training.wordcells import parse_words, write_words

WORDS = st.from_regex(r"[a-z]{1,8}(_[a-z]{1,8}){0,2}", fullmatch=True)


@given(st.dictionaries(WORDS, st.integers(1, 1_000_000_000), max_size=20))
def test_counts_survive_the_round_trip(counts: dict[str, int]) -> None:
    cell = write_words(counts)
    assert parse_words(cell) == counts
    assert list(parse_words(cell)) == sorted(counts)
    assert write_words(parse_words(cell)) == cell


@given(st.text(max_size=30))
def test_any_text_is_counts_or_a_problem_in_one_line(cell: str) -> None:
    try:
        counts = parse_words(cell)
    except ValueError as error:
        (problem,) = str(error).splitlines()
    else:
        problem = ""
        assert parse_words(write_words(counts)) == counts
    assert len(problem) < 120


@pytest.mark.parametrize(
    ("cell", "problem"),
    [
        ("about", "'about' is not a word and a count"),
        ("about:", "'about:' is not"),
        ("about:-1", "'about:-1' is not"),
        ("about:0", "'about:0' is not"),
        ("about:1.5", "'about:1.5' is not"),
        ("about:99999999999", "is not a word and a count"),
        ("About:1", "'About:1' is not"),
        ("a__b:1", "'a__b:1' is not"),
        ("é:1", "'é:1' is not"),
        ("a:1 b:2 a:1", "'a' is counted twice"),
        ("a:1 b:2 a:3", "'a' is counted twice"),
        ("x" * 500, "... is not a word and a count"),
    ],
)
def test_what_is_no_count_of_a_word_is_refused(cell: str, problem: str) -> None:
    with pytest.raises(ValueError, match=re.escape(problem)):
        parse_words(cell)
