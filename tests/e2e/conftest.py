"""A server, a loopback site it may read, and a browser, each started once for these tests.

They last as long as the package does, not the session: while Playwright is on, the thread counts
as running an event loop, and tests that start one of their own could not.
"""

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.e2e.tour import Stop, stops
from tests.e2e.window import Window
from tests.integration.loopback import SITES, Loopback
from tests.integration.serving import Serving, Visitor

SITE = SITES / "sparrowgate"


@pytest.fixture(scope="package")
def program() -> str:
    """Find the system's Chromium; skip where there is none, unless in CI."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None and os.environ.get("CI"):
        pytest.fail("chromium is not installed; apt-get install chromium")
    return found or pytest.skip("chromium is not installed")


@pytest.fixture(scope="package")
def browser(program: str) -> Iterator[Browser]:
    """Start Chromium without a window."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def site() -> Iterator[Loopback]:
    """Serve a website on loopback that the server may read."""
    with Loopback(SITE) as site:
        yield site


@pytest.fixture(scope="package")
def server(tmp_path_factory: pytest.TempPathFactory, site: Loopback) -> Iterator[Serving]:
    folder = tmp_path_factory.mktemp("server")
    with Serving(folder, "--allow-address", site.authority) as server:
        yield server


@pytest.fixture(scope="package")
def tour(server: Serving, site: Loopback, example_answers: dict[str, str]) -> list[Stop]:
    """Make something of everything; return the pages that show it."""
    with Visitor(server.url) as visitor:
        return stops(server, visitor, site, example_answers)


@pytest.fixture
def visitor(server: Serving) -> Iterator[Visitor]:
    """Visit without a browser, for what is not the point of a test."""
    with Visitor(server.url) as visitor:
        yield visitor


@pytest.fixture
def window(browser: Browser, server: Serving) -> Iterator[Window]:
    """Open a browser window at the printed address."""
    with Window(browser, server) as window:
        yield window


@pytest.fixture
def page(window: Window) -> Page:
    return window.page


@pytest.fixture
def context(window: Window) -> BrowserContext:
    return window.context
