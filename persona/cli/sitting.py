"""One run of the questionnaire in a terminal: opening, asking, report, and second thoughts."""

import secrets
import sys
from collections.abc import Callable
from pathlib import Path

import msgspec

from persona.errors import OutputError, Paused, UsageError
from persona.model.artefact import load_model
from persona.pipe import assess, shipped_model, shipped_questionnaire
from persona.questionnaire import session as sessions
from persona.questionnaire.session import Session
from persona.questionnaire.store import Store, sessions_folder
from persona.questionnaire.terminal import EndOfInput, Interview, how_to_go_on
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
        self.company, self.show = company, show
        self.model = load_model(model) if model else shipped_model()
        self.interactive = sys.stdin.isatty()
        self.revisable = revisable and self.interactive
        self.questionnaire = shipped_questionnaire()
        self.store = Store(sessions_folder(), self.questionnaire)
        self.interview = Interview(
            self.questionnaire,
            self.model.model,
            self.store.save,
            stdin=sys.stdin,
            stderr=sys.stderr,
            plain=plain,
        )

    def run(self, wish: Wish) -> None:
        """Run the sitting; Paused, with how to go on, when the user stops before the end."""
        try:
            kept = self._kept(wish)
            with self.store.hold(self.company):
                self._close(self.interview.run(self._open(kept, wish)))
        except (EndOfInput, KeyboardInterrupt):
            left = self.interview.session
            if not self.interactive and not (left and left.answers):
                raise UsageError(NO_TERMINAL) from None
            if left is not None:
                self.store.save(left)
            raise Paused(how_to_go_on(left)) from None

    def _kept(self, wish: Wish) -> Session | None:
        """Settle which company it is, and return what is kept of it."""
        if wish.resume:
            return self._to_resume()
        if self.company is None and self.interactive:
            self.company = self.interview.name()
        return None if wish.restart else self.store.load(self.company)

    def _to_resume(self) -> Session:
        if self.company is not None:
            kept = self.store.load(self.company)
            if kept is None:
                raise UsageError(f"nothing is kept for {self.company!r}; start without --resume")
            return kept
        unfinished = self.store.unfinished()
        if not unfinished:
            raise UsageError("no half-finished questionnaire is kept; start without --resume")
        if len(unfinished) > 1:
            names = ", ".join(repr(each.company or "") for each in unfinished)
            raise UsageError(f"several are half-finished; add --company with one of {names}")
        self.company = unfinished[0].company
        return unfinished[0]

    def _open(self, kept: Session | None, wish: Wish) -> Session:
        if kept is not None and (wish.resume or self._goes_on_with(kept)):
            if wish.quick:
                return msgspec.structs.replace(kept, mode="quick", risk=wish.risk)
            return kept
        self.store.set_aside(self.company)
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
        count = len(kept.answers)
        return self.interview.confirm(f"{count} answers are kept from before. Go on with them?")

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
