"""One request and its answer, within the caps: the only place that talks to the network."""

import asyncio
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Self

import msgspec

from persona.capture.body import ACCEPTED
from persona.capture.failures import Unreadable, of_exception
from persona.capture.guard import Guard
from persona.capture.limits import Limits
from persona.capture.robots import USER_AGENT

if TYPE_CHECKING:
    from aiohttp import ClientResponse, ClientSession

_BITE = 64 * 1024
"""Bytes of a body held before the server is made to wait."""


class Answer(msgspec.Struct, frozen=True):
    """What a server answered: ``headers`` by lower-case name, ``body`` still compressed.

    ``cookies`` holds "name=value" as set; ``cut`` tells that the body is longer than what was
    read of it.
    """

    status: int
    headers: dict[str, str]
    cookies: tuple[str, ...]
    body: bytes
    cut: bool


Appetite = Callable[[int, Mapping[str, str]], int]
"""From status and headers to the number of bytes of the body that are worth reading."""


class Exchange:
    """A client without memory: no cookies, no redirects, no decompression, no repeats."""

    def __init__(self, guard: Guard, limits: Limits) -> None:
        self._guard = guard
        self._limits = limits
        self._session: ClientSession | None = None

    async def __aenter__(self) -> Self:
        from aiohttp import ClientSession, ClientTimeout, DummyCookieJar, TCPConnector

        limits = self._limits
        self._session = ClientSession(
            connector=TCPConnector(
                resolver=self._guard.resolver(), limit=0, keepalive_timeout=limits.connect_seconds
            ),
            cookie_jar=DummyCookieJar(),
            auto_decompress=False,
            trust_env=False,
            timeout=ClientTimeout(
                total=None, sock_connect=limits.connect_seconds, sock_read=limits.connect_seconds
            ),
            read_bufsize=_BITE,
            max_line_size=limits.header_bytes,
            max_field_size=limits.header_bytes,
            max_headers=limits.headers,
            skip_auto_headers=("Content-Type",),
            headers={
                "User-Agent": USER_AGENT,
                "Accept-Encoding": ACCEPTED,
                "Accept-Language": "en,*;q=0.5",
            },
        )
        return self

    async def __aexit__(self, *exc: object) -> None:
        if self._session:
            await self._session.close()
            self._session = None

    async def send(
        self, url: str, headers: Mapping[str, str], seconds: float, appetite: Appetite
    ) -> Answer:
        """Ask for ``url``, already checked and canonical, and return the answer.

        Raises Unreadable for whatever the network does, also when it takes more than ``seconds``.
        """
        if self._session is None:
            raise RuntimeError("the client is used before it was entered")
        from yarl import URL

        try:
            async with (
                asyncio.timeout(seconds),
                self._session.get(
                    URL(url, encoded=True), headers=headers, allow_redirects=False
                ) as response,
            ):
                return await self._answer(response, appetite)
        except Unreadable:
            raise
        except Exception as error:
            # What a hostile server can make a client raise is open-ended.
            raise of_exception(error) from None

    async def _answer(self, response: "ClientResponse", appetite: Appetite) -> Answer:
        size = sum(len(name) + len(value) for name, value in response.raw_headers)
        if size > self._limits.header_bytes:
            response.close()
            raise Unreadable("too_large", f"{size} bytes of headers")
        headers = _plain(response)
        room = appetite(response.status, headers)
        body, cut = await _read(response, room)
        if cut:
            response.close()
        return Answer(response.status, headers, _cookies(response), body, cut)


async def _read(response: "ClientResponse", room: int) -> tuple[bytes, bool]:
    """Return at most ``room`` bytes of the body, and whether there is more."""
    if room <= 0:
        return b"", True
    body = bytearray()
    async for part in response.content.iter_any():
        body += part
        if len(body) > room:
            return bytes(body[:room]), True
    return bytes(body), False


def _plain(response: "ClientResponse") -> dict[str, str]:
    """Return the headers by lower-case name; of repeated ones the values joined by commas."""
    headers: dict[str, str] = {}
    for raw_name, raw_value in response.raw_headers:
        name = raw_name.decode("latin-1").lower()
        value = raw_value.decode("utf-8", "replace")
        headers[name] = f"{headers[name]}, {value}" if name in headers else value
    return headers


def _cookies(response: "ClientResponse") -> tuple[str, ...]:
    """Return the cookies set, without their attributes."""
    lines = response.headers.getall("Set-Cookie", ())
    return tuple(line.partition(";")[0].strip() for line in lines)
