"""Bodies that are too large, not what they say, or no forms at all."""

import gzip
import socket
import time

import httpx
import pytest

from tests.integration.security.conftest import Target
from tests.integration.security.raw import Answer, ask, connection, head, is_closed, read

KIND = "Content-Type: application/x-www-form-urlencoded"
MIB = 1024 * 1024


def post(target: Target, body: bytes, *headers: str, path: str = "/questionnaire") -> Answer:
    """Send bytes to where a questionnaire is begun, with the owner's cookie."""
    line = f"POST {path} HTTP/1.1"
    return ask(target.port, line, target.host, target.cookie, *headers, body=body)


def form(target: Target, rest: bytes) -> bytes:
    return b"csrf=" + target.owner.csrf.encode() + rest


def chunked(body: bytes, size: int = 65_536) -> bytes:
    """Return a body in pieces, each with its length before it."""
    pieces = (body[at : at + size] for at in range(0, len(body), size))
    return b"".join(b"%x\r\n%s\r\n" % (len(each), each) for each in pieces) + b"0\r\n\r\n"


def test_an_announced_giant_is_refused_before_it_is_sent(target: Target) -> None:
    for length in ("1048577", "1000000000000", "9" * 18):
        began = time.monotonic()
        answer = post(target, b"csrf=", KIND, f"Content-Length: {length}")
        assert answer.status == 413
        assert time.monotonic() - began < 5
        assert answer.headers["connection"] == "close"


def test_a_giant_is_refused_however_it_arrives(target: Target) -> None:
    body = form(target, b"&company=" + b"x" * (2 * MIB))
    answers = [
        post(target, body, KIND, f"Content-Length: {len(body)}"),
        post(target, chunked(body), KIND, "Transfer-Encoding: chunked"),
        post(target, chunked(body, 1000), KIND, "Transfer-Encoding: chunked"),
    ]
    assert [each.status for each in answers] == [413] * 3


def test_an_endless_body_is_cut_off(target: Target) -> None:
    with connection(target.port) as sock:
        sock.sendall(
            head(
                "POST /questionnaire HTTP/1.1",
                target.host,
                target.cookie,
                KIND,
                "Transfer-Encoding: chunked",
            )
        )
        piece = chunked(b"x" * 65_536)[: -len(b"0\r\n\r\n")]
        assert bytes_taken(sock, piece) < 24 * MIB


def bytes_taken(sock: socket.socket, piece: bytes) -> int:
    """Send a piece again and again until the server hangs up; return the bytes it took."""
    sent = 0
    try:
        while sent < 100 * MIB:
            sock.sendall(piece)
            sent += len(piece)
    except OSError:
        pass
    return sent


def test_a_body_shorter_than_announced_holds_nobody_up(target: Target) -> None:
    body = form(target, b"&company=Short")
    with connection(target.port) as sock:
        sock.sendall(
            head(
                "POST /questionnaire HTTP/1.1",
                target.host,
                target.cookie,
                KIND,
                f"Content-Length: {len(body) + 100}",
            )
            + body
        )
        assert target.owner.get("/").status_code == 200
    assert "Short" not in target.owner.get("/").text


def test_what_follows_a_body_is_not_part_of_it(target: Target) -> None:
    body = form(target, b"&company=Followed&mode=full")
    more = b"&role=Intruder"
    answer = post(target, body + more, KIND, f"Content-Length: {len(body)}")
    assert answer.status == 303
    assert "intruder" not in answer.headers["location"]


@pytest.mark.parametrize(
    "headers",
    [
        ("Content-Length: 5", "Content-Length: 6"),
        ("Content-Length: -1",),
        ("Content-Length: 0x10",),
        ("Content-Length: 5, 6",),
        ("Content-Length: +5",),
        ("Content-Length: five",),
        ("Transfer-Encoding: gzip",),
        ("Transfer-Encoding: chunked, identity",),
        ("Transfer-Encoding: chunked", "Transfer-Encoding: chunked"),
        ("Transfer-Encoding: xchunked",),
        ("Transfer-Encoding : chunked",),
        (" Transfer-Encoding: chunked",),
    ],
)
def test_lengths_that_cannot_be_trusted_are_refused(
    target: Target, headers: tuple[str, ...]
) -> None:
    answer = post(target, b"0\r\n\r\n", KIND, *headers)
    assert answer.status in (400, 415, 501)


@pytest.mark.parametrize("length_first", [True, False])
def test_two_ways_to_tell_the_length_smuggle_nothing_in(target: Target, length_first: bool) -> None:
    inner = head(f"GET {target.questionnaire}/overview HTTP/1.1", target.host, target.cookie)
    body = b"0\r\n\r\n" + inner
    lengths = [f"Content-Length: {len(body)}", "Transfer-Encoding: chunked"]
    headers = lengths if length_first else lengths[::-1]
    with connection(target.port, 3) as sock:
        sock.sendall(
            head("POST /questionnaire HTTP/1.1", target.host, target.cookie, KIND, *headers) + body
        )
        assert read(sock, "POST").status == 400
        assert is_closed(sock), "the connection goes on after a doubtful request"


