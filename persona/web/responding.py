"""What handlers answer with, and what they get: pages, redirects, and forms that were checked."""

import hmac
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final
from urllib.parse import parse_qsl

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from persona.web.desk import Desk

FORM: Final = "application/x-www-form-urlencoded"
HTML: Final = "text/html; charset=utf-8"
JSON: Final = "application/json"
_MOST_FIELDS: Final = 500
_LONGEST_FIELD: Final = 10_000


class Form(Mapping[str, str]):
    """The fields of a form that was sent; of a field sent several times, the last one."""

    def __init__(self, fields: list[tuple[str, str]]) -> None:
        self._fields = dict(fields)
        self._all = fields

    def all(self, name: str) -> tuple[str, ...]:
        """Return every value of a field, such as the boxes that were ticked."""
        return tuple(value for key, value in self._all if key == name)

    def __getitem__(self, name: str) -> str:
        return self._fields[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._fields)

    def __len__(self) -> int:
        return len(self._fields)


def desk_of(request: Request) -> Desk:
    """Return the desk of the application that a request came to."""
    desk = request.app.state.desk
    assert isinstance(desk, Desk)
    return desk


def page(
    desk: Desk, request: Request, template: str, *, status: int = 200, **values: Any
) -> Response:
    """Return a page from a template that extends ``app.html.j2``; ``values`` hold its title."""
    text = desk.environment.get_template(template).render(
        csrf=desk.settings.csrf, path=request.scope["path"], desk=desk, **values
    )
    return HTMLResponse(text.encode("utf-8", "replace"), status_code=status)


def see_other(path: str) -> Response:
    """Return the answer to a form: look at another page of this application."""
    return RedirectResponse(path, status_code=303)


def download(content: bytes, name: str, kind: str) -> Response:
    """Return a file to be kept: ``name`` of letters a to z, digits, dots and dashes."""
    assert re.fullmatch(r"[a-z0-9.-]+", name)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=kind, headers=headers)


def form_route(path: str, act: Callable[[Request, Form], Response]) -> Route:
    """Return a route for forms: ``act`` gets them checked, in a thread of its own."""

    async def posted(request: Request) -> Response:
        form = await form_of(request)
        return await run_in_threadpool(act, request, form)

    return Route(path, posted, methods=["POST"], name=act.__qualname__)


async def form_of(request: Request) -> Form:
    """Return a form's fields, once they are seen to come from a page of this server.

    Raises HTTPException: 403 when the form's token is missing or wrong, 415 for another kind of
    body, 400 for one that is no form, 413 when it is too large.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != FORM:
        raise HTTPException(415, "A form was expected.")
    form = Form(_fields(await request.body()))
    check_csrf(request, form.get("csrf", ""))
    return form


def check_csrf(request: Request, sent: str) -> None:
    """Raise HTTPException (403) unless a form's hidden field is the one that pages were given."""
    if not hmac.compare_digest(
        sent.encode("utf-8", "replace"), desk_of(request).settings.csrf.encode()
    ):
        raise HTTPException(403, "This form is from before; open the page again and repeat.")


def _fields(body: bytes) -> list[tuple[str, str]]:
    try:
        fields = parse_qsl(
            body.decode("ascii"),
            keep_blank_values=True,
            encoding="utf-8",
            errors="strict",
            max_num_fields=_MOST_FIELDS,
        )
    except ValueError:
        raise HTTPException(400, "The form could not be read.") from None
    if any(len(value) > _LONGEST_FIELD for _, value in fields):
        raise HTTPException(400, f"A field holds more than {_LONGEST_FIELD:,} characters.")
    return fields
