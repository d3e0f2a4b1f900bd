"""The largest value of a convex function over a set, against going through every point."""

import itertools
import math
from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from persona.model.hull import Point, Support, convex_maximum

coordinate = st.floats(min_value=-6, max_value=6).map(lambda value: round(value, 2))
grid = st.integers(min_value=-4, max_value=4).map(float)
points = st.one_of(
    st.lists(st.tuples(coordinate, coordinate), min_size=1, max_size=25),
    st.lists(st.tuples(grid, grid), min_size=1, max_size=25),
)
sums = st.lists(st.lists(st.tuples(grid, coordinate), min_size=1, max_size=5), max_size=5)


def odds(point: Point) -> float:
    return math.exp(point[0]) + math.exp(point[1])


def greater(point: Point) -> float:
    return max(point)


def sum_of_squares(point: Point) -> float:
    return (point[0] + 10) ** 2 + (point[1] + 10) ** 2


FUNCTIONS = (odds, greater, sum_of_squares)


def over(candidates: list[Point]) -> Support[Point]:
    def support(direction: Point) -> tuple[Point, Point]:
        best = max(candidates, key=lambda p: direction[0] * p[0] + direction[1] * p[1])
        return best, best

    return support


@given(points, st.sampled_from(FUNCTIONS))
@example([(0.0, 0.0)], odds)
@example([(1.0, 1.0)] * 3, odds)
@example([(2.0, 0.0), (1.0, 1.0), (0.0, 2.0)], greater)
@example([(1.0, 5.0), (5.0, 1.0), (4.0, 4.0)], odds)
@example([(math.cos(t / 20), math.sin(t / 20)) for t in range(32)], odds)
def test_the_maximum_over_points_is_the_largest_of_all(
    candidates: list[Point], function: Callable[[Point], float]
) -> None:
    value, choice = convex_maximum(function, over(candidates))
    assert value == pytest.approx(max(map(function, candidates)), rel=1e-9)
    assert function(choice) == value
    assert choice in candidates


@given(sums)
def test_the_maximum_over_a_sum_of_sets_is_the_largest_of_all_sums(
    sets: list[list[Point]],
) -> None:
    def support(direction: Point) -> tuple[Point, tuple[Point, ...]]:
        best = tuple(over(each)(direction)[0] for each in sets)
        return (math.fsum(p[0] for p in best), math.fsum(p[1] for p in best)), best

    every = [
        (math.fsum(p[0] for p in chosen), math.fsum(p[1] for p in chosen))
        for chosen in itertools.product(*sets)
    ]
    value, chosen = convex_maximum(odds, support)
    assert value == pytest.approx(max(map(odds, every)), rel=1e-9)
    assert all(point in each for point, each in zip(chosen, sets, strict=True))


@given(points)
@example([(math.cos(t / 20) / 100, math.sin(t / 20) / 100) for t in range(32)])
def test_small_sets_are_searched_as_exactly_as_large_ones(candidates: list[Point]) -> None:
    small = [(x / 10_000, y / 10_000) for x, y in candidates]
    value, _ = convex_maximum(odds, over(small))
    assert value == pytest.approx(max(map(odds, small)), rel=1e-12)


def test_the_furthest_points_are_asked_for_a_few_times_only() -> None:
    asked = 0
    circle = [(math.cos(t / 5_000), math.sin(t / 5_000)) for t in range(7_854)]

    def support(direction: Point) -> tuple[Point, None]:
        nonlocal asked
        asked += 1
        return over(circle)(direction)[0], None

    convex_maximum(odds, support)
    assert asked < 60
