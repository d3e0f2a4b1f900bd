"""A browser window of its own: it shares no cookies with others, and notes what goes wrong."""

from types import TracebackType
from typing import Any, Self

from playwright.sync_api import Browser, Page

from tests.integration.serving import Serving

MILLISECONDS = 10_000
"""The longest that anything in the browser may take."""


class Window:
    """A window at the address that a server printed; ``options`` as of a browser's context.

    Errors of scripts and refusals of the content policy fail the block, and so do a request to any
    other place than the server, and an answer that is an error unless its status is ``expected``.
    """

    def __init__(
        self, browser: Browser, server: Serving, *, expected: tuple[int, ...] = (), **options: Any
    ) -> None:
        self._browser = browser
        self._server = server
        self._options = options
        self.expected = expected
        self.wrong: list[str] = []

    def __enter__(self) -> Self:
        self.context = self._browser.new_context(base_url=self._server.origin, **self._options)
        self.context.set_default_timeout(MILLISECONDS)
        self.page = self.tab()
        self.page.goto(self._server.url)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        self.context.close()
        if kind is None:
            assert not self.wrong

    def tab(self) -> Page:
        """Open another tab of this window."""
        page = self.context.new_page()
        page.on("pageerror", lambda error: self.wrong.append(str(error)))
        page.on("console", lambda said: self._note(said.type, said.text))
        page.on("request", lambda asked: self._asked(asked.url))
        page.on("response", lambda answer: self._answered(answer.url, answer.status))
        return page

    def _note(self, kind: str, text: str) -> None:
        # The browser itself reports answers that refuse; tests read those on the page.
        if kind == "error" and "Failed to load resource" not in text:
            self.wrong.append(text)

    def _asked(self, url: str) -> None:
        if not url.startswith((f"{self._server.origin}/", "data:", "blob:")):
            self.wrong.append(f"asked for {url}")

    def _answered(self, url: str, status: int) -> None:
        if status >= 400 and status not in self.expected:
            self.wrong.append(f"{status} at {url}")
