"""How a program's request becomes a value, and a value or an error becomes an answer."""

from collections.abc import Awaitable, Callable
from typing import Any, Final

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from persona.errors import (
    AddressError,
    AnswersError,
    BusyError,
    FileError,
    InputError,
    PersonaError,
    ResultError,
)
from persona.files import as_text, encode, parse_json
from persona.web.api.messages import Error
from persona.web.security.bodies import allow_body

JSON: Final = "application/json"
_WHERE: Final[dict[type[PersonaError], str]] = {
    AnswersError: "answers",
    AddressError: "address",
    ResultError: "result",
}
_BODY: Final = "the body"

Handler = Callable[[Request, Any], Awaitable["Answer"]]


class Answer(msgspec.Struct, frozen=True):
    """What is sent back: a value that becomes JSON, or JSON as bytes."""

    value: Any
    status: int = 200
    headers: dict[str, str] = {}


class Endpoint(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that programs can ask for.

    ``takes`` is the type of the request's body, None where there is none; ``gives`` maps status
    codes to the type of the answer and what it means. ``example`` is a body for the page that
    explains all this. ``limit`` is the most bytes of a body, None for the usual ones.
    """

    method: str
    path: str
    name: str
    summary: str
    about: str
    takes: type | None = None
    gives: dict[int, tuple[Any, str]]
    example: dict[str, Any] | None = None
    limit: int | None = None
    handle: Handler


class Faulty(Exception):
    """A request that cannot be used: the status, why in one line, and where in it."""

    def __init__(self, status: int, error: str, where: str | None = None) -> None:
        super().__init__(error)
        self.status = status
        self.where = where


def route_of(endpoint: Endpoint) -> Route:
    """Return the route of an endpoint; what goes wrong there is answered as an Error."""

    async def handle(request: Request) -> Response:
        try:
            return _response(await endpoint.handle(request, await _body(request, endpoint)))
        except Faulty as error:
            return _error(error.status, str(error), error.where)
        except PersonaError as error:
            where = _WHERE.get(type(error))
            return _error(_status_of(error), str(error), where, _wait(error))

    return Route(endpoint.path, handle, methods=[endpoint.method], name=endpoint.name)


async def _body(request: Request, endpoint: Endpoint) -> Any:
    """Return a request's body as the endpoint's type; Faulty where it is none."""
    if endpoint.takes is None:
        return None
    if endpoint.limit:
        allow_body(request, endpoint.limit)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != JSON:
        raise Faulty(415, f"send JSON, with the header Content-Type: {JSON}")
    try:
        content = await request.body()
    except HTTPException as error:
        raise Faulty(error.status_code, error.detail) from None
    try:
        document = parse_json(as_text(content, _BODY), _BODY)
    except FileError as error:
        raise Faulty(400, str(error)) from None
    try:
        return msgspec.convert(document, endpoint.takes)
    except msgspec.ValidationError as error:
        what, _, where = str(error).partition(" - at `")
        raise Faulty(422, what, where.rstrip("`") or "$") from None


def _response(answer: Answer) -> Response:
    content = answer.value if isinstance(answer.value, bytes) else encode(answer.value)
    return Response(content, answer.status, answer.headers, JSON)


def _error(
    status: int, line: str, where: str | None, headers: dict[str, str] | None = None
) -> Response:
    return Response(msgspec.json.encode(Error(line, where)), status, headers, JSON)


def _status_of(error: PersonaError) -> int:
    if isinstance(error, BusyError):
        return 429
    return 422 if isinstance(error, InputError) else 500


def _wait(error: PersonaError) -> dict[str, str] | None:
    return {"Retry-After": str(error.seconds)} if isinstance(error, BusyError) else None
