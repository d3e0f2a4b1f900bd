"""What would change a verdict: the smallest set of answers whose change does it.

Every set is minimal by proof, not by trial: a rival overtakes soonest by the largest gains
between two logits; a decision is lost soonest at a corner of the hull of all sums of ``n``
changes; and a decision is gained by a search that leaves out only what a bound rules out.
"""

import math
from collections.abc import Iterator, Sequence

import msgspec

from persona.model.artefact import Model, Thresholds, Weights
from persona.model.evidence import Evidence, add, probabilities, ranked, tempered
from persona.model.hull import Point, convex_maximum
from persona.model.reach import limit, odds_against, rivals, seen_from
from persona.model.verdict import Verdict, decide, limits_of
from persona.vocabulary import PERSONAS, UNDECIDED, Label, Persona


class Swap(msgspec.Struct, frozen=True):
    """One answer that would have to be another."""

    item: str
    given: str
    instead: str


class Change(msgspec.Struct, frozen=True):
    """A smallest set of swaps, with the label and the leading persona after it."""

    label: Label
    leader: Persona
    swaps: tuple[Swap, ...]


class Sensitivity(msgspec.Struct, frozen=True):
    """What it takes to change a verdict; None where no change of given answers does it.

    ``label_changes`` is the smallest set after which the label is another one, ``undecided``
    included. ``leader_changes`` is the smallest set after which another persona leads.
    """

    label_changes: Change | None
    leader_changes: Change | None


class _Shift(msgspec.Struct, frozen=True):
    """What one swap adds to the logits."""

    swap: Swap
    weights: Weights


def sensitivity(verdict: Verdict, model: Model) -> Sensitivity:
    """Return the smallest changes of given answers that would change the verdict."""
    shifts = [_shifts(evidence, model) for evidence in verdict.from_answers]
    limits = limits_of(verdict, model)
    overtaken = _soonest_overtaken(verdict, shifts)
    if limits is None:
        label_change = None
    elif verdict.label == UNDECIDED:
        label_change = _soonest_gained(verdict, shifts, limits)
    else:
        ways = (_soonest_lost(verdict, shifts, limits), overtaken)
        label_change = min((way for way in ways if way is not None), key=len, default=None)
    return Sensitivity(
        label_changes=_change(verdict, label_change, limits),
        leader_changes=_change(verdict, overtaken, limits),
    )


def _shifts(evidence: Evidence, model: Model) -> list[_Shift]:
    """Return what every other option of an answered item would add."""
    now, given = evidence.weights, evidence.option or ""
    shifts = []
    for option, raw in model.answers[evidence.item].items():
        if option != given:
            new = tempered(raw, model)
            shifts.append(
                _Shift(
                    Swap(evidence.item, given, option),
                    (new[0] - now[0], new[1] - now[1], new[2] - now[2]),
                )
            )
    return shifts


def _change(
    verdict: Verdict, shifts: Sequence[_Shift] | None, limits: Thresholds | None
) -> Change | None:
    if shifts is None:
        return None
    start = verdict.total
    after = add([start, *(shift.weights for shift in shifts)])
    known = len(verdict.from_answers)
    label = decide(probabilities(after), known, limits)[0] if limits else UNDECIDED
    return Change(
        label=label,
        leader=PERSONAS[ranked(after)[0]],
        swaps=tuple(sorted((shift.swap for shift in shifts), key=lambda swap: swap.item)),
    )


def _soonest_overtaken(
    verdict: Verdict, items: Sequence[Sequence[_Shift]]
) -> Sequence[_Shift] | None:
    """Return the fewest shifts after which a rival leads."""
    own, *others = rivals(verdict.leader)
    ways = []
    for rival in others:

        def gain(shift: _Shift, rival: int = rival) -> float:
            return shift.weights[rival] - shift.weights[own]

        best = sorted((max(shifts, key=gain) for shifts in items if shifts), key=gain, reverse=True)
        helpful = [shift for shift in best if gain(shift) > 0]
        for size in range(1, len(helpful) + 1):
            after = add([verdict.total, *(shift.weights for shift in helpful[:size])])
            if ranked(after).index(rival) < ranked(after).index(own):
                ways.append((size, after[own] - after[rival], helpful[:size]))
                break
    return min(ways, key=lambda way: way[:2])[2] if ways else None


