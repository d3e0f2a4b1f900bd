"""From what went wrong on the way to a page to one of the reasons that a user is told."""

import ssl
from collections.abc import Callable, Iterator
from functools import cache
from typing import Final

from persona.capture.guard import Refused
from persona.capture.records import Failure

_OF_STATUS: Final[dict[int, Failure]] = {
    401: "unauthorised",
    403: "forbidden",
    404: "not_found",
    410: "not_found",
    429: "too_many_requests",
}


class Unreadable(Exception):
    """A page cannot be read: ``failure`` is the reason, ``detail`` one line for a log."""

    def __init__(self, failure: Failure, detail: str = "") -> None:
        super().__init__(f"{failure}: {detail}")
        self.failure: Failure = failure
        self.detail = detail


def of_status(status: int) -> Failure | None:
    """Return why an answer with this HTTP status is no page; None for a success."""
    if 200 <= status < 300:
        return None
    if status >= 500:
        return "server_error" if status < 600 else "http_error"
    return _OF_STATUS.get(status, "http_error")


def of_exception(error: BaseException) -> Unreadable:
    """Return the reason for an exception that a request ended with."""
    chain = list(_chain(error))
    for failure, fits in _kinds():
        for cause in chain:
            if fits(cause):
                return Unreadable(failure, _words(cause))
    return Unreadable("connection", _words(error))


@cache
def _kinds() -> tuple[tuple[Failure, Callable[[BaseException], bool]], ...]:
    """Return what tells each failure, the most telling first."""
    from aiohttp import ClientConnectorDNSError, ClientResponseError, ClientSSLError, InvalidURL
    from aiohttp.http_exceptions import LineTooLong

    def one_of(*types: type[BaseException]) -> Callable[[BaseException], bool]:
        return lambda error: isinstance(error, types)

    def long_head(error: BaseException) -> bool:
        return isinstance(error, LineTooLong) or "Too many headers" in str(error)

    return (
        ("forbidden_address", one_of(Refused)),
        ("dns", one_of(ClientConnectorDNSError)),
        ("tls", one_of(ClientSSLError, ssl.SSLError, ssl.CertificateError)),
        ("timeout", one_of(TimeoutError)),
        ("refused", one_of(ConnectionRefusedError)),
        ("too_large", long_head),
        ("http_error", one_of(ClientResponseError, InvalidURL)),
    )


def _chain(error: BaseException) -> Iterator[BaseException]:
    """Yield an exception and everything that led to it, each once."""
    waiting: list[BaseException] = [error]
    seen: set[int] = set()
    while waiting and len(seen) < 20:
        current = waiting.pop(0)
        if id(current) in seen:
            continue
        seen.add(id(current))
        yield current
        if isinstance(current, BaseExceptionGroup):
            waiting += current.exceptions
        waiting += [
            cause
            for cause in (
                getattr(current, "os_error", None),
                current.__cause__,
                current.__context__,
            )
            if isinstance(cause, BaseException)
        ]


def _words(error: BaseException) -> str:
    """Return an exception as one short line."""
    line = " ".join(f"{type(error).__name__} {error}".split())
    return line[:200]
