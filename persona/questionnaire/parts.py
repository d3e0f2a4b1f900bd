"""Where a question stands: its number, its part, and what is said when a part begins.

The same in a terminal and in a browser. Nothing here tells what an option stands for.
"""

from typing import Final

import msgspec

from persona.layout import counted
from persona.observations import Kind
from persona.questionnaire.items import Questionnaire
from persona.questionnaire.session import Session

WELCOME: Final = (
    "Think of the last time it happened, not of how it should be. About ten minutes; every answer "
    "is kept at once, so you can stop at any time."
)
_EXECUTION: Final = "Part two: twelve questions on how things are carried out."
_CONTEXT: Final = "Two last questions, for the record; they are never scored."
_NAMES: Final[dict[Kind, str]] = {
    "persona": "How you work",
    "execution": "How it is carried out",
    "context": "For the record",
}


class Part(msgspec.Struct, frozen=True):
    """One part of the questionnaire: ``answered`` of ``total`` questions; ``current`` is here."""

    name: str
    answered: int
    total: int
    current: bool


def number_of(session: Session, item: str) -> int:
    """Return the number of a question, from 1: its place in all, or in those asked so far."""
    if session.mode == "full":
        return list(session.option_order).index(item) + 1
    return session.path.index(item) + 1 if item in session.path else len(session.path) + 1


def total_of(session: Session, questionnaire: Questionnaire) -> int:
    """Return how many questions are asked; at most, when asked quickly."""
    items = questionnaire.items
    if session.mode == "full":
        return len(items)
    return sum(item.kind != "context" for item in items)


def place_of(session: Session, questionnaire: Questionnaire, item: str) -> str:
    """Return where a question stands: "Question 7 of 42"."""
    of = "of" if session.mode == "full" else "of at most"
    return f"Question {number_of(session, item)} {of} {total_of(session, questionnaire)}"


def opening_words(
    session: Session, questionnaire: Questionnaire, item: str, how_to_finish: str
) -> str:
    """Return what is said before a question that begins a part, "" before any other.

    What was shown before ``item`` decides: the path up to it, or all of it for a new item.
    ``how_to_finish`` is a sentence on leaving the rest out, said where enough is known.
    """
    kinds = {each.id: each.kind for each in questionnaire.items}
    path = session.path
    shown = path[: path.index(item)] if item in path else path
    before, kind = {kinds[each] for each in shown}, kinds[item]
    if not shown:
        return WELCOME
    if kind == "execution" and "persona" in before and "execution" not in before:
        if session.mode == "quick":
            asked = counted(len(shown), "question")
            return f"Enough is known of your method after {asked}. {_EXECUTION} {how_to_finish}"
        return _EXECUTION
    return _CONTEXT if kind == "context" and "context" not in before else ""


def parts_of(session: Session, questionnaire: Questionnaire, item: str | None) -> list[Part]:
    """Return the parts that are asked, with how far each is; ``item`` is the question on screen."""
    here = questionnaire.by_id[item].kind if item else None
    parts = []
    for kind, name in _NAMES.items():
        items = questionnaire.of_kind(kind)
        if items and (session.mode == "full" or kind != "context"):
            answered = sum(not session.is_open(each.id) for each in items)
            parts.append(Part(name, answered, len(items), kind == here))
    return parts
