"""Comparing results: two dates of one company, or several people of it."""

from collections.abc import Sequence
from typing import Final, cast
from urllib.parse import urlencode

import msgspec
from msgspec.structs import replace
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from persona.errors import InputError, UsageError
from persona.files import encode
from persona.pipe import compare
from persona.reports.comparison.structures import Comparison, Kind
from persona.reports.comparison.taking import FEWEST, MOST
from persona.reports.result import Result, decode_result
from persona.vocabulary import PERSONA_NAMES
from persona.web.desk import Desk
from persona.web.lists.record import shown_name
from persona.web.parts import MIB, Arrived, Limits
from persona.web.responding import HTML, JSON, Form, download, page, see_other
from persona.web.security.bodies import allow_body
from persona.web.upload import arriving, receive
from persona.web.wording import in_page_words

MOST_BYTES: Final = 2 * MIB
"""Of a result file that is sent."""

_KINDS: Final[dict[str, str]] = {
    "": "Tell by their dates and roles",
    "dates": "One company at different dates",
    "people": "Several people of one company",
}


def routes(desk: Desk) -> list[BaseRoute]:
    """Return the routes of this module."""
    pages = _Pages(desk)
    return [
        Route("/compare", pages.form, methods=["GET"]),
        Route("/compare", pages.choose, methods=["POST"]),
        Route("/compare/report", pages.show, methods=["GET"]),
        Route("/compare/report.html", pages.report, methods=["GET"]),
        Route("/compare/report.json", pages.document, methods=["GET"]),
    ]


class _Pages:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def form(self, request: Request) -> Response:
        """Show what can be compared."""
        return self._form(request, _Asked.of(Form(request.query_params.multi_items())))

    async def choose(self, request: Request) -> Response:
        """Take in what was chosen and sent, and lead on to the comparison."""
        allow_body(request, MOST * MOST_BYTES)
        with arriving(self.desk.settings.folder) as folder:
            limits = Limits(MOST_BYTES, MOST, "result file")
            given, files = await receive(request, folder, limits)
            return await run_in_threadpool(self._choose, request, given, files)

    def show(self, request: Request) -> Response:
        """Show a comparison."""
        from persona.reports.html.comparison import comparison_view

        asked = _asked(request)
        comparison = self._comparison(asked)
        return page(
            self.desk,
            request,
            "compared.html.j2",
            title="Comparison",
            query=asked.query,
            **comparison_view(comparison),
        )

    def report(self, request: Request) -> Response:
        """Hand out the comparison as a file that needs nothing else."""
        from persona.reports.html.comparison import comparison_report

        content = comparison_report(self._comparison(_asked(request)))
        return download(content, "comparison.html", HTML)

    def document(self, request: Request) -> Response:
        """Hand out the comparison as JSON."""
        content = encode(self._comparison(_asked(request)))
        return download(content, "comparison.json", JSON)

    def _choose(self, request: Request, given: Form, files: Sequence[Arrived]) -> Response:
        asked = _Asked.of(given)
        try:
            for file in files:
                asked = asked.with_one(self._added(file))
            self._comparison(asked)
        except InputError as error:
            return self._form(request, asked, error=in_page_words(str(error)))
        return see_other(f"/compare/report?{asked.query}")

    def _added(self, file: Arrived) -> str:
        """Put a result that was sent among the others, and return its id."""
        content = file.path.read_bytes()
        return self.desk.results.add(decode_result(content, shown_name(file.name)))

    def _comparison(self, asked: "_Asked") -> Comparison:
        if asked.kind not in _KINDS:
            raise UsageError("compare results as dates or as people")
        if not FEWEST <= len(asked.ids) <= MOST:
            raise UsageError(f"Choose {FEWEST} to {MOST} results.")
        results = [self.desk.results.load(id_) for id_ in asked.ids]
        comparison = compare(
            results,
            kind=cast("Kind", asked.kind) if asked.kind else None,
            anyway=asked.anyway,
            called=[_called(result) for result in results],
            model=self.desk.model,
        )
        return replace(comparison, taken=in_page_words(comparison.taken))

    def _form(self, request: Request, asked: "_Asked", error: str = "") -> Response:
        return page(
            self.desk,
            request,
            "compare.html.j2",
            status=400 if error else 200,
            title="Compare",
            entries=self.desk.results.entries(),
            names=PERSONA_NAMES,
            asked=asked,
            kinds=_KINDS,
            most=MOST,
            most_bytes=MOST_BYTES // MIB,
            error=error,
        )


class _Asked(msgspec.Struct, frozen=True):
    """Which results are to be compared, and how, as a form or an address says it."""

    ids: tuple[str, ...]
    kind: str = ""
    anyway: bool = False

    @classmethod
    def of(cls, given: Form) -> "_Asked":
        return cls(tuple(dict.fromkeys(given.all("id"))), given.get("as", ""), "anyway" in given)

    def with_one(self, id_: str) -> "_Asked":
        return replace(self, ids=tuple(dict.fromkeys((*self.ids, id_))))

    @property
    def query(self) -> str:
        """The same as the query of an address."""
        pairs = [("id", id_) for id_ in self.ids]
        pairs += [("as", self.kind)] if self.kind else []
        pairs += [("anyway", "yes")] if self.anyway else []
        return urlencode(pairs)


def _asked(request: Request) -> _Asked:
    return _Asked.of(Form(request.query_params.multi_items()))


def _called(result: Result) -> str:
    """Return how a result is called in errors: by company, role and day."""
    role = result.respondent.role if result.respondent else None
    parts = (result.company or "a company without a name", role, result.assessed_on)
    return ", ".join(filter(None, parts))
