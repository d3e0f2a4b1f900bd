"""Clients that dawdle or crowd are given up, on a real connection."""

import asyncio
import socket
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

import pytest
import uvicorn
from starlette.types import Receive, Scope, Send

from persona.web.listening import listen
from persona.web.security import patience
from persona.web.security.patience import PatientProtocol

LARGE = b"x" * (32 * 1024 * 1024)


async def _answers(scope: Scope, receive: Receive, send: Send) -> None:
    body = LARGE if scope["path"] == "/large" else b"ok"
    length = str(len(body)).encode()
    await send(
        {"type": "http.response.start", "status": 200, "headers": [(b"content-length", length)]}
    )
    await send({"type": "http.response.body", "body": body})


@asynccontextmanager
async def _served() -> AsyncIterator[int]:
    with listen("127.0.0.1", 0) as listener:
        config = uvicorn.Config(
            _answers, http=PatientProtocol, ws="none", lifespan="off", log_config=None,
            log_level="critical", timeout_graceful_shutdown=1,
        )  # fmt: skip
        server = uvicorn.Server(config)
        task = asyncio.create_task(server._serve([listener]))
        try:
            yield listener.getsockname()[1]
        finally:
            server.should_exit = True
            await task


def _with_server(use: Callable[[int], Awaitable[None]]) -> None:
    async def run() -> None:
        async with _served() as port:
            await asyncio.wait_for(use(port), 10)

    asyncio.run(run())


async def _connected(port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    return await asyncio.open_connection("127.0.0.1", port)


async def _end(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bytes:
    """Return all that comes until the server hangs up."""
    said = await reader.read()
    writer.close()
    return said


@pytest.mark.parametrize("sent", [b"", b"GET / HT", b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: "])
def test_a_request_whose_head_does_not_come_is_given_up(
    monkeypatch: pytest.MonkeyPatch, sent: bytes
) -> None:
    monkeypatch.setattr(patience, "HEAD_SECONDS", 0.1)

    async def use(port: int) -> None:
        reader, writer = await _connected(port)
        writer.write(sent)
        began = time.monotonic()
        assert (await _end(reader, writer)).startswith(b"HTTP/1.1 408 ")
        assert time.monotonic() - began < 2

    _with_server(use)


def test_a_head_that_trickles_in_is_given_up_though_it_never_stops(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(patience, "HEAD_SECONDS", 0.15)

    async def use(port: int) -> None:
        reader, writer = await _connected(port)
        writer.write(b"GET / HTTP/1.1\r\n")
        began = time.monotonic()
        said = asyncio.ensure_future(reader.read())
        while not said.done() and time.monotonic() - began < 3:
            writer.write(b"X-A: b\r\n")
            await asyncio.sleep(0.02)
        assert (await said).startswith(b"HTTP/1.1 408 ")
        writer.close()

    _with_server(use)


def test_requests_one_after_another_on_one_connection_are_all_answered(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(patience, "HEAD_SECONDS", 0.1)

    async def use(port: int) -> None:
        reader, writer = await _connected(port)
        for _ in range(3):
            for piece in (b"GET / HTTP/1.1\r\n", b"Host: x\r\n", b"\r\n"):
                writer.write(piece)
                await asyncio.sleep(0.01)
            assert (await reader.readuntil(b"\r\n\r\nok")).startswith(b"HTTP/1.1 200 ")
            await asyncio.sleep(0.15)
        writer.close()

    _with_server(use)


def test_one_connection_too_many_is_turned_away_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "CONNECTIONS", 3)

    async def use(port: int) -> None:
        held = [await _connected(port) for _ in range(3)]
        await asyncio.sleep(0.05)
        assert (await _end(*await _connected(port))).startswith(b"HTTP/1.1 503 ")
        held.pop()[1].close()
        await asyncio.sleep(0.05)
        reader, writer = await _connected(port)
        writer.write(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        assert (await _end(reader, writer)).startswith(b"HTTP/1.1 200 ")
        for _, each in held:
            each.close()

    _with_server(use)


def test_an_answer_that_is_not_taken_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "TAKE_SECONDS", 0.2)

    async def use(port: int) -> None:
        with socket.create_connection(("127.0.0.1", port)) as lazy:
            lazy.sendall(b"GET /large HTTP/1.1\r\nHost: x\r\n\r\n")
            await asyncio.sleep(0.6)
            lazy.settimeout(5)
            taken = 0
            with suppress(ConnectionResetError):
                while piece := lazy.recv(1 << 20):
                    taken += len(piece)
            assert taken < len(LARGE)

    _with_server(use)
