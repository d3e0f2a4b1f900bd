"""What a comparison is of: whether results may be compared, and as dates or as people."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import Final

from persona.errors import ResultError, UsageError
from persona.layout import company_name, shorten
from persona.reports.comparison.structures import Kind
from persona.reports.result import Result
from persona.reports.sentences import spelled

FEWEST: Final = 2
MOST: Final = 30
APART: Final = 28
"""Days between two assessments from which on they are taken as two dates of one company."""

_LONGEST_SHOWN: Final = 40


def check_together(
    results: Sequence[Result], called: Sequence[str] | None = None, *, anyway: bool = False
) -> tuple[str, ...]:
    """Return how the results are called, once they may be compared.

    ``called`` names each result in errors ("result 1" if left out). Raises UsageError for fewer
    than two or more than thirty results, for the same one twice and, unless ``anyway``, for
    results of companies with different names.
    """
    names = tuple(called or (f"result {number}" for number in range(1, len(results) + 1)))
    if not FEWEST <= len(results) <= MOST:
        were = "was" if len(results) == 1 else "were"
        raise UsageError(
            f"a comparison takes {FEWEST} to {MOST} results, and {len(results)} {were} given"
        )
    for place, one in enumerate(results):
        for other in range(place):
            if one == results[other]:
                raise UsageError(f"{names[other]} and {names[place]} hold the same result")
    if not anyway:
        _check_company(results, names)
    return names


def _check_company(results: Sequence[Result], names: Sequence[str]) -> None:
    first: tuple[str, str] | None = None
    for result, name in zip(results, names, strict=True):
        company = company_name(result.company)
        if company is None:
            continue
        if first is None:
            first = (company, name)
        elif _same(company) != _same(first[0]):
            raise UsageError(
                f"{first[1]} is of {_short(first[0])} and {name} of {_short(company)}; if that is "
                "one company, add --anyway"
            )


def _same(company: str) -> str:
    return " ".join(company.casefold().split())


def _short(company: str) -> str:
    return repr(shorten(company, _LONGEST_SHOWN))


def day_of(result: Result, name: str) -> date:
    """Return the day of an assessment; ResultError for a file in which it is none."""
    try:
        return date.fromisoformat(result.assessed_on)
    except ValueError:
        raise ResultError(f"{name}: {result.assessed_on!r} is not a day") from None


def kind_of(results: Sequence[Result], names: Sequence[str], kind: Kind | None) -> tuple[Kind, str]:
    """Return what is compared, and a line that says why.

    Without a ``kind``, results that each lie four weeks or more from the next and name no two
    roles are dates of one company; all others are people. Raises UsageError where they cannot be
    what was asked for.
    """
    days = sorted(day_of(result, name) for result, name in zip(results, names, strict=True))
    roles = roles_in(results)
    closest = min((after - before).days for before, after in pairwise(days))
    if kind == "dates" and closest == 0:
        raise UsageError(
            "two of the results are of the same day, so neither is the earlier; compare them "
            "with --as people"
        )
    if kind is not None:
        return kind, f"Compared as {kind}, as asked for."
    if len(roles) > 1:
        return (
            "people",
            f"Compared as people, because the results name {spelled(len(roles))} roles.",
        )
    if closest < APART:
        return "people", (
            "Compared as people, because two assessments lie less than four weeks apart."
        )
    return "dates", (
        "Compared as dates of one company, because the assessments lie four weeks or more apart "
        "and name no two roles."
    )


def roles_in(results: Sequence[Result]) -> tuple[str, ...]:
    """Return the roles that results name, in order; two that differ in capitals are one."""
    named = [each.respondent.role for each in results if each.respondent and each.respondent.role]
    return tuple(sorted({_same(role): role for role in named}.values()))


def company_of(results: Sequence[Result]) -> str | None:
    """Return the company's name as the last of the results that has one writes it."""
    return next((each.company for each in reversed(results) if each.company), None)


def letters(count: int) -> tuple[str, ...]:
    """Return signs to tell so many apart: A to Z, then AA, AB, and so on."""
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    return tuple(
        ("" if place < len(alphabet) else alphabet[place // len(alphabet) - 1])
        + alphabet[place % len(alphabet)]
        for place in range(count)
    )


def reworded(results: Sequence[Result]) -> tuple[str, ...]:
    """Return the items whose question, or the same answer, is worded differently in two results."""
    asked: dict[str, str] = {}
    answered: dict[tuple[str, str], str] = {}
    found = set()
    for result in results:
        for answer in result.row.answers:
            question = asked.setdefault(answer.item, answer.question)
            text = answered.setdefault((answer.item, answer.option), answer.text)
            if (question, text) != (answer.question, answer.text):
                found.add(answer.item)
    return tuple(sorted(found))


def shared_notes(results: Sequence[Result]) -> tuple[str, ...]:
    """Return what to bear in mind of any comparison: other models, other words in questions."""
    notes = []
    models = sorted({f"{each.model.name} ({each.model.sha256[:8]})" for each in results})
    if len(models) > 1:
        notes.append(f"The verdicts were given by different models: {', '.join(models)}.")
    if items := reworded(results):
        notes.append(
            f"The questionnaire was reworded in between ({', '.join(items)}): answers are compared "
            "by option, whatever its words."
        )
    return tuple(notes)
