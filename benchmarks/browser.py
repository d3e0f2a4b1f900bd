"""How long an answer takes in the browser while many people answer at once, on one machine.

    python -m benchmarks.browser [--people N] [--answers M] [--pause SECONDS]

An answer is the form that is sent and the next question that is shown. Beside it stands the same
exchange with an empty handler: in the same server, behind the same guards, in the same run, the
two kinds taking turns. People either answer without ever pausing, so that the server is never
idle and whoever waits waits for all others, or pause between answers for SECONDS on average.
Prints medians and 99th percentiles in milliseconds, and their ratios.
"""

import argparse
import asyncio
import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any, Final

import aiohttp

MARK: Final = 'name="csrf" value="'
CHOICE: Final = 'type="radio" name="option" value="'
EMPTY: Final = "/empty"
SEED: Final = 7
TURNS: Final = 4
"""How many times answers are measured: twice for people who pause, twice for those who do not."""

Exchange = Callable[[], Awaitable[None]]


def serve(folder: str) -> None:
    """Serve the application in ``folder``, with an empty handler beside its pages."""
    from starlette.requests import Request
    from starlette.responses import PlainTextResponse, RedirectResponse, Response
    from starlette.routing import BaseRoute, Route

    from persona.web import app
    from persona.web.server import serve as serve_pages

    def empty(_: Request) -> Response:
        return PlainTextResponse("")

    def sent(_: Request) -> Response:
        return RedirectResponse(EMPTY, 303)

    class Beside:
        @staticmethod
        def routes(_: Any) -> list[BaseRoute]:
            return [Route(EMPTY, empty), Route(EMPTY, sent, methods=["POST"])]

    app.MODULES = (Beside, *app.MODULES)  # type: ignore[assignment]
    serve_pages(port=0, folder=folder)


class Person:
    """Someone with a browser, and a questionnaire under way."""

    def __init__(self, http: aiohttp.ClientSession, name: str) -> None:
        self._http = http
        self._name = name
        self._random = random.Random(f"{SEED} {name}")
        self._mark = ""
        self._page = ""
        self.at = ""

    async def arrive(self, address: str) -> None:
        """Open the printed address, and begin a questionnaire."""
        await self._look(address)
        begin = await self._look("/questionnaire")
        self._mark = begin.partition(MARK)[2].partition('"')[0]
        await self._send("/questionnaire", {"company": self._name})

    async def answer(self) -> None:
        """Choose one of the answers shown, send it, and see the next question."""
        shown = [each.partition('"')[0] for each in self._page.split(CHOICE)[1:]]
        await self._send(self.at, {"option": self._random.choice(shown)})

    async def do_nothing(self) -> None:
        """Send a form to the empty handler, and see its page."""
        async with self._http.post(EMPTY, data={"csrf": self._mark, "option": "a"}) as answer:
            await answer.read()

    async def _look(self, path: str) -> str:
        async with self._http.get(path) as answer:
            return await answer.text()

    async def _send(self, path: str, fields: dict[str, str]) -> None:
        # Redirects are followed, as a browser does it.
        async with self._http.post(path, data={"csrf": self._mark, **fields}) as answer:
            assert answer.status == 200, answer.status
            self._page = await answer.text()
            self.at = answer.url.path


async def timed(exchanges: list[Exchange], times: int, pause: float) -> list[float]:
    """Return the seconds that each exchange took, all people at once, each ``times`` times."""
    taken: list[float] = []

    async def one(place: int, exchange: Exchange) -> None:
        thinking = random.Random(f"{SEED} {place}")
        for _ in range(times):
            await asyncio.sleep(thinking.expovariate(1 / pause) if pause else 0)
            begin = time.perf_counter()
            await exchange()
            taken.append(time.perf_counter() - begin)

    await asyncio.gather(*(one(place, each) for place, each in enumerate(exchanges)))
    return taken


async def measure(address: str, people: int, answers: int, pause: float) -> None:
    """Let people answer, with and without pauses, and print how long it took them."""
    origin = address.partition("/?")[0]
    print(f"{people} people, {answers} answers each; milliseconds for a form and the page after\n")
    print(f"{'':26}{'median':>9}{'99th':>9}{'a second':>11}")
    async with AsyncExitStack() as stack:
        crowd = []
        for number in range(people):
            http = aiohttp.ClientSession(origin, cookie_jar=aiohttp.CookieJar(unsafe=True))
            crowd.append(Person(await stack.enter_async_context(http), f"Company {number}"))
        await asyncio.gather(*(each.arrive(address[len(origin) :]) for each in crowd))
        for words, rest in ((f"pausing {pause:g} s", pause), ("never pausing", 0.0)):
            await both(words, crowd, answers // TURNS, rest)


async def both(words: str, crowd: list[Person], times: int, pause: float) -> None:
    """Let the empty handler and answers take turns, and print both."""
    kinds: dict[str, list[Exchange]] = {
        "empty": [each.do_nothing for each in crowd],
        "answer": [each.answer for each in crowd],
    }
    taken: dict[str, list[float]] = {kind: [] for kind in kinds}
    spent = dict.fromkeys(kinds, 0.0)
    for _ in range(TURNS // 2):
        for kind, exchanges in kinds.items():
            begin = time.perf_counter()
            taken[kind] += await timed(exchanges, times, pause)
            spent[kind] += time.perf_counter() - begin
    show(words, taken, spent)


def show(words: str, rounds: dict[str, list[float]], spent: dict[str, float]) -> None:
    """Print one way of answering beside the empty handler, and the ratio."""
    rows = {}
    for kind, seconds in rounds.items():
        cut = statistics.quantiles(seconds, n=100)
        rows[kind] = (statistics.median(seconds) * 1000, cut[98] * 1000)
        rate = len(seconds) / spent[kind]
        middle, last = rows[kind]
        print(f"{words + ', ' + kind:26}{middle:9.1f}{last:9.1f}{rate:11.0f}")
    ratios = [own / other for own, other in zip(rows["answer"], rows["empty"], strict=True)]
    print(f"{'ratio':>26}{ratios[0]:9.1f}{ratios[1]:9.1f}\n")


def kept(folder: Path) -> int:
    """Return how many answers the server has kept."""
    files = (folder / "sessions").glob("*.json")
    return sum(len(json.loads(each.read_bytes())["answers"]) for each in files)


def main() -> None:
    """Start the server in a process of its own, measure, and check that no answer was lost."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--answers", type=int, default=40, help="each; a multiple of 4, at most 40")
    parser.add_argument("--pause", type=float, default=1.0, help="seconds, on average")
    parser.add_argument("--serve", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.serve:
        serve(asked.serve)
        return
    answers = min(asked.answers, 40) // TURNS * TURNS
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "benchmarks.browser", "--serve", folder]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
            assert server.stdout is not None
            try:
                address = server.stdout.readline().strip()
                asyncio.run(measure(address, asked.people, answers, asked.pause))
            finally:
                server.terminate()
        found = kept(Path(folder))
        assert found == asked.people * answers, f"{found} answers kept"
        print(f"all {found} answers were kept")


if __name__ == "__main__":
    main()
