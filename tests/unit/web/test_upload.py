"""Files that a form sends."""

import asyncio
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request

from persona.errors import OutputError
from persona.web.desk import Desk, Settings
from persona.web.parts import MIB, Arrived, Limits
from persona.web.responding import Form
from persona.web.upload import arriving, receive
from tests.disk import full_disk

BOUNDARY = "-----------------------------9051914041544843365972754266"
LIMITS = Limits(MIB, 2, "list")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return Desk(Settings(token="secret-token", folder=tmp_path_factory.mktemp("desk")))


def part(name: str, content: bytes, file_name: str | None = None) -> bytes:
    named = f'; filename="{file_name}"' if file_name is not None else ""
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"{named}\r\n\r\n'
    return head.encode() + content + b"\r\n"


def body(*parts: bytes) -> bytes:
    return b"".join(parts) + f"--{BOUNDARY}--\r\n".encode()


def sent(
    desk: Desk, folder: Path, pieces: list[bytes], limits: Limits = LIMITS, kind: str = ""
) -> tuple[Form, tuple[Arrived, ...]]:
    """Receive a body that comes in these pieces."""
    app = Starlette()
    app.state.desk = desk
    kind = kind or f"multipart/form-data; boundary={BOUNDARY}"
    coming: Iterator[bytes] = iter(pieces)

    async def next_piece() -> dict[str, Any]:
        piece = next(coming, None)
        if piece is None:
            return {"type": "http.request", "body": b"", "more_body": False}
        return {"type": "http.request", "body": piece, "more_body": True}

    scope = {
        "type": "http",
        "method": "POST",
        "path": "/lists",
        "query_string": b"",
        "headers": [(b"content-type", kind.encode())],
        "app": app,
    }
    return asyncio.run(receive(Request(scope, next_piece), folder, limits))


@contextmanager
def refused(status: int, words: str) -> Iterator[None]:
    with pytest.raises(HTTPException) as caught:
        yield
    assert (caught.value.status_code, words in caught.value.detail) == (status, True), caught.value


@given(
    content=st.binary(max_size=3000),
    name=st.text(st.characters(codec="utf-8", exclude_characters='"\r\n\\'), min_size=1),
    cuts=st.lists(st.integers(0, 4000), max_size=12),
)
def test_what_arrives_is_what_was_sent_however_it_was_cut(
    desk: Desk,
    tmp_path_factory: pytest.TempPathFactory,
    content: bytes,
    name: str,
    cuts: list[int],
) -> None:
    whole = body(
        part("csrf", desk.settings.csrf.encode()),
        part("by", "wébsites".encode()),
        part("file", content, name),
        part("pages", b"8"),
    )
    edges = [0, *sorted(min(cut, len(whole)) for cut in cuts), len(whole)]
    pieces = [whole[a:b] for a, b in pairwise(edges)]
    form, [file] = sent(desk, tmp_path_factory.mktemp("in"), pieces)
    assert file.path.read_bytes() == content
    assert (file.name, file.bytes) == (name, len(content))
    assert (form["by"], form["pages"]) == ("wébsites", "8")


def test_a_files_name_is_never_a_path(desk: Desk, tmp_path: Path) -> None:
    place = tmp_path / "in"
    place.mkdir()
    whole = body(part("csrf", desk.settings.csrf.encode()), part("file", b"x", "../../escaped.csv"))
    _, [file] = sent(desk, place, [whole])
    assert file.path.parent == place
    assert [path.name for path in tmp_path.rglob("*")] == ["in", file.path.name]


@pytest.mark.parametrize("token", [None, b"", b"wrong"])
def test_nothing_is_stored_for_a_form_of_another_site(
    desk: Desk, tmp_path: Path, token: bytes | None
) -> None:
    parts = [] if token is None else [part("csrf", token)]
    with refused(403, "open the page again"):
        sent(desk, tmp_path, [body(*parts, part("file", b"x" * 5000, "a.csv"))])
    assert list(tmp_path.iterdir()) == []


def test_the_token_must_come_before_the_file(desk: Desk, tmp_path: Path) -> None:
    late = part("csrf", desk.settings.csrf.encode())
    with refused(403, "open the page again"):
        sent(desk, tmp_path, [body(part("file", b"x", "a.csv"), late)])


def test_a_form_without_a_token_or_file_is_refused(desk: Desk, tmp_path: Path) -> None:
    with refused(403, "open the page again"):
        sent(desk, tmp_path, [body(part("by", b"answers"))])


def test_a_field_left_empty_is_no_file(desk: Desk, tmp_path: Path) -> None:
    form, files = sent(
        desk, tmp_path, [body(part("csrf", desk.settings.csrf.encode()), part("file", b"", ""))]
    )
    assert files == ()
    assert "file" not in form


def test_a_file_that_is_too_large_is_refused_while_it_comes(desk: Desk, tmp_path: Path) -> None:
    token = part("csrf", desk.settings.csrf.encode())
    with refused(413, "This list is larger than 1 MiB"):
        sent(desk, tmp_path, [token, body(part("file", b"x" * (MIB + 1), "a.csv"))])


def test_too_many_files_are_refused(desk: Desk, tmp_path: Path) -> None:
    files = [part("files", b"x", f"{number}.json") for number in range(3)]
    with refused(413, "At most 2 files"):
        sent(desk, tmp_path, [body(part("csrf", desk.settings.csrf.encode()), *files)])


def test_a_long_field_is_refused(desk: Desk, tmp_path: Path) -> None:
    with refused(413, "A field holds more"):
        sent(desk, tmp_path, [body(part("by", b"x" * 10_001))])


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        ("application/x-www-form-urlencoded", 415),
        ("multipart/form-data", 415),
        ("multipart/form-data; boundary=other", 400),
    ],
)
def test_another_kind_of_body_is_refused(
    desk: Desk, tmp_path: Path, kind: str, status: int
) -> None:
    with refused(status, "form"):
        sent(desk, tmp_path, [body(part("csrf", b"x"))], kind=kind)


def test_half_a_form_is_refused(desk: Desk, tmp_path: Path) -> None:
    whole = body(part("csrf", desk.settings.csrf.encode()), part("file", b"x" * 500, "a.csv"))
    with refused(400, "did not arrive whole"):
        sent(desk, tmp_path, [whole[:-200]])


def test_a_full_disk_is_told_before_anything_is_written(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=100 * MIB))
    with pytest.raises(OutputError, match="nearly full"):
        sent(desk, tmp_path, [body(part("csrf", desk.settings.csrf.encode()))])


def test_a_disk_that_fills_up_meanwhile_is_told(desk: Desk, tmp_path: Path) -> None:
    whole = body(part("csrf", desk.settings.csrf.encode()), part("file", b"x" * 500, "a.csv"))
    with full_disk(100), pytest.raises(OutputError, match="could not be kept"):
        sent(desk, tmp_path, [whole])


def test_what_is_not_taken_in_goes_again(tmp_path: Path) -> None:
    with arriving(tmp_path / "lists") as folder:
        (folder / "0").write_bytes(b"half")
    assert list((tmp_path / "lists").iterdir()) == []
