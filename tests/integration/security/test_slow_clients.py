"""Clients that let the server wait: they are given up, and nobody else notices them."""

import socket
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.integration.hurried import SECONDS
from tests.integration.security.raw import connection, head
from tests.integration.serving import Serving, Visitor

IDLE = 300
ROOT = Path(__file__).parents[3]
TABLE = Path("/proc/net/tcp")
"""Where Linux lists connections."""
ESTABLISHED = "01"
PATIENCE = SECONDS + 4
"""Seconds after which a server on a busy machine must have given a client up."""


@pytest.fixture(scope="module")
def hurried(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    command = [sys.executable, "-m", "tests.integration.hurried"]
    folder = tmp_path_factory.mktemp("hurried")
    with Serving(folder, command=command, env={"PYTHONPATH": str(ROOT)}) as server:
        yield server


@pytest.fixture(scope="module")
def visitor(hurried: Serving) -> Iterator[Visitor]:
    with Visitor(hurried.url) as visitor:
        assert visitor.csrf
        yield visitor


def served(visitor: Visitor, times: int = 5) -> None:
    """Check that someone else is still served, and soon."""
    waits = []
    for _ in range(times):
        began = time.monotonic()
        assert visitor.get("/questionnaire").status_code == 200
        waits.append(time.monotonic() - began)
    assert sorted(waits)[len(waits) // 2] < 1.0, waits


def given_up(sock: socket.socket, send: Callable[[], object] = lambda: None) -> bool:
    """Return whether the server hangs up on a client that goes on with ``send`` now and then."""
    until = time.monotonic() + PATIENCE
    sock.settimeout(0.1)
    while time.monotonic() < until:
        try:
            send()
            if sock.recv(65_536) == b"":
                return True
        except TimeoutError:
            continue
        except OSError:
            return True
    return False


def form_head(hurried: Serving, visitor: Visitor, *more: str) -> bytes:
    cookies = "; ".join(f"{name}={value}" for name, value in visitor.client.cookies.items())
    return head(
        "POST /questionnaire HTTP/1.1",
        f"Host: {hurried.authority}",
        f"Cookie: {cookies}",
        "Content-Type: application/x-www-form-urlencoded",
        *more,
    )


def test_hundreds_of_idle_connections_hold_nobody_up(hurried: Serving, visitor: Visitor) -> None:
    with ExitStack() as stack:
        idle = [stack.enter_context(connection(hurried.port)) for _ in range(IDLE)]
        served(visitor)
        left = [sock for sock in idle if not given_up(sock)]
        assert not left
        served(visitor, 1)


def test_headers_byte_by_byte(hurried: Serving, visitor: Visitor) -> None:
    with connection(hurried.port) as sock:
        sock.sendall(b"GET / HTTP/1.1\r\nHost: ")
        served(visitor)
        assert given_up(sock, lambda: sock.send(b"x"))


def test_headers_that_never_end(hurried: Serving, visitor: Visitor) -> None:
    with connection(hurried.port) as sock:
        sock.sendall(b"GET / HTTP/1.1\r\n")
        assert given_up(sock, lambda: sock.send(b"X-More: and more\r\n" * 200))
        served(visitor, 1)


@pytest.mark.parametrize("length", ["Content-Length: 5000", "Transfer-Encoding: chunked"])
def test_a_body_byte_by_byte(hurried: Serving, visitor: Visitor, length: str) -> None:
    with connection(hurried.port) as sock:
        sock.sendall(form_head(hurried, visitor, length))
        byte = b"1\r\nx\r\n" if "chunked" in length else b"x"
        served(visitor)
        assert given_up(sock, lambda: sock.send(byte))


def test_a_body_that_never_comes(hurried: Serving, visitor: Visitor) -> None:
    with connection(hurried.port) as sock:
        sock.sendall(form_head(hurried, visitor, "Content-Length: 5000"))
        served(visitor)
        assert given_up(sock)


def test_an_upload_that_stops_half_way_leaves_nothing(hurried: Serving, visitor: Visitor) -> None:
    begun = (
        f'--cut\r\nContent-Disposition: form-data; name="csrf"\r\n\r\n{visitor.csrf}\r\n'
        '--cut\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\ncompany,p01'
    ).encode()
    whole = form_head(hurried, visitor, "Content-Length: 90000")
    whole = whole.replace(b"POST /questionnaire", b"POST /lists").replace(
        b"application/x-www-form-urlencoded", b"multipart/form-data; boundary=cut"
    )
    with connection(hurried.port) as sock:
        sock.sendall(whole + begun)
        assert given_up(sock)
    left = [name for name in hurried.desk.files() if name.startswith("home/lists/")]
    assert not left


@pytest.mark.skipif(not TABLE.exists(), reason="this system does not list its connections there")
def test_an_answer_that_is_never_read(hurried: Serving, visitor: Visitor) -> None:
    """Many requests on one connection, so that the answers fill every buffer on the way."""
    host = f"Host: {hurried.authority}"
    with socket.socket() as sock:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        sock.connect(("127.0.0.1", hurried.port))
        sock.settimeout(1.0)
        asked = head("GET /static/style.css HTTP/1.1", host)
        try:
            for _ in range(4_000):
                sock.sendall(asked)
        except OSError:
            pass  # the server takes no more, or has hung up already
        served(visitor)
        until = time.monotonic() + PATIENCE + 2
        while is_held(hurried, sock) and time.monotonic() < until:
            time.sleep(0.2)
        assert not is_held(hurried, sock)


def is_held(hurried: Serving, sock: socket.socket) -> bool:
    """Return whether the server keeps its end of a connection open, as the system sees it."""
    ends = (f":{hurried.port:04X}", f":{sock.getsockname()[1]:04X}")
    rows = (line.split() for line in TABLE.read_text().splitlines()[1:])
    return any(
        (own[-5:], other[-5:]) == ends and state == ESTABLISHED for _, own, other, state, *_ in rows
    )


def test_a_connection_may_rest_a_while_and_then_ends(hurried: Serving) -> None:
    with connection(hurried.port) as sock:
        sock.sendall(head("GET /static/app.css HTTP/1.1", f"Host: {hurried.authority}"))
        assert sock.recv(12) == b"HTTP/1.1 200"
        assert given_up(sock)


@pytest.mark.parametrize(
    "noise",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\0" * 100,
        b"\0" * 5_000,
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET\r\n\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\n" + b"A: " + b"x" * 100_000 + b"\r\n\r\n",
        b"GET /" + b"a" * 200_000 + b" HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\nHost: x\n\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nX: a\0b\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost : x\r\n\r\n",
        b"CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example:443\r\n\r\n",
        b"OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        b"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nUpgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\n\r\n",
    ],
)
def test_noise_is_refused_and_harms_nobody(
    hurried: Serving, visitor: Visitor, noise: bytes
) -> None:
    with connection(hurried.port) as sock:
        try:
            sock.sendall(noise)
            answer = sock.recv(65_536)
        except OSError:
            answer = b""
        assert not answer or answer.split(b" ")[1] in (b"400", b"403", b"404", b"405", b"431")
        assert b"Traceback" not in answer
        assert b"101 " not in answer
    served(visitor, 1)


def test_a_client_that_hangs_up_at_once_harms_nobody(hurried: Serving, visitor: Visitor) -> None:
    for _ in range(50):
        with connection(hurried.port) as sock:
            sock.sendall(head("GET / HTTP/1.1", f"Host: {hurried.authority}"))
    served(visitor, 1)
    assert "fault" not in hurried.err
    assert not is_listening_elsewhere(hurried)


def is_listening_elsewhere(hurried: Serving) -> bool:
    """Return whether the server can be reached by another address of this machine."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # sends nothing; tells which address would be used
            own = probe.getsockname()[0]
        except OSError:
            return False
    if own.startswith("127."):
        return False
    try:
        socket.create_connection((own, hurried.port), 1).close()
    except OSError:
        return False
    return True
