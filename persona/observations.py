"""What is known of one company at one time: the row that every later step reads.

The row carries the words of the questionnaire with each answer, so that the steps after it
(verdict, profile, plan, report) need no access to the questionnaire.
"""

from typing import Final, Literal, get_args

import msgspec

from persona.vocabulary import Gap, PageType, Reason

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


class Quote(msgspec.Struct, frozen=True):
    """Words from a page, at most 160 characters on one line, with the page's address."""

    text: str
    url: str


class Signal(msgspec.Struct, frozen=True, omit_defaults=True):
    """One observation computed from a website.

    ``value`` is None when the signal is missing, and ``missing`` then says why in words. A value
    of 0 means that the pages where it would be were read and nothing was found. ``says`` is what
    it says when something was found, in plain words; ``unit`` what the value is; ``clarity`` how
    far the value is on the way to the one from which it counts fully, 0 to 1.
    """

    id: str
    dimension: str
    family: str
    says: str
    value: float | None = None
    missing: str | None = None
    quotes: tuple[Quote, ...] = ()
    unit: str = ""
    clarity: float | None = None


WordPart = Literal["links", "labels", "text"]
"""What links are called, word by word; link texts as a whole; and the text of the pages."""

WORD_PARTS: Final[tuple[WordPart, ...]] = get_args(WordPart)


class Wording(msgspec.Struct, frozen=True):
    """The words that a website uses, with how often.

    ``links`` counts the words of link texts and of the site's own addresses, every distinct link
    once; ``labels`` link texts as a whole, cut to three words joined by "_"; ``text`` the words
    of visible text, titles and descriptions. All in lower case, letters a to z only.
    """

    links: dict[str, int]
    labels: dict[str, int]
    text: dict[str, int]

    def part(self, name: WordPart) -> dict[str, int]:
        """Return the counts of one part."""
        return {"links": self.links, "labels": self.labels, "text": self.text}[name]


class Control(msgspec.Struct, frozen=True, omit_defaults=True):
    """An observation that must never move the persona; None is "not known"."""

    id: str
    value: float | str | None = None
    name: str = ""


class Gate(msgspec.Struct, frozen=True):
    """Why a website gives no verdict by itself: the reason, and the same in words."""

    reason: Reason
    words: str


class Trace(msgspec.Struct, frozen=True):
    """A trace of how well the method is carried out, seen on a website; never in the verdict.

    ``open`` is True where the trace speaks for an open gap, False where it speaks against one.
    """

    gap: Gap
    words: str
    open: bool
    quotes: tuple[Quote, ...] = ()


class PageRead(msgspec.Struct, frozen=True, omit_defaults=True):
    """A page that was read: its address, what it is for, its words, and when."""

    url: str
    type: PageType
    words: int
    fetched_at: str | None = None


class Revision(msgspec.Struct, frozen=True):
    """An answer that was changed after the verdict was seen; None is "not known"."""

    item: str
    before: str | None
    after: str | None


class ObservationRow(msgspec.Struct, frozen=True):
    """All answers, signals and controls of one company.

    An item that is not here is missing, never zero; so is a signal whose value is None.
    ``wording`` is there while a website is being weighed; saved results do not keep it.
    """

    answers: tuple[Answer, ...] = ()
    signals: tuple[Signal, ...] = ()
    controls: tuple[Control, ...] = ()
    wording: Wording | None = None

    @property
    def given(self) -> dict[str, str]:
        """The option chosen for each item answered, by item id."""
        return {answer.item: answer.option for answer in self.answers}

    def answer(self, item: str) -> Answer | None:
        """Return the answer to ``item``, or None when it is missing."""
        return next((answer for answer in self.answers if answer.item == item), None)

    def signal(self, id_: str) -> Signal | None:
        """Return a signal, missing or not; None when no website was read."""
        return next((signal for signal in self.signals if signal.id == id_), None)

    def of_kind(self, kind: Kind) -> tuple[Answer, ...]:
        """Return the answers to items of one kind, in questionnaire order."""
        return tuple(answer for answer in self.answers if answer.kind == kind)
