"""A web server on 127.0.0.1 for saved sites: pretty addresses, 404s, sites told apart by name."""

import asyncio
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import formatdate
from pathlib import Path
from typing import Final, Self
from urllib.parse import unquote, urlsplit

SITES: Final = Path(__file__).parents[1] / "fixtures" / "sites"
ANY: Final = "*"
"""Key of the folder that is shown to hosts with no folder of their own."""

_IDLE: Final = 5.0
"""Seconds that a connection may stay silent."""
_LARGEST_HEAD: Final = 32 * 1024
_MOST_CONNECTIONS: Final = 1024
_START: Final = 5.0
"""Seconds within which the server must be up, or down again."""

_TYPES: Final = {
    ".html": "text/html; charset=utf-8",
    ".xml": "application/xml; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
}
_REASONS: Final = {
    200: "OK",
    301: "Moved Permanently",
    400: "Bad Request",
    404: "Not Found",
    405: "Method Not Allowed",
}
_NOT_FOUND: Final = b"<!DOCTYPE html><title>Not found</title><h1>There is no such page</h1>"


@dataclass(frozen=True)
class Asked:
    """One request as it arrived: the Host header without port, and path with query."""

    host: str
    path: str
    agent: str


@dataclass
class _Answer:
    status: int
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)


class Loopback:
    """Serves folders of saved pages from a thread of its own while the ``with`` block runs.

    ``sites`` is one folder, or folders by host name (``ANY`` for all other hosts). ``latency`` is
    waited before each answer, in seconds; ``port`` is a free one unless given. Where a file names
    the site's own address (``https://<folder>.example``) the address under which it was asked for
    is put in its place, so that sitemaps and feeds lead back here. ``asked`` lists the requests in
    order of arrival.
    """

    def __init__(
        self, sites: Path | Mapping[str, Path], *, latency: float = 0.0, port: int = 0
    ) -> None:
        self.sites = {ANY: sites} if isinstance(sites, Path) else dict(sites)
        self.latency = latency
        self.asked: list[Asked] = []
        self.port = port
        self._loop = asyncio.new_event_loop()
        self._up = threading.Event()
        self._stop = asyncio.Event()
        self._talks: set[asyncio.Task[None]] = set()
        self._thread = threading.Thread(target=self._run, name="loopback", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        if not self._up.wait(_START):
            raise TimeoutError("the loopback server did not start")
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(_START)
        if self._thread.is_alive():
            raise TimeoutError("the loopback server did not stop")

    @property
    def origin(self) -> str:
        """Its address without a path: ``http://127.0.0.1:<port>``."""
        return f"http://{self.authority}"

    @property
    def authority(self) -> str:
        """Its address for ``--allow-address``: ``127.0.0.1:<port>``."""
        return f"127.0.0.1:{self.port}"

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        try:
            self._loop.run_until_complete(self._serve())
        finally:
            self._loop.close()

    async def _serve(self) -> None:
        server = await asyncio.start_server(
            self._talk, "127.0.0.1", self.port, limit=_LARGEST_HEAD, backlog=_MOST_CONNECTIONS
        )
        self.port = server.sockets[0].getsockname()[1]
        self._up.set()
        await self._stop.wait()
        server.close()
        for talk in self._talks:
            talk.cancel()
        await asyncio.gather(*self._talks, return_exceptions=True)
        await server.wait_closed()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        talk = asyncio.current_task()
        assert talk is not None
        self._talks.add(talk)
        try:
            while len(self._talks) <= _MOST_CONNECTIONS and await self._turn(reader, writer):
                pass
        except (OSError, TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            pass
        finally:
            self._talks.discard(talk)
            writer.close()

    async def _turn(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """Answer one request; return whether another may follow on the connection."""
        head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), _IDLE)
        line, *rows = head.decode("latin-1").split("\r\n")
        pairs = (row.partition(":") for row in rows if ":" in row)
        headers = {name.strip().lower(): value.strip() for name, _, value in pairs}
        words = line.split(" ")
        if len(words) != 3:
            await _send(writer, _Answer(400), body=True, keep=False)
            return False
        method, path, _ = words
        keep = headers.get("connection", "").lower() != "close"
        host = headers.get("host", self.authority)
        name = host.partition(":")[0].lower()
        self.asked.append(Asked(name, path, headers.get("user-agent", "")))
        if self.latency:
            await asyncio.sleep(self.latency)
        answer = self._answer(method, name, path, host)
        await _send(writer, answer, body=method != "HEAD", keep=keep)
        return keep

    def _answer(self, method: str, name: str, path: str, host: str) -> _Answer:
        folder = self.sites.get(name) or self.sites.get(ANY)
        if method not in ("GET", "HEAD"):
            return _Answer(405, headers={"Allow": "GET, HEAD"})
        if folder is None:
            return _not_found()
        wanted = unquote(urlsplit(path).path)
        if wanted.endswith(".html"):
            return _Answer(301, headers={"Location": _pretty(wanted)})
        found = find(folder, wanted)
        if found is None:
            return _not_found()
        own = f"https://{folder.name}.example".encode()
        body = found.read_bytes().replace(own, f"http://{host}".encode())
        kind = _TYPES.get(found.suffix, "application/octet-stream")
        return _Answer(200, body, {"Content-Type": kind})


def _not_found() -> _Answer:
    return _Answer(404, _NOT_FOUND, {"Content-Type": _TYPES[".html"]})


def find(folder: Path, path: str) -> Path | None:
    """Return the file of ``folder`` that stands behind an address's path; None when none does."""
    inner = path.strip("/")
    names = ["index.html"] if not inner else [inner, f"{inner}.html", f"{inner}/index.html"]
    for name in names:
        if "\0" in name:
            continue
        file = (folder / name).resolve()
        if file.is_relative_to(folder.resolve()) and file.is_file():
            return file
    return None


def _pretty(path: str) -> str:
    return path.removesuffix(".html").removesuffix("index") or "/"


async def _send(writer: asyncio.StreamWriter, answer: _Answer, *, body: bool, keep: bool) -> None:
    headers = {
        "Date": formatdate(usegmt=True),
        "Content-Length": str(len(answer.body)),
        "Connection": "keep-alive" if keep else "close",
        **answer.headers,
    }
    lines = [f"HTTP/1.1 {answer.status} {_REASONS[answer.status]}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    head = "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n"
    writer.write(head + answer.body if body else head)
    await asyncio.wait_for(writer.drain(), _IDLE)