def test_a_packed_body_is_not_unpacked(target: Target) -> None:
    bomb = gzip.compress(b"csrf=" + b"x" * (20 * MIB))
    answer = post(target, bomb, KIND, "Content-Encoding: gzip", f"Content-Length: {len(bomb)}")
    assert answer.status == 400


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/json", "multipart/form-data; boundary=x", "", "*/*"]
)
def test_other_kinds_of_body_are_refused(target: Target, kind: str) -> None:
    body = form(target, b"&company=Kind")
    answer = post(target, body, f"Content-Type: {kind}", f"Content-Length: {len(body)}")
    assert answer.status == 415


@pytest.mark.parametrize(
    ("rest", "status"),
    [
        (b"&company=%FF%FE", 400),
        (b"&company=\xff\xfe", 400),
        (b"&company=%ED%A0%80", 400),
        (b"&company=%", 303),
        (b"&company=%00%01%1b[2J", 303),
        (b"&company=%E2%80%AE%F0%9F%92%A9", 303),
        (b"&" * 900, 400),
        (b"&x=1" * 900, 400),
        (b"&company=" + b"x" * 10_001, 400),
        (b"&role=" + b"x" * 81, 422),
        (b"&company=a&company=b", 303),
        (b"&=&=&=", 303),
    ],
)
def test_odd_forms_are_taken_or_refused_in_one_line(
    target: Target, rest: bytes, status: int
) -> None:
    body = form(target, rest + b"&do=again")
    answer = post(target, body, KIND, f"Content-Length: {len(body)}")
    assert answer.status == status, answer.text
    if status == 303:
        assert target.owner.get(answer.headers["location"]).status_code == 200


def test_an_odd_answer_is_asked_for_again(target: Target) -> None:
    place = target.owner.begin("Odd Answers")
    for option in ("z", "", "A", "a\0", "../a", "é" * 300, "0", "none"):
        answer = target.owner.post(f"{place}/P01", {"option": option})
        assert answer.status_code == 422, option
    for item in ("p01", "P99", "P01%00", "X", "P01 "):
        assert target.owner.post(f"{place}/{item}", {"option": "a"}).status_code == 404, item
    assert target.server.desk.answers("Odd Answers") == {}


def multipart(*parts: bytes, boundary: bytes = b"cut") -> bytes:
    return b"".join(b"--" + boundary + b"\r\n" + part + b"\r\n" for part in parts)


def part(name: bytes, content: bytes, more: bytes = b"") -> bytes:
    return b'Content-Disposition: form-data; name="%s"%s\r\n\r\n%s' % (name, more, content)


@pytest.mark.parametrize("place", ["/lists", "/compare"])
def test_damaged_uploads_are_refused_and_leave_nothing(target: Target, place: str) -> None:
    mark = part(b"csrf", target.owner.csrf.encode())
    file = part(b"file", b"company,p01\nx,a\n", b'; filename="list.csv"')
    end = b"--cut--\r\n"
    damaged = {
        "no end": multipart(mark, file),
        "mark after file": multipart(file, mark) + end,
        "no mark": multipart(file) + end,
        "many fields": multipart(mark, *[part(b"x", b"1")] * 300) + end,
        "long field": multipart(mark, part(b"x", b"1" * 20_000)) + end,
        "long header": multipart(mark, b"X: " + b"y" * 20_000 + b"\r\n\r\nz") + end,
        "many headers": multipart(mark, b"X: y\r\n" * 5_000 + b"\r\nz") + end,
        "bad utf-8": multipart(mark, part(b"column", b"\xff\xfe")) + end,
        "nothing": b"",
        "noise": b"\x00\xff" * 500,
    }
    before = target.state()
    for what, body in damaged.items():
        answer = post(
            target,
            body,
            "Content-Type: multipart/form-data; boundary=cut",
            f"Content-Length: {len(body)}",
            path=place,
        )
        assert answer.status in (400, 403, 413), (what, answer.status, answer.text)
    assert target.state() == before


def test_a_result_that_is_too_large_or_none_is_refused(target: Target) -> None:
    before = target.state()
    client: httpx.Client = target.owner.client
    for content, status in (
        (b"{" * (2 * MIB + 1), 413),
        (b"[" * 200_000, 400),
        (b'{"schema": "persona-result/1"}', 400),
        (b"\x80\x04\x95pickle", 400),
        (b"", 400),
    ):
        files: list[tuple[str, tuple[str | None, str | bytes]]] = [
            ("csrf", (None, target.owner.csrf)),
            ("file", ("a.json", content)),
            ("file", ("b.json", content)),
        ]
        answer = client.post("/compare", files=files)
        assert answer.status_code == status, answer.text
    assert target.state() == before
