"""Which addresses may be contacted."""

import asyncio
import socket
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from persona.capture.guard import Allowed, Guard, Refused
from persona.errors import AddressError, UsageError


class Answers:
    """A name server that gives one answer after another, and the last for ever."""

    def __init__(self, *answers: Sequence[str]) -> None:
        self.answers = list(answers)
        self.asked = 0

    async def __call__(self, host: str, port: int) -> Sequence[str]:
        self.asked += 1
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@pytest.mark.parametrize(
    "url",
    [
        "https://example.com/",
        "http://example.com",
        "HTTPS://Example.com:443/a?b#c",
        "http://www.example.co.uk:80/x@y",
        "https://example.com?x=http://127.0.0.1/",
        "https://münchen.de/ü",
    ],
)
def test_public_pages_pass(url: str) -> None:
    Guard().check_url(url)


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("file:///etc/passwd", "no address of a web page"),
        ("gopher://example.com/", "no address of a web page"),
        ("ftp://example.com/", "no address of a web page"),
        ("javascript:alert(1)", "no address of a web page"),
        ("//example.com/", "no address of a web page"),
        ("", "no address of a web page"),
        ("http:///x", "no address of a web page"),
        ("http://user:secret@example.com/", "a user name or a password"),
        ("http://user@example.com/", "a user name or a password"),
        ("http://example.com\\@127.0.0.1/", "a user name or a password"),
        ("http://example.com\\.evil.com/", "no address of a web page"),
        ("http://exam\tple.com/", "no address of a web page"),
        ("http://example.com/a\r\nHost: x", "no address of a web page"),
        ("http://example.com:22/", "port 22"),
        ("http://example.com:8080/", "port 8080"),
        ("http://example.com:0/", "port"),
        ("http://example.com:99999/", "port"),
        ("http://example.com:8x/", "no name"),
        ("http://127.0.0.1/", "IP address"),
        ("http://8.8.8.8/", "IP address"),
        ("http://127.1/", "127.0.0.1 is an IP address"),
        ("http://0x7f.1/", "127.0.0.1 is an IP address"),
        ("http://0177.0.0.1/", "127.0.0.1 is an IP address"),
        ("http://2130706433/", "127.0.0.1 is an IP address"),
        ("http://①②⑦.0.0.1/", "127.0.0.1 is an IP address"),
        ("http://[::1]/", "IP address"),
        ("http://[::ffff:127.0.0.1]/", "IP address"),
        ("http://[fe80::1%25eth0]/", "IP address"),
        ("http://169.254.169.254/latest/meta-data/", "IP address"),
        ("http://localhost/", "not a name on the public internet"),
        ("http://localhost./", "not a name on the public internet"),
        ("http://LOCALHOST/", "not a name on the public internet"),
        ("http://a.localhost/", "not a name on the public internet"),
        ("http://router.local/", "not a name on the public internet"),
        ("http://metadata.google.internal/", "not a name on the public internet"),
        ("http://intranet/", "not a name on the public internet"),
        ("http://example%2ecom/", "no name"),
        ("http://1.2.3.4.5/", "number"),
    ],
)
def test_everything_else_is_refused_with_its_reason(url: str, why: str) -> None:
    with pytest.raises(Refused, match=why):
        Guard().check_url(url)


def test_the_reason_never_repeats_a_password() -> None:
    with pytest.raises(Refused) as refused:
        Guard().check_url("http://user:secret@example.com/")
    assert "secret" not in str(refused.value)


@given(st.text(max_size=80), st.sampled_from(["", "http://", "https://", "http://[", "http://1."]))
def test_any_text_is_passed_or_refused(text: str, start: str) -> None:
    try:
        Guard().check_url(start + text)
    except Refused:
        return
    assert (start + text).lower().startswith(("http://", "https://"))


_HOST_BITS = "a . 127 0 1 0x7f ① 。 @ : 80 [ ] :: % 2e \\ / ? # é xn-- - _ \t ffff"


@given(st.lists(st.sampled_from(_HOST_BITS.split(" ")), max_size=12).map("".join))
def test_the_client_reads_no_other_host_out_of_what_passed(authority: str) -> None:
    """The guard and aiohttp's own parser must agree, or a name could hide an address."""
    from yarl import URL

    url = f"http://{authority}.com/"
    try:
        Guard().check_url(url)
    except Refused:
        return
    host = URL(url).raw_host
    assert host is not None
    Guard().check_url(f"http://{host}/")
    assert not host.replace(".", "").isdigit()
    assert ":" not in host


