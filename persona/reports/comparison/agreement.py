"""How far people agree: the share of equal answers, and Krippendorff's alpha, with intervals.

Alpha is 1 - D_o / D_e, observed over expected disagreement, by way of the coincidence matrix:
K. Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011),
https://repository.upenn.edu/asc_papers/43, whose worked examples are in the tests. A question
counts where at least two people answered it; whoever left it out is left out of it.

Intervals are the 2.5 and 97.5 percent points of 1,000 draws of the questions with replacement
(percentile bootstrap; B. Efron and R. Tibshirani, "An Introduction to the Bootstrap", 1993,
chapter 13), seeded, so that the same answers give the same interval.
"""

import math
import random
from collections.abc import Callable, Sequence
from operator import mul
from typing import Final, Literal

from persona.observations import Answer
from persona.reports.comparison.structures import Statistic
from persona.reports.result import Result

LEAST_ITEMS: Final = 8
"""Questions answered by two people or more, below which no figure is given: set by judgement."""

_DRAWS: Final = 1000
_SEED: Final = 20261122
_TAIL: Final = 0.025

Unit = Sequence[int]
"""What several people said to one question, as places on one scale from 0."""
Counts = tuple[float, ...]
"""What is added up over units, whatever the figure."""
Figure = Callable[[Sequence[Counts]], float | None]
Name = Literal["equal answers", "alpha on method", "alpha on execution"]


def statistics_of(results: Sequence[Result]) -> tuple[Statistic, ...]:
    """Return how far people agree: in the answers they chose, on method and on execution.

    Levels of method are taken as ordered: sales-driven and dynamic each border on passive more
    than on each other, which is also how the questionnaire's probability table was set. Neutral
    answers are on no level and are left out of alpha. Execution scores run from 0 to 3.
    """
    options = _units(results, lambda answer: ord(answer.option))
    levels = _units(results, lambda answer: answer.level - 1 if answer.level else None)
    scores = _units(results, lambda answer: answer.score)
    return (
        _statistic("equal answers", [_pairs(unit) for unit in options], _equal),
        _statistic("alpha on method", [coincidences(unit, 3) for unit in levels], alpha),
        _statistic("alpha on execution", [coincidences(unit, 4) for unit in scores], alpha),
    )


def _units(results: Sequence[Result], place: Callable[[Answer], int | None]) -> list[Unit]:
    """Return what was said to every question that at least two people answered, by item id."""
    said: dict[str, list[int]] = {}
    for result in results:
        for answer in result.row.answers:
            where = place(answer) if answer.kind != "context" else None
            if where is not None:
                said.setdefault(answer.item, []).append(where)
    return [sorted(said[item]) for item in sorted(said) if len(said[item]) > 1]


def _pairs(unit: Unit) -> Counts:
    """Return how many pairs of people chose the same, and how many pairs there are."""
    alike = sum(count * (count - 1) // 2 for count in map(unit.count, set(unit)))
    return alike, len(unit) * (len(unit) - 1) // 2


def _equal(units: Sequence[Counts]) -> float | None:
    alike, pairs = (sum(counts) for counts in zip(*units, strict=True))
    return alike / pairs if pairs else None


def coincidences(unit: Unit, places: int) -> Counts:
    """Return how often each two places meet within a unit, over one less than its values.

    Row by row: place 0 with 0, 0 with 1, and so on.
    """
    counts = [unit.count(place) for place in range(places)]
    others = len(unit) - 1
    return tuple(
        counts[c] * (counts[k] - (c == k)) / others for c in range(places) for k in range(places)
    )


def alpha(units: Sequence[Counts]) -> float | None:
    """Return Krippendorff's alpha, ordinal, for units as ``coincidences`` gives them.

    None where it is not defined: all values are on one place, so that nothing could differ.
    """
    met = [sum(counts) for counts in zip(*units, strict=True)]
    places = math.isqrt(len(met))
    of = [sum(met[c * places : (c + 1) * places]) for c in range(places)]
    apart = [_ordinal(of, c, k) for c in range(places) for k in range(places)]
    chance = [one * other for one in of for other in of]
    expected = sum(map(mul, chance, apart))
    if expected <= 0:
        return None
    observed = sum(map(mul, met, apart))
    return float(1 - (sum(of) - 1) * observed / expected)


def _ordinal(of: Sequence[float], c: int, k: int) -> float:
    """Return the squared ordinal difference of two places, given how often each place occurs."""
    low, high = min(c, k), max(c, k)
    between = sum(of[low : high + 1]) - (of[low] + of[high]) / 2
    return between * between


def _statistic(name: Name, units: Sequence[Counts], figure: Figure) -> Statistic:
    count = len(units)
    if count < LEAST_ITEMS:
        few = f"two people or more answered {count} such questions; {LEAST_ITEMS} are needed"
        return Statistic(name=name, value=None, low=None, high=None, items=count, why_not=few)
    value = figure(units)
    if value is None:
        why = "all answers are on one level, so that there was nothing to agree on"
        return Statistic(name=name, value=None, low=None, high=None, items=count, why_not=why)
    bounds = _interval(units, figure)
    if bounds is None:
        why = "no interval: the answers differ on too few questions"
        return Statistic(name=name, value=value, low=None, high=None, items=count, why_not=why)
    return Statistic(name=name, value=value, low=bounds[0], high=bounds[1], items=count)


def _interval(units: Sequence[Counts], figure: Figure) -> tuple[float, float] | None:
    """Return the middle 95 percent over drawn questions, None where nothing can vary."""
    draw = random.Random(_SEED)
    drawn = [figure(draw.choices(units, k=len(units))) for _ in range(_DRAWS)]
    found = sorted(value for value in drawn if value is not None)
    if len(found) < _DRAWS * (1 - _TAIL) or found[0] == found[-1]:
        return None
    cut = int(len(found) * _TAIL)
    return found[cut], found[-1 - cut]
