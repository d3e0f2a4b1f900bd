"""The questionnaire, one question a page: every answer is kept at once, at whatever page it came.

    /questionnaire                    begin (form)
    /questionnaire/KEY                on to where it stands
    /questionnaire/KEY/overview       all questions, and finishing
    /questionnaire/KEY/P07            one question; its form answers, skips or goes back

KEY is the name of the questionnaire's file, which the terminal uses as well.
"""

from threading import Lock
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from persona.errors import OutputError, PersonaError, SessionError, UsageError
from persona.questionnaire import session as sessions
from persona.questionnaire.session import Session
from persona.web import moves
from persona.web.asking import UNSURE, overview_view, question_view
from persona.web.desk import Desk
from persona.web.finishing import already_saved, save_finished
from persona.web.refusing import status_of, told
from persona.web.responding import Form, form_route, page, see_other
from persona.web.seats import InUse, Move

ROOT: Final = "/questionnaire"
_DAMAGED: Final = (
    "The answers kept here are damaged, and their file was left as it is. To put it aside, begin "
    "the questionnaire anew with the same company and role."
)


def routes(desk: Desk) -> list[BaseRoute]:
    """Return the routes of this module."""
    pages = _Pages(desk)
    return [
        Route(ROOT, pages.begin_form),
        form_route(ROOT, pages.begin),
        Route(f"{ROOT}/{{key}}", pages.resume),
        Route(f"{ROOT}/{{key}}/overview", pages.overview),
        form_route(f"{ROOT}/{{key}}/finish", pages.finish),
        form_route(f"{ROOT}/{{key}}/reopen", pages.reopen),
        Route(f"{ROOT}/{{key}}/aside", pages.aside_form),
        form_route(f"{ROOT}/{{key}}/aside", pages.aside),
        Route(f"{ROOT}/{{key}}/{{item}}", pages.question),
        form_route(f"{ROOT}/{{key}}/{{item}}", pages.answer),
    ]


