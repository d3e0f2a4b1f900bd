"""A browser without a network: it keeps cookies, reads pages and sends forms as people do."""

import asyncio
import re
from html import unescape
from pathlib import Path
from typing import Any, Final, Self

import httpx
from starlette.applications import Starlette

from persona.questionnaire.session import Session
from persona.reports.result import Result
from persona.web import moves
from persona.web.app import create_app
from persona.web.desk import Desk
from persona.web.settings import Settings

PORT: Final = 8765
TOKEN: Final = "the-token-of-these-tests"
_CSRF: Final = re.compile(r'name="csrf" value="(\w+)"')


def application(folder: Path) -> Starlette:
    """Return an application that keeps what it is given in a folder."""
    hosts = (f"127.0.0.1:{PORT}", f"localhost:{PORT}")
    return create_app(Settings(token=TOKEN, ticket="a-ticket", folder=folder, hosts=hosts))


class Browser:
    """One person's browser; it has been let in unless ``outside``."""

    def __init__(self, app: Starlette, *, outside: bool = False) -> None:
        self.app = app
        self.client = httpx.AsyncClient(
            transport=httpx.ASGITransport(app, raise_app_exceptions=False),
            base_url=f"http://127.0.0.1:{PORT}",
            follow_redirects=True,
        )
        self.page = self.request("GET", "/" if outside else f"/?token={TOKEN}")

    def request(self, method: str, path: str, **how: Any) -> httpx.Response:
        """Send a request as it is, follow where it leads, and return the answer."""
        return asyncio.run(self.client.request(method, path, **how))

    @property
    def desk(self) -> Desk:
        """What the application's pages share."""
        desk = self.app.state.desk
        assert isinstance(desk, Desk)
        return desk

    @property
    def path(self) -> str:
        """The path of the page that is shown."""
        return self.page.url.path

    @property
    def text(self) -> str:
        """The text of the page, without tags and with spaces made single."""
        return " ".join(unescape(re.sub(r"<[^>]*>", " ", self.page.text)).split())

    @property
    def csrf(self) -> str:
        """What forms have to send."""
        return self.desk.settings.csrf

    def look(self, path: str) -> Self:
        """Open a page."""
        self.page = self.request("GET", path)
        return self

    def send(self, path: str, **fields: str) -> Self:
        """Send a form with its hidden field, and go where that leads."""
        self.page = self.request("POST", path, data={"csrf": self.csrf, **fields})
        return self

    def begin(self, company: str = "Norrland Valves", role: str = "", mode: str = "full") -> str:
        """Begin a questionnaire and return the path that all its pages share."""
        self.send("/questionnaire", company=company, role=role, mode=mode)
        assert self.page.status_code == 200, self.text
        return self.path.rpartition("/")[0]

    def answer(self, option: str, do: str = "next") -> Self:
        """Answer the question that is shown."""
        return self.send(self.path, option=option, do=do)

    def finish(self, option: str = "a") -> str:
        """Have a whole questionnaire answered alike, see its result, and return its path."""
        place = self.begin()
        key = place.rpartition("/")[2]
        session = self.desk.store.at(key)
        assert session is not None
        for item in self.desk.questionnaire.items:
            session = moves.settled(
                moves.answered(session, item.id, option), self.desk.seats.choose
            )
        self.desk.store.save(session)
        self.send(f"{place}/finish")
        return place

    def answer_all(self, option: str = "a") -> Self:
        """Answer every question from here on alike, to the result."""
        while "/questionnaire/" in self.path:
            self.answer(option)
        return self


def hidden_fields(page: httpx.Response) -> set[str]:
    """Return every value of the field that shows where a form comes from."""
    return set(_CSRF.findall(page.text))


def kept_session(
    browser: Browser, company: str = "Norrland Valves", role: str | None = None
) -> Session:
    """Return the questionnaire that is kept of a company and role."""
    session = browser.desk.store.load(company, role)
    assert session is not None
    return session


def shown_result(browser: Browser) -> Result:
    """Return the result whose page is open."""
    return browser.desk.results.load(browser.path.rpartition("/")[2])
