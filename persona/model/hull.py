"""The largest value of a convex function over a planar set that is known by its outermost points.

A convex function takes its maximum over a finite set at a corner of the set's convex hull. The
set is given by its *support*: for a direction, the point that lies furthest that way. Corners
are found by bisecting directions; a stretch of the hull is left out only when the tangents at
its two ends prove that nothing in it can be larger (every point there lies in the triangle of
the two ends and the tangents' crossing, and a convex function over a triangle is largest at one
of its three corners). The search is therefore exact, not a sampling of directions.
"""

import math
from collections.abc import Callable
from typing import TypeVar

Point = tuple[float, float]
Choice = TypeVar("Choice")
Support = Callable[[Point], tuple[Point, Choice]]

_ROUNDING = 1e-12


def convex_maximum(
    function: Callable[[Point], float], support: Support[Choice]
) -> tuple[float, Choice]:
    """Return the maximum of ``function`` over the set, and the choice that attains it.

    ``function`` must be convex and rise in both coordinates, so that only directions between
    the two axes matter. ``support(direction)`` returns the furthest point of the set in that
    direction and the choice behind it.
    """
    right, above = (1.0, 0.0), (0.0, 1.0)
    first, last = support(right), support(above)
    best = max(
        ((function(point), choice) for point, choice in (first, last)), key=lambda pair: pair[0]
    )
    stretches = [(first[0], last[0], right, above)]
    while stretches:
        p, q, u, v = stretches.pop()
        chord = (q[1] - p[1], p[0] - q[0])
        if min(chord) <= 0 or function(_crossing(p, q, u, v)) <= best[0]:
            continue
        normal = _unit(chord)
        corner, choice = support(normal)
        if _dot(normal, corner) <= _dot(normal, p) + _ROUNDING:
            continue
        value = function(corner)
        if value > best[0]:
            best = (value, choice)
        stretches += [(p, corner, u, normal), (corner, q, normal, v)]
    return best


def _crossing(p: Point, q: Point, u: Point, v: Point) -> Point:
    """Return where the tangents at ``p`` (normal ``u``) and ``q`` (normal ``v``) cross."""
    a, b = _dot(u, p), _dot(v, q)
    determinant = u[0] * v[1] - u[1] * v[0]
    return ((a * v[1] - b * u[1]) / determinant, (u[0] * b - v[0] * a) / determinant)


def _unit(a: Point) -> Point:
    length = math.hypot(*a)
    return (a[0] / length, a[1] / length)


def _dot(a: Point, b: Point) -> float:
    return a[0] * b[0] + a[1] * b[1]