def _soonest_lost(
    verdict: Verdict, items: Sequence[Sequence[_Shift]], limits: Thresholds
) -> Sequence[_Shift] | None:
    """Return the fewest shifts after which the leader is no longer decided."""
    leader, start = verdict.leader, seen_from(verdict.leader, verdict.total)
    planes = [[(seen_from(leader, shift.weights), shift) for shift in shifts] for shifts in items]

    def furthest(direction: Point, size: int) -> tuple[Point, list[_Shift]]:
        def along(pair: tuple[Point, _Shift]) -> float:
            return direction[0] * pair[0][0] + direction[1] * pair[0][1]

        best = sorted((max(plane, key=along) for plane in planes if plane), key=along)[-size:]
        best = [pair for pair in best if along(pair) > 0]
        x = math.fsum([start[0], *(vector[0] for vector, _ in best)])
        y = math.fsum([start[1], *(vector[1] for vector, _ in best)])
        return (x, y), [shift for _, shift in best]

    for size in range(1, len(items) + 1):

        def support(direction: Point, size: int = size) -> tuple[Point, list[_Shift]]:
            return furthest(direction, size)

        odds, shifts = convex_maximum(odds_against, support)
        if odds > limit(limits):
            return shifts
    return None


def _soonest_gained(
    verdict: Verdict, items: Sequence[Sequence[_Shift]], limits: Thresholds
) -> Sequence[_Shift] | None:
    """Return the fewest shifts after which any persona is decided."""
    start = verdict.total
    for size in range(1, len(items) + 1):
        for persona in PERSONAS:
            planes = [[(seen_from(persona, s.weights), s) for s in shifts] for shifts in items]
            search = _Search(planes, limit(limits))
            found = next(search.run(seen_from(persona, start), 0, size), None)
            if found is not None:
                return found
    return None


class _Search:
    """Go through sets of shifts of a given size, leaving out what cannot reach the limit."""

    def __init__(self, planes: Sequence[Sequence[tuple[Point, _Shift]]], limit: float) -> None:
        helpful = [[pair for pair in plane if min(pair[0]) < 0] for plane in planes]
        self.planes = sorted(
            (plane for plane in helpful if plane),
            key=lambda plane: min(pair[0][0] + pair[0][1] for pair in plane),
        )
        self.limit = limit
        self.best = [self._best_from(index) for index in range(len(self.planes) + 1)]

    def _best_from(self, index: int) -> tuple[list[float], list[float]]:
        """Return, for items from ``index`` on, the lowest moves along each axis, sorted."""
        rest = self.planes[index:]
        x = sorted(min(0.0, *(vector[0] for vector, _ in plane)) for plane in rest)
        y = sorted(min(0.0, *(vector[1] for vector, _ in plane)) for plane in rest)
        return x, y

    def run(self, at: Point, index: int, size: int) -> Iterator[list[_Shift]]:
        """Yield every set of ``size`` shifts from ``index`` on that gets within the limit."""
        if size == 0:
            if odds_against(at) <= self.limit:
                yield []
            return
        x, y = self.best[index]
        hope = (at[0] + math.fsum(x[:size]), at[1] + math.fsum(y[:size]))
        if len(self.planes) - index < size or odds_against(hope) > self.limit:
            return
        for vector, shift in self.planes[index]:
            moved = (at[0] + vector[0], at[1] + vector[1])
            for found in self.run(moved, index + 1, size - 1):
                yield [shift, *found]
        yield from self.run(at, index + 1, size)
