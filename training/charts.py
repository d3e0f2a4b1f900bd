"""The three charts of a model card: calibration, accuracy against coverage, learning curves.

Curves carry their names at their ends; there is no legend to look up, and no meaning rests on
colour alone.
"""

import math
from collections.abc import Sequence

import msgspec

from persona.training.curves import CalibrationBin, CoveragePoint, LearningCurve
from persona.training.svg import SERIES, Frame, area, document, line, mark, text

_WIDTH = 760.0
_HEIGHT = 400.0
_LABEL_GAP = 34.0
_LEAST_GAP = 28.0
"""Between the numbers of an axis, in pixels."""
_PLOT = (66.0, 78.0, 464.0, 262.0)
"""Left, top, width and height of the plot of a chart that has one; names stand to its right."""


class CalibrationSeries(msgspec.Struct, frozen=True):
    """Calibration of one view; ``note`` stands under its name."""

    name: str
    bins: tuple[CalibrationBin, ...]
    note: str = ""


class CoverageSeries(msgspec.Struct, frozen=True):
    """Accuracy against coverage of one view; ``shipped`` is where its threshold lies."""

    name: str
    points: tuple[CoveragePoint, ...]
    shipped: CoveragePoint | None = None


def calibration_svg(series: Sequence[CalibrationSeries]) -> bytes:
    """Return one panel per view: how often the likeliest method is the label, by probability."""
    body = _heading(
        "Is a stated probability kept?",
        "How often the likeliest method is the label; larger marks: more companies. "
        "Thin line: as often as stated. Bars: 95 %.",
    )
    room = (_WIDTH - 70) / max(3, len(series))
    for place, one in enumerate(series):
        frame = Frame(58 + place * room, 112, room - 36, 220, 0.3, 1.0, 0.0, 1.0)
        body += _calibration_panel(frame, one, place)
    spoken = "; ".join(
        f"{one.name}: "
        + ", ".join(f"stated {each.stated:.2f}, found {each.found:.2f}" for each in one.bins)
        for one in series
    )
    return document(
        (_WIDTH, _HEIGHT), "calibration", "Calibration", spoken or "No predictions.", body
    )


def _calibration_panel(frame: Frame, series: CalibrationSeries, place: int) -> list[str]:
    css = place % SERIES
    body = [
        text((frame.left, frame.top - 28), series.name, f"name t{css}"),
        text((frame.left, frame.top - 12), series.note, "small quiet"),
        *_rows(frame, (0, 0.25, 0.5, 0.75, 1), ".0%" if place == 0 else ""),
        *_columns(frame, (0.4, 0.6, 0.8, 1.0)),
        line([frame.at(0.3, 0.3), frame.at(1, 1)], "ideal"),
    ]
    middle = frame.left + frame.width / 2, frame.top + frame.height + 40
    body.append(text(middle, "probability stated", "small quiet", anchor="middle"))
    for one in series.bins:
        x = frame.x(one.stated)
        body.append(line([(x, frame.y(one.low)), (x, frame.y(one.high))], f"whisker w{css}"))
    most = max((one.rows for one in series.bins), default=1.0)
    for one in series.bins:
        size = 3 + 3.5 * math.sqrt(one.rows / most)
        body.append(mark(frame.at(one.stated, one.found), place, size))
    return body


def coverage_svg(series: Sequence[CoverageSeries]) -> bytes:
    """Return accuracy against the share of companies decided, most certain first."""
    body = _heading(
        "What deciding less often buys",
        "Share of labels met where only the most certain companies get a verdict. "
        "Mark: as shipped.",
    )
    values = [point.accuracy for one in series for point in one.points]
    values += [one.shipped.accuracy for one in series if one.shipped]
    frame = Frame(*_PLOT, 0.0, 1.0, _floor(values), 1.0)
    body += _rows(frame, _steps(frame.from_y, 1.0), ".0%")
    body += _columns(frame, (0, 0.2, 0.4, 0.6, 0.8, 1.0))
    body.append(_below(frame, "share of companies that get a verdict"))
    ends = []
    for place, one in enumerate(series):
        course = [frame.at(point.share, point.accuracy) for point in one.points]
        body += [line(course, f"line l{place % SERIES}")] if len(course) > 1 else []
        note = ""
        if one.shipped:
            body.append(mark(frame.at(one.shipped.share, one.shipped.accuracy), place, 6))
            note = f"{one.shipped.share:.0%} decided, {one.shipped.accuracy:.0%} as labelled"
        if one.points:
            ends.append((frame.y(one.points[-1].accuracy), place, one.name, note))
    body += _end_labels(frame, ends)
    spoken = "; ".join(
        f"{one.name}: {_spoken(one.points, 0.5)}{_spoken(one.points, 1.0)}"
        + (f"as shipped {one.shipped.share:.0%} decided, {one.shipped.accuracy:.0%} as labelled"
           if one.shipped else "")
        for one in series
    )  # fmt: skip
    return document(
        (_WIDTH, _HEIGHT), "coverage", "Accuracy against coverage", spoken or "No predictions.",
        body,
    )  # fmt: skip


