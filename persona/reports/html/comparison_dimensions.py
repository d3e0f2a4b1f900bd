"""The dimensions on the page of a comparison: the picture, its legend, and the same in words."""

from collections.abc import Iterable, Sequence
from typing import Any

from persona.reports.comparison.structures import Agreement, Course
from persona.reports.comparison.words import where
from persona.reports.dimensions import about
from persona.reports.html.dot_plot import Line, dot_plot
from persona.reports.html.marks import sign, split_sign
from persona.vocabulary import DIMENSIONS


def dimensions_view(
    title: str,
    those: Sequence[tuple[str, str]],
    dimensions: Iterable[tuple[Course | Agreement, str]],
    last: str,
    *,
    joined: bool = False,
) -> dict[str, Any]:
    """Return the picture and what stands beside it.

    ``those`` are the letters of people or dates with what they stand for. Every dimension comes
    with a remark, which ``last`` is the heading of. ``joined`` draws a line from first to last.
    """
    dimensions = list(dimensions)
    lines = [Line(DIMENSIONS[one.dimension], said, one.places) for one, said in dimensions]
    split = any(place.split for one, _ in dimensions for place in one.places)
    return {
        "chart": dot_plot("dots", title, lines, joined=joined),
        "legend": [(sign(letter, number), name) for number, (letter, name) in enumerate(those)],
        "split": split_sign() if split else None,
        "headings": [letter for letter, _ in those],
        "last": last,
        "rows": [
            {
                "name": DIMENSIONS[one.dimension],
                "about": about(one.dimension),
                "places": [(place.letter, where(place)) for place in one.places],
                "said": said,
            }
            for one, said in dimensions
        ],
    }
