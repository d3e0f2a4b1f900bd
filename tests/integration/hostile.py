"""A web server on loopback that does to its readers what hostile servers do.

Each attack has a path of its own. Everything that is endless ends when the reader hangs up, or
with the server.
"""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import unquote

from persona.capture.records import Failure
from tests.integration import bombs

CERTIFICATE: Final = Path(__file__).parents[1] / "fixtures" / "tls" / "self-signed.pem"
"""A certificate for 127.0.0.1, with its key, that nobody has vouched for."""

PAGE: Final = b"<!doctype html><html><head><title>Valves</title></head><body>Valves.</body></html>"

CHALLENGE: Final = (
    b"<html><head><title>Just a moment...</title></head><body><noscript>Enable JavaScript"
    b"</noscript><script>window._cf_chl_opt={}</script></body></html>"
)

Write = Callable[[bytes], Awaitable[None]]
Handler = Callable[[Write, str], Awaitable[None]]


class Attack(NamedTuple):
    """What a server does at ``path``, and how reading it must end (None: with the page)."""

    path: str
    outcome: Failure | None
    serve: Handler


ATTACKS: Final[dict[str, Attack]] = {}


def attack(path: str, outcome: Failure | None) -> Callable[[Handler], Handler]:
    """Register what is done at a path."""

    def register(serve: Handler) -> Handler:
        ATTACKS[path] = Attack(path, outcome, serve)
        return serve

    return register


def answer(body: bytes, *headers: str, status: str = "200 OK") -> bytes:
    """Return a whole HTTP answer, with a Content-Type unless one is among ``headers``."""
    lines = [f"HTTP/1.1 {status}", *headers, f"Content-Length: {len(body)}"]
    if not any(line.lower().startswith("content-type") for line in headers):
        lines.append("Content-Type: text/html; charset=utf-8")
    return "\r\n".join([*lines, "", ""]).encode() + body


def fixed(path: str, outcome: Failure | None, content: Callable[[], bytes]) -> None:
    """Register an attack that consists of one answer, made when it is asked for."""

    async def serve(write: Write, query: str) -> None:
        await write(content())

    ATTACKS[path] = Attack(path, outcome, serve)


def packed(path: str, encoding: str, body: Callable[[], bytes], outcome: Failure) -> None:
    """Register a body with a Content-Encoding."""
    fixed(path, outcome, lambda: answer(body(), f"Content-Encoding: {encoding}"))


packed("/bomb/gzip", "gzip", bombs.gzip_bomb, "too_large")
packed("/bomb/deflate", "deflate", bombs.deflate_bomb, "too_large")
packed("/bomb/br", "br", bombs.brotli_bomb, "too_large")
packed("/bomb/zstd", "zstd", bombs.zstd_bomb, "too_large")
packed("/bomb/nested", "gzip, gzip", bombs.nested_bomb, "too_large")
packed("/bomb/many-layers", "gzip, gzip, gzip", bombs.nested_bomb, "bad_encoding")
packed("/bomb/many-members", "gzip", bombs.many_members, "bad_encoding")
packed("/damaged/gzip", "gzip", lambda: b"\x1f\x8b\x08\x00" + b"\xff" * 500, "bad_encoding")
packed("/damaged/br", "br", lambda: b"\xff" * 500, "bad_encoding")
packed("/damaged/zstd", "zstd", lambda: b"\x28\xb5\x2f\xfd" + b"\xff" * 500, "bad_encoding")
packed("/damaged/cut-off", "gzip", lambda: bombs.gzipped(PAGE * 50)[:60], "bad_encoding")
packed("/damaged/unknown", "compress", lambda: PAGE, "bad_encoding")

