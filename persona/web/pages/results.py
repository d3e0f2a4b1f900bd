"""Saved results: the report, its files, what was recorded of the plan, and removing.

    /results/ID             the report
    /results/ID/report      the same as one file that needs nothing else
    /results/ID/file        the result file itself, without a respondent's name
    /results/ID/progress    what became of the plan (form)
    /results/ID/remove      asks before removing (form)

ID is the name of the result's file.
"""

from typing import Any, Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from persona.errors import SessionError, UsageError
from persona.reports.html.company import SHEETS, company_report, company_view
from persona.reports.html.company_execution import plan_view
from persona.reports.recording import LONGEST_NOTE, LONGEST_VALUE, record
from persona.reports.result import Result, encode_result, without_name
from persona.web.desk import Desk
from persona.web.responding import HTML, JSON, Form, download, form_route, page, see_other
from persona.web.shelf import drawn_by_lot

ROOT: Final = "/results"
_MET: Final = {"yes": True, "no": False}


def routes(desk: Desk) -> list[BaseRoute]:
    """Return the routes of this module."""
    pages = _Pages(desk)
    return [
        Route(f"{ROOT}/{{id}}", pages.report),
        Route(f"{ROOT}/{{id}}/report", pages.report_file),
        Route(f"{ROOT}/{{id}}/file", pages.result_file),
        Route(f"{ROOT}/{{id}}/progress", pages.progress),
        form_route(f"{ROOT}/{{id}}/progress", pages.record),
        Route(f"{ROOT}/{{id}}/remove", pages.remove_form),
        form_route(f"{ROOT}/{{id}}/remove", pages.remove),
    ]


class _Pages:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def report(self, request: Request) -> Response:
        """Show the report inside the application."""
        result = self._found(request)
        return page(
            self.desk,
            request,
            "result.html.j2",
            title=f"{result.company or 'Your company'}: go-to-market method",
            id=_id(request),
            sheets=SHEETS,
            questionnaire=self._questionnaire(result),
            website=result.website is not None,
            answers=bool(result.row.answers),
            **company_view(result),
        )

    def report_file(self, request: Request) -> Response:
        """Send the report as one file."""
        result = self._found(request)
        return download(company_report(result), f"persona-{_id(request)}.html", HTML)

    def result_file(self, request: Request) -> Response:
        """Send the result as other commands read it."""
        content = encode_result(without_name(self._found(request)))
        return download(content, f"persona-{_id(request)}.json", JSON)

    def progress(self, request: Request) -> Response:
        """Show what was recorded of the plan, with a form for each step."""
        return self._progress(request, self._found(request))

    def record(self, request: Request, form: Form) -> Response:
        """Record a value, or show the form again with what is wrong."""

        def recorded(result: Result) -> Result:
            return record(
                result,
                form.get("play", ""),
                form.get("value", ""),
                on=form.get("on") or None,
                met=_MET.get(form.get("met", "")),
                note=form.get("note") or None,
            )

        result = self._found(request)
        try:
            self.desk.results.change(_id(request), recorded)
        except UsageError as error:
            return self._progress(request, result, form, str(error))
        return see_other(f"{ROOT}/{_id(request)}/progress#{form.get('play', '')}")

    def remove_form(self, request: Request) -> Response:
        """Ask before a result is removed."""
        return page(
            self.desk,
            request,
            "remove.html.j2",
            title="Remove this result?",
            id=_id(request),
            result=self._found(request),
        )

    def remove(self, request: Request, form: Form) -> Response:
        """Remove a result."""
        self.desk.results.remove(_id(request))
        return see_other("/")

    def _progress(
        self, request: Request, result: Result, form: Form | None = None, error: str = ""
    ) -> Response:
        given: Any = form or {}
        return page(
            self.desk,
            request,
            "progress_of_plan.html.j2",
            status=422 if error else 200,
            title="What became of the plan",
            id=_id(request),
            result=result,
            plan=plan_view(result),
            given=given,
            error=error,
            longest={"value": LONGEST_VALUE, "note": LONGEST_NOTE},
        )

    def _found(self, request: Request) -> Result:
        if not self.desk.results.has(_id(request)):
            raise HTTPException(404)
        return self.desk.results.load(_id(request))

    def _questionnaire(self, result: Result) -> str | None:
        """Return the key of the questionnaire that a result stems from, while it is kept."""
        role = result.respondent.role if result.respondent else None
        try:
            session = self.desk.store.load(result.company, role)
        except SessionError:
            return None
        if session is None:
            return None
        same = drawn_by_lot(session.option_order) == drawn_by_lot(result.option_order)
        return self.desk.store.key_of(session) if same else None


def _id(request: Request) -> str:
    id_: str = request.path_params["id"]
    return id_
