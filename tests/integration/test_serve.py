"""``persona serve`` as a person starts and ends it."""

import signal
import socket
import time
from pathlib import Path

import httpx
import pytest

from tests.integration.commands import Desk
from tests.integration.serving import Serving


def test_the_address_is_printed_once_and_opens_the_application(tmp_path: Path) -> None:
    with Serving(tmp_path) as serving:
        with httpx.Client(follow_redirects=True) as browser:
            page = browser.get(serving.url)
            assert page.status_code == 200
            assert str(page.url) == f"{serving.origin}/"
        assert httpx.get(f"{serving.origin}/").status_code == 403


def test_ctrl_c_ends_it_at_once_and_says_that_nothing_is_lost(tmp_path: Path) -> None:
    with Serving(tmp_path) as serving, httpx.Client(follow_redirects=True) as browser:
        browser.get(serving.url)  # a connection that stays open
        began = time.monotonic()
        serving.process.send_signal(signal.SIGINT)
        assert serving.process.wait(10) == 0
        assert time.monotonic() - began < 3
        lines = serving.err.splitlines()
    assert len(lines) == 1
    assert "answers and results are kept" in lines[0]


def test_a_port_that_is_taken_is_one_line(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = Desk(tmp_path).run("serve", "--port", str(port), "--no-open")
    assert done.code == 2
    assert done.out == ""
    assert len(done.err.splitlines()) == 1
    assert f"port {port} is in use" in done.err


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--host", "nowhere.invalid"), "no address of this machine"),
        (("--model", "absent.json"), "absent.json"),
        (("--allow-address", "a b"), "--allow-address"),
        (("--port", "70000"), "--port"),
    ],
)
def test_what_cannot_be_used_is_one_line(
    tmp_path: Path, options: tuple[str, ...], words: str
) -> None:
    done = Desk(tmp_path).run("serve", "--port", "0", "--no-open", *options)
    assert done.code == 2
    assert len(done.err.splitlines()) == 1
    assert words in done.err


def test_listening_beyond_this_machine_warns_in_one_line(tmp_path: Path) -> None:
    with Serving(tmp_path, "--host", "0.0.0.0") as serving:
        assert "what is sent is not encrypted" in serving.err
        assert len(serving.err.splitlines()) == 1
        by_figures = {"host": f"10.1.2.3:{serving.port}"}
        by_name = {"host": f"evil.example:{serving.port}"}
        assert httpx.get(serving.url, headers=by_figures).status_code == 303
        assert httpx.get(serving.url, headers=by_name).status_code == 403


def test_every_start_has_a_key_of_its_own(tmp_path: Path) -> None:
    keys = []
    for name in ("one", "two"):
        folder = tmp_path / name
        folder.mkdir()
        with Serving(folder) as serving:
            keys.append(serving.url.rpartition("=")[2])
    assert keys[0] != keys[1]
    assert all(len(key) >= 32 for key in keys)
