"""Hostile servers: each attack ends with its reason, within the caps on time and memory."""

import asyncio
import socket
import sys
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar
from urllib.parse import quote

import msgspec
import pytest
from aiohappyeyeballs import AddrInfoType as AddrInfo

from persona.capture.fetch import Fetched, Fetcher, Limits
from persona.capture.guard import Allowed, Guard
from persona.capture.limits import KIB, MIB
from persona.capture.records import Unread
from tests.integration.hostile import ATTACKS, PAGE, Server, hostile_server
from tests.integration.hostile_client import Report
from tests.processes import PATIENCE

T = TypeVar("T")

MOST_MEMORY = 64 * MIB
"""Growth of a process that reads every attack: one page on the wire, decompressed and as text."""

QUICK = Limits(
    page_bytes=2048 * KIB,
    inflated_bytes=1024 * KIB,
    connect_seconds=0.4,
    page_seconds=0.6,
    spacing_seconds=0.0,
    retries=1,
    backoff_seconds=0.01,
)
_SLOW = ("timeout", "forbidden_address", "too_many_requests")
"""Attacks that take time rather than memory, need a query, or end the visit."""

LONGEST = 1.5
"""Seconds that the slowest attack may take: the cap, and what a busy machine adds."""


def visit(
    use: Callable[[Fetcher, Server], Awaitable[T]], *, limits: Limits = QUICK, tls: bool = False
) -> T:
    """Run a hostile server and a client that may read it; return what ``use`` returns."""

    async def run() -> T:
        async with hostile_server(tls=tls) as server:
            guard = Guard(Allowed.parse([f"127.0.0.1:{server.port}"]))
            async with Fetcher(guard, limits=limits) as fetcher:
                return await use(fetcher, server)

    return asyncio.run(run())


@pytest.mark.parametrize("path", [path for path in ATTACKS if path != "/to"])
def test_each_attack_ends_with_its_reason(path: str) -> None:
    async def use(fetcher: Fetcher, server: Server) -> tuple[Fetched | Unread, float]:
        start = time.monotonic()
        return await fetcher.get(server.url(path)), time.monotonic() - start

    found, seconds = visit(use)
    assert (found.failure if isinstance(found, Unread) else None) == ATTACKS[path].outcome, found
    assert seconds < LONGEST


@pytest.mark.parametrize(
    "target",
    [
        "http://127.0.0.1:1/",
        "http://127.1/",
        "http://2130706433/",
        "http://0x7f.0.0.1/",
        "http://0177.0.0.1/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[fe80::1%25lo]/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[fd00:ec2::254]/latest/meta-data/",
        "http://10.0.0.1/",
        "//192.168.1.1/",
        "http://localhost/",
        "http://localhost./",
        "http://printer.local/",
        "http://metadata.google.internal/",
        "file:///etc/passwd",
        "gopher://127.0.0.1:70/_x",
        "ftp://example.com/",
        "javascript:alert(1)",
        "data:text/html,x",
        "http://user:secret@example.com/",
        "http://example.com:22/",
        "http://１２７.0.0.1/",
    ],
)
def test_a_redirect_to_a_forbidden_address_is_not_followed(target: str) -> None:
    async def use(fetcher: Fetcher, server: Server) -> tuple[Fetched | Unread, list[str]]:
        return await fetcher.get(server.url(f"/to?{quote(target)}")), server.asked

    found, asked = visit(use)
    assert isinstance(found, Unread)
    assert found.failure == "forbidden_address", found
    assert len(asked) == 2, "robots.txt, then the page, then nothing more"


@pytest.mark.parametrize("target", ["http://example.com\\@127.0.0.1/", "http://[/", "?\0"])
def test_a_redirect_that_can_be_read_in_two_ways_is_not_followed(target: str) -> None:
    async def use(fetcher: Fetcher, server: Server) -> tuple[Fetched | Unread, list[str]]:
        return await fetcher.get(server.url(f"/to?{quote(target)}")), server.asked

    found, asked = visit(use)
    assert isinstance(found, Unread)
    assert found.failure in ("forbidden_address", "http_error"), found
    assert len(asked) == 2


def test_robots_txt_may_not_redirect_to_a_forbidden_address_either() -> None:
    async def use(fetcher: Fetcher, server: Server) -> tuple[Fetched | Unread, list[str]]:
        server.way_on["/robots.txt"] = "http://169.254.169.254/robots.txt"
        return await fetcher.get(server.url("/")), server.asked

    found, asked = visit(use)
    assert isinstance(found, Unread)
    assert found.failure == "forbidden_address"
    assert asked == ["127.0.0.1 /robots.txt"]


