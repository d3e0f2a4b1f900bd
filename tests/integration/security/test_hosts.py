"""Only those who call the server by its own name are answered (DNS rebinding)."""

import pytest

from tests.integration.security.conftest import UNDER_WAY, Target
from tests.integration.security.raw import ask

STRANGE = [
    "evil.example",
    "evil.example:{port}",
    "127.0.0.1",
    "127.0.0.1:1{port}",
    "127.0.0.1:{port}0",
    "127.0.0.1.:{port}",
    "localhost.:{port}",
    "localhost.evil.example:{port}",
    "127.0.0.1.evil.example:{port}",
    "localhost",
    "127.1:{port}",
    "2130706433:{port}",
    "0x7f.0.0.1:{port}",
    "0:{port}",
    "127.0.0.1:{port}@evil.example",
    "evil.example@127.0.0.1:{port}",
    "127.0.0.1:{port}, evil.example",
    "127.0.0.1:{port} evil.example",
    "127.0.0.1:{port}/",
    "127.0.0.1:{port}#",
    "127.0.0.1:0{port}",
    "[::ffff:127.0.0.1]:{port}",
    "[::1]",
    "[0:0:0:0:0:0:0:1]:{port}",
    "",
]


@pytest.mark.parametrize("host", STRANGE)
def test_a_strange_host_learns_nothing_even_with_the_cookie(target: Target, host: str) -> None:
    for line in ("GET / HTTP/1.1", f"GET /?token={target.server.token} HTTP/1.1"):
        answer = ask(target.port, line, f"Host: {host.format(port=target.port)}", target.cookie)
        assert answer.status in (400, 403)
        assert UNDER_WAY not in answer.text
        assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    "headers",
    [
        (),
        ("Host: evil.example:{port}", "Host: 127.0.0.1:{port}"),
        ("Host: 127.0.0.1:{port}", "Host: evil.example:{port}"),
        ("Host: 127.0.0.1:{port}", "Host: 127.0.0.1:{port}"),
    ],
)
def test_no_host_or_two_are_refused(target: Target, headers: tuple[str, ...]) -> None:
    given = [each.format(port=target.port) for each in headers]
    answer = ask(target.port, "GET / HTTP/1.1", *given, target.cookie)
    assert answer.status in (400, 403)
    assert UNDER_WAY not in answer.text


def test_http_1_0_without_a_host_is_refused(target: Target) -> None:
    assert ask(target.port, "GET / HTTP/1.0", target.cookie).status in (400, 403)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "LocalHost", "LOCALHOST"])
def test_its_own_names_are_answered_in_any_case(target: Target, host: str) -> None:
    answer = ask(target.port, "GET / HTTP/1.1", f"Host: {host}:{target.port}", target.cookie)
    assert answer.status == 200
    assert UNDER_WAY in answer.text


@pytest.mark.parametrize(
    "line",
    ["GET http://evil.example/ HTTP/1.1", "GET http://evil.example:80/questionnaire HTTP/1.1"],
)
def test_a_request_line_cannot_name_another_host(target: Target, line: str) -> None:
    answer = ask(target.port, line, target.host, target.cookie)
    assert answer.status in (400, 403, 404)
    assert UNDER_WAY not in answer.text


@pytest.mark.parametrize(
    "header",
    ["X-Forwarded-Host: evil.example", "Forwarded: host=evil.example", "X-Original-URL: /x"],
)
def test_headers_of_proxies_are_not_believed(target: Target, header: str) -> None:
    line = f"GET /?token={target.server.token} HTTP/1.1"
    answer = ask(target.port, line, target.host, header, "X-Forwarded-Proto: https")
    assert (answer.status, answer.headers["location"]) == (303, "/")
    refused = ask(target.port, "GET / HTTP/1.1", "Host: evil.example", f"{header}", target.cookie)
    assert refused.status == 403


def test_a_refusal_does_not_repeat_what_was_sent(target: Target) -> None:
    answer = ask(target.port, "GET /<script>x HTTP/1.1", "Host: <script>evil", target.cookie)
    assert answer.status in (400, 403)
    assert b"<script>" not in answer.body
