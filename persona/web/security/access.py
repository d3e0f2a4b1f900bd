"""Only those who have the access token get in.

The printed address carries the token once; it is exchanged for a cookie and leaves the address
bar. Programs send it with every request instead, and under ``/api/v1/`` nothing else counts, so
that no page of another site can make a browser speak there.
"""

import hmac
import time
from typing import Final
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from persona.web.assets import PREFIX
from persona.web.refusing import refusal
from persona.web.responding import desk_of, page
from persona.web.settings import Settings

PARAMETER: Final = "token"
TICKET: Final = "ticket"
PROGRAMS: Final = "/api/v1/"
_TICKET_SECONDS: Final = 60.0
_CLOSED: Final = "Open the whole address that persona serve printed; it lets you in."
_WRONG: Final = (
    "The key in this address is not the one of this server, which makes a new one every time it "
    "starts. Open the address that persona serve printed last."
)
_BEARER: Final = "Send the access token as Authorization: Bearer TOKEN."


class Access:
    """Lets through what shows the token or its cookie; style sheets and scripts need neither."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.settings = settings
        self._ticket = settings.ticket
        self._ticket_ends = time.monotonic() + _TICKET_SECONDS

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, let it in, or refuse it."""
        answer = self._answer(Request(scope)) if scope["type"] == "http" else None
        await (answer or self.app)(scope, receive, send)

    def _answer(self, request: Request) -> Response | None:
        """Return what to say instead of the page that was asked for, None to let it in."""
        path: str = request.scope["path"]
        if path.startswith(PREFIX):
            return None
        if path.startswith(PROGRAMS):
            return None if self._is_program(request) else _unknown(request.scope)
        if request.method == "GET" and {PARAMETER, TICKET} & request.query_params.keys():
            return self._enter(request)
        if self._has_cookie(request) or self._is_program(request):
            return None
        return refusal(request.scope, 403, _CLOSED, inside=False)

    def _enter(self, request: Request) -> Response:
        token = request.query_params.get(PARAMETER, "")
        ticket = request.query_params.get(TICKET, "")
        if not (_same(token, self.settings.token) or self._takes(ticket)):
            return refusal(request.scope, 403, _WRONG, inside=False)
        response = _onward(request)
        response.set_cookie(
            self.settings.cookie_name, self.settings.cookie, httponly=True, samesite="strict"
        )
        return response

    def _takes(self, ticket: str) -> bool:
        """Return whether a ticket is good, and let it be good no more."""
        in_time = time.monotonic() < self._ticket_ends
        if not (self._ticket and in_time and _same(ticket, self._ticket)):
            return False
        self._ticket = ""
        return True

    def _has_cookie(self, request: Request) -> bool:
        return _same(request.cookies.get(self.settings.cookie_name, ""), self.settings.cookie)

    def _is_program(self, request: Request) -> bool:
        kind, _, token = request.headers.get("authorization", "").partition(" ")
        return kind.lower() == "bearer" and _same(token.strip(), self.settings.token)


def _onward(request: Request) -> Response:
    """Return what leads to the same address without the key in it.

    A browser that comes from elsewhere, such as a link in a mail, keeps a strict cookie to itself
    as long as it is being sent on; a page of ours that it was shown starts anew.
    """
    # A path of two slashes would be read as another server's address.
    path = "/" + quote(request.scope["path"].lstrip("/"))
    if request.headers.get("sec-fetch-site", "none") in ("none", "same-origin"):
        return RedirectResponse(path, status_code=303)
    return page(desk_of(request), request, "enter.html.j2", title="Persona", onward=path)


def _unknown(scope: Scope) -> Response:
    return refusal(scope, 401, _BEARER, {"WWW-Authenticate": "Bearer"})


def _same(given: str, wanted: str) -> bool:
    """Compare secrets in a time that does not tell how much of them is right."""
    return hmac.compare_digest(given.encode("utf-8", "replace"), wanted.encode())
