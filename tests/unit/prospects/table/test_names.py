"""Columns get names that are all there and all different, and keep their own where they can."""

from hypothesis import given
from hypothesis import strategies as st

from persona.prospects.table.names import unique_names

headings = st.lists(st.sampled_from(["", " ", "a", "a_2", "a_3", "column_1", "column_2", "B"]))


def test_repeated_and_empty_headings_are_told_apart() -> None:
    given_names = ["Phone", "", "Phone", "Phone_2", "Phone", "column_2", "phone"]
    assert unique_names(given_names) == (
        *("Phone", "column_2_2", "Phone_3", "Phone_2", "Phone_4", "column_2", "phone"),
    )


@given(headings)
def test_names_are_unique_and_what_is_unique_stays(given_names: list[str]) -> None:
    names = unique_names(given_names)
    assert len(set(names)) == len(names) == len(given_names)
    assert all(name.strip() for name in names)
    for heading in filter(str.strip, given_names):
        assert names[given_names.index(heading)] == heading
