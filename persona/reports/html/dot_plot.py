"""Who stands where on every dimension, as one picture.

Every dimension has a line with five places: a method at the first, third and fifth, and between
them who gave an answer for either side. Signs that share a place stand side by side, three to a
row. A broken line is a dimension on which nobody is known. With ``joined``, a line leads from the
first of the signs to the last. An outlined sign is of answers at both ends: it stands between.
"""

from collections.abc import Sequence
from typing import Final

import msgspec
from markupsafe import Markup, escape

from persona.layout import clean
from persona.reports.comparison.structures import Place
from persona.reports.html.charts import picture, span
from persona.reports.html.marks import SIZE, mark

BOTH: Final = "both sales and dynamic"
_HEAD: Final = 26
_NAME_AT: Final = 18
_FIRST: Final = 44
"""Pixels from the top of a dimension to its first row of signs."""
_UNDER: Final = 20
_SIDE_BY_SIDE: Final = 3
_MOST: Final = 9
"""Signs at one place from which on their number is shown instead."""
_PLACES: Final = (0.1, 0.3, 0.5, 0.7, 0.9)
_METHODS: Final = ((0, "sales"), (2, "passive"), (4, "dynamic"))


class Line(msgspec.Struct, frozen=True):
    """One dimension: where each stands on it, by sign, and ``state`` in a few words."""

    name: str
    state: str
    places: tuple[Place, ...]


def dot_plot(key: str, title: str, lines: Sequence[Line], *, joined: bool = False) -> Markup:
    """Return the picture, ``key`` unique on the page; it is also told in words."""
    drawn, top = [], _HEAD
    for line in lines:
        body, height = _line(line, top, joined)
        drawn.append(body)
        top += height
    heads = "".join(_head(place, name, top) for place, name in _METHODS)
    return picture(key, title, _said(lines), top, heads + "".join(drawn), "chart dots")


def _head(place: int, name: str, height: int) -> str:
    x = span(_PLACES[place])
    return (
        f'<line class="guide" x1="{x}" x2="{x}" y1="{_HEAD - 8}" y2="{height}"/>'
        f'<text class="head" x="{x}" y="12" text-anchor="middle">{name}</text>'
    )


def _line(line: Line, top: int, joined: bool) -> tuple[str, int]:
    """Return the drawing of one dimension, and how high it is."""
    at: dict[int, list[int]] = {}
    for number, place in enumerate(line.places):
        if place.mean is not None:
            at.setdefault(_place(place.mean), []).append(number)
    rows = max((_rows(len(each)) for each in at.values()), default=1)
    y = top + _FIRST
    drawn = [
        f'<text class="name" x="0" y="{top + _NAME_AT}">{escape(clean(line.name))}</text>',
        f'<text class="state" x="100%" y="{top + _NAME_AT}" text-anchor="end">'
        f"{escape(clean(line.state))}</text>",
        f'<line class="track-line{"" if at else " unknown"}" x1="0" x2="100%" y1="{y}" y2="{y}"/>',
    ]
    if joined:
        drawn.append(_way(line, y))
    drawn += [_signs(place, numbers, line, y) for place, numbers in sorted(at.items())]
    return "".join(drawn), _FIRST + (rows - 1) * (SIZE + 1) + _UNDER


def _rows(count: int) -> int:
    return 1 if count > _MOST else -(-count // _SIDE_BY_SIDE)


def _way(line: Line, y: int) -> str:
    """Return the line from the first sign to the last, "" where they stand on one place."""
    known = [_place(each.mean) for each in line.places if each.mean is not None]
    if not known or known[0] == known[-1]:
        return ""
    x1, x2 = (span(_PLACES[place]) for place in (known[0], known[-1]))
    return f'<line class="way" x1="{x1}" x2="{x2}" y1="{y}" y2="{y}"/>'


def _signs(place: int, numbers: Sequence[int], line: Line, y: int) -> str:
    if len(numbers) > _MOST:
        return _at(place, y, f'<g class="mark many"><circle r="15"/>{_text(len(numbers))}</g>')
    drawn = []
    for index, number in enumerate(numbers):
        row, column = divmod(index, _SIDE_BY_SIDE)
        in_row = min(_SIDE_BY_SIDE, len(numbers) - row * _SIDE_BY_SIDE)
        dx = (column - (in_row - 1) / 2) * (SIZE + 1)
        one = line.places[number]
        css = "mark split" if one.split else "mark"
        drawn.append(
            f'<g transform="translate({dx:.1f} {row * (SIZE + 1)})">'
            f"{mark(one.letter, number, css)}</g>"
        )
    return _at(place, y, "".join(drawn))


def _text(count: int) -> str:
    return f'<text y="4" text-anchor="middle">{count}</text>'


def _at(place: int, y: int, body: str) -> str:
    return f'<svg x="{span(_PLACES[place])}" y="{y}" overflow="visible">{body}</svg>'


def _place(mean: float) -> int:
    return max(0, min(len(_PLACES) - 1, round((mean - 1) * 2)))


def _said(lines: Sequence[Line]) -> str:
    """Return the picture in words: every dimension with who stands where."""
    names = ("sales", "between sales and passive", "passive", "between passive and dynamic",
             "dynamic")  # fmt: skip
    told = []
    for line in lines:
        known = [
            f"{each.letter} {BOTH if each.split else names[_place(each.mean)]}"
            for each in line.places
            if each.mean is not None
        ]
        told.append(f"{clean(line.name)}: {', '.join(known) or 'not known'}")
    return ". ".join(told)