fixed("/", None, lambda: answer(PAGE))
fixed("/nul", None, lambda: answer(PAGE.replace(b"Valves.", b"Val\0ves.\0")))
fixed("/charset/none", None, lambda: _in_charset("Valves, “Zürich”.".encode("cp1252"), ""))
fixed("/charset/wrong", None, lambda: _in_charset(b"Z\xfcrich \xff\xfe", "utf-8"))
fixed("/charset/unknown", None, lambda: _in_charset("Zürich".encode(), "klingon"))
fixed("/charset/utf-7", None, lambda: _in_charset(b"+ADw-script+AD4-", "utf-7"))
fixed("/charset/surrogates", None, lambda: _in_charset(b"\xed\xa0\x80 \xed\xb0\x80", "utf-8"))
fixed("/charset/half-a-character", None, lambda: _in_charset(b"\0\xd8x\0", "utf-16le"))
fixed("/declared-100-mb", "too_large", lambda: _head("Content-Length: 100000000") + PAGE)
fixed("/length-too-long", "connection", lambda: _head("Content-Length: 5000") + PAGE)
fixed("/length-nonsense", "http_error", lambda: _head("Content-Length: -5") + PAGE)
fixed("/closed-mid-body", "connection", lambda: _chunked() + b"50\r\nonly this")
fixed("/broken-chunks", "http_error", lambda: _chunked() + b"zz\r\n" + PAGE)
fixed("/http-0.9", "http_error", lambda: PAGE)
fixed("/garbage", "http_error", lambda: bytes(range(256)) * 8)
fixed("/nothing", "connection", lambda: b"")
fixed("/pdf", "not_html", lambda: answer(b"%PDF-1.7 \xff", "Content-Type: application/pdf"))
fixed("/pdf-as-html", "not_html", lambda: answer(b"%PDF-1.7 \xff"))
fixed("/loop", "too_many_redirects", lambda: _redirect("/loop"))
fixed("/no-way-on", "http_error", lambda: answer(b"", status="302 Found"))
fixed("/way-on-is-nonsense", "http_error", lambda: _redirect("http://[/"))
fixed("/password", "unauthorised", lambda: answer(b"", status="401 Unauthorized"))
fixed("/forbidden", "forbidden", lambda: answer(b"No.", status="403 Forbidden"))
fixed("/gone", "not_found", lambda: answer(b"", status="410 Gone"))
fixed("/fault", "server_error", lambda: answer(b"", status="500 Internal Server Error"))
fixed("/teapot", "http_error", lambda: answer(b"", status="418 Teapot"))
fixed("/challenge", "bot_wall", lambda: answer(CHALLENGE, status="403 Forbidden"))
fixed("/challenge-503", "bot_wall", lambda: answer(CHALLENGE, status="503 Unavailable"))
fixed("/header-too-long", "too_large", lambda: _head("X: " + "x" * 50_000) + PAGE)


@attack("/silence", "timeout")
async def silence(write: Write, query: str) -> None:
    """Take the request and never answer."""
    await asyncio.sleep(3600)


@attack("/drip", "timeout")
async def drip(write: Write, query: str) -> None:
    """Send a page one byte at a time."""
    await write(_head("Content-Length: 100000"))
    await _repeat(write, b"x", pause=0.05)


@attack("/drip-headers", "timeout")
async def drip_headers(write: Write, query: str) -> None:
    """Send headers one byte at a time."""
    await write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    await _repeat(write, b"x", pause=0.05)


@attack("/endless-header-line", "too_large")
async def endless_header_line(write: Write, query: str) -> None:
    """Send one header that does not end."""
    await write(b"HTTP/1.1 200 OK\r\nX-Long: ")
    await _repeat(write, b"x" * 16384)


@attack("/endless-headers", "too_large")
async def endless_headers(write: Write, query: str) -> None:
    """Send headers that do not end."""
    await write(b"HTTP/1.1 200 OK\r\n")
    await _repeat(write, b"X-Many: some value or other\r\n" * 100)


@attack("/endless-status-line", "too_large")
async def endless_status_line(write: Write, query: str) -> None:
    """Send a status line that does not end."""
    await write(b"HTTP/1.1 200 ")
    await _repeat(write, b"O" * 16384)


