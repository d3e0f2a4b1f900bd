"""Answers that refuse: a calm page or, under ``/api/``, one line of JSON."""

import os
from collections.abc import Awaitable, Callable, Mapping
from typing import Final

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Scope

from persona.errors import BusyError, InputError, OutputError, PersonaError
from persona.reports.sentences import sentence
from persona.web.responding import page
from persona.web.seats import InUse
from persona.web.wording import in_page_words

API: Final = "/api/"
FAULT: Final = "Something went wrong in the program. Your answers are kept."
_HEADINGS: Final = {
    400: "This cannot be used",
    403: "This page is closed",
    404: "There is no such page",
    405: "This cannot be done here",
    408: "That took too long",
    409: "In use elsewhere",
    413: "This is too large",
    415: "This cannot be read",
    429: "One moment, please",
    500: "A fault in the program",
    503: "One moment, please",
    507: "This could not be kept",
}
_LINES: Final = {
    404: "The address may be from an older version, or what it named was removed.",
    405: "Go back to the page before and use what it offers.",
}
_Handler = Callable[[Request, Exception], Awaitable[Response]]


def refusal(
    scope: Scope,
    status: int,
    line: str,
    headers: Mapping[str, str] | None = None,
    *,
    inside: bool = True,
) -> Response:
    """Return an answer that says in one line why it is not the one asked for.

    Who is not ``inside`` is shown no way around, as it would lead to the same answer.
    """
    request = Request(scope)
    if scope["path"].startswith(API):
        content = msgspec.json.encode({"error": line})
        response = Response(content, status, media_type="application/json")
    else:
        heading = _HEADINGS.get(status, "This did not work")
        response = page(
            request.app.state.desk,
            request,
            "refusal.html.j2",
            status=status,
            title=heading,
            line=line,
            inside=inside,
        )
    response.headers.update(headers or {})
    return response


def status_of(error: PersonaError) -> int:
    """Return the HTTP status that fits an error raised on purpose."""
    if isinstance(error, BusyError):
        return 429
    if isinstance(error, InUse):
        return 409
    if isinstance(error, OutputError):
        return 507
    return 400 if isinstance(error, InputError) else 500


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    line = _LINES.get(error.status_code, error.detail)
    return refusal(request.scope, error.status_code, line, error.headers)


async def _raised(request: Request, error: Exception) -> Response:
    assert isinstance(error, PersonaError)
    wait = {"Retry-After": str(error.seconds)} if isinstance(error, BusyError) else None
    line = f"{sentence(told(request, error)).rstrip('.')}."
    return refusal(request.scope, status_of(error), line, wait)


def told(request: Request, error: PersonaError) -> str:
    """Return an error as a page says it; a file is named as in the folder that holds everything."""
    folder = request.app.state.desk.settings.folder
    line = str(error).replace(f"{folder}{os.sep}", "").replace(str(folder), folder.name)
    return in_page_words(line)


def handlers() -> dict[type[Exception], _Handler]:
    """Return what turns errors raised in a page into answers."""
    return {HTTPException: _http, PersonaError: _raised}
