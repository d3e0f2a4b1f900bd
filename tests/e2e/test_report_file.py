"""Reports as one file each: opened from the disk, without network or script."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.e2e.looks import CONTRAST, NARROWEST, PAPER, PHONE, overflow, violations
from tests.e2e.tour import Stop
from tests.integration.serving import Serving, Visitor

DOWNLOADS = {
    "result": "/report",
    "result of few answers": "/report",
    "result of both": "/report",
    "list scored": "/report?download",
    "people compared": "",
    "dates compared": "",
}
"""Reports by what they are of, and where they are from the page that shows the same."""


@pytest.fixture(scope="module")
def reports(
    server: Serving, tour: list[Stop], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Path]:
    """Every kind of report as a file."""
    folder = tmp_path_factory.mktemp("reports")
    files = {}
    with Visitor(server.url) as visitor:
        for stop in tour:
            if stop.name in DOWNLOADS:
                path = stop.path.replace("/compare/report?", "/compare/report.html?")
                files[stop.name] = folder / f"{stop.name}.html"
                files[stop.name].write_bytes(visitor.get(path + DOWNLOADS[stop.name]).content)
    assert set(files) == set(DOWNLOADS)
    return files


@pytest.fixture
def offline(browser: Browser) -> Iterator[BrowserContext]:
    """Open a browser that has no network."""
    context = browser.new_context(offline=True)
    yield context
    context.close()


def opened(context: BrowserContext, report: Path) -> tuple[Page, list[str]]:
    """Open a file; return the page, and what it asks for besides, which grows as it does."""
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda said: asked.append(said.text))
    page.goto(report.as_uri())
    asked.remove(report.as_uri())
    return page, asked


@pytest.mark.parametrize("what", DOWNLOADS)
def test_a_report_needs_nothing_but_itself(
    offline: BrowserContext, reports: dict[str, Path], what: str
) -> None:
    page, asked = opened(offline, reports[what])
    assert page.locator("script").count() == 0
    for width in (PHONE, NARROWEST):
        assert overflow(page, width) == []
    page.set_viewport_size({"width": 1280, "height": 900})
    assert violations(page) == []
    light = ground(page)
    page.emulate_media(color_scheme="dark")
    assert violations(page, CONTRAST) == []
    assert brightness(light) > 200 > 80 > brightness(ground(page))
    assert asked == []


@pytest.mark.parametrize("what", DOWNLOADS)
def test_on_paper_a_report_is_light_whole_and_within_the_page(
    offline: BrowserContext, reports: dict[str, Path], what: str
) -> None:
    page, _ = opened(offline, reports[what])
    page.emulate_media(media="print", color_scheme="dark")
    assert overflow(page, PAPER) == []
    assert brightness(ground(page)) > 200
    hidden = page.locator("main h2, main h3, main td, main blockquote").evaluate_all(
        "all => all.filter(each => !each.closest('details:not([open])')"
        " && !each.checkVisibility()).map(each => each.outerHTML.slice(0, 100))"
    )
    assert hidden == []
    pdf = page.pdf(format="A4")
    assert pdf.startswith(b"%PDF-")


def ground(page: Page) -> list[int]:
    """Return the colour behind the text: red, green and blue."""
    colour: list[int] = page.evaluate(
        """() => {
          const own = (each) => getComputedStyle(each).backgroundColor;
          const at = [document.body, document.documentElement].map(own)
            .find((each) => !each.endsWith(", 0)")) || "rgb(255, 255, 255)";
          return at.match(/[0-9.]+/g).slice(0, 3).map(Number);
        }"""
    )
    return colour


def brightness(colour: list[int]) -> float:
    """Return how bright a colour is, 0 to 255."""
    red, green, blue = colour
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
