"""Questionnaires as the pages change them: held, loaded fresh, changed, settled and kept.

The same sessions, in the same files, as in the terminal. Between two requests nothing is held in
memory, so that any page of any age may be sent at any time: what it says is applied to the newest
state of its questionnaire.
"""

import secrets
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from threading import Lock
from typing import Final

from persona.errors import SessionError
from persona.layout import company_name
from persona.questionnaire import session as sessions
from persona.questionnaire.items import Questionnaire
from persona.questionnaire.session import Session
from persona.questionnaire.store import Store
from persona.reports.result import Respondent
from persona.web.moves import Choose, settled

_PATIENCE: Final = 2.0
"""Seconds to wait for another window's answer; a terminal keeps a questionnaire for longer."""

Move = Callable[[Session], Session]


class InUse(SessionError):
    """A questionnaire that is being answered in a terminal; the message says what to do."""


class Seats:
    """The questionnaires of one store; ``choose`` returns the item to show next, or None."""

    def __init__(self, store: Store, questionnaire: Questionnaire, choose: Choose) -> None:
        self.store = store
        self.questionnaire = questionnaire
        self.choose = choose
        self._locks: dict[str, Lock] = {}

    def find(self, key: str) -> Session | None:
        """Return a questionnaire by its key, None where there is none."""
        return self.store.at(key)

    def kept(self, company: str | None, role: str | None) -> Session | None:
        """Return what is kept of a company and role, None where nothing was said yet.

        Raises SessionError where it is damaged, and UsageError for a role that is too long.
        """
        session = self.store.load(company_name(company), _role(role))
        return session if session is not None and session.begun else None

    def begin(self, company: str | None, role: str | None, *, quick: bool) -> str:
        """Begin a questionnaire and return its key; what was kept, sound or not, is set aside.

        Raises UsageError for a role that is too long, and InUse.
        """
        session = sessions.start(
            self.questionnaire,
            company_name(company),
            seed=secrets.randbits(32),
            mode="quick" if quick else "full",
            role=_role(role),
        )
        with self._held(session):
            if self._is_worth_keeping(session):
                self.store.set_aside(session.company, session.role)
            self.store.save(settled(session, self.choose))
        return self.store.key_of(session)

    def change(self, key: str, move: Move) -> Session | None:
        """Apply a move to the newest state of a questionnaire, keep it, and return it.

        None where there is no such questionnaire. Raises InUse, and SessionError for a move that
        cannot be made.
        """
        found = self.store.at(key)
        if found is None:
            return None
        with self._held(found):
            before = self.store.load(found.company, found.role)
            if before is None:
                return None
            after = settled(move(before), self.choose)
            if after != before:
                self.store.save(after)
        return after

    def set_aside(self, key: str) -> None:
        """Put a questionnaire out of sight; its file stays, under another name."""
        found = self.store.at(key)
        if found is not None:
            with self._held(found):
                self.store.set_aside(found.company, found.role)

    def _is_worth_keeping(self, session: Session) -> bool:
        try:
            kept = self.store.load(session.company, session.role)
        except SessionError:
            return True
        return kept is not None and kept.begun

    @contextmanager
    def _held(self, session: Session) -> Iterator[None]:
        """Keep a questionnaire to one request, among threads and processes."""
        lock = self._locks.setdefault(self.store.key_of(session), Lock())
        if not lock.acquire(timeout=_PATIENCE):
            raise InUse(_in_use(session))
        with ExitStack() as held:
            held.callback(lock.release)
            try:
                held.enter_context(self.store.hold(session.company, session.role, wait=_PATIENCE))
            except SessionError:
                raise InUse(_in_use(session)) from None
            yield


def _role(typed: str | None) -> str | None:
    who = Respondent.of(typed, None)
    return who.role if who else None


def _in_use(session: Session) -> str:
    whose = session.company or "this questionnaire"
    return f"{whose} is being answered in a terminal; leave it there with q, then send this again"
