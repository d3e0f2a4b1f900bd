"""What the page of one question shows, and the overview of all of them."""

from typing import Any, Final

import msgspec

from persona.questionnaire.items import Item, Questionnaire
from persona.questionnaire.parts import number_of, opening_words, parts_of, place_of
from persona.questionnaire.session import Session
from persona.web.moves import before, waiting

UNSURE: Final = "unsure"
"""The value of the choice "not sure, or does not apply" in a form."""
_FINISH: Final = "You can also finish now, from the overview, and leave them out."


class Choice(msgspec.Struct, frozen=True):
    """One answer to choose: ``value`` as the form sends it, ``key`` the key that chooses it."""

    value: str
    text: str
    key: str
    chosen: bool


class Line(msgspec.Struct, frozen=True):
    """One question in the overview; ``state`` is answered, unsure, skipped or open.

    ``answer`` says what was answered, or why nothing was; "" for a question that is still open.
    """

    item: str
    number: int
    question: str
    answer: str
    state: str


class Group(msgspec.Struct, frozen=True):
    """The questions of one part in the overview."""

    name: str
    lines: tuple[Line, ...]


def question_view(
    session: Session, questionnaire: Questionnaire, item_id: str, chosen: str | None = None
) -> dict[str, Any]:
    """Return what the page of a question shows; ``chosen`` is a choice that was not kept."""
    item = questionnaire.by_id[item_id]
    return {
        "session": session,
        "item": item,
        "choices": _choices(session, item, chosen),
        "place": place_of(session, questionnaire, item_id),
        "opening": _opening(session, questionnaire, item_id),
        "parts": parts_of(session, questionnaire, item_id),
        "back": before(session, item_id),
    }


def _opening(session: Session, questionnaire: Questionnaire, item: str) -> str:
    """Return what is said where a part begins, until its first question is answered."""
    if session.complete or not session.is_open(item):
        return ""
    return opening_words(session, questionnaire, item, _FINISH)


def _choices(session: Session, item: Item, chosen: str | None) -> list[Choice]:
    if chosen is None and not session.is_open(item.id):
        chosen = session.answers[item.id] or UNSURE
    choices = []
    for key, option_id in enumerate(session.option_order[item.id], 1):
        option = item.option(option_id)
        if option is not None:
            choices.append(Choice(option_id, option.text, str(key), option_id == chosen))
    unsure = "Not sure, or does not apply"
    return [*choices, Choice(UNSURE, unsure, "n", chosen == UNSURE)]


def overview_view(session: Session, questionnaire: Questionnaire) -> dict[str, Any]:
    """Return what the overview shows: every question that was or will be asked, part by part."""
    if session.mode == "full":
        asked = [item.id for item in questionnaire.items]
    else:
        asked = list(session.path)
    groups = []
    for part, kind in zip(parts_of(session, questionnaire, None), _KINDS, strict=False):
        ids = [each for each in asked if questionnaire.by_id[each].kind == kind]
        if ids:
            lines = tuple(_line(session, questionnaire.by_id[each]) for each in ids)
            groups.append(Group(part.name, lines))
    skipped = [str(number_of(session, each)) for each in waiting(session)]
    return {
        "session": session,
        "groups": groups,
        "parts": parts_of(session, questionnaire, None),
        "skipped": skipped,
        "left": sum(session.is_open(item.id) for item in questionnaire.items),
    }


_KINDS: Final = ("persona", "execution", "context")


def _line(session: Session, item: Item) -> Line:
    given = session.answers.get(item.id)
    option = item.option(given) if given else None
    if option is not None:
        state, answer = "answered", option.text
    elif not session.is_open(item.id):
        state, answer = "unsure", "Not sure, or does not apply"
    elif item.id in session.skipped:
        state, answer = "skipped", "Skipped"
    else:
        state, answer = "open", ""
    return Line(item.id, number_of(session, item.id), item.question, answer, state)
