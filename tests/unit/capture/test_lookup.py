"""The system's own lookup of names, and what a silent name server may hold up."""

import asyncio
import socket
import threading
import time

import pytest

from persona.capture.lookup import SystemLookup


def test_this_machine_is_found_and_what_does_not_exist_is_told() -> None:
    assert "127.0.0.1" in asyncio.run(SystemLookup()("127.0.0.1", 80))
    with pytest.raises(OSError, match=r"\w"):
        asyncio.run(SystemLookup()("127.0.0.1", -1))


def test_names_that_are_never_answered_hold_up_neither_others_nor_the_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    silent = threading.Event()

    def getaddrinfo(host: str, *_: object, **__: object) -> list[tuple[object, ...]]:
        if host.startswith("dead"):
            silent.wait(10)
        return [(0, 0, 0, "", ("192.0.2.1", 80))]

    async def run() -> list[str]:
        lookup = SystemLookup()
        dead = [asyncio.create_task(lookup(f"dead{n}.com", 80)) for n in range(40)]
        await asyncio.sleep(0)
        found = list(await lookup("alive.com", 80))
        for task in dead:
            task.cancel()
        return found

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    start = time.monotonic()
    try:
        assert asyncio.run(run()) == ["192.0.2.1"]
        assert time.monotonic() - start < 5
    finally:
        silent.set()


def test_only_so_many_names_are_looked_up_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    now = most = 0
    lock = threading.Lock()

    def getaddrinfo(*_: object, **__: object) -> list[tuple[object, ...]]:
        nonlocal now, most
        with lock:
            now += 1
            most = max(most, now)
        time.sleep(0.005)
        with lock:
            now -= 1
        return [(0, 0, 0, "", ("192.0.2.1", 80))]

    async def run() -> None:
        lookup = SystemLookup(at_once=3)
        await asyncio.gather(*(lookup(f"{n}.com", 80) for n in range(12)))

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    asyncio.run(run())
    assert most == 3
