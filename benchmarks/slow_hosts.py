"""A loopback server that stands for many slow hosts: each answers after a wait, with real pages.

    python -m benchmarks.slow_hosts PORT_FILE LATENCY PAGES_FILE

Every host, told by its Host header, has a home page with a menu and 19 pages behind it. The port
is written to PORT_FILE once the server listens.
"""

import asyncio
import gzip
import json
import re
import sys
from pathlib import Path

PATHS = (
    "/",
    "/about-us",
    "/products/valves",
    "/pricing",
    "/blog/2026/a-story",
    "/news/2026/an-item",
    "/customers/a-case",
    "/careers",
    "/leadership",
    "/products/pumps",
    "/products/seals",
    "/industries/food",
    "/industries/paper",
    "/blog/2026/another-story",
    "/events",
    "/case-studies/a-mill",
    "/support",
    "/partners",
    "/academy",
    "/jobs/engineer",
)
_MENU = "".join(f'<a href="{path}">{path.rpartition("/")[2]}</a> ' for path in PATHS[1:])
_BASE = re.compile(r"<base\s", re.IGNORECASE)
_HEAD = "HTTP/1.1 {status}\r\nContent-Type: {type}\r\nContent-Length: {length}\r\n\r\n"


def bodies(pages: Path) -> list[bytes]:
    """Return the pages of a captures file as they are served, counting links from themselves."""
    content = pages.read_bytes()
    text = gzip.decompress(content) if pages.suffix == ".gz" else content
    pages_of_file = (json.loads(line)["html"] for line in text.splitlines())
    return [_BASE.sub("<meta ", html).encode("utf-8", "replace") for html in pages_of_file]


class SlowHosts:
    """Serves ``pages`` to any host after ``latency`` seconds."""

    def __init__(self, pages: list[bytes], latency: float) -> None:
        self.latency = latency
        self.pages = pages

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer the requests of one connection until it closes."""
        try:
            while request := await reader.readuntil(b"\r\n\r\n"):
                await asyncio.sleep(self.latency)
                writer.write(self.answer(request.decode("latin-1")))
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    def answer(self, request: str) -> bytes:
        """Return the whole answer to one request."""
        path = request.split(" ", 2)[1]
        host = next(
            line[5:].strip() for line in request.split("\r\n") if line.lower().startswith("host:")
        )
        if path not in PATHS:
            return _HEAD.format(status="404 Not Found", type="text/plain", length=0).encode()
        number = int("".join(filter(str.isdigit, host.split(".")[0])) or 0)
        body = self.pages[(number * len(PATHS) + PATHS.index(path)) % len(self.pages)]
        if path == "/":
            body = f"<nav>{_MENU}</nav>".encode() + body
        head = _HEAD.format(status="200 OK", type="text/html; charset=utf-8", length=len(body))
        return head.encode() + body


async def main(port_file: Path, latency: float, pages: Path) -> None:
    """Serve until killed."""
    hosts = SlowHosts(bodies(pages), latency)
    server = await asyncio.start_server(hosts.serve, "127.0.0.1", 0, backlog=4096)
    port_file.write_text(str(server.sockets[0].getsockname()[1]))
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), float(sys.argv[2]), Path(sys.argv[3])))
