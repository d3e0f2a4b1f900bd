"""What stands on every answer, and what never stands in one."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.routes import API
from tests.integration.security.conftest import Target
from tests.integration.security.raw import Answer, ask

ROOT = Path(__file__).parents[3]


def answers(target: Target) -> Iterator[tuple[str, Answer]]:
    """Yield an answer of every kind there is: pages, files, refusals, redirects and errors."""
    mine = (target.host, target.cookie)
    program = (target.host, f"Authorization: Bearer {target.server.token}")
    for place, path in target.all("GET", "HEAD"):
        yield path, ask(target.port, f"{place.method} {path} HTTP/1.1", *mine)
        yield path, ask(target.port, f"{place.method} {path} HTTP/1.1", target.host)
        if path.startswith(API):
            yield path, ask(target.port, f"{place.method} {path} HTTP/1.1", *program)
    for _, path in target.all("POST"):
        yield path, ask(target.port, f"POST {path} HTTP/1.1", *mine)
        yield path, ask(target.port, f"DELETE {path} HTTP/1.1", *mine)
    yield "wrong host", ask(target.port, "GET / HTTP/1.1", "Host: evil.example", target.cookie)
    yield "exchange", ask(target.port, f"GET /?token={target.server.token} HTTP/1.1", target.host)
    yield "giant", ask(target.port, "POST /scan HTTP/1.1", *mine, "Content-Length: 99999999")
    yield "nothing", ask(target.port, "GET /nothing HTTP/1.1", *mine)


def test_every_answer_carries_the_headers_that_protect(target: Target) -> None:
    for path, answer in answers(target):
        headers = answer.headers
        policy = headers.get("content-security-policy", "")
        assert "default-src 'none'" in policy, path
        assert "frame-ancestors 'none'" in policy, path
        assert "base-uri 'none'" in policy, path
        assert "form-action" in policy, path
        assert "script-src 'unsafe" not in policy, path
        assert not re.search(r"script-src[^;]*(unsafe|\*|http)", policy), path
        assert headers["x-content-type-options"] == "nosniff", path
        assert headers["referrer-policy"] in ("no-referrer", "same-origin"), path
        assert headers["cross-origin-opener-policy"] == "same-origin", path
        assert headers["cross-origin-resource-policy"] == "same-origin", path
        assert "access-control-allow-origin" not in headers, path
        assert "server" not in headers, path
        if not path.startswith("/static/"):
            assert headers["cache-control"] == "no-store", path


def test_no_answer_tells_about_the_machine(target: Target) -> None:
    secrets = [
        str(target.server.desk.folder),
        str(ROOT),
        str(Path(sys.executable).parent),
        "Traceback",
        "site-packages",
        ".py",
        target.server.token,
    ]
    for path, answer in answers(target):
        told = answer.text + str(answer.headers)
        found = [secret for secret in secrets if secret in told]
        assert not found, (path, found)
        assert answer.status != 500, path


def test_pages_hold_no_script_or_style_of_their_own(target: Target) -> None:
    for path, answer in answers(target):
        if "attachment" in answer.headers.get("content-disposition", "") or "html" not in (
            answer.headers.get("content-type", "")
        ):
            continue
        if path.startswith("/lists/") and path.endswith("/report"):
            continue  # a document of its own: its policy allows no script at all
        assert not re.search(r"<script(?![^>]*\ssrc=\"/static/)", answer.text), path
        assert not re.search(r"<[^>]+\s(on\w+|style)=", answer.text), path
        assert "<style" not in answer.text, path


@pytest.mark.parametrize("damage", [b"{", b"\xff\xfe", b'{"schema":"x"}', b"[1]", b""])
def test_a_damaged_file_is_told_in_one_line_without_its_place(
    target: Target, damage: bytes
) -> None:
    home = target.server.desk.home
    owner = target.owner
    place = owner.begin("To Be Damaged")
    for folder, path in (
        ("sessions", place),
        ("results", target.result),
        ("lists", target.scored),
    ):
        key = path.rpartition("/")[2]
        files = (home / folder / key).glob("*.json") if folder == "lists" else ()
        file = next(iter(files), home / folder / f"{key}.json")
        before = file.read_bytes()
        file.write_bytes(damage)
        try:
            shown = owner.get(path)
            assert shown.status_code in (400, 404), (path, shown.status_code)
            assert str(home) not in shown.text
            first = owner.get("/")
            assert first.status_code == 200
            assert owner.get("/lists").status_code == 200
            assert owner.get("/compare").status_code == 200
        finally:
            file.write_bytes(before)


def test_an_unreadable_home_is_no_fault_and_no_place_is_told(target: Target) -> None:
    sessions = target.server.desk.home / "sessions"
    hidden = sessions.rename(sessions.with_name("elsewhere"))
    sessions.write_text("a file where a folder was")
    try:
        answer = target.owner.post("/questionnaire", {"company": "Nowhere"})
        assert answer.status_code == 507
        assert str(sessions) not in answer.text
        assert "fault in the program" not in target.server.err
    finally:
        sessions.unlink()
        hidden.rename(sessions)
