"""The browser application as a process of its own: started, spoken to, and ended."""

import json
import os
import re
import select
import signal
import ssl
import subprocess
import time
from collections.abc import Mapping, Sequence
from html import unescape
from pathlib import Path
from typing import Final, Self
from urllib.parse import parse_qs, urlsplit

import httpx

from tests.integration.commands import COMMAND, SECONDS, Desk

NO_TLS: Final = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""Trusts no certificate, as none is met here; loading those of the system takes a while."""
_PAUSE: Final = 0.1
_CSRF: Final = re.compile(r'name="csrf" value="([^"]+)"')


class Serving:
    """``persona serve`` while the ``with`` block runs, with a home and a port of its own.

    ``url`` is the address it printed, which lets in whoever opens it. What it says on standard
    error is in ``err``; a fault in the program there fails the block. ``command`` is another way
    to run the command, ``env`` more environment for it.
    """

    def __init__(
        self,
        folder: Path,
        *options: str,
        command: Sequence[str] = COMMAND,
        env: Mapping[str, str] = {},
    ) -> None:
        self.desk = Desk(folder)
        self._command = command
        self._options = options
        self._env = env
        self._complaints = folder / "server.err"
        self.url = ""

    def __enter__(self) -> Self:
        with self._complaints.open("wb") as err:
            self.process = subprocess.Popen(
                [*self._command, "serve", "--port", "0", "--no-open", "--json", *self._options],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=err,
                cwd=self.desk.folder,
                env=self.desk.environment(**self._env),
            )
        try:
            self.url = self._printed()
        except BaseException:
            self._kill()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            self.stop()
        finally:
            self._kill()
        if kind is None:
            assert "fault in the program" not in self.err, self.err
            assert "Traceback" not in self.err, self.err

    @property
    def err(self) -> str:
        """What it has said on standard error so far."""
        return self._complaints.read_text(errors="replace")

    @property
    def origin(self) -> str:
        """Its address without a path: ``http://127.0.0.1:<port>``."""
        return f"http://{self.authority}"

    @property
    def authority(self) -> str:
        """The host and port it listens on."""
        return urlsplit(self.url).netloc

    @property
    def port(self) -> int:
        """The port it listens on."""
        port = urlsplit(self.url).port
        assert port is not None
        return port

    @property
    def token(self) -> str:
        """The access token in the printed address."""
        [token] = parse_qs(urlsplit(self.url).query)["token"]
        return token

    def stop(self) -> int:
        """Press Ctrl-C and wait for the end; return the exit status."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        return self.process.wait(SECONDS)

    def _printed(self) -> str:
        assert self.process.stdout is not None
        said, until = b"", time.monotonic() + SECONDS
        while not said.endswith(b"}\n") and time.monotonic() < until:
            ready, _, _ = select.select([self.process.stdout], [], [], _PAUSE)
            piece = os.read(self.process.stdout.fileno(), 4096) if ready else b""
            if ready and not piece:
                break
            said += piece
        assert said.endswith(b"}\n"), f"the server did not start: {self.err}"
        url: str = json.loads(said)["url"]
        return url

    def _kill(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait(SECONDS)
        if self.process.stdout is not None:
            self.process.stdout.close()


class Visitor:
    """Someone who looks at pages and sends forms, without a browser.

    Let in by the printed address unless ``url`` has no token. Redirects are followed.
    """

    def __init__(self, url: str) -> None:
        self.client = httpx.Client(
            base_url=url.partition("?")[0],
            follow_redirects=True,
            timeout=SECONDS,
            trust_env=False,
            verify=NO_TLS,
        )
        self.first = self.client.get(url)
        self._csrf = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.client.close()

    @property
    def csrf(self) -> str:
        """What forms of this server carry to show where they come from."""
        if not self._csrf:
            self._csrf = hidden(self.client.get("/questionnaire").text)
        return self._csrf

    def get(self, path: str) -> httpx.Response:
        """Look at a page."""
        return self.client.get(path)

    def post(self, path: str, fields: Mapping[str, str | Sequence[str]] = {}) -> httpx.Response:
        """Send a form as a page of this server would."""
        return self.client.post(path, data={"csrf": self.csrf, **fields})

    def begin(self, company: str, role: str = "", *, quick: bool = False) -> str:
        """Begin a questionnaire; return the path of its pages."""
        mode = "quick" if quick else "full"
        shown = self.post("/questionnaire", {"company": company, "role": role, "mode": mode})
        assert shown.status_code == 200, shown.text
        return shown.url.path.rpartition("/")[0]

    def answer(self, place: str, answers: Mapping[str, str]) -> httpx.Response:
        """Answer questions of a questionnaire; return the page the last answer leads to."""
        for item, option in answers.items():
            shown = self.post(f"{place}/{item}", {"option": option})
            assert shown.status_code == 200, shown.text
        return shown

    def result(self, company: str, answers: Mapping[str, str], role: str = "") -> str:
        """Answer a questionnaire, finish it, and return the path of its result."""
        place = self.begin(company, role)
        shown = self.answer(place, answers)
        if "/results/" not in shown.url.path:
            shown = self.post(f"{place}/finish")
        assert "/results/" in shown.url.path, shown.text
        return shown.url.path

    def scan(self, address: str, *, pages: int = 12, company: str = "") -> str:
        """Begin to read a website; return the path of the page that shows how it goes."""
        given = {"csrf": self.csrf, "address": address, "pages": str(pages), "company": company}
        answer = self.client.post("/scan", data=given, follow_redirects=False)
        assert answer.status_code == 303, answer.text
        return answer.headers["location"]

    def send_list(self, name: str, content: str | bytes, **fields: str) -> str:
        """Send a list to be scored by its answers; return the path of its page."""
        given = {"csrf": self.csrf, "by": "answers", **fields}
        files = {"file": (name, content, "text/csv")}
        answer = self.client.post("/lists", data=given, files=files, follow_redirects=False)
        assert answer.status_code == 303, answer.text
        return answer.headers["location"]

    def wait_for(self, path: str, leads_to: str) -> httpx.Response:
        """Look at a page until it is there and leads to another that begins as said."""
        until = time.monotonic() + SECONDS
        while time.monotonic() < until:
            answer = self.get(path)
            if answer.status_code == 200 and answer.url.path.startswith(leads_to):
                return answer
            time.sleep(_PAUSE)
        raise AssertionError(f"{path} still says {answer.status_code}: {answer.text}")


def hidden(page: str) -> str:
    """Return the form's token that stands in a page."""
    found = _CSRF.search(page)
    assert found, page[:400]
    return unescape(found[1])