def _spoken(points: Sequence[CoveragePoint], share: float) -> str:
    near = [point for point in points if math.isclose(point.share, share, abs_tol=1e-6)]
    return f"{near[0].accuracy:.0%} as labelled with {share:.0%} decided, " if near else ""


def learning_svg(curves: Sequence[LearningCurve], figure: str = "kappa") -> bytes:
    """Return how a figure on companies kept apart rises with labels, by way of choosing them."""
    body = _heading(
        "What the next label is worth",
        f"Agreement with labels kept apart ({figure}) by number of companies labelled. "
        "Bands: 95 % intervals.",
    )
    points = [point for curve in curves for point in curve.points]
    most = max((point.labels for point in points), default=1)
    lowest = min((point.low for point in points), default=0.0)
    highest = max((point.high for point in points), default=1.0)
    low, high = math.floor(lowest * 10) / 10, math.ceil(highest * 10) / 10
    frame = Frame(*_PLOT, 0.0, most, low, max(high, low + 0.1))
    body += _rows(frame, _steps(frame.from_y, frame.to_y), ".1f")
    body += _columns(frame, sorted({point.labels for point in points}), ".0f")
    body.append(_below(frame, "companies labelled"))
    for place, curve in enumerate(curves):
        upper = [frame.at(point.labels, point.high) for point in curve.points]
        lower = [frame.at(point.labels, point.low) for point in reversed(curve.points)]
        body += [area([*upper, *lower], f"band b{place % SERIES}")] if len(upper) > 1 else []
    ends = []
    for place, curve in enumerate(curves):
        course = [frame.at(point.labels, point.value) for point in curve.points]
        body += [line(course, f"line l{place % SERIES}")] if len(course) > 1 else []
        body += [mark(each, place, 4) for each in course]
        if curve.points:
            last = curve.points[-1]
            ends.append((course[-1][1], place, curve.name, f"{last.value:.2f} with {last.labels}"))
    body += _end_labels(frame, ends)
    spoken = "; ".join(
        f"{curve.name}: "
        + ", ".join(f"{point.value:.2f} with {point.labels} labels" for point in curve.points)
        for curve in curves
    )
    return document(
        (_WIDTH, _HEIGHT), "learning", "Learning curves", spoken or "No predictions.", body
    )


def _heading(title: str, subtitle: str) -> list[str]:
    return [text((24, 32), title, "head"), text((24, 53), subtitle, "quiet")]


def _rows(frame: Frame, values: Sequence[float], show: str = "") -> list[str]:
    """Return horizontal lines at the values, and beside them the values as ``show`` prints them."""
    right = frame.left + frame.width
    body = []
    for value in values:
        y = frame.y(value)
        body.append(line([(frame.left, y), (right, y)], "grid"))
        if show:
            words = format(value, show)
            body.append(text((frame.left - 8, y + 4), words, "small quiet", anchor="end"))
    return body


def _columns(frame: Frame, values: Sequence[float], show: str = ".0%") -> list[str]:
    """Return the bottom line with the values under it, as ``show`` prints them."""
    bottom = frame.top + frame.height
    body = [line([(frame.left, bottom), (frame.left + frame.width, bottom)], "edge")]
    taken = -math.inf
    for value in values:
        x = frame.x(value)
        if x - taken < _LEAST_GAP:
            continue
        taken = x
        body.append(line([(x, bottom), (x, bottom + 4)], "edge"))
        body.append(text((x, bottom + 19), format(value, show), "small quiet", anchor="middle"))
    return body


def _below(frame: Frame, words: str) -> str:
    middle = frame.left + frame.width / 2, frame.top + frame.height + 42
    return text(middle, words, "small quiet", anchor="middle")


def _end_labels(frame: Frame, ends: Sequence[tuple[float, int, str, str]]) -> list[str]:
    """Return the names of curves beside their right ends, moved apart where they would touch."""
    body, right = [], frame.left + frame.width
    lowest = frame.top + frame.height - 12 - _LABEL_GAP * (len(ends) - 1)
    y = -math.inf
    for height, place, name, note in sorted(ends):
        y = max(y + _LABEL_GAP, min(height, lowest))
        lowest += _LABEL_GAP
        css = place % SERIES
        body.append(line([(right + 2, height), (right + 12, y)], "grid"))
        body.append(line([(right + 14, y), (right + 34, y)], f"line l{css}"))
        body.append(mark((right + 24, y), place, 3.5))
        body.append(text((right + 40, y + 4), name, f"name t{css}"))
        if note:
            body.append(text((right + 40, y + 18), note, "small quiet"))
    return body


def _floor(values: Sequence[float]) -> float:
    """Return where an axis of shares begins: a tenth at or below the values, at most a half."""
    return min(0.5, math.floor(min(values, default=0.5) * 10) / 10)


def _steps(low: float, high: float) -> list[float]:
    step = 0.1 if high - low <= 0.65 else 0.2
    return [round(low + index * step, 6) for index in range(round((high - low) / step + 0.001) + 1)
            if low + index * step <= high + 1e-9]  # fmt: skip
