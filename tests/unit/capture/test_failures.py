"""Reasons: from exceptions and statuses to what a user is told."""

import socket
import ssl

import pytest
from aiohttp import (
    ClientConnectorCertificateError,
    ClientConnectorDNSError,
    ClientConnectorError,
    ClientConnectorSSLError,
    ClientOSError,
    ClientPayloadError,
    InvalidURL,
    ServerDisconnectedError,
    SocketTimeoutError,
)
from aiohttp.client_reqrep import ConnectionKey

from persona.capture.failures import Unreadable, of_exception, of_status
from persona.capture.guard import Refused
from persona.capture.records import FAILURES, Failure

KEY = ConnectionKey("example.com", 443, True, True, None, None, None)


def caused(error: BaseException, cause: BaseException) -> BaseException:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "failure"),
    [
        (ClientConnectorDNSError(KEY, socket.gaierror(-2, "Name not known")), "dns"),
        (ClientConnectorError(KEY, ConnectionRefusedError(111, "Connection refused")), "refused"),
        (ClientConnectorError(KEY, TimeoutError(110, "Connection timed out")), "timeout"),
        (ClientConnectorError(KEY, OSError(101, "Network is unreachable")), "connection"),
        (ClientConnectorCertificateError(KEY, ssl.SSLCertVerificationError("expired")), "tls"),
        (ClientConnectorSSLError(KEY, ssl.SSLError(1, "handshake failure")), "tls"),
        (SocketTimeoutError(), "timeout"),
        (TimeoutError(), "timeout"),
        (ServerDisconnectedError(), "connection"),
        (ClientOSError(104, "Connection reset by peer"), "connection"),
        (ClientPayloadError("not completed"), "connection"),
        (InvalidURL("http://["), "http_error"),
        (Refused("it is private"), "forbidden_address"),
        (caused(OSError("connect"), Refused("it is private")), "forbidden_address"),
        (ExceptionGroup("both", [OSError(101, "x"), ConnectionRefusedError()]), "refused"),
        (RuntimeError("whatever a hostile server provokes"), "connection"),
    ],
)
def test_an_exception_has_one_reason(error: BaseException, failure: Failure) -> None:
    found = of_exception(error)
    assert found.failure == failure
    assert len(found.detail) <= 200
    assert len(found.detail.splitlines()) == 1


def test_circles_of_causes_end() -> None:
    one, two = OSError("one"), OSError("two")
    one.__cause__, two.__cause__ = two, one
    assert of_exception(one).failure == "connection"


@pytest.mark.parametrize("status", [100, 199, 300, 304, 399, 400, 418, 499, 600, 999])
def test_odd_statuses_are_errors(status: int) -> None:
    assert of_status(status) == "http_error"


@pytest.mark.parametrize("status", [200, 203, 206, 299])
def test_successes_are_no_failures(status: int) -> None:
    assert of_status(status) is None


def test_every_reason_has_words() -> None:
    assert all(FAILURES[of_status(status) or "offline"] for status in range(100, 1000))
    assert str(Unreadable("dns", "no such name")) == "dns: no such name"