class _Pages:
    """The handlers; each loads what it needs and keeps nothing."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.seats = desk.seats
        self.questionnaire = desk.questionnaire
        self.saving = Lock()

    def begin_form(self, request: Request) -> Response:
        """Ask whose questionnaire it is, and how much is to be asked."""
        company = request.query_params.get("company", "")
        return self._begin_form(request, Form([("company", company)]))

    def begin(self, request: Request, form: Form) -> Response:
        """Begin, unless answers are kept: then it is asked what is to become of them."""
        company, role = form.get("company"), form.get("role")
        try:
            if form.get("do") != "again":
                kept = self.seats.kept(company, role)
                if kept is not None:
                    return self._kept(request, form, kept)
            key = self.seats.begin(company, role, quick=form.get("mode") == "quick")
        except UsageError as error:
            return self._begin_form(request, form, str(error))
        except InUse:
            raise
        except SessionError:
            return self._kept(request, form, None)
        return see_other(f"{ROOT}/{key}")

    def resume(self, request: Request) -> Response:
        """Go on where it stands; a look changes nothing, so a finished one shows its answers."""
        session = self._found(request)
        current = None if session.complete else moves.settled(session, self.seats.choose).current
        return see_other(f"{ROOT}/{_key(request)}/{current or 'overview'}")

    def question(self, request: Request) -> Response:
        """Show one question, whichever is on screen elsewhere."""
        session = self._found(request)
        return self._question(request, session, self._item(request))

    def answer(self, request: Request, form: Form) -> Response:
        """Keep what a question's form says, and go on from there."""
        key, item = _key(request), self._item(request)
        option = form.get("option")
        move = self._move(item, form.get("do", "next"), option)
        if move is None:
            return self._again(request, item)
        try:
            after = self.seats.change(key, move)
        except (InUse, OutputError) as error:
            return self._again(request, item, error, option)
        except SessionError:
            return self._again(request, item)
        if after is None:
            raise HTTPException(404)
        if after.complete and form.get("do") == "back":
            return see_other(f"{ROOT}/{key}/{moves.before(after, item) or item}")
        return self._onward(key, after)

    def overview(self, request: Request) -> Response:
        """Show all questions with their answers."""
        session = self._found(request)
        view = overview_view(session, self.questionnaire)
        return page(
            self.desk,
            request,
            "overview.html.j2",
            title="Overview of your answers",
            key=_key(request),
            needed=self.desk.model.model.thresholds.min_answers,
            **view,
        )

    def finish(self, request: Request, form: Form) -> Response:
        """Finish with what is answered, and show the result."""
        session = self._found(request)
        if session.complete and (saved := already_saved(session, self.desk.results)):
            return see_other(f"/results/{saved}")
        return self._changed(request, _finished)

    def reopen(self, request: Request, form: Form) -> Response:
        """Go on with a finished questionnaire, to answer what was left."""
        return self._changed(request, sessions.reopen)

    def aside_form(self, request: Request) -> Response:
        """Ask before answers are put aside."""
        return page(
            self.desk,
            request,
            "aside.html.j2",
            title="Put these answers aside?",
            session=self._found(request),
            key=_key(request),
        )

    def aside(self, request: Request, form: Form) -> Response:
        """Put a questionnaire out of sight."""
        self.seats.set_aside(_key(request))
        return see_other("/")

    def _changed(self, request: Request, move: Move) -> Response:
        after = self.seats.change(_key(request), move)
        if after is None:
            raise HTTPException(404)
        return self._onward(_key(request), after)

    def _onward(self, key: str, session: Session) -> Response:
        """Send on to the question on screen, the result, or the overview where neither is there."""
        if session.complete:
            return see_other(f"/results/{self._saved(key, session)}")
        settled = moves.settled(session, self.seats.choose)
        return see_other(f"{ROOT}/{key}/{settled.current or 'overview'}")

    def _saved(self, key: str, session: Session) -> str:
        """Keep the result of a finished questionnaire, and return its id.

        Of two windows that change it at once, the slower one must not bring back older answers.
        """
        with self.saving:
            newest = self.seats.find(key)
            if newest is not None and newest.complete:
                session = newest
            return save_finished(session, self.desk.model, self.desk.results)

    def _move(self, item: str, do: str, option: str | None) -> Move | None:
        """Return what a form asks for, None when no answer was chosen."""
        if do == "back":
            return lambda session: moves.stepped_back(session, item)
        if do == "skip":
            return lambda session: moves.skipped(session, item)
        if not option:
            return None
        return lambda session: moves.answered(session, item, None if option == UNSURE else option)

    def _again(
        self,
        request: Request,
        item: str,
        error: PersonaError | None = None,
        chosen: str | None = None,
    ) -> Response:
        """Show a question whose form changed nothing, and why: ``error``, or that none was chosen.

        ``chosen`` is the choice that could not be kept.
        """
        return self._question(
            request,
            self._found(request),
            item,
            status=status_of(error) if error else 422,
            error=told(request, error) if error else "choose",
            chosen=chosen,
        )

    def _question(
        self,
        request: Request,
        session: Session,
        item: str,
        *,
        status: int = 200,
        error: str = "",
        chosen: str | None = None,
    ) -> Response:
        view = question_view(session, self.questionnaire, item, chosen)
        whose = session.company or "Your company"
        return page(
            self.desk,
            request,
            "question.html.j2",
            status=status,
            title=f"{'Not kept yet: ' if error else ''}{view['place']} · {whose}",
            key=_key(request),
            error=error,
            **view,
        )

    def _kept(self, request: Request, form: Form, kept: Session | None) -> Response:
        """Ask what is to become of answers from before; None stands for a damaged file."""
        return page(
            self.desk,
            request,
            "kept.html.j2",
            title="Answers are kept",
            session=kept,
            key=self.desk.store.key_of(kept) if kept else "",
            form=form,
        )

    def _begin_form(self, request: Request, form: Form, error: str = "") -> Response:
        return page(
            self.desk,
            request,
            "begin.html.j2",
            status=422 if error else 200,
            title="Answer the questionnaire",
            form=form,
            error=error,
            items=len(self.questionnaire.items),
        )

    def _found(self, request: Request) -> Session:
        try:
            session = self.seats.find(_key(request))
        except SessionError:
            raise HTTPException(400, _DAMAGED) from None
        if session is None:
            raise HTTPException(404)
        return session

    def _item(self, request: Request) -> str:
        item: str = request.path_params["item"]
        if item not in self.questionnaire.by_id:
            raise HTTPException(404)
        return item


def _key(request: Request) -> str:
    key: str = request.path_params["key"]
    return key


def _finished(session: Session) -> Session:
    """Return the session finished, unless there is nothing in it to finish."""
    return sessions.finish(session) if session.begun else session
