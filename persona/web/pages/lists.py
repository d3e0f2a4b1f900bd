"""Lists of prospects: giving one, watching it being scored, and taking it home."""

from contextlib import suppress
from typing import Any, Final

from msgspec.structs import replace
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute, Route

from persona.errors import BusyError, ListError, UsageError
from persona.prospects.wording import lede
from persona.web.desk import Desk
from persona.web.lists.folder import REPORT, ListFolder
from persona.web.lists.form import fields_of, how_of, record_of
from persona.web.lists.record import How, ListRecord, shown_name, usual_ending
from persona.web.lists.runs import ListRuns, Start
from persona.web.parts import MIB, Arrived, Limits
from persona.web.responding import Form, form_of, page, see_other
from persona.web.security.bodies import allow_body
from persona.web.upload import arriving, receive
from persona.web.wording import in_page_words

MOST_BYTES: Final = 200 * MIB
"""Of a list that is sent."""

_REPORT_POLICY: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'; sandbox"
)
_STARTS: Final[dict[str, Start]] = {"go-on": "go on", "retry": "retry", "anew": "anew"}
_FORM: Final = 64 * 1024
"""Bytes that a form has beside the list."""
_TYPES: Final = {
    ".csv": "text/csv; charset=utf-8",
    ".tsv": "text/tab-separated-values; charset=utf-8",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".parquet": "application/vnd.apache.parquet",
    ".jsonl": "application/jsonl; charset=utf-8",
    ".html": "text/html; charset=utf-8",
}
_SOON: Final = 3
"""Seconds after which a page that shows work under way is loaded again."""


def routes(desk: Desk) -> list[BaseRoute]:
    """Return the routes of this module."""
    pages = _Pages(desk)
    return [
        Route("/lists", pages.all, methods=["GET"]),
        Route("/lists", pages.add, methods=["POST"]),
        Route("/lists/{id}", pages.one, methods=["GET"]),
        Route("/lists/{id}/scored", pages.scored, methods=["GET"]),
        Route("/lists/{id}/report", pages.report, methods=["GET"]),
        Route("/lists/{id}/stop", pages.stop, methods=["POST"]),
        Route("/lists/{id}/remove", pages.remove, methods=["POST"]),
        Route("/lists/{id}/{start:str}", pages.begin, methods=["POST"]),
    ]


class _Pages:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.lists = ListFolder(desk.settings.folder / "lists")
        self.runs = ListRuns(
            self.lists, desk.jobs.lists, allow=desk.settings.allow, model=desk.settings.model
        )

    def all(self, request: Request) -> Response:
        """Show all lists, and the form for another one."""
        return self._all(request, {})

    async def add(self, request: Request) -> Response:
        """Take a list in and begin to score it."""
        allow_body(request, MOST_BYTES + _FORM)
        with arriving(self.lists.folder) as folder:
            given, files = await receive(request, folder, Limits(MOST_BYTES, 1, "list"))
            return await run_in_threadpool(self._add, request, given, files)

    def one(self, request: Request) -> Response:
        """Show how a list stands."""
        record = self._record(request)
        job = self.runs.live(record.id)
        return self._one(request, self.lists.get(record.id) if not job else record, job)

    async def begin(self, request: Request) -> Response:
        """Begin to score a list, go on where it was left, or read again what failed."""
        given = await form_of(request)
        start = _STARTS.get(request.path_params["start"])
        if start is None:
            raise HTTPException(404)
        return await run_in_threadpool(self._begin, request, given, start)

    async def stop(self, request: Request) -> Response:
        """Stop a run; what is done is kept."""
        await form_of(request)
        record = await run_in_threadpool(self._record, request)
        await run_in_threadpool(self.runs.stop, record.id)
        return see_other(f"/lists/{record.id}")

    async def remove(self, request: Request) -> Response:
        """Remove a list and all that came of it."""
        await form_of(request)
        record = await run_in_threadpool(self._record, request)
        await run_in_threadpool(self.runs.stop, record.id)
        await run_in_threadpool(self.lists.remove, record.id)
        return see_other("/lists")

    def scored(self, request: Request) -> Response:
        """Hand out the scored list."""
        record = self._record(request)
        return self._file(record, record.output, record.download)

    def report(self, request: Request) -> Response:
        """Show the picture of the list, or hand it out with ``?download``."""
        record = self._record(request)
        answer = self._file(record, REPORT, record.report_download)
        if "download" not in request.query_params:
            # A page of its own, which its own policy allows less than this.
            answer.headers["Content-Security-Policy"] = _REPORT_POLICY
            answer.headers["Content-Disposition"] = "inline"
        return answer

    def _add(self, request: Request, given: Form, files: tuple[Arrived, ...]) -> Response:
        try:
            if not files:
                raise UsageError("choose the file with the list")
            [file] = files
            how = how_of(given, usual_ending(shown_name(file.name)))
        except UsageError as error:
            return self._all(request, given, error=str(error))
        record = self.lists.add(file.path, record_of(file, how))
        with suppress(BusyError):  # it is there, and can be begun later
            self.runs.begin(record, "anew")
        return see_other(f"/lists/{record.id}")

    def _begin(self, request: Request, given: Form, start: Start) -> Response:
        record = self._record(request)
        if start == "anew" and not self.runs.live(record.id):
            try:
                record = replace(record, how=how_of(given, record.how.ending))
            except UsageError as error:
                return self._one(request, record, None, error=str(error))
            record = replace(record, state="new", error="", summary=None, retry=False)
            self.lists.clear(record)
            self.lists.save(record)
        self.runs.begin(record, start)
        return see_other(f"/lists/{record.id}")

    def _all(self, request: Request, given: Any, error: str = "") -> Response:
        return page(
            self.desk,
            request,
            "lists.html.j2",
            status=400 if error else 200,
            title="Score a list",
            lists=[(each, self.runs.live(each.id)) for each in self.lists.entries()],
            error=error,
            most=MOST_BYTES // MIB,
            **fields_of(given, How()),
        )

    def _one(self, request: Request, record: ListRecord, job: Any, error: str = "") -> Response:
        return page(
            self.desk,
            request,
            "list_run.html.j2",
            status=400 if error else 200,
            title=record.name,
            record=record,
            job=job,
            watched=job.progress if job else None,
            ahead=self.runs.ahead(job) if job else 0,
            told=lede(record.summary) if record.summary else "",
            whole=_picture(record),
            why=in_page_words(record.error),
            still="still" in request.query_params,
            soon=_SOON,
            error=error,
            **fields_of({}, record.how),
        )

    def _record(self, request: Request) -> ListRecord:
        try:
            return self.lists.get(request.path_params["id"])
        except ListError:
            raise HTTPException(404) from None

    def _file(self, record: ListRecord, name: str, shown: str) -> Response:
        path = self.lists.place(record.id) / name
        if record.state != "done" or not path.is_file():
            raise HTTPException(404)
        return FileResponse(path, filename=shown, media_type=_TYPES[path.suffix])


def _picture(record: ListRecord) -> dict[str, Any] | None:
    """Return the picture of what became of a list's rows, None where it was not scored."""
    if record.summary is None:
        return None
    # Brings pyarrow, which the server does without until then.
    from persona.prospects.report import made_of

    return made_of(record.summary)