def test_a_name_that_moves_to_loopback_between_check_and_connection(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The address that was checked is the one connected to; the next look-up is checked anew."""
    answers = [["93.184.215.14"], ["127.0.0.1"]]
    connected: list[str] = []

    async def lookup(host: str, port: int) -> Sequence[str]:
        return answers.pop(0)

    async def connect(addr_infos: Sequence[AddrInfo], **_: object) -> socket.socket:
        connected.extend(str(info[4][0]) for info in addr_infos)
        raise ConnectionRefusedError

    monkeypatch.setattr("aiohappyeyeballs.start_connection", connect)

    async def run() -> list[Fetched | Unread]:
        found = []
        for _ in range(2):
            async with Fetcher(Guard(lookup=lookup), limits=QUICK) as fetcher:
                found.append(await fetcher.get("http://moving-name.com/"))
        return found

    first, second = asyncio.run(run())
    assert isinstance(first, Unread)
    assert first.failure == "refused"
    assert isinstance(second, Unread)
    assert second.failure == "forbidden_address"
    assert connected == ["93.184.215.14"]
    assert answers == []


def test_a_certificate_nobody_vouches_for() -> None:
    async def use(fetcher: Fetcher, server: Server) -> tuple[Fetched | Unread, list[str]]:
        return await fetcher.get(server.url("/", scheme="https")), server.asked

    found, asked = visit(use, tls=True)
    assert isinstance(found, Unread)
    assert found.failure == "tls"
    assert asked == []


def test_a_server_that_does_not_speak_tls() -> None:
    async def use(fetcher: Fetcher, server: Server) -> Fetched | Unread:
        return await fetcher.get(server.url("/", scheme="https"))

    found = visit(use)
    assert isinstance(found, Unread)
    assert found.failure in ("tls", "timeout"), found


def test_a_robots_txt_of_ten_megabytes_counts_as_far_as_it_is_read() -> None:
    rules = b"User-agent: *\nDisallow: /nul\n" + b"Disallow: /something/else\n" * 400_000

    async def use(fetcher: Fetcher, server: Server) -> list[Fetched | Unread]:
        server.robots["127.0.0.1"] = rules
        return [await fetcher.get(server.url(path)) for path in ("/", "/nul")]

    page, forbidden = visit(use, limits=Limits(spacing_seconds=0))
    assert isinstance(page, Fetched)
    assert isinstance(forbidden, Unread)
    assert forbidden.failure == "robots"


def test_a_robots_txt_that_does_not_answer_closes_the_site_and_is_asked_once() -> None:
    async def use(fetcher: Fetcher, server: Server) -> tuple[list[Fetched | Unread], list[str]]:
        server.way_on["/robots.txt"] = "/silence"
        pages = [fetcher.get(server.url(f"/?{number}")) for number in range(20)]
        return list(await asyncio.gather(*pages)), server.asked

    found, asked = visit(use)
    assert {page.failure for page in found if isinstance(page, Unread)} == {"timeout"}
    assert len(found) == 20
    assert len(asked) == 2


def test_a_server_that_asks_for_a_day_of_rest_gets_it() -> None:
    async def use(fetcher: Fetcher, server: Server) -> tuple[list[Fetched | Unread], list[str]]:
        paths = ["/leave-me-alone", "/", "/nul"]
        return [await fetcher.get(server.url(path)) for path in paths], server.asked

    found, asked = visit(use)
    assert [page.failure for page in found if isinstance(page, Unread)] == ["too_many_requests"] * 3
    assert asked == ["127.0.0.1 /robots.txt", "127.0.0.1 /leave-me-alone"]


def test_what_survives_of_a_page_is_plain_text() -> None:
    async def use(fetcher: Fetcher, server: Server) -> Fetched | Unread:
        return await fetcher.get(server.url("/nul"))

    found = visit(use)
    assert isinstance(found, Fetched)
    assert found.text == PAGE.decode()
    assert found.url.endswith("/nul")
    assert (found.status, found.content_type) == (200, "text/html; charset=utf-8")


@pytest.mark.parametrize("path", [path for path in ATTACKS if path.startswith("/charset/")])
def test_text_in_any_encoding_can_be_written_and_hides_no_markup(path: str) -> None:
    async def use(fetcher: Fetcher, server: Server) -> Fetched | Unread:
        return await fetcher.get(server.url(path))

    found = visit(use)
    assert isinstance(found, Fetched)
    assert found.text.encode("utf-8").count(b"<") <= 1
    assert "\0" not in found.text


def test_memory_stays_within_the_caps() -> None:
    """Every attack on a client with the usual caps, in a process of its own: peak memory."""

    async def use(fetcher: Fetcher, server: Server) -> Report:
        greedy = [path for path, each in ATTACKS.items() if each.outcome not in _SLOW]
        client = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "tests.integration.hostile_client",
            *[server.url(path) for path in greedy],
            stdout=asyncio.subprocess.PIPE,
        )
        out = (await asyncio.wait_for(client.communicate(), PATIENCE))[0]
        return msgspec.json.decode(out, type=Report)

    report = visit(use)
    wrong = {
        url: outcome
        for url, outcome in report.outcomes.items()
        if outcome != ATTACKS[url[url.index("/", 8) :]].outcome
    }
    assert wrong == {}
    assert len(report.outcomes) > 40
    assert report.grown < MOST_MEMORY
