"""One run of the questionnaire in a terminal: opening, asking, report, and second thoughts."""

import secrets
import shlex
import shutil
import sys
from collections.abc import Callable
from functools import partial
from io import BufferedReader
from pathlib import Path
from typing import IO, TYPE_CHECKING

import msgspec

from persona.cli.resuming import kept_for
from persona.errors import OutputError, Paused, UsageError
from persona.layout import company_name
from persona.pipe import assess, current_model, open_model, shipped_questionnaire
from persona.questionnaire import session as sessions
from persona.questionnaire.ordering import next_item
from persona.questionnaire.session import Session
from persona.questionnaire.store import Store, sessions_folder
from persona.questionnaire.terminal import (
    EndOfInput,
    Interview,
    how_to_go_on,
    kept_answers,
    resuming,
)
from persona.reports.result import Respondent, Result

if TYPE_CHECKING:
    from persona.signals.extract import SiteReading

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
    ``show`` is called after the last question and after every revision, with the result and, on a
    terminal, a function that waits between pages. ``website`` is weighed with the answers.
    ``respondent`` is who answers; a role of theirs tells their answers from those of others at
    the company. ``saved`` is the file that ``show`` keeps the result in, if any.
    """

    def __init__(
        self,
        company: str | None,
        model: Path | None,
        show: Callable[[Result, Callable[[], None] | None], None],
        *,
        plain: bool,
        revisable: bool,
        website: "SiteReading | None" = None,
        respondent: Respondent | None = None,
        saved: Path | None = None,
    ) -> None:
        self.website, self.saved = website, saved
        self.respondent = respondent or Respondent()
        self.role = self.respondent.role
        self.named = company is not None
        self.company, self.show = company_name(company), show
        self.model = open_model(model) if model else current_model()
        self.replaces = False
        self.interactive = sys.stdin.isatty()
        self.revisable = revisable and self.interactive
        self.paged = self.revisable and sys.stdout.isatty() and not plain
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
            with self.store.hold(self.company, self.role):
                kept = self._kept(wish)
                self._close(self.interview.run(self._open(kept, wish)))
        except (EndOfInput, KeyboardInterrupt):
            self.interview.end_line()
            left = self.interview.session or kept
            if not self.interactive and not (left and left.begun):
                raise UsageError(NO_TERMINAL) from None
            if self.interview.session is not None:
                self._save(self.interview.session)
            raise Paused(how_to_go_on(left, program())) from None

    def _save(self, session: Session) -> None:
        """Keep a session; what it replaces is set aside once there is something to keep."""
        if not session.begun:
            return
        if self.replaces:
            self.store.set_aside(self.company, self.role)
            self.replaces = False
        self.store.save(session)

    def _settle_company(self, wish: Wish) -> None:
        """Find out which company it is, and whose answers, when that was not said."""
        if wish.resume:
            if not (self.named and self.store.path_for(self.company, self.role).exists()):
                self._go_on_with(kept_for(self.store, self.company, self.role, named=self.named))
        elif not self.named and self.interactive:
            self.company = self.interview.name()

    def _go_on_with(self, session: Session) -> None:
        self.company, self.role = session.company, session.role

    def _kept(self, wish: Wish) -> Session | None:
        """Return what is kept of the company and role."""
        return None if wish.restart else self.store.load(self.company, self.role)

    def _open(self, kept: Session | None, wish: Wish) -> Session:
        if kept is not None and (wish.resume or self._goes_on_with(kept)):
            if wish.quick and not kept.complete:
                return msgspec.structs.replace(kept, mode="quick", risk=wish.risk)
            return kept
        self.replaces = True
        return sessions.start(
            self.questionnaire,
            self.company,
            seed=secrets.randbits(32),
            mode="quick" if wish.quick else "full",
            risk=wish.risk,
            role=self.role,
        )

    def _goes_on_with(self, kept: Session) -> bool:
        """Decide about answers kept from before when nobody said what to do with them."""
        if kept.complete:
            question = "A finished questionnaire of this company is kept. Show its result?"
            return self.interactive and self.interview.confirm(question)
        if not self.interactive:
            raise UsageError(
                f"half-finished answers are kept ({how_to_go_on(kept, program())}); "
                "or start again with --restart, which sets them aside"
            )
        return self.interview.confirm(f"{kept_answers(kept)} from before. Go on with them?")

    def _close(self, session: Session) -> None:
        while True:
            self._show(session)
            revised = self.interview.revise(session) if self.revisable else None
            if revised is None:
                break
            self.store.save(revised)
            session = self.interview.run(revised)
        if self.revisable:
            self.interview.tell(again(session, self.saved))

    def _show(self, session: Session) -> None:
        result = assess(
            session.given,
            company=session.company,
            model=self.model,
            option_order=session.option_order,
            revisions=session.revisions,
            website=self.website,
            respondent=Respondent.of(session.role, self.respondent.name),
        )
        try:
            self.show(result, self.interview.pause if self.paged else None)
        except OutputError as error:
            raise OutputError(f"{error}; {how_to_go_on(session, program())}") from None


def program() -> str:
    """Return how this program was called, for commands that can be copied."""
    called = sys.argv[0]
    if Path(called).stem == "__main__":
        return f"{shlex.quote(sys.executable)} -m persona"
    on_path = shutil.which(Path(called).name)
    same = on_path is not None and Path(on_path).resolve() == Path(called).resolve()
    return Path(called).name if same else shlex.quote(called)


def again(session: Session, saved: Path | None) -> str:
    """Return which commands show a finished questionnaire's result again, and go on with it."""
    resume = f"{program()} {resuming(session)}"
    if saved is None:
        return f"To see this again: {resume}"
    report = f"{program()} report {shlex.quote(str(saved))}"
    return f"To see this again: {report}. To change answers: {resume}"


def _is_empty(stream: IO[str]) -> bool:
    """Return True if a stream ends before its first byte; nothing is read from it."""
    buffer = getattr(stream, "buffer", None)
    return isinstance(buffer, BufferedReader) and not buffer.peek(1)
