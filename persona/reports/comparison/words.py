"""What a comparison says in one sentence, alike in a terminal and in a browser."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from persona.layout import percent
from persona.reports.comparison.structures import DateComparison, PeopleComparison, Place
from persona.reports.headline import AS_ONE
from persona.reports.result import Opinion
from persona.reports.sentences import day, joined, sentence, spelled
from persona.vocabulary import PERSONAS, UNDECIDED, Label

NAMES: Final = ("sales", "passive", "dynamic")
"""Methods in short, where there is little room."""
_IN_WORDS: Final = 9


def lede(comparison: DateComparison | PeopleComparison) -> str:
    """Return the comparison in one sentence."""
    if isinstance(comparison, DateComparison):
        return _then_and_now(comparison)
    return _who_sees_what([each.opinion for each in comparison.people])


def _then_and_now(comparison: DateComparison) -> str:
    first, last = comparison.moments[0], comparison.moments[-1]
    then, now = (AS_ONE[each.opinion.label] for each in (first, last))
    if first.opinion.label == last.opinion.label:
        return (
            f"{sentence(then)} then and now:{_how_sure(first.opinion)} on {day(first.on)},"
            f"{_how_sure(last.opinion)} on {day(last.on)}."
        )
    return (
        f"{sentence(then)} on {day(first.on)}{_in_brackets(first.opinion)}, "
        f"{now} on {day(last.on)}{_in_brackets(last.opinion)}."
    )


def _how_sure(opinion: Opinion) -> str:
    if opinion.label != UNDECIDED:
        return f" {percent(opinion.probabilities[opinion.leader])}"
    if not is_enough(opinion):
        return " too little known"
    leader = AS_ONE[opinion.leader]
    return f" nearest {leader} ({percent(opinion.probabilities[opinion.leader])})"


def _in_brackets(opinion: Opinion) -> str:
    return "" if opinion.label == UNDECIDED else f" ({_how_sure(opinion).strip()})"


def _who_sees_what(opinions: Sequence[Opinion]) -> str:
    counts = Counter(each.label for each in opinions)
    labels: list[Label] = [*PERSONAS, "undecided"]
    there = [label for label in labels if counts[label]]
    many = _number(len(opinions), len(opinions))
    if there == ["undecided"]:
        return f"The answers of {_all(len(opinions))} leave the method open."
    if len(there) == 1:
        return f"{sentence(_all(len(opinions)))} describe the same method: {AS_ONE[there[0]]}."
    kinds = sum(label != UNDECIDED for label in there)
    what = f"{spelled(kinds)} different methods" if kinds > 1 else "the company differently"
    parts = joined(_how_many(label, counts[label], len(opinions)) for label in there)
    return f"{sentence(many)} people describe {what}: {parts}."


def _number(count: int, whole: int) -> str:
    """Return a count in words, or in figures like all others where the whole is a large one."""
    return str(count) if whole > _IN_WORDS else spelled(count)


def _all(count: int) -> str:
    return "both people" if count == 2 else f"all {_number(count, count)} people"


def _how_many(label: Label, count: int, whole: int) -> str:
    if label == UNDECIDED:
        what = "leaves it open" if count == 1 else "leave it open"
    else:
        what = f"{'says' if count == 1 else 'say'} {AS_ONE[label]}"
    return f"{_number(count, whole)} {what}"


def is_enough(opinion: Opinion) -> bool:
    """Return whether there was enough evidence for a verdict, whether or not one was reached."""
    return opinion.reason in (None, "mixed")


def where(place: Place) -> str:
    """Return where somebody stands on a dimension, in words."""
    if place.levels:
        return " and ".join(NAMES[level - 1] for level in sorted(set(place.levels)))
    return "neutral" if place.known else "not known"
