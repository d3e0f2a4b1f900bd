"""Connections that cost nothing to hold open are not held for long.

uvicorn waits for ever for the head of a request, and for a client to take its answer. This is its
protocol with a clock for both, and a limit on connections. Bodies have limits of their own.
"""

import asyncio
from typing import Any, Final

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

HEAD_SECONDS: Final = 10.0
"""How long a request may take from its first chance to be sent to the end of its headers."""
TAKE_SECONDS: Final = 60.0
"""How long a client may leave an answer untaken."""
CONNECTIONS: Final = 400

_BUSY: Final = b"HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
_LATE: Final = b"HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"


class PatientProtocol(H11Protocol):
    """One connection, given up when its client lets it wait."""

    _head: asyncio.TimerHandle | None = None
    _take: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        """Begin to wait for a request, or turn the client away when there are too many."""
        super().connection_made(transport)
        if len(self.connections) > CONNECTIONS:
            transport.write(_BUSY)
            transport.close()
            return
        self._watch_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop all clocks."""
        _cancel(self._head)
        _cancel(self._take)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take in data; the clock for a request's head runs until the head is whole."""
        super().data_received(data)
        self._watch_head()

    def on_response_complete(self) -> None:
        """Go on to the next request; between requests uvicorn's own clock runs."""
        _cancel(self._head)
        self._head = None
        super().on_response_complete()

    def pause_writing(self) -> None:
        """Note that the client does not take what is sent."""
        super().pause_writing()
        self._take = self.loop.call_later(TAKE_SECONDS, self.transport.abort)

    def resume_writing(self) -> None:
        """Note that it goes on."""
        _cancel(self._take)
        self._take = None
        super().resume_writing()

    def _watch_head(self) -> None:
        waiting = self.conn.their_state is h11.IDLE and not self.transport.is_closing()
        if not waiting:
            _cancel(self._head)
            self._head = None
        elif self._head is None:
            self._head = self.loop.call_later(HEAD_SECONDS, self._give_up)

    def _give_up(self) -> None:
        self.transport.write(_LATE)
        self.transport.close()


def _cancel(timer: asyncio.TimerHandle | None) -> None:
    if timer is not None:
        timer.cancel()
