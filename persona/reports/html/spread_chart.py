"""Several probabilities of one method on one line from 0 to 100 percent."""

from collections.abc import Sequence
from typing import Final

import msgspec
from markupsafe import Markup

from persona.layout import percent
from persona.reports.html.charts import picture, span
from persona.reports.html.marks import SIZE, mark

_EDGE: Final = 0.04
"""Room at either end, as a share of the width, so that signs there are whole."""
_APART: Final = 0.085
"""Share of the width that a sign takes on a phone: nearer ones stand below each other."""
_MOST_SIGNS: Final = 10
"""People from which on signs are dots without a letter."""
_TOP: Final = 14


class Mark(msgspec.Struct, frozen=True):
    """A probability, from 0 to 1, of somebody with a letter."""

    letter: str
    share: float


def spread_chart(
    key: str, name: str, kind: str, marks: Sequence[Mark], joint: float | None = None
) -> Markup:
    """Return the picture: a sign each, the range between them, and ``joint`` as a bar across."""
    lanes = _lanes([each.share for each in marks], _APART if len(marks) <= _MOST_SIGNS else 0.02)
    step = SIZE if len(marks) <= _MOST_SIGNS else 9
    y, height = _TOP, _TOP * 2 + max(lanes, default=0) * step
    low, high = min(each.share for each in marks), max(each.share for each in marks)
    drawn = [
        f'<rect class="track" x="0" y="0" width="100%" height="{height}" rx="3"/>',
        f'<line class="range {kind}-line" x1="{_x(low)}" x2="{_x(high)}" y1="{y}" y2="{y}"/>',
    ]
    if joint is not None:
        drawn.append(
            f'<line class="joint-halo" x1="{_x(joint)}" x2="{_x(joint)}" y1="0" y2="{height}"/>'
            f'<line class="joint {kind}-line" x1="{_x(joint)}" x2="{_x(joint)}" y1="0" '
            f'y2="{height}"/>'
        )
    for number, (each, lane) in enumerate(zip(marks, lanes, strict=True)):
        sign = mark(each.letter, number) if len(marks) <= _MOST_SIGNS else _DOT
        drawn.append(
            f'<svg x="{_x(each.share)}" y="{y + lane * step}" overflow="visible">{sign}</svg>'
        )
    return picture(key, name, _said(marks, joint), height, "".join(drawn), "chart spread")


_DOT: Final = '<circle class="mark" r="4"/>'


def _lanes(shares: Sequence[float], apart: float) -> list[int]:
    """Return the row of each share, such that no two in a row are nearer than ``apart``."""
    lanes: list[float] = []
    found = [0] * len(shares)
    for place in sorted(range(len(shares)), key=lambda each: (shares[each], each)):
        lane = next(
            (row for row, last in enumerate(lanes) if shares[place] - last >= apart), len(lanes)
        )
        lanes[lane : lane + 1] = [shares[place]]
        found[place] = lane
    return found


def _said(marks: Sequence[Mark], joint: float | None) -> str:
    together = "" if joint is None else f"Together {percent(joint)}. "
    return together + ", ".join(f"{each.letter} {percent(each.share)}" for each in marks)


def _x(share: float) -> str:
    return span(_EDGE + (1 - 2 * _EDGE) * share)
