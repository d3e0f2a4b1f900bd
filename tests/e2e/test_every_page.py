"""Every page of the application: read by machines for accessibility, and looked at narrow."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.e2e.looks import CONTRAST, NARROWEST, PHONE, overflow, violations
from tests.e2e.tour import Stop
from tests.e2e.window import Window
from tests.integration.loopback import SITES, Loopback
from tests.integration.routes import places
from tests.integration.serving import Serving, Visitor

FILES = {
    "/static/{name}",
    "/results/{id}/report",
    "/results/{id}/file",
    "/lists/{id}/scored",
    "/compare/report.html",
    "/compare/report.json",
    "/api/openapi.json",
}
"""What is no page."""
SANDBOXED = {"list report"}
"""A document that no script may touch, not even one that measures; as a file it is measured."""
PASSING = {"/questionnaire/{key}", "/scan/{job}"}
"""What leads on to a page, or is there for as long as work goes on."""


@pytest.fixture(scope="module")
def page(browser: Browser, server: Serving) -> Iterator[Page]:
    with Window(browser, server, expected=(403, 404)) as window:
        yield window.page


def test_nothing_stands_in_the_way_of_anyone(page: Page, tour: list[Stop]) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    wrong = {}
    for stop in tour:
        answer = page.goto(stop.path)
        assert answer is not None
        assert answer.status == stop.status, stop
        if stop.name not in SANDBOXED and (found := in_light_and_dark(page)):
            wrong[stop.name] = found
    assert not wrong


def test_what_stands_in_the_way_would_be_found(page: Page) -> None:
    page.goto("/nothing")
    page.evaluate(
        "document.querySelector('main').innerHTML ="
        " '<img src=\"/static/icon.svg\"><input><p class=pale>pale</p>';"
        "document.querySelector('.pale').style.color = '#777777'"
    )
    found = " ".join(in_light_and_dark(page))
    for rule in ("image-alt", "label", "color-contrast"):
        assert f"{rule} (" in found


def in_light_and_dark(page: Page) -> list[str]:
    """Return what is wrong in either."""
    page.emulate_media(color_scheme="light")
    light = violations(page)
    page.emulate_media(color_scheme="dark")
    return light + [f"dark: {each}" for each in violations(page, CONTRAST)]


@pytest.mark.parametrize("width", [PHONE, NARROWEST])
def test_no_page_scrolls_sideways_on_a_phone(page: Page, tour: list[Stop], width: int) -> None:
    wrong = {}
    for stop in tour:
        page.goto(stop.path)
        if found := overflow(page, width):
            wrong[stop.name] = found
    assert not wrong


def test_the_tour_leaves_no_page_out(tour: list[Stop], tmp_path: Path) -> None:
    pages = {
        place.path
        for place in places(tmp_path)
        if place.method == "GET" and not place.path.startswith("/api/v1/")
    }
    seen = {path for path in pages for stop in tour if leads_to(stop.path, path)}
    assert pages - seen - FILES - PASSING == set()


def leads_to(path: str, route: str) -> bool:
    """Return whether a path is one of a route's."""
    parts, wanted = path.partition("?")[0].split("/"), route.split("/")
    return len(parts) == len(wanted) and all(
        part == each or each.startswith("{") for part, each in zip(parts, wanted, strict=True)
    )


def test_pages_of_work_under_way(browser: Browser, tmp_path: Path) -> None:
    """A list and a scan that wait for a slow site."""
    with (
        Loopback(SITES / "sparrowgate", latency=2.0) as slow,
        Serving(tmp_path, "--allow-address", slow.authority) as server,
        Visitor(server.url) as visitor,
        Window(browser, server) as window,
    ):
        scan = visitor.scan(slow.origin)
        content = f"website\n{slow.origin}\n"
        under_way = visitor.send_list("slow.csv", content, by="websites")
        for path in (scan, under_way):
            window.page.goto(path)
            assert window.page.url.endswith(path), "it is still under way"
            assert not in_light_and_dark(window.page)
            assert not overflow(window.page, NARROWEST)
