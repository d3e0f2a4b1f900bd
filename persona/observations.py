"""What is known of one company at one time: the row that every later step reads.

The row carries the words of the questionnaire with each answer, so that the steps after it
(verdict, profile, plan, report) need no access to the questionnaire.
"""

from typing import Literal

import msgspec

from persona.vocabulary import Gap

Kind = Literal["persona", "execution", "context"]


class Answer(msgspec.Struct, frozen=True, omit_defaults=True):
    """One item with the option chosen.

    ``level`` is 1, 2 or 3 on the item's dimension, 0 for a neutral option, None off any
    dimension. ``score`` is 0 to 3 for execution items, None where the item does not apply.
    ``opens`` names the gaps that this option leaves open.
    """

    item: str
    option: str
    kind: Kind
    question: str
    text: str
    dimension: str | None = None
    level: int | None = None
    score: int | None = None
    gaps: tuple[Gap, ...] = ()
    opens: tuple[Gap, ...] = ()
    diagnosis: str | None = None
    verify_with: str | None = None


class Revision(msgspec.Struct, frozen=True):
    """An answer that was changed after the verdict was seen; None is "not known"."""

    item: str
    before: str | None
    after: str | None


class ObservationRow(msgspec.Struct, frozen=True):
    """All answers of one company; an item that is not here is missing, never zero."""

    answers: tuple[Answer, ...] = ()

    @property
    def given(self) -> dict[str, str]:
        """The option chosen for each item answered, by item id."""
        return {answer.item: answer.option for answer in self.answers}

    def answer(self, item: str) -> Answer | None:
        """Return the answer to ``item``, or None when it is missing."""
        return next((answer for answer in self.answers if answer.item == item), None)

    def of_kind(self, kind: Kind) -> tuple[Answer, ...]:
        """Return the answers to items of one kind, in questionnaire order."""
        return tuple(answer for answer in self.answers if answer.kind == kind)
