"""Bodies are counted as they arrive, whatever they say of themselves."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from starlette.applications import Starlette
from starlette.types import Message

from persona.web.security import bodies
from persona.web.security.bodies import LIMIT, BodyLimits
from tests.unit.web.browser import Browser

MIB = 1024 * 1024


async def _pieces(size: int) -> AsyncIterator[bytes]:
    for _ in range(size // 65536):
        yield b"x" * 65536


def test_a_body_beyond_the_limit_is_refused_calmly(browser: Browser) -> None:
    answer = browser.request("POST", "/questionnaire", data={"company": "x" * LIMIT})
    assert answer.status_code == 413
    assert "At most 1 MiB" in answer.text


def test_one_that_does_not_say_its_length_is_counted(browser: Browser) -> None:
    form = {"content-type": "application/x-www-form-urlencoded"}
    answer = browser.request("POST", "/questionnaire", content=_pieces(3 * MIB), headers=form)
    assert answer.status_code == 413
    assert answer.headers["connection"] == "close"


def test_one_that_belittles_its_length_is_counted(browser: Browser) -> None:
    headers = {"content-type": "application/x-www-form-urlencoded", "content-length": "10"}
    answer = browser.request("POST", "/questionnaire", content=_pieces(3 * MIB), headers=headers)
    assert answer.status_code == 413


@pytest.mark.parametrize("length", ["-1", "1e9", "x", "９９９", "9" * 400])
def test_a_length_that_is_none_breaks_nothing(browser: Browser, length: str) -> None:
    headers = [
        (b"content-type", b"application/x-www-form-urlencoded"),
        (b"content-length", length.encode()),
    ]
    answer = browser.request("POST", "/questionnaire", content=b"company=x", headers=headers)
    assert answer.status_code in (403, 413)


@pytest.mark.parametrize(
    ("kind", "content", "status"),
    [
        ("application/json", b"{}", 415),
        ("text/plain", b"csrf=x", 415),
        ("", b"csrf=x", 415),
        ("application/x-www-form-urlencoded", b"csrf=%FF", 400),
        ("application/x-www-form-urlencoded", b"\xff", 400),
        ("application/x-www-form-urlencoded", b"&".join([b"a=1"] * 600), 400),
        ("application/x-www-form-urlencoded", b"company=" + b"x" * 20_000, 400),
    ],
)
def test_what_is_no_usable_form_is_refused_in_one_line(
    browser: Browser, kind: str, content: bytes, status: int
) -> None:
    answer = browser.request(
        "POST", "/questionnaire", content=content, headers={"content-type": kind}
    )
    assert answer.status_code == status


def test_a_sender_that_falls_silent_is_given_up(
    app: Starlette, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bodies, "_PAUSE", 0.05)
    monkeypatch.setattr(bodies, "_LINGER", 0.05)

    async def silent() -> AsyncIterator[bytes]:
        yield b"company=x"
        await asyncio.sleep(5)

    browser = Browser(app)
    answer = browser.request(
        "POST",
        "/questionnaire",
        content=silent(),
        headers={"content-type": "application/x-www-form-urlencoded"},
    )
    assert answer.status_code == 408


def test_a_trickle_is_given_up_though_it_never_stops(
    app: Starlette, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bodies, "_GRACE", 0.02)
    monkeypatch.setattr(bodies, "_LINGER", 0.01)

    async def trickle() -> AsyncIterator[bytes]:
        for _ in range(1000):
            yield b"x"
            await asyncio.sleep(0.005)

    answer = Browser(app).request(
        "POST",
        "/questionnaire",
        content=trickle(),
        headers={"content-type": "application/x-www-form-urlencoded"},
    )
    assert answer.status_code == 408


def test_what_was_not_read_is_heard_out_for_a_moment_only(
    app: Starlette, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bodies, "_LINGER_BYTES", 4 * MIB)
    heard = 0

    async def receive() -> Message:
        nonlocal heard
        heard += 65536
        return {"type": "http.request", "body": b"x" * 65536, "more_body": True}

    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def answers_at_once(scope: object, receive: object, send: object) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})  # type: ignore[operator]
        await send({"type": "http.response.body", "body": b"done"})  # type: ignore[operator]

    headers = [(b"content-length", str(MIB * 100).encode())]
    scope = {"type": "http", "method": "POST", "path": "/", "headers": headers}
    asyncio.run(BodyLimits(answers_at_once)(scope, receive, send))
    assert heard <= 4 * MIB + 65536
    assert (b"connection", b"close") in sent[0]["headers"]
    assert sent[-1] == {"type": "http.response.body", "body": b""}
