"""The execution reading: how well the method is carried out, gap by gap.

The method and its execution are kept apart: nothing here is read by the model.
"""

import math
from typing import Literal

import msgspec

from persona.observations import Answer, ObservationRow
from persona.vocabulary import CORE_ITEMS, EXECUTION_ITEMS, GAPS, Gap, Label

State = Literal["open", "partly", "closed", "not applicable", "unknown"]
_FULL_SCORE = 3
_CORE_WEIGHT = 2


class GapReading(msgspec.Struct, frozen=True):
    """One gap of the sources as the answers show it.

    ``score`` is 0 to 3, higher is better; None when unknown, not applicable, or where the item's
    score is owed to another gap that it opens. ``core`` says
    that the gap matters doubly to the company's method.
    """

    gap: Gap
    state: State
    score: int | None
    core: bool
    item: str | None
    diagnosis: str | None


class Execution(msgspec.Struct, frozen=True):
    """All gaps, and one figure over them.

    ``score`` is the mean of score / 3 over answered, applicable items, the method's core items
    counted double: 0 to 1, None when nothing is known. It is never compared between personas.
    ``known`` of the ``asked`` items are answered.
    """

    score: float | None
    known: int
    asked: int
    gaps: tuple[GapReading, ...]


def read_execution(row: ObservationRow, label: Label) -> Execution:
    """Return the execution reading of a row; an undecided company has no core items."""
    core = next((items for persona, items in CORE_ITEMS.items() if persona == label), ())
    answers = row.of_kind("execution")
    scored = [
        (answer.score, _CORE_WEIGHT if answer.item in core else 1)
        for answer in answers
        if answer.score is not None
    ]
    weight = sum(weight for _, weight in scored)
    total = math.fsum(score / _FULL_SCORE * weight for score, weight in scored)
    return Execution(
        score=total / weight if weight else None,
        known=len(answers),
        asked=EXECUTION_ITEMS,
        gaps=tuple(_read_gap(gap, answers, core) for gap in GAPS),
    )


def _read_gap(gap: Gap, answers: tuple[Answer, ...], core: tuple[str, ...]) -> GapReading:
    answer = next((answer for answer in answers if gap in answer.gaps), None)
    if answer is None:
        return GapReading(gap, "unknown", None, False, None, None)
    state = _state(gap, answer)
    another_gap_is_open = state == "closed" and bool(answer.opens)
    return GapReading(
        gap=gap,
        state=state,
        score=None if another_gap_is_open else answer.score,
        core=answer.item in core,
        item=answer.item,
        diagnosis=None if another_gap_is_open else answer.diagnosis,
    )


def _state(gap: Gap, answer: Answer) -> State:
    if answer.score is None:
        return "not applicable"
    if gap in answer.opens:
        return "open"
    return "partly" if answer.score == _FULL_SCORE - 1 else "closed"