def test_allowed_places_pass_at_their_port_only() -> None:
    guard = Guard(
        Allowed.parse(["127.0.0.1:8080", "Staging.example", "[::1]:9000", "localhost:81"])
    )
    for url in (
        "http://127.0.0.1:8080/x",
        "http://127.1:8080/",
        "https://staging.example/",
        "http://staging.example:80/",
        "http://[0:0::1]:9000/",
        "http://localhost.:81/",
    ):
        guard.check_url(url)
    for url in (
        "http://127.0.0.1/",
        "http://127.0.0.1:8081/",
        "http://127.0.0.2:8080/",
        "http://staging.example:8080/",
        "http://www.staging.example/",
        "http://localhost/",
        "http://[::1]/",
    ):
        with pytest.raises(Refused):
            guard.check_url(url)
    with pytest.raises(Refused, match="password"):
        guard.check_url("http://me:x@127.0.0.1:8080/")


@pytest.mark.parametrize(
    "entry", ["", "a b", "host:port", "host:0", "http://x.com", "x.com/a", "::1:"]
)
def test_a_nonsense_permission_is_a_mistake_in_one_line(entry: str) -> None:
    with pytest.raises(UsageError, match=r"--allow-address .*127\.0\.0\.1:8080"):
        Allowed.parse([entry])


def test_permission_is_by_place_and_otherwise_by_ip_and_port() -> None:
    guard = Guard(Allowed.parse(["intranet:8080"]))
    assert guard.permitted("intranet", 8080, "10.0.0.5")
    assert not guard.permitted("intranet", 80, "10.0.0.5")
    assert guard.permitted("example.com", 443, "93.184.216.34")
    assert not guard.permitted("example.com", 8080, "93.184.216.34")
    assert not guard.permitted("example.com", 443, "fd00:ec2::254")
    assert not guard.permitted("example.com", 443, "nonsense")


def test_a_name_is_looked_up_once_and_only_checked_addresses_are_given_out() -> None:
    rebinding = Answers(["93.184.216.34"], ["127.0.0.1"])
    resolver = Guard(lookup=rebinding).resolver()
    given_out = asyncio.run(resolver.resolve("example.com", 443, socket.AF_UNSPEC))
    assert [each["host"] for each in given_out] == ["93.184.216.34"]
    assert rebinding.asked == 1
    with pytest.raises(Refused, match=r"127\.0\.0\.1, which is not on the public internet"):
        asyncio.run(resolver.resolve("example.com", 443, socket.AF_UNSPEC))


@pytest.mark.parametrize(
    "answer",
    [
        ["127.0.0.1"],
        ["93.184.216.34", "10.0.0.1"],
        ["2606:4700::1", "::ffff:127.0.0.1"],
        ["fe80::1%2"],
    ],
)
def test_one_forbidden_address_refuses_the_name(answer: list[str]) -> None:
    with pytest.raises(Refused):
        asyncio.run(Guard(lookup=Answers(answer)).addresses("example.com", 443))


def test_an_unknown_name_is_an_os_error_as_aiohttp_expects() -> None:
    with pytest.raises(OSError, match="no address"):
        asyncio.run(Guard(lookup=Answers([])).addresses("example.com", 443))


def test_the_resolver_gives_each_family_its_own() -> None:
    resolver = Guard(lookup=Answers(["93.184.216.34", "2606:4700::1"])).resolver()

    async def both() -> tuple[int, list[str]]:
        every = await resolver.resolve("example.com", 443, socket.AF_UNSPEC)
        six = await resolver.resolve("example.com", 443, socket.AF_INET6)
        await resolver.close()
        return len(every), [each["host"] for each in six]

    assert asyncio.run(both()) == (2, ["2606:4700::1"])


def test_aiohttp_connects_to_the_checked_address_and_looks_nothing_up_again() -> None:
    """A public answer first and loopback second: the second must never be asked for."""
    import aiohttp

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello")
        await writer.drain()
        writer.close()

    async def scenario() -> tuple[str, list[str]]:
        server = await asyncio.start_server(handle, "127.0.0.1", 0)
        port = int(server.sockets[0].getsockname()[1])
        asked: list[str] = []

        async def lookup(host: str, port: int) -> Sequence[str]:
            asked.append(host)
            return ["127.0.0.1"]

        guard = Guard(Allowed.parse([f"staging.example:{port}"]), lookup)
        connector = aiohttp.TCPConnector(resolver=guard.resolver())
        async with server, aiohttp.ClientSession(connector=connector) as session:
            async with session.get(f"http://staging.example:{port}/") as response:
                body = await response.text()
            with pytest.raises(Refused):
                await session.get(f"http://other.example.com:{port}/")
        return body, asked

    body, asked = asyncio.run(asyncio.wait_for(scenario(), 10))
    assert body == "hello"
    assert asked == ["staging.example", "other.example.com"]


def test_refused_is_an_address_error() -> None:
    assert issubclass(Refused, AddressError)
