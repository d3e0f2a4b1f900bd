"""Which verdicts are still within reach: exact curtailment for the additive model.

Seen from persona ``L``, an answer set is a point in the plane: the logits of the two other
personas minus the logit of ``L``. ``L`` is decided exactly when ``exp(x) + exp(y)`` is at most
``(1 - t) / t``, with ``t`` the least probability for a decision. Each open item moves the point
by one of a few vectors, or by none when it stays unanswered, so the furthest reachable point in
any direction is a sum of one choice per item, and the largest reachable value is exact
(:mod:`persona.model.hull`).
"""

import itertools
import math
from collections.abc import Iterator, Sequence

from persona.model.artefact import Model, Thresholds, Weights
from persona.model.evidence import add, probabilities, tempered
from persona.model.hull import Point, convex_maximum
from persona.model.verdict import Verdict, decide
from persona.vocabulary import PERSONAS, UNDECIDED, Persona

_ROUNDING = 1e-9
_FEW = 2_000
"""So many completions are gone through one by one when a bound cannot settle the matter."""

Moves = Sequence[Sequence[Weights]]
"""For each open item, what each of its options would add to the logits."""


def is_settled(verdict: Verdict, model: Model, open_items: Sequence[str]) -> bool:
    """Return True only if no answers to ``open_items`` could change the verdict's label.

    Exact for a decided verdict. An undecided one is settled by a bound, or by going through
    every completion when they are few; between the two the answer is False.
    """
    moves = [
        [tempered(weights, model) for weights in model.answers[item].values()]
        for item in open_items
        if item in model.answers
    ]
    if verdict.label == UNDECIDED:
        return _stays_undecided(verdict, moves, model.thresholds)
    return _stays_decided(verdict, moves, model.thresholds)


def limit(thresholds: Thresholds) -> float:
    """Return the largest ``exp(x) + exp(y)`` at which a persona is still decided."""
    return (1 - thresholds.min_probability) / thresholds.min_probability


def rivals(persona: Persona) -> tuple[int, int, int]:
    """Return the index of a persona, and of the two others."""
    own = PERSONAS.index(persona)
    first, second = (index for index in range(len(PERSONAS)) if index != own)
    return own, first, second


def seen_from(persona: Persona, weights: Weights) -> Point:
    """Return a row of logits, or of changes to them, as a point in the plane of ``persona``."""
    own, first, second = rivals(persona)
    return (weights[first] - weights[own], weights[second] - weights[own])


def odds_against(point: Point) -> float:
    """Return the odds against the persona from whose plane ``point`` is taken."""
    try:
        return math.exp(point[0]) + math.exp(point[1])
    except OverflowError:
        return math.inf


def _stays_decided(verdict: Verdict, moves: Moves, thresholds: Thresholds) -> bool:
    start = seen_from(verdict.leader, verdict.total)
    planes = [[(0.0, 0.0), *(seen_from(verdict.leader, move) for move in item)] for item in moves]

    def support(direction: Point) -> tuple[Point, None]:
        x, y = start
        for vectors in planes:
            furthest = max(
                vectors, key=lambda d: (direction[0] * d[0] + direction[1] * d[1], d[0] + d[1])
            )
            x, y = x + furthest[0], y + furthest[1]
        return (x, y), None

    worst, _ = convex_maximum(odds_against, support)
    return worst <= limit(thresholds) * (1 - _ROUNDING)


def _stays_undecided(verdict: Verdict, moves: Moves, thresholds: Thresholds) -> bool:
    known = len(verdict.from_answers)
    if known + len(moves) < thresholds.min_answers:
        return True
    start = verdict.total
    if all(_out_of_reach(persona, start, moves, thresholds) for persona in PERSONAS):
        return True
    if math.prod(len(item) + 1 for item in moves) > _FEW:
        return False
    return all(
        decide(probabilities(add([start, *chosen])), known + len(chosen), thresholds)[0]
        == UNDECIDED
        for chosen in _completions(moves)
    )


def _out_of_reach(persona: Persona, start: Weights, moves: Moves, thresholds: Thresholds) -> bool:
    """Return True if even the best case for each rival apart leaves the odds too high."""
    x, y = seen_from(persona, start)
    for item in moves:
        vectors = [(0.0, 0.0), *(seen_from(persona, move) for move in item)]
        x += min(vector[0] for vector in vectors)
        y += min(vector[1] for vector in vectors)
    return odds_against((x, y)) > limit(thresholds) * (1 + _ROUNDING)


def _completions(moves: Moves) -> Iterator[list[Weights]]:
    choices = [[None, *item] for item in moves]
    for chosen in itertools.product(*choices):
        yield [move for move in chosen if move is not None]
