"""When the next request to a host may start."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from persona.capture.records import Failure

_MANY_HOSTS: Final = 4096
"""Hosts remembered before those at rest are forgotten."""


class _Host:
    """What is known of one host: free places, and when the next request may start.

    ``why`` is the reason for asking it nothing before ``opens``.
    """

    __slots__ = ("next_start", "opens", "places", "users", "why")

    def __init__(self, places: int) -> None:
        self.places = asyncio.Semaphore(places)
        self.next_start = 0.0
        self.opens = 0.0
        self.why: Failure | None = None
        self.users = 0


class Pace:
    """Spaces requests host by host: ``per_host`` at once, ``at_once`` in total.

    With ``quiet``, hosts may have been asked by another reader until a moment ago: a host with a
    spacing is asked nothing before ``quiet`` seconds and its spacing have passed since the first
    turn that anybody waited for.
    """

    def __init__(self, per_host: int, at_once: int, quiet: float | None = None) -> None:
        self._per_host = per_host
        self._total = asyncio.Semaphore(at_once)
        self._hosts: dict[str, _Host] = {}
        self._many = _MANY_HOSTS
        self._quiet = quiet
        self._quiet_until: float | None = None

    @asynccontextmanager
    async def turn(self, host: str, spacing: float) -> AsyncIterator[None]:
        """Wait for a turn at ``host``; starts lie at least ``spacing`` seconds apart."""
        state = self._state(host)
        state.users += 1
        try:
            async with state.places:
                await self._start(state, spacing)
                try:
                    yield
                finally:
                    self._total.release()
        finally:
            state.users -= 1

    def rest(self, host: str, seconds: float) -> None:
        """Start no request to ``host`` during the next ``seconds``."""
        state = self._state(host)
        state.next_start = max(state.next_start, _now() + seconds)

    def close(self, host: str, seconds: float, why: Failure) -> None:
        """Ask ``host`` nothing for ``seconds``, which are too many to wait."""
        state = self._state(host)
        state.opens, state.why = _now() + seconds, why

    def closed(self, host: str) -> Failure | None:
        """Return why ``host`` may not be asked for a long time, None when it may."""
        state = self._hosts.get(host)
        return state.why if state and state.opens > _now() else None

    async def _start(self, state: _Host, spacing: float) -> None:
        """Take one of the places there are in total, once the host may be asked.

        While others hold all of them, another request to the host may start first.
        """
        state.next_start = max(state.next_start, self._earliest(spacing))
        while True:
            while (wait := state.next_start - _now()) > 0:
                await asyncio.sleep(wait)
            await self._total.acquire()
            if state.next_start <= _now():
                state.next_start = _now() + spacing
                return
            self._total.release()

    def _earliest(self, spacing: float) -> float:
        """Return when a host may be asked that another reader may just have asked."""
        if self._quiet is None:
            return 0.0
        if self._quiet_until is None:
            self._quiet_until = _now() + self._quiet
        return self._quiet_until + spacing if spacing else 0.0

    def _state(self, host: str) -> _Host:
        state = self._hosts.get(host)
        if state is None:
            if len(self._hosts) >= self._many:
                self._forget()
            state = self._hosts[host] = _Host(self._per_host)
        return state

    def _forget(self) -> None:
        now = _now()
        self._hosts = {
            name: state
            for name, state in self._hosts.items()
            if state.users or max(state.next_start, state.opens) > now
        }
        self._many = max(_MANY_HOSTS, 2 * len(self._hosts))


def _now() -> float:
    return asyncio.get_running_loop().time()
