"""How much may be sent, and how slowly: bodies are counted as they arrive.

What a request says about its length is believed only where it already is too much. A body that
nobody read when the answer begins is read on for a moment, so that the sender sees the answer,
and then the connection is closed.
"""

import asyncio
import time
from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from persona.web.refusing import refusal

MIB: Final = 1024 * 1024
LIMIT: Final = MIB
"""Bytes of a body, unless a page has allowed more."""
_ALLOWANCE: Final = "persona.body_limit"
_PAUSE: Final = 15.0
"""Seconds without a byte after which a sender is given up."""
_GRACE: Final = 20.0
_SLOWEST: Final = 16 * 1024
"""Bytes a second that a body must have brought on average, after ``_GRACE`` seconds."""
_LINGER: Final = 2.0
_LINGER_BYTES: Final = 16 * 1024 * 1024
_TWO_LENGTHS: Final = "What was sent tells its length in two ways."
_SLOW: Final = "The rest of what was sent did not arrive in time; try again."


def allow_body(request: Request, limit: int) -> None:
    """Let this request's body have up to ``limit`` bytes; to be called before it is read."""
    request.scope[_ALLOWANCE] = limit


class BodyLimits:
    """Counts every body; HTTPException 413 or 408 ends what goes beyond the limits."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request with its body counted."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        body = _Body(scope, receive)

        async def answering(message: Message) -> None:
            if message["type"] == "http.response.start" and not body.whole:
                MutableHeaders(scope=message)["Connection"] = "close"
            ends = message["type"] == "http.response.body" and not message.get("more_body")
            if ends and not body.whole:
                # The server hangs up after the last piece, so the rest is heard out before it.
                await send({**message, "more_body": True})
                await body.hear_out()
                message = {"type": "http.response.body", "body": b""}
            await send(message)

        scope[_ALLOWANCE] = LIMIT
        app: ASGIApp = refusal(scope, 400, _TWO_LENGTHS) if _is_ambiguous(scope) else self.app
        try:
            await app(scope, body.receive, answering)
        except HTTPException as error:
            # Raised while something other than a page was reading.
            if error.status_code not in (408, 413):
                raise
            await refusal(scope, error.status_code, error.detail)(scope, receive, answering)


class _Body:
    """The body of one request as it arrives."""

    def __init__(self, scope: Scope, receive: Receive) -> None:
        self._scope = scope
        self._receive = receive
        self._announced = _announced(scope)
        self._size = 0
        self._began = time.monotonic()
        self.whole = self._announced == 0

    async def receive(self) -> Message:
        """Return the next piece; HTTPException 413 or 408 when it is too much or too slow."""
        limit = self._scope[_ALLOWANCE]
        if self.whole:
            return await self._receive()
        if self._announced is not None and self._announced > limit:
            raise _too_large(limit)
        message = await self._next()
        self._size += len(message.get("body", b""))
        if self._size > limit:
            raise _too_large(limit)
        return message

    async def _next(self) -> Message:
        slow = time.monotonic() - self._began - _GRACE
        if slow > 0 and self._size < slow * _SLOWEST:
            raise HTTPException(408, _SLOW)
        try:
            message = await asyncio.wait_for(self._receive(), _PAUSE)
        except TimeoutError:
            raise HTTPException(408, _SLOW) from None
        self.whole = message["type"] == "http.disconnect" or not message.get("more_body", False)
        return message

    async def hear_out(self) -> None:
        """Read on for a moment what the sender still sends, and forget it."""
        until, size = time.monotonic() + _LINGER, 0
        while not self.whole and size < _LINGER_BYTES and time.monotonic() < until:
            try:
                message = await asyncio.wait_for(self._receive(), until - time.monotonic())
            except TimeoutError:
                return
            size += len(message.get("body", b""))
            self.whole = message["type"] == "http.disconnect" or not message.get("more_body", False)


def _is_ambiguous(scope: Scope) -> bool:
    """Return whether two readers could see the request end at different places (RFC 9112, 6.1)."""
    return {b"transfer-encoding", b"content-length"} <= {name for name, _ in scope["headers"]}


def _announced(scope: Scope) -> int | None:
    """Return how many bytes a request says it sends, None where it does not say."""
    headers = dict(scope["headers"])
    if b"transfer-encoding" in headers:
        return None
    length: bytes = headers.get(b"content-length", b"0")
    return int(length[:20]) if length.isdigit() else None


def _too_large(limit: int) -> HTTPException:
    most = f"{limit // MIB:,} MiB" if limit >= MIB else f"{limit // 1024:,} KiB"
    return HTTPException(413, f"At most {most} can be sent here.")
