"""One run of the questionnaire in a terminal: opening, asking, report, and second thoughts."""

import secrets
import sys
from collections.abc import Callable
from functools import partial
from io import BufferedReader
from pathlib import Path
from typing import IO

import msgspec

from persona.errors import OutputError, Paused, UsageError
from persona.layout import company_name
from persona.model.artefact import load_model
from persona.pipe import assess, shipped_model, shipped_questionnaire
from persona.questionnaire import session as sessions
from persona.questionnaire.ordering import next_item
from persona.questionnaire.session import Session
from persona.questionnaire.store import Store, sessions_folder
from persona.questionnaire.terminal import EndOfInput, Interview, how_to_go_on, kept_answers
from persona.reports.result import Result, Revision

NO_TERMINAL = (
    "no terminal to ask on; give the answers with --answers FILE "
    "(persona questions --format json lists the questions)"
)


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    """How the user wants to begin and to be asked."""

    resume: bool
    restart: bool
    quick: bool
    risk: float


class Sitting:
    """Ask one respondent, show the result, and let answers be revised.

    ``company`` may be empty, for the questionnaire without a name; None leaves it to be found out.
    ``show`` is called with the result after the last question and after every revision.
    """

    def __init__(
        self,
        company: str | None,
        model: Path | None,
        show: Callable[[Result], None],
        *,
        plain: bool,
        revisable: bool,
    ) -> None:
        self.named = company is not None
        self.company, self.show = company_name(company), show
        self.model = load_model(model) if model else shipped_model()
        self.replaces = False
        self.interactive = sys.stdin.isatty()
        self.revisable = revisable and self.interactive
        self.questionnaire = shipped_questionnaire()
        self.store = Store(sessions_folder(), self.questionnaire)
        self.interview = Interview(
            self.questionnaire,
            partial(next_item, questionnaire=self.questionnaire, model=self.model.model),
            self._save,
            stdin=sys.stdin,
            stderr=sys.stderr,
            plain=plain,
        )

    def run(self, wish: Wish) -> None:
        """Run the sitting; Paused, with how to go on, when the user stops before the end."""
        if not self.interactive and _is_empty(sys.stdin):
            raise UsageError(NO_TERMINAL)
        kept = None
        try:
            self._settle_company(wish)
            with self.store.hold(self.company):
                kept = self._kept(wish)
                self._close(self.interview.run(self._open(kept, wish)))
        except (EndOfInput, KeyboardInterrupt):
            self.interview.end_line()
            left = self.interview.session or kept
            if not self.interactive and not (left and left.begun):
                raise UsageError(NO_TERMINAL) from None
            if self.interview.session is not None:
                self._save(self.interview.session)
            raise Paused(how_to_go_on(left)) from None

    def _save(self, session: Session) -> None:
        """Keep a session; what it replaces is set aside once there is something to keep."""
        if not session.begun:
            return
        if self.replaces:
            self.store.set_aside(self.company)
            self.replaces = False
        self.store.save(session)

    def _settle_company(self, wish: Wish) -> None:
        """Find out which company it is when that was not said."""
        if self.named:
            if wish.resume and not self.store.path_for(self.company).exists():
                raise UsageError(f"nothing is kept for {self.company!r}; start without --resume")
        elif wish.resume:
            self.company = self._only_unfinished()
        elif self.interactive:
            self.company = self.interview.name()

    def _only_unfinished(self) -> str | None:
        unfinished = [session.company for session in self.store.unfinished()]
        if not unfinished:
            raise UsageError("no half-finished questionnaire is kept; start without --resume")
        if len(unfinished) > 1:
            names = ", ".join(repr(company or "") for company in unfinished)
            raise UsageError(f"several are half-finished; add --company with one of {names}")
        return unfinished[0]

    def _kept(self, wish: Wish) -> Session | None:
        """Return what is kept of the company."""
        return None if wish.restart else self.store.load(self.company)

    def _open(self, kept: Session | None, wish: Wish) -> Session:
        if kept is not None and (wish.resume or self._goes_on_with(kept)):
            if wish.quick:
                return msgspec.structs.replace(kept, mode="quick", risk=wish.risk)
            return kept
        self.replaces = True
        return sessions.start(
            self.questionnaire,
            self.company,
            seed=secrets.randbits(32),
            mode="quick" if wish.quick else "full",
            risk=wish.risk,
        )

    def _goes_on_with(self, kept: Session) -> bool:
        """Decide about answers kept from before when nobody said what to do with them."""
        if kept.complete:
            return False
        if not self.interactive:
            raise UsageError(
                f"half-finished answers are kept ({how_to_go_on(kept)}); "
                "or start again with --restart, which sets them aside"
            )
        return self.interview.confirm(f"{kept_answers(kept)} from before. Go on with them?")

    def _close(self, session: Session) -> None:
        while True:
            self._show(session)
            revised = self.interview.revise(session) if self.revisable else None
            if revised is None:
                return
            self.store.save(revised)
            session = revised

    def _show(self, session: Session) -> None:
        result = assess(
            session.given,
            company=session.company,
            model=self.model,
            option_order=session.option_order,
            revisions=tuple(Revision(r.item, r.before, r.after) for r in session.revisions),
        )
        try:
            self.show(result)
        except OutputError as error:
            raise OutputError(f"{error}; {how_to_go_on(session)}") from None


def _is_empty(stream: IO[str]) -> bool:
    """Return True if a stream ends before its first byte; nothing is read from it."""
    buffer = getattr(stream, "buffer", None)
    return isinstance(buffer, BufferedReader) and not buffer.peek(1)
