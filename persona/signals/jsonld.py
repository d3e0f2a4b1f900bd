"""JSON-LD: what a page says about itself for machines, bounded against huge and broken data."""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

import msgspec

MOST_BYTES: Final = 512 * 1024
"""Of all JSON-LD of a page together, in characters."""
MOST_OBJECTS: Final = 500
DEEPEST: Final = 20

Object = dict[str, Any]
_VOCABULARY = re.compile(r".*[/:#]", re.DOTALL)


def read_objects(blocks: Iterable[str]) -> tuple[Object, ...]:
    """Return the objects with a type in the texts of a page's JSON-LD blocks, outer ones first.

    Objects inside others (an offer of a product, the nodes of a graph) are listed too. At most
    500 objects, nested at most 20 deep; what lies deeper is cut off. Blocks that are no JSON are
    left out.
    """
    found: list[Object] = []
    room = MOST_BYTES
    for block in blocks:
        room -= len(block)
        if room < 0:
            break
        found.extend(_typed(_parse(block), MOST_OBJECTS - len(found)))
    return tuple(found)


def types_of(item: Object) -> tuple[str, ...]:
    """Return the type names of an object without their vocabulary ("Product"), as written."""
    types = item.get("@type")
    names = types if isinstance(types, list) else [types]
    return tuple(_VOCABULARY.sub("", name) for name in names if isinstance(name, str))


def _parse(block: str) -> object:
    """Return the decoded block, None where it is no JSON at all."""
    try:
        return msgspec.json.decode(block)
    except (ValueError, RecursionError):
        pass
    try:
        # Line breaks inside strings are not JSON, yet common.
        return json.loads(block.strip().rstrip(";"), strict=False)
    except (ValueError, RecursionError):
        return None


def _typed(root: object, most: int) -> Iterator[Object]:
    """Yield objects that have a type, level by level, and cut what is nested too deep."""
    level: list[Any] = [root]
    for depth in range(DEEPEST):
        below: list[Any] = []
        for item in level:
            if isinstance(item, dict) and "@type" in item:
                if most <= 0:
                    return
                most -= 1
                yield item
            below.extend(_inner(item))
        level = below
        if not level:
            return
        if depth == DEEPEST - 2:
            for item in level:
                _cut(item)


def _inner(item: object) -> list[Any]:
    """Return the objects and lists directly inside one."""
    values: Iterable[Any] = ()
    if isinstance(item, dict):
        values = item.values()
    elif isinstance(item, list):
        values = item
    return [value for value in values if isinstance(value, (dict, list))]


def _cut(item: dict[str, Any] | list[Any]) -> None:
    """Empty what lies inside an object or a list."""
    for inner in _inner(item):
        inner.clear()
