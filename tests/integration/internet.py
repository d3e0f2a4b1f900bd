"""A small internet on 127.0.0.1: public names, http and https, and a memory of what was asked.

    with Internet({"acme.com": {"/": "<html>…"}}, folder) as internet:
        reading = Reading(guard=internet.guard, store=None)

Names are looked up in it, everything else is as on the real one: private names and addresses
are refused, unknown names do not exist, certificates are verified. Processes that are started
with ``internet.environment`` trust it; this process does so after ``trust_here(internet.file)``.
"""

import asyncio
import socket
import ssl
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

import msgspec

from persona.capture.guard import Guard
from tests.integration.authority import Authority
from tests.integration.witness import attend

if TYPE_CHECKING:
    from aiohttp.abc import AbstractResolver

PUBLIC_IP: Final = "93.184.215.14"
"""What every name stands for before it is sent to this machine."""

_IDLE: Final = 30.0
_PATIENCE: Final = 5.0
_LARGEST_HEAD: Final = 32 * 1024


@dataclass(frozen=True)
class Reply:
    """An answer that is no plain page."""

    status: int = 200
    body: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


Sites = Mapping[str, Mapping[str, str | Reply]]
"""Pages by host and path; a name stands for itself and for "www." before it."""


@dataclass(frozen=True)
class Asked:
    """A request as it arrived."""

    host: str
    path: str


class Places(msgspec.Struct, frozen=True):
    """Where an internet's names are.

    ``elsewhere`` are names that stand for addresses off this machine, which the guard is to
    judge; ``ports`` the ones that stand for 80 and 443 here; ``log`` notes what is asked when.
    """

    names: frozenset[str]
    elsewhere: dict[str, str]
    ports: dict[int, int]
    log: str


class LoopbackGuard(Guard):
    """The usual guard, for names that are all on this machine; it travels to other processes."""

    def __init__(self, places: Places) -> None:
        self._places = places
        super().__init__(lookup=self._look_up)
        attend(Path(places.log))

    def __reduce__(self) -> tuple[type["LoopbackGuard"], tuple[Places]]:
        return LoopbackGuard, (self._places,)

    def resolver(self) -> "AbstractResolver":
        """Return a resolver that checks as usual, and then leads to this machine."""
        from tests.integration.rerouting import Rerouting

        return Rerouting(self.addresses, self._places.ports)

    async def _look_up(self, host: str, port: int) -> list[str]:
        if host in self._places.elsewhere:
            return [self._places.elsewhere[host]]
        if host.removeprefix("www.") in self._places.names:
            return [PUBLIC_IP]
        raise socket.gaierror(socket.EAI_NONAME, "no such name")


class Internet:
    """Serves ``sites`` while its ``with`` block lasts; ``latency`` seconds before each answer.

    ``distrusted`` names have a certificate that nobody should accept, ``elsewhere`` maps names
    to addresses off this machine. ``asked`` lists all requests in order of arrival; ``log`` has
    when they were sent, for :func:`tests.integration.witness.shortest_gap`.
    """

    def __init__(
        self,
        sites: Sites,
        folder: Path,
        *,
        latency: float = 0.0,
        distrusted: frozenset[str] = frozenset(),
        elsewhere: Mapping[str, str] | None = None,
    ) -> None:
        self.sites = sites
        self.latency = latency
        self.asked: list[Asked] = []
        self._elsewhere = dict(elsewhere or {})
        self._ports: dict[int, int] = {}
        self.log = folder / "sent.log"
        authority = Authority(folder / "trusted")
        self.file = authority.file
        self._contexts = authority.contexts(set(sites) - distrusted)
        self._contexts |= Authority(folder / "distrusted").contexts(distrusted)
        self._loop = asyncio.new_event_loop()
        self._over = asyncio.Event()
        self._up = threading.Event()
        self._talks: set[asyncio.Task[None]] = set()
        self._thread = threading.Thread(target=self._run, name="internet", daemon=True)

    @property
    def places(self) -> Places:
        """What another process needs to know to find its way here."""
        return Places(frozenset(self.sites), self._elsewhere, self._ports, str(self.log))

    @property
    def guard(self) -> LoopbackGuard:
        """The guard that leads here."""
        return LoopbackGuard(self.places)

    @property
    def environment(self) -> dict[str, str]:
        """What a process has to find in its environment to trust this internet."""
        return {"SSL_CERT_FILE": str(self.file)}

    def __enter__(self) -> Self:
        self._thread.start()
        if not self._up.wait(_PATIENCE):
            raise TimeoutError("the internet did not start")
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._over.set)
        self._thread.join(_PATIENCE)
        if self._thread.is_alive():
            raise TimeoutError("the internet did not stop")

    def _run(self) -> None:
        try:
            self._loop.run_until_complete(self._serve())
        finally:
            self._loop.close()

    async def _serve(self) -> None:
        plain = await asyncio.start_server(
            self._talk, "127.0.0.1", 0, limit=_LARGEST_HEAD, backlog=4096
        )
        secret = await asyncio.start_server(
            self._talk, "127.0.0.1", 0, limit=_LARGEST_HEAD, backlog=4096, ssl=self._secured()
        )
        self._ports = {
            port: server.sockets[0].getsockname()[1]
            for port, server in ((80, plain), (443, secret))
        }
        self._up.set()
        await self._over.wait()
        for server in (plain, secret):
            server.close()
        for talk in self._talks:
            talk.cancel()
        await asyncio.gather(*self._talks, return_exceptions=True)

    def _secured(self) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)

        def choose(connection: ssl.SSLObject, name: str, _: ssl.SSLContext) -> None:
            connection.context = self._contexts.get(name, context)

        context.sni_callback = choose
        return context

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        talk = asyncio.current_task()
        assert talk is not None
        self._talks.add(talk)
        try:
            while True:
                head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), _IDLE)
                answer = self._answer(head.decode("latin-1"))
                await asyncio.sleep(self.latency)
                writer.write(answer)
                await writer.drain()
        except (OSError, TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            pass
        finally:
            self._talks.discard(talk)
            writer.close()

    def _answer(self, head: str) -> bytes:
        line, *rows = head.split("\r\n")
        path = line.split(" ")[1]
        headers = dict(row.lower().split(": ", 1) for row in rows if ": " in row)
        host = headers["host"]
        self.asked.append(Asked(host, path))
        site = self.sites.get(host) or self.sites.get(host.removeprefix("www."), {})
        found = site.get(path) or Reply(404, "not here")
        return _bytes(Reply(body=found) if isinstance(found, str) else found)


def _bytes(reply: Reply) -> bytes:
    body = reply.body.encode()
    headers = {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Length": str(len(body)),
        **reply.headers,
    }
    lines = [f"HTTP/1.1 {reply.status} Status", *(f"{name}: {headers[name]}" for name in headers)]
    return "\r\n".join([*lines, "", ""]).encode() + body
