"""Small drawings for Markdown pages, readable on light and on dark ones and by screen readers.

Every drawing stands on a panel of its own colour, so that no page can swallow its ink. Numbers
have one decimal: equal input gives equal bytes.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

Point = tuple[float, float]

SERIES = 4
"""Line styles told apart by colour, by dashes and by the shape of their marks."""

_DASHES = ("none", "7 4", "2 3", "9 3 2 3")
_LIGHT = ("#fdfdfc", "#dedcd6", "#ebe9e4", "#22272e", "#656d76")
_DARK = ("#161a1f", "#333a42", "#252b32", "#e8e6e1", "#9aa4af")
"""Panel, its edge, grid, ink, quiet ink."""
_LIGHT_SERIES = ("#1f5fa8", "#a8560a", "#0b7466", "#7a3f98")
_DARK_SERIES = ("#7fb4f0", "#eba65c", "#5fcdbb", "#cf9be6")


@dataclass(frozen=True)
class Frame:
    """A rectangle in pixels, with the values at its left, right, bottom and top edges."""

    left: float
    top: float
    width: float
    height: float
    from_x: float
    to_x: float
    from_y: float
    to_y: float

    def x(self, value: float) -> float:
        """Return the pixel of a value on the horizontal axis, within the frame."""
        return self.left + self.width * _share(value, self.from_x, self.to_x)

    def y(self, value: float) -> float:
        """Return the pixel of a value on the vertical axis, within the frame."""
        return self.top + self.height * (1 - _share(value, self.from_y, self.to_y))

    def at(self, x: float, y: float) -> Point:
        """Return the pixels of a pair of values."""
        return self.x(x), self.y(y)


def _share(value: float, low: float, high: float) -> float:
    """Return where a value lies between two others, 0 to 1; halfway where they are equal."""
    return min(1.0, max(0.0, (value - low) / (high - low))) if high > low else 0.5


def document(size: Point, name: str, title: str, description: str, body: Iterable[str]) -> bytes:
    """Return a whole SVG file; ``name`` tells its ids from those of other drawings on a page."""
    width, height = size
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" '
        f'width="{width:.0f}" height="{height:.0f}" role="img" '
        f'aria-labelledby="{name}-title {name}-desc">'
    )
    lines = [
        head,
        f'<title id="{name}-title">{escape(title)}</title>',
        f'<desc id="{name}-desc">{escape(description)}</desc>',
        f"<style>{_style()}</style>",
        f'<rect class="panel" x="0.5" y="0.5" width="{_n(width - 1)}" height="{_n(height - 1)}" '
        'rx="8"/>',
        *body,
        "</svg>",
    ]
    return ("\n".join(lines) + "\n").encode()


def text(at: Point, words: str, css: str = "", *, anchor: str = "start") -> str:
    """Return words; ``anchor`` is start, middle or end."""
    kind = f' class="{css}"' if css else ""
    end = "" if anchor == "start" else f' text-anchor="{anchor}"'
    return f'<text x="{_n(at[0])}" y="{_n(at[1])}"{kind}{end}>{escape(words)}</text>'


def line(points: Sequence[Point], css: str) -> str:
    """Return straight pieces through the points."""
    return f'<path class="{css}" d="M{" L".join(f"{_n(x)} {_n(y)}" for x, y in points)}"/>'


def area(points: Sequence[Point], css: str) -> str:
    """Return the closed shape whose corners are the points."""
    return f'<path class="{css}" d="M{" L".join(f"{_n(x)} {_n(y)}" for x, y in points)} Z"/>'


def mark(at: Point, series: int, size: float = 4.5) -> str:
    """Return the mark of a series: circle, square, triangle, diamond; ``size`` is its reach."""
    x, y = at
    css = f"mark m{series % SERIES}"
    if series % SERIES == 0:
        return f'<circle class="{css}" cx="{_n(x)}" cy="{_n(y)}" r="{_n(size)}"/>'
    corners = (
        [(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)],
        [(0, -1.2), (1.1, 0.8), (-1.1, 0.8)],
        [(0, -1.25), (1.25, 0), (0, 1.25), (-1.25, 0)],
    )[series % SERIES - 1]
    return area([(x + size * right, y + size * down) for right, down in corners], css)


def _n(value: float) -> str:
    return f"{value + 0.0:.1f}".replace("-0.0", "0.0")


def _style() -> str:
    base = (
        "text{font:12px system-ui,-apple-system,'Segoe UI',sans-serif}"
        ".head{font-size:15px;font-weight:600}.name{font-weight:600}.small{font-size:11px}"
        ".panel,.edge,.grid,.ideal,.line{stroke-width:1}"
        ".edge,.grid,.ideal,.line{fill:none}"
        ".line{stroke-width:2;stroke-linejoin:round}.whisker{fill:none;stroke-width:1.5;opacity:.55}"
        ".mark{stroke-width:1.5}.band{stroke:none;opacity:.14}"
    )
    dashes = "".join(
        f".l{place}{{stroke-dasharray:{dash}}}" for place, dash in enumerate(_DASHES) if place
    )
    dark = _colours(_DARK, _DARK_SERIES)
    light = _colours(_LIGHT, _LIGHT_SERIES)
    return f"{base}{dashes}{light}@media (prefers-color-scheme:dark){{{dark}}}"


def _colours(of: Sequence[str], series: Sequence[str]) -> str:
    panel, edge, grid, ink, quiet = of
    rules = (
        f"text{{fill:{ink}}}.quiet{{fill:{quiet}}}.panel{{fill:{panel};stroke:{edge}}}"
        f".edge,.ideal{{stroke:{quiet}}}.grid{{stroke:{grid}}}.mark{{stroke:{panel}}}"
    )
    for place, colour in enumerate(series):
        rules += (
            f".l{place},.w{place}{{stroke:{colour}}}.m{place},.t{place},.b{place}{{fill:{colour}}}"
        )
    return rules
