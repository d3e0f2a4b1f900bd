"""Names looked up by the system, in threads that nothing waits for at the end.

A name server that is silent holds a thread for up to half a minute. The event loop's own threads
are few, so that a handful of dead names would hold up all others, and are waited for when the
loop ends, so that Ctrl-C would seem to do nothing.
"""

import asyncio
import socket
import threading
from collections.abc import Sequence
from contextlib import suppress
from typing import Final

AT_ONCE: Final = 64
"""Names looked up at the same time."""


class SystemLookup:
    """Looks names up as the system does, in one event loop at a time."""

    def __init__(self, at_once: int = AT_ONCE) -> None:
        self._room = asyncio.Semaphore(at_once)

    async def __call__(self, host: str, port: int) -> Sequence[str]:
        """Return the IP addresses of a name; OSError when it has none."""
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[list[str]] = loop.create_future()

        def settle(found: list[str] | Exception) -> None:
            self._room.release()
            if answer.done():
                return
            if isinstance(found, Exception):
                answer.set_exception(found)
            else:
                answer.set_result(found)

        def work() -> None:
            found = _asked(host, port)
            with suppress(RuntimeError):  # the loop has ended without waiting
                loop.call_soon_threadsafe(settle, found)

        await self._room.acquire()
        threading.Thread(target=work, name="lookup", daemon=True).start()
        return await answer


def _asked(host: str, port: int) -> list[str] | Exception:
    try:
        infos = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_ADDRCONFIG)
    except Exception as error:
        return error
    return [str(info[4][0]) for info in infos]
