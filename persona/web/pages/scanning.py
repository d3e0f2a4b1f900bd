"""Reading a website: the form, the page that shows how it goes, and on to the result."""

from typing import Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from persona.capture.records import MOST_PAGES, PAGES
from persona.errors import AddressError, ResultError, UsageError
from persona.layout import company_name, cut
from persona.reports.result import Result
from persona.web.desk import Desk
from persona.web.jobs import Job
from persona.web.responding import Form, form_of, page, see_other
from persona.web.scans import Scan, Seen, begin_scan, counted_pages
from persona.web.wording import in_page_words

_LONGEST_NAME: Final = 120
_SHOWN: Final = 60
"""Addresses of pages that are listed while a site is read."""
_SOON: Final = 2
"""Seconds after which a page that shows work under way is loaded again."""


def routes(desk: Desk) -> list[BaseRoute]:
    """Return the routes of this module."""
    pages = _Pages(desk)
    return [
        Route("/scan", pages.form, methods=["GET"]),
        Route("/scan", pages.begin, methods=["POST"]),
        Route("/scan/{job}", pages.watch, methods=["GET"]),
        Route("/scan/{job}/stop", pages.stop, methods=["POST"]),
    ]


class _Pages:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def form(self, request: Request) -> Response:
        """Show the form; ``?result=ID`` adds the website to the answers of a result."""
        return self._form(request, {"result": request.query_params.get("result", "")})

    async def begin(self, request: Request) -> Response:
        """Begin to read a website, or show the form again with what is wrong."""
        given = await form_of(request)
        return await run_in_threadpool(self._begin, request, given)

    def watch(self, request: Request) -> Response:
        """Show how the reading goes; leads on to the result when it is there."""
        job = self._job(request)
        if job.state == "done":
            return see_other(f"/results/{job.result}")
        if job.state == "failed":
            return self._failed(request, job)
        return page(
            self.desk,
            request,
            "scanning.html.j2",
            title="Reading the website" if not job.over else "Stopped",
            job=job,
            address=job.about.address,
            ahead=self.desk.jobs.scans.ahead(job),
            still="still" in request.query_params,
            soon=_SOON,
            **_progress(job.progress),
        )

    async def stop(self, request: Request) -> Response:
        """Stop reading."""
        await form_of(request)
        job = self._job(request)
        self.desk.jobs.scans.stop(job)
        await run_in_threadpool(job.ended.wait, _SOON)
        return see_other(f"/scan/{job.id}")

    def _begin(self, request: Request, given: Form) -> Response:
        try:
            job = begin_scan(self.desk, self._wanted(given))
        except (AddressError, UsageError) as error:
            return self._form(request, given, error=str(error))
        return see_other(f"/scan/{job.id}")

    def _wanted(self, given: Form) -> Scan:
        return Scan(
            address=given.get("address", ""),
            pages=counted_pages(given.get("pages", "")),
            company=company_name(cut(given.get("company", ""), _LONGEST_NAME)),
            allow=self.desk.settings.allow,
            beside=self._beside(given.get("result", "")),
            beside_id=given.get("result", ""),
        )

    def _beside(self, id_: str) -> Result | None:
        """Return the result whose answers a website is added to, None where none is named."""
        if not id_:
            return None
        result = self.desk.results.load(id_)
        if not result.row.answers:
            raise ResultError("this result has no answers that a website could be added to")
        return result

    def _form(self, request: Request, given: Any, error: str = "") -> Response:
        beside = self._beside(given.get("result", ""))
        return page(
            self.desk,
            request,
            "scan.html.j2",
            status=400 if error else 200,
            title="Add a website" if beside else "Read a website",
            beside=beside,
            beside_id=given.get("result", ""),
            address=given.get("address", ""),
            company=given.get("company", ""),
            pages=given.get("pages", "") or PAGES,
            most_pages=MOST_PAGES,
            error=in_page_words(error),
        )

    def _failed(self, request: Request, job: Job) -> Response:
        wanted = job.about
        given = {
            "address": wanted.address,
            "company": wanted.company or "",
            "pages": wanted.pages,
            "result": wanted.beside_id if self.desk.results.has(wanted.beside_id) else "",
        }
        return self._form(request, given, error=job.error)

    def _job(self, request: Request) -> Job:
        job = self.desk.jobs.scans.get(request.path_params["job"])
        if job is None or not job.about.kept:
            raise HTTPException(404)
        return job


def _progress(seen: Seen | None) -> dict[str, Any]:
    pages = list(seen.pages) if seen else []
    return {
        "count": len(pages),
        "seen": pages[: -_SHOWN - 1 : -1],
        "weighing": bool(seen and seen.weighing),
    }
