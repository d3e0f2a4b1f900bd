"""Signatures tell the same lines from others, as exact sets of shingles do."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from persona.signals.shingles import HASHES, LineIndex, signatures

WORDS = st.lists(st.text("abcdefgh", min_size=1, max_size=4), min_size=15, max_size=60)


def index(*lines: list[str]) -> LineIndex:
    return LineIndex(signatures(lines), np.arange(len(lines), dtype=np.uint32))


@given(st.lists(WORDS, min_size=1, max_size=8))
@settings(max_examples=30, deadline=None)
def test_every_line_is_found_again_under_its_owner(lines: list[list[str]]) -> None:
    found = index(*lines).owners(signatures(lines))
    assert all(owner in owners for owner, owners in enumerate(found))


def test_one_word_changed_at_the_end_is_the_same_and_a_half_is_not() -> None:
    line = [f"word{n}" for n in range(80)]
    (near,) = index(line).owners(signatures([[*line[:-1], "other"]]))
    (half,) = index(line).owners(signatures([[*line[:40], *(f"other{n}" for n in range(40))]]))
    assert near == {0}
    assert half == frozenset()


def test_the_share_of_equal_hashes_is_close_to_the_share_of_common_shingles() -> None:
    line = [f"word{n}" for n in range(400)]
    one, other = signatures([line, [*line[:300], *(f"other{n}" for n in range(100))]])
    assert abs(float((one == other).mean()) - 293 / 493) < 0.25
    assert len(one) == HASHES


def test_nothing_to_look_for_and_nothing_to_look_in() -> None:
    line = [f"word{n}" for n in range(20)]
    assert index().owners(signatures([line])) == [frozenset()]
    assert index(line).owners(signatures([])) == []
