"""One company at several dates: what moved, what moved it, and what became of the plan."""

from collections.abc import Callable, Sequence
from typing import Final

from persona.advice.execution import State
from persona.advice.plan import Because
from persona.advice.progress import of_play, target_met
from persona.model.artefact import LoadedModel
from persona.reports.comparison.shifts import lead_between
from persona.reports.comparison.structures import (
    Course,
    DateComparison,
    GapChange,
    GapCourse,
    Moment,
    Outcomes,
    Place,
    StepOutcome,
)
from persona.reports.comparison.taking import company_of, letters, roles_in, shared_notes
from persona.reports.result import Opinion, Result, Website
from persona.vocabulary import DIMENSIONS, GAPS, Gap

NOT_MEASURED: Final = (
    "How far answers differ when the same person answers twice has not been measured for these "
    "questions. Take a move of half a level, or of one answer, as no more than a hint."
)
_OPEN: Final = {"open": 2, "partly": 1, "closed": 0}
"""How far a gap is open, where that can be said."""


def compare_dates(
    results: Sequence[Result], taken: str, model_of: Callable[[str], LoadedModel | None]
) -> DateComparison:
    """Return results of one company at different days, in any order, as a comparison of dates.

    ``model_of`` returns the model with a SHA-256, None where it is not at hand.
    """
    results = sorted(results, key=lambda each: each.assessed_on)
    signs = letters(len(results))
    return DateComparison(
        company=company_of(results),
        taken=taken,
        notes=(*shared_notes(results), *_notes(results)),
        moments=tuple(map(_moment, signs, results)),
        lead=lead_between(results[0], results[-1], model_of),
        courses=tuple(_course(code, signs, results) for code in DIMENSIONS),
        gaps=tuple(
            GapCourse(gap, states, change_of(states[0], states[-1]))
            for gap in GAPS
            for states in [tuple(_state(gap, each) for each in results)]
        ),
        plans=tuple(
            _outcomes(letter, each)
            for letter, each in zip(signs[:-1], results[:-1], strict=True)
            if each.plan.steps
        ),
    )


def _notes(results: Sequence[Result]) -> list[str]:
    notes = []
    roles = roles_in(results)
    if len(roles) > 1:
        named = ", ".join(roles)
        notes.append(f"Different people answered ({named}): part of what moved may be the person.")
    asked = {bool(each.row.answers) for each in results}
    if True in asked:
        notes.append(NOT_MEASURED)
    if len(asked) > 1:
        notes.append(
            "Some of the results rest on answers and some on a website alone: part of what moved "
            "may be the view from inside against that from outside."
        )
    return notes


def _moment(letter: str, result: Result) -> Moment:
    return Moment(
        letter=letter,
        on=result.assessed_on,
        role=result.respondent.role if result.respondent else None,
        model=result.model.name,
        opinion=Opinion(result.label, result.reason, result.leader, result.probabilities),
        answered=len(result.verdict.from_answers),
        asked=result.asked,
        pages=len(result.website.pages) if result.website else 0,
        score=result.execution.score,
    )


def _course(dimension: str, signs: Sequence[str], results: Sequence[Result]) -> Course:
    places = tuple(
        place_of(letter, dimension, each) for letter, each in zip(signs, results, strict=True)
    )
    first, last = places[0].mean, places[-1].mean
    return Course(dimension, places, None if first is None or last is None else last - first)


def place_of(letter: str, dimension: str, result: Result) -> Place:
    """Return where a result puts the company on a dimension, with the answers that say so.

    Where nothing was answered, what the website shows stands in their place.
    """
    if not result.row.answers and result.website is not None:
        return _seen(letter, dimension, result.website)
    answers = tuple(
        Because(answer.item, answer.question, answer.text)
        for answer in result.row.of_kind("persona")
        if answer.dimension == dimension
    )
    standing = next((one for one in result.profile.standings if one.dimension == dimension), None)
    if standing is None:
        return Place(letter, None, None, (), bool(answers), answers)
    level, mean, levels = standing.level, standing.mean, standing.levels
    return Place(letter, level, mean, levels, standing.known, answers)


def _seen(letter: str, dimension: str, website: Website) -> Place:
    sighting = next((one for one in website.sightings if one.dimension == dimension), None)
    if sighting is None or sighting.level is None:
        return Place(letter, None, None, (), sighting is not None, ())
    return Place(letter, sighting.level, float(sighting.level), (sighting.level,), True, ())


def _state(gap: Gap, result: Result) -> State:
    return next((each.state for each in result.execution.gaps if each.gap == gap), "unknown")


def change_of(before: State, after: State) -> GapChange | None:
    """Return what became of a gap, None where one of its states cannot be told."""
    if before not in _OPEN or after not in _OPEN:
        return None
    was, now = _OPEN[before], _OPEN[after]
    if was == now:
        return "stays open" if now else "stays closed"
    if now < was:
        return "narrowed" if now else "closed"
    return "opened" if not was else "widened"


def _outcomes(letter: str, result: Result) -> Outcomes:
    steps = []
    for step in result.plan.steps:
        records = of_play(result.progress, step.id)
        met = target_met(records)
        steps.append(StepOutcome(step.id, step.name, step.metric, step.target, records, met))
    return Outcomes(letter, tuple(steps))
