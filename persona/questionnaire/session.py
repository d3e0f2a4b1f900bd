"""A questionnaire being answered: a value that knows no terminal, clock or disk.

Every operation returns a new session. ``path`` lists the items shown so far: in the order of
the questionnaire, or, when asked quickly, in the order in which they were chosen. ``cursor``
points at the one on screen (at its end: nothing on screen); ``jumped`` says that it was gone to
out of turn. An answer of None means "not sure, or does not apply"; an item that was skipped is in
``skipped`` and has no answer yet.
"""

import random
from collections.abc import Mapping
from typing import Literal

import msgspec

from persona.errors import SessionError
from persona.observations import Revision
from persona.questionnaire.items import Item, Questionnaire

SCHEMA = "persona-session/1"
Mode = Literal["full", "quick"]


class Session(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The state of one respondent's questionnaire.

    ``company`` and ``role`` together say whose it is.
    """

    schema: str = SCHEMA
    company: str | None
    role: str | None = None
    mode: Mode = "full"
    risk: float = 0.0
    option_order: dict[str, tuple[str, ...]]
    path: tuple[str, ...] = ()
    cursor: int = 0
    jumped: bool = False
    answers: dict[str, str | None] = {}
    skipped: tuple[str, ...] = ()
    revisions: tuple[Revision, ...] = ()
    complete: bool = False

    @property
    def current(self) -> str | None:
        """The item on screen, or None when the next one has yet to be chosen."""
        return self.path[self.cursor] if self.cursor < len(self.path) else None

    @property
    def begun(self) -> bool:
        """True once there is something to keep."""
        return bool(self.answers or self.skipped or self.complete)

    @property
    def given(self) -> dict[str, str]:
        """The answers that say something: item id to option id."""
        return {item: option for item, option in self.answers.items() if option is not None}

    def is_open(self, item: str) -> bool:
        """Return True if the item was neither answered nor marked as not known."""
        return item not in self.answers


def start(
    questionnaire: Questionnaire,
    company: str | None,
    seed: int,
    mode: Mode = "full",
    risk: float = 0.0,
    role: str | None = None,
) -> Session:
    """Return a new session; ``seed`` decides the order in which options are shown."""
    shuffle = random.Random(seed)
    order = {item.id: _shuffled(item, shuffle) for item in questionnaire.items}
    return Session(company=company, role=role, mode=mode, risk=risk, option_order=order)


def _shuffled(item: Item, shuffle: random.Random) -> tuple[str, ...]:
    """Shuffle options freely; turn a scale over as a whole and leave what follows it last."""
    ids = [option.id for option in item.options]
    if not item.ordered:
        shuffle.shuffle(ids)
        return tuple(ids)
    scale, rest = ids[: item.ordered], ids[item.ordered :]
    if shuffle.random() < 0.5:
        scale.reverse()
    return tuple(scale + rest)


def show(session: Session, item: str) -> Session:
    """Put an item on screen that was not shown before, at its place in the path."""
    shown = (*session.path, item)
    if session.mode == "full":
        order = list(session.option_order)
        shown = tuple(sorted(shown, key=order.index))
    return msgspec.structs.replace(session, path=shown, cursor=shown.index(item), complete=False)


def answer(session: Session, option: str | None) -> Session:
    """Record an option, or None for "not sure / does not apply", and move on."""
    item = _on_screen(session)
    if option is not None and option not in session.option_order[item]:
        raise SessionError(f"{item}: {option!r} is not one of its options")
    revisions = session.revisions
    if session.complete and session.answers.get(item) != option:
        revisions = (*revisions, Revision(item, session.answers.get(item), option))
    after = msgspec.structs.replace(
        session,
        answers={**session.answers, item: option},
        skipped=tuple(each for each in session.skipped if each != item),
        revisions=revisions,
    )
    return _onward(session, after, review=not session.is_open(item))


def keep(session: Session) -> Session:
    """Leave the answer on screen as it is, or the item open, and move on."""
    if session.is_open(_on_screen(session)):
        return msgspec.structs.replace(session, cursor=session.cursor + 1, jumped=False)
    return _onward(session, session, review=True)


def skip(session: Session) -> Session:
    """Leave the item for later and move on; an answer it already had stays."""
    item = _on_screen(session)
    if not session.is_open(item) or item in session.skipped:
        return _onward(session, session, review=True)
    after = msgspec.structs.replace(session, skipped=(*session.skipped, item))
    return _onward(session, after, review=False)


def back(session: Session) -> Session:
    """Go back to the item before this one; at the first item nothing changes."""
    return msgspec.structs.replace(session, cursor=max(0, session.cursor - 1), jumped=False)


def jump(session: Session, item: str) -> Session:
    """Go to an item; after it the session goes on with the first that is still open."""
    if item not in session.option_order:
        raise SessionError(f"{item} is not a question")
    if item == session.current:
        return session
    if item not in session.path:
        session = msgspec.structs.replace(show(session, item), complete=session.complete)
    return msgspec.structs.replace(session, cursor=session.path.index(item), jumped=True)


def finish(session: Session) -> Session:
    """Mark the session complete; later changes are recorded as revisions."""
    return msgspec.structs.replace(session, complete=True, cursor=len(session.path), jumped=False)


def reopen(session: Session) -> Session:
    """Go on with a completed session to ask in full, at the first item that is still open."""
    path = tuple(sorted(session.path, key=list(session.option_order).index))
    session = msgspec.structs.replace(
        session, complete=False, skipped=(), mode="full", risk=0.0, path=path
    )
    return msgspec.structs.replace(session, cursor=_first_open(session))


def _on_screen(session: Session) -> str:
    item = session.current
    if item is None:
        raise SessionError("no question is on screen")
    return item


def _onward(before: Session, after: Session, *, review: bool) -> Session:
    """Move on: step by step when answers are seen again, else to the first item still open."""
    cursor = before.cursor + 1 if review and not before.jumped else _first_open(after)
    return msgspec.structs.replace(after, cursor=cursor, jumped=False)


def _first_open(session: Session) -> int:
    """Return the place of the first item neither answered nor skipped, or the path's end."""
    for place, item in enumerate(session.path):
        if session.is_open(item) and item not in session.skipped:
            return place
    return len(session.path)


def check_session(session: Session, questionnaire: Questionnaire) -> None:
    """Raise SessionError when a session read from disk does not fit the questionnaire."""
    if session.schema != SCHEMA:
        raise SessionError(f"schema {session.schema!r} is not {SCHEMA!r}")
    options = {item.id: {option.id for option in item.options} for item in questionnaire.items}
    if set(session.option_order) != set(options):
        raise SessionError("its questions are not those of this questionnaire")
    for item, order in session.option_order.items():
        if len(order) != len(options[item]) or set(order) != options[item]:
            raise SessionError(f"{item}: its options are not those of this questionnaire")
    _check_answers(session.answers, options)
    strangers = set(session.path) | set(session.skipped)
    if strangers - set(options) or len(set(session.path)) != len(session.path):
        raise SessionError("its list of questions shown is damaged")
    if not 0 <= session.cursor <= len(session.path):
        raise SessionError("its place in the questionnaire is damaged")


def _check_answers(answers: Mapping[str, str | None], options: Mapping[str, set[str]]) -> None:
    for item, option in answers.items():
        if item not in options or (option is not None and option not in options[item]):
            raise SessionError(f"{item}: the answer kept is not one of its options")
