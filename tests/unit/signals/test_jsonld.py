"""JSON-LD is read as far as it is sound, and never further than its limits."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from persona.signals.jsonld import DEEPEST, MOST_BYTES, MOST_OBJECTS, read_objects, types_of


def names(*blocks: str) -> list[Any]:
    return [item.get("name") for item in read_objects(blocks)]


def test_graphs_lists_and_objects_inside_others_are_listed_outer_ones_first() -> None:
    graph = {
        "@graph": [
            {"@type": "Article", "name": "post", "author": {"@type": "Person", "name": "Anna"}},
            {"@type": "Organization", "name": "Acme"},
            {"name": "without a type"},
        ]
    }
    offers = [{"@type": "Product", "name": "X200", "offers": [{"@type": "Offer", "name": "o"}]}]
    assert names(json.dumps(graph), json.dumps(offers)) == ["post", "Acme", "Anna", "X200", "o"]


@pytest.mark.parametrize("block", ["", "{", "null", "17", '"text"', "{]}", "[1, 2]", "<b>", "NaN"])
def test_what_is_no_object_is_left_out_and_the_rest_read(block: str) -> None:
    assert names(block, '{"@type": "Thing", "name": "kept"}') == ["kept"]


def test_common_faults_are_forgiven() -> None:
    assert names('{"@type": "Thing", "name": "two\nlines"};') == ["two\nlines"]


def test_nesting_is_cut() -> None:
    inner: dict[str, Any] = {"@type": "Thing"}
    for _ in range(DEEPEST * 2):
        inner = {"@type": "Thing", "part": inner}
    (outer, *others) = read_objects([json.dumps(inner)])
    assert len(others) == DEEPEST - 1
    depth = 0
    while outer:
        outer, depth = outer.get("part", {}), depth + 1
    assert depth == DEEPEST


@pytest.mark.parametrize("depth", [1_000, 100_000])
def test_endless_nesting_is_harmless(depth: int) -> None:
    read_objects(["[" * depth + "]" * depth, '{"a":' * depth + "1" + "}" * depth, "[" * depth])


def test_numbers_of_objects_and_bytes_are_bounded() -> None:
    many = json.dumps([{"@type": "Thing"}] * (MOST_OBJECTS + 1))
    assert len(read_objects([many, many])) == MOST_OBJECTS
    huge = json.dumps({"@type": "Thing", "name": "x" * MOST_BYTES})
    assert read_objects([huge, '{"@type": "Thing"}']) == ()


@pytest.mark.parametrize(
    ("written", "types"),
    [
        ("Product", ("Product",)),
        (["http://schema.org/Product", "schema:Car"], ("Product", "Car")),
        ([1, None, {"a": 1}], ()),
        (None, ()),
        (3, ()),
    ],
)
def test_types_are_named_without_their_vocabulary(written: object, types: tuple[str, ...]) -> None:
    assert types_of({"@type": written}) == types


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner) | st.dictionaries(st.sampled_from(["@type", "@graph", "a"]), inner)
    ),
)


@given(JSON)
def test_any_json_gives_objects_with_types(value: object) -> None:
    for item in read_objects([json.dumps(value)]):
        assert "@type" in item
        assert all(isinstance(name, str) for name in types_of(item))


@given(st.text())
def test_any_text_is_harmless(text: str) -> None:
    read_objects([text])
