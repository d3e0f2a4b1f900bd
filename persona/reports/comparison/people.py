"""Several people of one company: how each sees it, where they agree, and what all say together."""

from collections import Counter
from collections.abc import Sequence
from itertools import combinations
from typing import Final

from msgspec.structs import replace

from persona.advice.playbook import Playbook
from persona.errors import UsageError
from persona.files import encode
from persona.layout import clean, counted, shorten
from persona.model.artefact import LoadedModel
from persona.model.verdict import Verdict, classify
from persona.observations import ObservationRow
from persona.reports.comparison.agreement import statistics_of
from persona.reports.comparison.dates import place_of
from persona.reports.comparison.joint import joint_verdict, opinion_of
from persona.reports.comparison.structures import Agreement, PeopleComparison, View
from persona.reports.comparison.taking import APART, company_of, day_of, letters, shared_notes
from persona.reports.comparison.topics import (
    Seen,
    execution_topics,
    topics_of,
)
from persona.reports.result import LONGEST_NAME, Result
from persona.vocabulary import DIMENSIONS

SHOULD_KNOW: Final = ("FUNCTION", "NURTURE", "RESEARCH")
"""Dimensions on which people of one company should know the same: a spread of more than a level
is a finding by itself."""

A_LEVEL: Final = 1.0
"""How far means may not be apart to count as agreeing."""


def compare_people(
    results: Sequence[Result],
    names: Sequence[str],
    taken: str,
    model: LoadedModel,
    playbook: Playbook,
) -> PeopleComparison:
    """Return results of several people of one company as a comparison.

    ``names`` call the results in errors. ``model`` weighs everybody's answers. The order of the
    results changes nothing. Raises UsageError for a result without answers.
    """
    for result, name in zip(results, names, strict=True):
        if not result.row.answers:
            raise UsageError(
                f"{name} holds no answers; people are compared by what they answered, and websites "
                "with --as dates"
            )
    days = [day_of(result, name) for result, name in zip(results, names, strict=True)]
    results = sorted(results, key=_order)
    verdicts = [classify(answers_alone(each), model.model) for each in results]
    joint = joint_verdict(results, verdicts, model)
    dimensions = tuple(_agreement(code, results) for code in DIMENSIONS)
    people = _views(results, verdicts, dimensions)
    seen = Seen(results, people, joint, model.model, playbook)
    return PeopleComparison(
        company=company_of(results),
        taken=taken,
        notes=(*shared_notes(results), *_notes(people, (max(days) - min(days)).days, results)),
        people=people,
        dimensions=dimensions,
        topics=topics_of(dimensions, seen),
        execution=execution_topics(seen),
        joint=joint,
        statistics=statistics_of(results),
    )


def answers_alone(result: Result) -> ObservationRow:
    """Return what one person said, without what a website shows."""
    return replace(result.row, signals=(), controls=(), wording=None)


def _order(result: Result) -> tuple[bool, str, bytes, str]:
    """Return what people are put in order by: nothing that the files or their names tell."""
    role = _role(result)
    return (not role, role.casefold(), encode(result.row.given), result.assessed_on)


def _role(result: Result) -> str:
    typed = result.respondent.role if result.respondent else None
    return shorten(clean(typed or "").strip(), LONGEST_NAME)


def called(results: Sequence[Result]) -> tuple[str, ...]:
    """Return what people are called: by role, numbered where two have the same, else "Person 1"."""
    roles = [_role(each) for each in results]
    often = Counter(role.casefold() for role in roles)
    taken: set[str] = {role.casefold() for role in roles if often[role.casefold()] == 1}
    return tuple(
        role if role and often[role.casefold()] == 1 else _numbered(role or "Person", taken)
        for role in roles
    )


def _numbered(name: str, taken: set[str]) -> str:
    number = 1
    while f"{name} {number}".casefold() in taken:
        number += 1
    taken.add(f"{name} {number}".casefold())
    return f"{name} {number}"


def _views(
    results: Sequence[Result], verdicts: Sequence[Verdict], dimensions: Sequence[Agreement]
) -> tuple[View, ...]:
    signs = letters(len(results))
    return tuple(
        View(
            letter=signs[place],
            called=name,
            on=result.assessed_on,
            opinion=opinion_of(verdict),
            answered=len(verdict.evidence),
            asked=result.asked,
            apart=_apart(dimensions, place),
            own_label=result.label if result.label != verdict.label else None,
        )
        for place, (result, verdict, name) in enumerate(
            zip(results, verdicts, called(results), strict=True)
        )
    )


def _apart(dimensions: Sequence[Agreement], who: int) -> tuple[str, ...]:
    """Return where somebody is a level or more from over half of the others, farthest first."""
    found = []
    for one in dimensions:
        own = one.places[who].mean
        others = [each.mean for each in one.places if each.mean is not None]
        if own is None:
            continue
        far = [abs(own - other) for other in others]
        # Everybody is at no distance from themselves, which must not count as one of the others.
        if 2 * sum(each >= A_LEVEL for each in far) > len(others) - 1:
            found.append((-sum(far) / len(far), one.dimension))
    return tuple(dimension for _, dimension in sorted(found, key=lambda each: each[0]))


def _agreement(dimension: str, results: Sequence[Result]) -> Agreement:
    places = tuple(
        place_of(letter, dimension, each)
        for letter, each in zip(letters(len(results)), results, strict=True)
    )
    means = [each.mean for each in places if each.mean is not None]
    pairs = list(combinations(means, 2))
    spread = max(means) - min(means) if pairs else None
    return Agreement(
        dimension=dimension,
        places=places,
        agreeing=sum(abs(one - other) < A_LEVEL for one, other in pairs),
        pairs=len(pairs),
        spread=spread,
        finding=dimension in SHOULD_KNOW and spread is not None and spread > A_LEVEL,
    )


def _notes(people: Sequence[View], days: int, results: Sequence[Result]) -> list[str]:
    notes = []
    if days >= APART:
        notes.append(
            f"The answers were given up to {counted(days // 7, 'week')} apart: part of what "
            "differs may be the time between."
        )
    if any(each.website for each in results):
        notes.append(
            "What a website shows is left out here: it is nobody's view, and the same for all."
        )
    changed = [each.called for each in people if each.own_label is not None]
    if changed:
        notes.append(
            "Everybody's answers were weighed anew, alone and by one model; the reports of "
            f"{', '.join(changed)} name another verdict."
        )
    notes.append(
        "No names are kept here, but a role can tell who answered. Ask before you pass this on."
    )
    return notes
