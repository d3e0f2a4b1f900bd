"""Speaking to a server byte by byte, as no well-behaved client would."""

import http.client
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final, NamedTuple

SECONDS: Final = 8.0
"""The longest that a server may keep silent."""


class Answer(NamedTuple):
    """An answer: headers by name in lower case, of one sent twice the values joined by ", "."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode("utf-8", "replace")


@contextmanager
def connection(port: int, seconds: float = SECONDS) -> Iterator[socket.socket]:
    """Connect to a port of 127.0.0.1."""
    with socket.create_connection(("127.0.0.1", port), seconds) as sock:
        yield sock


def read(sock: socket.socket, method: str = "GET") -> Answer:
    """Return the next answer on a connection; http.client.HTTPException where it is none."""
    response = http.client.HTTPResponse(sock, method=method)
    try:
        response.begin()
        headers: dict[str, str] = {}
        for name, value in response.getheaders():
            name = name.lower()
            headers[name] = f"{headers[name]}, {value}" if name in headers else value
        return Answer(response.status, headers, response.read())
    finally:
        response.close()


def is_closed(sock: socket.socket) -> bool:
    """Wait for the server to hang up; return False where it sends something instead."""
    try:
        return sock.recv(1) == b""
    except ConnectionError:
        return True


def head(line: str, *headers: str) -> bytes:
    """Return the head of a request, each header as written."""
    return "\r\n".join([line, *headers, "", ""]).encode("latin-1")


def ask(port: int, line: str, *headers: str, body: bytes = b"") -> Answer:
    """Send a request with exactly these headers on a connection of its own, and read the answer."""
    with connection(port) as sock:
        sock.sendall(head(line, *headers) + body)
        return read(sock, line.partition(" ")[0])
