"""A web server on loopback whose every answer a test writes down."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import NamedTuple, TypeVar

from aiohttp import web

from persona.capture.fetch import Fetcher, Limits
from persona.capture.guard import Allowed, Guard
from persona.capture.store import Store

T = TypeVar("T")

QUICK = Limits(spacing_seconds=0.0, backoff_seconds=0.001, connect_seconds=2.0, page_seconds=3.0)
HTML = "<!doctype html><title>Valves</title><p>Valves for steam.</p>"


class Asked(NamedTuple):
    """One request: path with query, headers, and when it came (seconds on the loop's clock)."""

    path: str
    headers: Mapping[str, str]
    moment: float


class Scripted:
    """The server while it runs.

    ``say`` maps a path with query to an answer, or to several, of which the last is repeated;
    what is not in it is a 404. ``slow`` is the time in seconds before each answer.
    """

    def __init__(self) -> None:
        self.say: dict[str, list[web.Response]] = {}
        self.asked: list[Asked] = []
        self.slow = 0.0
        self.at_once = self.most_at_once = 0
        self.port = 0

    def page(self, path: str, text: str = HTML, **headers: str) -> None:
        """Answer with a page; header names with "_" for "-"."""
        self.answer(
            path, web.Response(text=text, content_type="text/html", headers=_names(headers))
        )

    def answer(self, path: str, *answers: web.Response) -> None:
        """Answer with these, one after another."""
        self.say[path] = list(answers)

    def robots(self, text: str) -> None:
        """Answer with a robots.txt."""
        self.answer("/robots.txt", web.Response(text=text))

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        """Return the address of a path."""
        return f"http://{host}:{self.port}{path}"

    def paths(self) -> list[str]:
        """Return what was asked for beside robots.txt, in order."""
        return [each.path for each in self.asked if each.path != "/robots.txt"]

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Answer as written down."""
        moment = asyncio.get_running_loop().time()
        self.asked.append(Asked(request.path_qs, dict(request.headers), moment))
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            await asyncio.sleep(self.slow)
        finally:
            self.at_once -= 1
        answers = self.say.get(request.path_qs)
        if not answers:
            return web.Response(status=404, text="not here")
        found = answers.pop(0) if len(answers) > 1 else answers[0]
        return web.Response(status=found.status, body=found.body, headers=found.headers)


def reply(status: int, text: str = "", **headers: str) -> web.Response:
    """Return an answer with a status; header names with "_" for "-"."""
    return web.Response(status=status, text=text, headers=_names(headers))


def visit(
    use: Callable[[Fetcher, Scripted], Awaitable[T]],
    *,
    limits: Limits = QUICK,
    store: Store | None = None,
    offline: bool = False,
    server: Scripted | None = None,
) -> T:
    """Run the server (again) and a client that may read it; return what ``use`` returns."""
    scripted = server or Scripted()

    async def lookup(host: str, port: int) -> list[str]:
        return ["127.0.0.1"]

    async def run() -> T:
        app = web.Application()
        app.router.add_get("/{tail:.*}", scripted.handle)
        runner = web.AppRunner(app, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", scripted.port).start()
        scripted.port = runner.addresses[0][1]
        hosts = ("127.0.0.1", "one.test", "two.test")
        allowed = Allowed.parse([f"{host}:{scripted.port}" for host in hosts])
        try:
            async with Fetcher(
                Guard(allowed, lookup), limits=limits, store=store, offline=offline
            ) as fetcher:
                return await use(fetcher, scripted)
        finally:
            await runner.cleanup()

    return asyncio.run(run())


def _names(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}
