"""Drawings for HTML reports: inline SVG that stretches with the page and is told in words.

Lengths are percentages of the drawing's width, so that text keeps its size on every screen. The
names of kinds are classes of the style sheet, where each has a colour, a texture and a darkness
of its own: no meaning rests on colour alone. Numbers have two decimals: equal input gives equal
bytes.
"""

from collections.abc import Sequence
from typing import Final

import msgspec
from markupsafe import Markup, escape

from persona.layout import clean, percent

_LABELLED_FROM: Final = 0.11
"""Share of a bar from which on its percentage fits into it on a narrow screen."""
_ROOM: Final = 26
"""Pixels above and below the columns, for figures."""


class Part(msgspec.Struct, frozen=True):
    """A piece of a stacked bar: ``kind`` is its class, ``name`` is said to the reader."""

    kind: str
    name: str
    count: int


class Column(msgspec.Struct, frozen=True):
    """A column: what it stands for, and its share of the whole, from 0 to 1."""

    name: str
    share: float


def interval_bar(key: str, name: str, kind: str, share: float, low: float, high: float) -> Markup:
    """Return a bar for a share from 0 to 1, with the interval around it as a line with ends.

    ``key`` is unique on the page.
    """
    said = f"{percent(share)}, interval from {percent(low)} to {percent(high)}"
    ends = "".join(
        f'<line class="{css}" x1="{span(x)}" x2="{span(x)}" y1="6" y2="18"/>'
        for css in ("halo", "reach")
        for x in (low, high)
    )
    across = "".join(
        f'<line class="{css}" x1="{span(low)}" x2="{span(high)}" y1="12" y2="12"/>'
        for css in ("halo", "reach")
    )
    return picture(
        key,
        name,
        said,
        24,
        '<rect class="track" x="0" y="4" width="100%" height="16" rx="3"/>'
        f'<rect class="{kind}" x="0" y="4" width="{span(share)}" height="16" rx="3"/>'
        f"{across}{ends}",
    )


def share_bar(key: str, name: str, kind: str, share: float) -> Markup:
    """Return a bar for a share from 0 to 1; ``key`` is unique on the page."""
    return picture(
        key,
        name,
        percent(share),
        18,
        '<rect class="track" x="0" y="1" width="100%" height="16" rx="3"/>'
        f'<rect class="{kind}" x="0" y="1" width="{span(share)}" height="16" rx="3"/>',
    )


def stacked_bar(key: str, name: str, parts: Sequence[Part], height: int = 26) -> Markup:
    """Return one bar that is cut into parts by their counts; parts of none are left out."""
    total = sum(part.count for part in parts)
    drawn, said, left = [], [], 0.0
    for part in parts:
        share = part.count / total if total else 0.0
        if not share:
            continue
        said.append(f"{part.name} {percent(share)}")
        drawn.append(
            f'<rect class="{part.kind}" x="{span(left)}" y="1" width="{span(share)}" '
            f'height="{height - 2}"/>'
        )
        if share >= _LABELLED_FROM:
            drawn.append(
                f'<text class="on-{part.kind}" x="{span(left + share / 2)}" '
                f'y="{height / 2 + 4:.0f}" text-anchor="middle">{percent(share)}</text>'
            )
        left += share
    return picture(key, name, ", ".join(said), height, "".join(drawn))


def columns_chart(
    key: str, name: str, kind: str, columns: Sequence[Column], height: int = 180
) -> Markup:
    """Return columns side by side, the highest as high as the drawing; shares stand above them."""
    highest = max((column.share for column in columns), default=0.0) or 1.0
    base, drawn, said = height - _ROOM, [], []
    for place, column in enumerate(columns):
        left, width = place / len(columns), 1 / len(columns)
        tall = (base - _ROOM) * column.share / highest
        middle = span(left + width / 2)
        drawn.append(
            f'<rect class="{kind}" x="{span(left + width * 0.06)}" y="{base - tall:.1f}" '
            f'width="{span(width * 0.88)}" height="{tall:.1f}"/>'
            f'<text x="{middle}" y="{base - tall - 7:.1f}" text-anchor="middle">'
            f"{percent(column.share)}</text>"
            f'<text class="quiet" x="{middle}" y="{height - 7}" text-anchor="middle">'
            f"{escape(clean(column.name))}</text>"
        )
        said.append(f"{column.name}: {percent(column.share)}")
    axis = f'<line class="axis" x1="0" x2="100%" y1="{base}" y2="{base}"/>'
    return picture(key, name, "; ".join(said), height, "".join(drawn) + axis)


def swatch(kind: str) -> Markup:
    """Return the small sign of a kind for a legend; it says nothing by itself."""
    return Markup(
        '<svg class="swatch" width="18" height="14" aria-hidden="true" focusable="false">'
        f'<rect class="{kind}" x="1" y="1" width="16" height="12" rx="2"/></svg>'
    )


def picture(
    key: str, title: str, description: str, height: int, body: str, css: str = "chart"
) -> Markup:
    """Return a drawing as wide as the page, told in words; ``key`` is unique on the page."""
    return Markup(
        f'<svg class="{css}" role="img" width="100%" height="{height}" '
        f'aria-labelledby="{key}-title {key}-desc"><title id="{key}-title">'
        f'{escape(clean(title))}</title><desc id="{key}-desc">{escape(clean(description))}</desc>'
        f"{body}</svg>"
    )


def span(share: float) -> str:
    """Return a share of the drawing's width as a length."""
    return f"{100 * share:.2f}%"