@attack("/endless-interim", "timeout")
async def endless_interim(write: Write, query: str) -> None:
    """Announce for ever that an answer is about to come."""
    await _repeat(write, b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" * 50, pause=0.002)


@attack("/endless-chunks", "too_large")
async def endless_chunks(write: Write, query: str) -> None:
    """Send a chunked body that does not end."""
    await write(_chunked())
    await _repeat(write, b"4000\r\n" + b"x" * 0x4000 + b"\r\n")


@attack("/endless-tiny-chunks", "too_large")
async def endless_tiny_chunks(write: Write, query: str) -> None:
    """Send a body that does not end in chunks of 64 bytes."""
    await write(_chunked())
    await _repeat(write, (b"40\r\n" + b"x" * 64 + b"\r\n") * 500)


@attack("/endless-body", "too_large")
async def endless_body(write: Write, query: str) -> None:
    """Send a body of unknown length that does not end."""
    await write(_head("Connection: close"))
    await _repeat(write, b"<p>more</p>" * 2000)


@attack("/to", "forbidden_address")
async def to(write: Write, query: str) -> None:
    """Send the reader to the address in the query."""
    await write(_redirect(unquote(query)))


@attack("/hops", "too_many_redirects")
async def hops(write: Write, query: str) -> None:
    """Send the reader to one new address after another."""
    await write(_redirect(f"/hops?{int(query or 0) + 1}"))


@attack("/leave-me-alone", "too_many_requests")
async def leave_me_alone(write: Write, query: str) -> None:
    """Ask for a pause of a day."""
    await write(answer(b"", "Retry-After: 86400", status="429 Too Many Requests"))


class Server:
    """The server while it runs; ``asked`` holds the "host path?query" of each request.

    ``robots`` holds the robots.txt of each host that has one, ``way_on`` where else a path sends
    its readers.
    """

    def __init__(self) -> None:
        self.port = 0
        self.asked: list[str] = []
        self.robots: dict[str, bytes] = {}
        self.way_on: dict[str, str] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def url(self, path: str, host: str = "127.0.0.1", scheme: str = "http") -> str:
        """Return the address of a path on this server."""
        return f"{scheme}://{host}:{self.port}{path}"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one request and hang up."""
        task = asyncio.current_task()
        assert task
        self._tasks.add(task)

        async def write(content: bytes) -> None:
            writer.write(content)
            await writer.drain()

        try:
            with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
                await self._answer(head, write)
        finally:
            self._tasks.discard(task)
            writer.close()

    async def stop(self) -> None:
        """Drop whatever is still being sent."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _answer(self, head: str, write: Write) -> None:
        path, _, query = head.split(" ", 2)[1].partition("?")
        host = head.lower().partition("\r\nhost: ")[2].partition("\r\n")[0].partition(":")[0]
        self.asked.append(f"{host} {path}" + (f"?{query}" if query else ""))
        if path in self.way_on:
            await write(_redirect(self.way_on[path]))
        elif path == "/robots.txt":
            rules = self.robots.get(host)
            await write(answer(rules, "Content-Type: text/plain") if rules else _NOT_FOUND)
        elif path in ATTACKS:
            await ATTACKS[path].serve(write, query)
        else:
            await write(_NOT_FOUND)


@asynccontextmanager
async def hostile_server(*, tls: bool = False) -> AsyncIterator[Server]:
    """Run the server on loopback, encrypted if asked for."""
    context = None
    if tls:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(CERTIFICATE)
    server = Server()
    listener = await asyncio.start_server(server.serve, "127.0.0.1", 0, ssl=context)
    server.port = listener.sockets[0].getsockname()[1]
    try:
        yield server
    finally:
        listener.close()
        await server.stop()
        await listener.wait_closed()


async def _repeat(write: Write, content: bytes, pause: float = 0.0) -> None:
    while True:
        await write(content)
        await asyncio.sleep(pause)


def _head(*headers: str) -> bytes:
    lines = ["HTTP/1.1 200 OK", "Content-Type: text/html", *headers, "", ""]
    return "\r\n".join(lines).encode("latin-1")


def _chunked() -> bytes:
    return _head("Transfer-Encoding: chunked")


def _in_charset(text: bytes, charset: str) -> bytes:
    return answer(b"<html>" + text, f"Content-Type: text/html; charset={charset}")


def _redirect(location: str) -> bytes:
    return answer(b"", f"Location: {location}", status="302 Found")


_NOT_FOUND: Final = answer(b"", status="404 Not Found")
