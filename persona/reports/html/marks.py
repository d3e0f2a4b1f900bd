"""The signs of people and days in pictures: a shape of its own each, with a letter in it."""

import math
from typing import Final

from markupsafe import Markup, escape

SIZE: Final = 22
"""Pixels from one sign to the next where they stand side by side."""

_R: Final = 10


def mark(letter: str, number: int, css: str = "mark") -> str:
    """Return the sign of somebody, around the point 0, 0; ``number`` counts from 0.

    Six shapes take turns; the letter tells those of one shape apart.
    """
    size = "" if len(letter) == 1 else ' class="small"'
    return (
        f'<g class="{css}">{_SHAPES[number % len(_SHAPES)]}'
        f'<text y="4" text-anchor="middle"{size}>{escape(letter)}</text></g>'
    )


def sign(letter: str, number: int) -> Markup:
    """Return a sign by itself, for a legend or a text; the letter in it is read aloud."""
    return Markup(
        '<svg class="chart person" width="26" height="26" viewBox="-13 -13 26 26" role="img" '
        f'aria-label="{escape(letter)}">{mark(letter, number)}</svg>'
    )


def split_sign() -> Markup:
    """Return the sign of answers at both ends, for a legend; it says nothing by itself."""
    return Markup(
        '<svg class="chart person" width="26" height="26" viewBox="-13 -13 26 26" '
        f'aria-hidden="true" focusable="false">{mark("", 0, "mark split")}</svg>'
    )


def _polygon(corners: int, radius: float, turn: float) -> str:
    points = " ".join(
        f"{radius * math.cos(angle):.1f},{radius * math.sin(angle):.1f}"
        for corner in range(corners)
        for angle in [2 * math.pi * corner / corners + turn]
    )
    return f'<polygon points="{points}"/>'


_SHAPES: Final = (
    f'<circle r="{_R}"/>',
    f'<rect x="-{_R - 1}" y="-{_R - 1}" width="{2 * _R - 2}" height="{2 * _R - 2}" rx="2"/>',
    _polygon(4, 12.5, 0),
    _polygon(6, 11.5, 0),
    _polygon(5, 11.8, -math.pi / 2),
    _polygon(8, 11, math.pi / 8),
)
