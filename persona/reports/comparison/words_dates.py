"""What a comparison of dates says in words, alike in a terminal and in a browser."""

import math
from typing import Final

from persona.layout import percent
from persona.reports.comparison.structures import (
    Course,
    DateComparison,
    GapChange,
    Lead,
    Shift,
    StepOutcome,
)
from persona.reports.comparison.words import NAMES
from persona.reports.reasons import signed
from persona.reports.sentences import joined
from persona.vocabulary import PERSONA_NAMES

GAP_HEADINGS: Final[dict[GapChange, str]] = {
    "closed": "Closed",
    "narrowed": "Narrower",
    "opened": "Opened",
    "widened": "Wider",
    "stays open": "Still open",
    "stays closed": "Closed as before",
}
"""What became of a gap, in the order in which it is told."""
UNSET_SCORES: Final = (
    "The figures over all gaps are not set side by side: each method counts other lines double."
)
_LEVELS: Final = {0.5: "half a level", 1.0: "1 level"}


def moved(course: Course) -> str:
    """Return how a company moved on a dimension between the first day and the last."""
    first, last = course.places[0], course.places[-1]
    if course.moved is None:
        known = [each for each in (first, last) if each.mean is not None]
        return f"known on {known[0].letter} only" if known else "not known"
    if course.moved == 0 or first.mean is None or last.mean is None:
        if first.split == last.split:
            return "as before"
        return "now split" if last.split else "no longer split"
    far = abs(course.moved)
    toward = math.ceil(last.mean) if course.moved > 0 else math.floor(last.mean)
    return f"{_LEVELS.get(far, f'{far:g} levels')} to {NAMES[toward - 1]}"


def lead_notes(lead: Lead) -> list[str]:
    """Return how to read the shifts, how they add up, and what is due to another model."""
    ahead, behind = (PERSONA_NAMES[each].lower() for each in (lead.ahead, lead.behind))
    notes = [
        f"A figure above zero moved the verdict toward {ahead}, below zero toward {behind}. "
        f"Together they make {signed(lead.after - lead.before)}: the lead of {ahead} went from "
        f"{signed(lead.before)} to {signed(lead.after)}."
    ]
    if lead.by_model or lead.undivided:
        parts = [
            f"{signed(lead.by_evidence)} by other answers or another website",
            f"{signed(lead.by_model)} by another model that weighs the same otherwise",
        ]
        if lead.undivided:
            parts.append(f"{signed(lead.undivided)} by both, which cannot be told apart here")
        notes.append(f"Of this, {joined(parts)}.")
    return notes


def answer_shift(shift: Shift) -> str:
    """Return what changed about an answer or a finding: what it is now, and what it was."""
    before, after = shift.before, shift.after
    if shift.origin == "answer":
        if before == after:
            return f"{before} (the same answer, weighed otherwise)"
        return f"{after or 'No answer'}; before: {before or 'no answer'}"
    if before != after:
        return f"{shift.about}: {after or 'not judged'}, before {before or 'not judged'}"
    return shift.about


def score_words(comparison: DateComparison) -> str:
    """Return the execution scores then and now, "" where they cannot be set side by side."""
    first, last = comparison.moments[0], comparison.moments[-1]
    if first.score is None or last.score is None or first.opinion.label != last.opinion.label:
        return ""
    return (
        f"In one figure: {percent(first.score)} of what is possible then, {percent(last.score)} "
        "now."
    )


def outcome_words(step: StepOutcome) -> str:
    """Return what became of a step's 90-day target."""
    if step.met is not None:
        return "target met" if step.met else "target not met"
    return "recorded, target not judged" if step.records else "nothing recorded"
