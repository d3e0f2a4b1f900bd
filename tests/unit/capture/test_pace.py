"""Spacing of requests, host by host."""

import asyncio
from collections.abc import Awaitable, Callable

from persona.capture import pace as module
from persona.capture.pace import Pace


class Log:
    """Who was let through, and when on the loop's clock, in seconds since the start."""

    def __init__(self, pace: Pace) -> None:
        self.pace = pace
        self.starts: list[tuple[str, float]] = []
        self.most = self.now = 0
        self.begin = asyncio.get_running_loop().time()

    async def ask(self, host: str, spacing: float, lasting: float = 0.0) -> None:
        async with self.pace.turn(host, spacing):
            self.starts.append((host, asyncio.get_running_loop().time() - self.begin))
            self.now += 1
            self.most = max(self.most, self.now)
            await asyncio.sleep(lasting)
            self.now -= 1

    def times(self, host: str) -> list[float]:
        return [moment for name, moment in self.starts if name == host]


def run(use: Callable[[Log], Awaitable[None]], per_host: int = 2, at_once: int = 100) -> Log:
    async def inner() -> Log:
        log = Log(Pace(per_host, at_once))
        await use(log)
        return log

    return asyncio.run(inner())


def test_starts_at_one_host_are_spaced_and_other_hosts_do_not_wait() -> None:
    async def use(log: Log) -> None:
        await asyncio.gather(*(log.ask(host, 0.05) for host in ("a", "a", "b", "a", "b")))

    log = run(use)
    for host, least in (("a", [0.0, 0.05, 0.1]), ("b", [0.0, 0.05])):
        for moment, expected in zip(log.times(host), least, strict=True):
            assert expected - 0.002 <= moment < expected + 0.04


def test_only_so_many_run_at_once() -> None:
    async def per_host(log: Log) -> None:
        await asyncio.gather(*(log.ask("a", 0.0, 0.005) for _ in range(9)))

    async def in_all(log: Log) -> None:
        await asyncio.gather(*(log.ask(str(number), 0.0, 0.005) for number in range(20)))

    assert run(per_host, per_host=3).most == 3
    assert run(in_all, at_once=5).most == 5


def test_a_host_that_rests_is_not_asked() -> None:
    async def use(log: Log) -> None:
        log.pace.rest("a", 0.1)
        await asyncio.gather(log.ask("a", 0.0), log.ask("b", 0.0))

    log = run(use)
    assert log.times("a")[0] > 0.095
    assert log.times("b")[0] < 0.05


def test_a_closed_host_opens_again() -> None:
    async def use(log: Log) -> None:
        log.pace.close("a", 0.05, "too_many_requests")
        assert log.pace.closed("a") == "too_many_requests"
        assert log.pace.closed("b") is None
        await log.ask("a", 0.0)
        assert log.pace.closed("a") == "too_many_requests", "a turn does not open it"
        await asyncio.sleep(0.06)
        assert log.pace.closed("a") is None

    run(use)


def test_a_reader_that_gives_up_gives_its_place_back() -> None:
    async def use(log: Log) -> None:
        waiting = [asyncio.create_task(log.ask("a", 0.0, 60.0)) for _ in range(2)]
        await asyncio.sleep(0.01)
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
        await asyncio.wait_for(log.ask("a", 0.0), 1.0)

    assert len(run(use).starts) == 3


def test_hosts_at_rest_are_forgotten_but_not_those_in_use_or_closed() -> None:
    async def use(log: Log) -> None:
        log.pace.close("closed", 60.0, "too_many_requests")
        held = asyncio.create_task(log.ask("held", 0.0, 60.0))
        for number in range(2 * module._MANY_HOSTS):
            await log.ask(str(number), 0.0)
        assert len(log.pace._hosts) <= module._MANY_HOSTS
        assert log.pace.closed("closed")
        assert "held" in log.pace._hosts
        held.cancel()

    run(use)


def test_starts_stay_spaced_while_others_hold_all_places() -> None:
    async def use(log: Log) -> None:
        held = asyncio.create_task(log.ask("other", 0.0, 0.08))
        await asyncio.sleep(0.01)
        await asyncio.gather(*(log.ask("a", 0.05) for _ in range(3)), held)

    first, second, third = run(use, per_host=3, at_once=1).times("a")
    assert second - first >= 0.048
    assert third - second >= 0.048


def test_hosts_that_somebody_else_may_have_asked_wait_for_their_own_spacing() -> None:
    async def inner() -> Log:
        log = Log(Pace(2, 100, quiet=0.05))
        hosts = (("a", 0.05), ("slow", 0.15), ("own", 0.0), ("a", 0.05))
        await asyncio.gather(*(log.ask(host, spacing) for host, spacing in hosts))
        await log.ask("later", 0.05)
        return log

    log = asyncio.run(inner())
    assert log.times("own")[0] < 0.03, "a host without spacing need not be spared"
    first, second = log.times("a")
    assert first >= 0.098
    assert second - first >= 0.048
    assert log.times("slow")[0] >= 0.198
    assert log.times("later")[0] < log.times("slow")[0] + 0.04, "only the start is quiet"
