"""Names for columns where a format wants them all there and all different."""

from collections.abc import Iterator, Sequence


def unique_names(headings: Sequence[str]) -> tuple[str, ...]:
    """Return a name for each heading, none twice and none empty.

    A heading keeps its name where it is the first of its kind. Later ones get a number
    ("Phone", "Phone_2"); where there is no heading, the name says which column it is ("column_3").
    """
    return tuple(_names(headings))


def _names(headings: Sequence[str]) -> Iterator[str]:
    taken = set(headings)
    kept: set[str] = set()
    numbers: dict[str, int] = {}
    for place, heading in enumerate(headings, 1):
        if heading.strip() and heading not in kept:
            kept.add(heading)
            yield heading
            continue
        stem = name = heading if heading.strip() else f"column_{place}"
        while name in taken:
            numbers[stem] = numbers.get(stem, 1) + 1
            name = f"{stem}_{numbers[stem]}"
        taken.add(name)
        yield name
