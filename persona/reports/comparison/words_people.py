"""What a comparison of people says in words, alike in a terminal and in a browser."""

from collections.abc import Sequence
from typing import Final

from persona.layout import counted, percent
from persona.reports.comparison.structures import (
    Agreement,
    Joint,
    PeopleComparison,
    Statistic,
    View,
    Without,
)
from persona.reports.sentences import joined, sentence, spelled
from persona.reports.website import opinion_in_words
from persona.vocabulary import DIMENSIONS, UNDECIDED, Persona

STATISTIC_NAMES: Final = {
    "equal answers": "Same answer chosen",
    "alpha on method": "Agreement on method",
    "alpha on execution": "Agreement on execution",
}
ABOUT_ALPHA: Final = (
    "Agreement runs from 1, everybody alike, to 0, what chance alone would give; below 0 is less "
    "than chance. It counts a difference of two levels for more than one of one level "
    "(Krippendorff's alpha, ordinal)."
)
ABOUT_INTERVALS: Final = (
    "In brackets: a 95 percent interval, from drawing the questions anew a thousand times. It says "
    "how far the figure hangs on which questions were asked."
)
NO_TOPIC: Final = "On no dimension do two people stand a level apart."
FINDINGS: Final = (
    "More than a level apart, and worth a meeting by itself: {}. On such a subject people of one "
    "company can be expected to know the same."
)
SAME_WITHOUT: Final = "Leaving out any one person gives the same verdict."
NAMED: Final = 3
"""People on one side who are named; more are given by their letters."""
_COUNTED: Final = 15
"""Pairs of people up to which they are counted; of more, the share is given."""
_FEW: Final = 4
"""Dimensions that are listed of one person."""


def who(letters: Sequence[str], people: Sequence[View]) -> str:
    """Return people by what they are called, or many of them by their letters."""
    if len(letters) > NAMED:
        return f"{len(letters)} people ({', '.join(letters)})"
    called = {each.letter: each.called for each in people}
    return joined(f"{called[letter]} ({letter})" for letter in letters)


def agreeing(one: Agreement) -> str:
    """Return how far people agree on a dimension."""
    if not one.pairs:
        known = sum(each.mean is not None for each in one.places)
        return "known to one person only" if known else "not known"
    if one.agreeing == one.pairs:
        return "all agree" if one.pairs > 1 else "agree"
    if one.pairs == 1:
        return "differ"
    if one.pairs > _COUNTED:
        return f"{percent(one.agreeing / one.pairs)} of pairs agree"
    return f"{one.agreeing} of {one.pairs} pairs agree"


def stands_apart(view: View) -> str:
    """Return on what somebody stands apart, the farthest first, "" where on nothing."""
    names = [DIMENSIONS[code].lower() for code in view.apart]
    if len(names) > _FEW + 1:
        names = [*names[:_FEW], f"{len(names) - _FEW} more dimensions"]
    return f"Stands apart on: {'; '.join(names)}" if names else ""


def joint_words(joint: Joint) -> str:
    """Return the joint verdict in words."""
    return sentence(opinion_in_words(joint.opinion))


def spread_words(joint: Joint, persona: Persona) -> str:
    """Return a persona's joint probability with its range over the people."""
    low, high = joint.ranges[persona]
    return f"{percent(joint.opinion.probabilities[persona])} ({percent(low)} to {percent(high)})"


def joint_notes(comparison: PeopleComparison) -> list[str]:
    """Return what to bear in mind of the joint verdict."""
    joint, people = comparison.joint, comparison.people
    notes = [
        "Everybody's answers weigh alike: each question counts with the mean of what those who "
        f"answered it say. {counted(joint.answered, 'question')} on method answered by somebody. "
        "In brackets: the lowest and the highest over the people."
    ]
    alike = sum(each.opinion.label == joint.opinion.label for each in people)
    if joint.opinion.label != UNDECIDED and 2 * alike <= len(people):
        same = f"only {spelled(alike)} says" if alike == 1 else f"{spelled(alike)} say"
        notes.append(
            f"Of {spelled(len(people))} people, {same if alike else 'nobody says'} the same alone. "
            "Take the joint verdict as the middle of different views, not as what the company "
            "agrees on."
        )
    return notes


def without_words(one: Without, people: Sequence[View]) -> str:
    """Return what the verdict would be with one person left out."""
    return f"Without {who([one.letter], people)}: {opinion_in_words(one.opinion)}"


def turning(joint: Joint) -> list[Without]:
    """Return the people without whom the joint verdict would be another."""
    return [each for each in joint.without if each.opinion.label != joint.opinion.label]


def figure(one: Statistic) -> str:
    """Return a figure of agreement with its interval, or why there is none."""
    if one.value is None:
        return f"not given: {one.why_not}"
    share = one.name == "equal answers"
    value = percent(one.value) if share else _plain(one.value)
    if one.low is None or one.high is None:
        return f"{value}; {one.why_not}"
    low, high = (percent(each) if share else _plain(each) for each in (one.low, one.high))
    return f"{value} ({low} to {high}), over {counted(one.items, 'question')}"


def _plain(value: float) -> str:
    return f"{'−' if value < -0.005 else ''}{abs(value):.2f}"
