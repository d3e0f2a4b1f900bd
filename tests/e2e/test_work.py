"""What goes on while a page is open: reading a website, scoring a list; and comparing."""

import csv
import io
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.window import Window
from tests.integration.loopback import SITES, Loopback
from tests.integration.serving import Serving, Visitor


def test_a_website_is_read_and_becomes_a_result(page: Page, site: Loopback) -> None:
    page.goto("/scan")
    page.get_by_label("Address of the website").fill(site.origin)
    page.get_by_label("Name of the company").fill("Read Ltd")
    page.get_by_label("Most pages to read").fill("3")
    page.get_by_role("button", name="Read the website").click()
    page.wait_for_url("**/results/**")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_text("Read Ltd").first).to_be_visible()


def test_a_website_is_read_with_scripts_off(
    browser: Browser, server: Serving, site: Loopback
) -> None:
    with Window(browser, server, java_script_enabled=False) as window:
        page = window.page
        page.goto("/scan")
        page.get_by_label("Address of the website").fill(site.origin)
        page.get_by_label("Most pages to read").fill("2")
        page.get_by_role("button", name="Read the website").click()
        page.wait_for_url("**/results/**")


def test_a_website_joins_the_answers(
    page: Page, visitor: Visitor, site: Loopback, example_answers: dict[str, str]
) -> None:
    page.goto(visitor.result("Joined Ltd", example_answers))
    page.get_by_role("link", name="Add the website").click()
    page.get_by_label("Address of the website").fill(site.origin)
    page.get_by_label("Most pages to read").fill("3")
    page.get_by_role("button", name="Read and compare").click()
    page.wait_for_url("**/results/**")
    expect(page.get_by_text("Joined Ltd").first).to_be_visible()
    expect(page.get_by_role("link", name="Add the website")).to_have_count(0)


@pytest.mark.parametrize(
    "address", ["http://10.0.0.1/", "localhost", "file:///etc/passwd", "http://169.254.169.254/"]
)
def test_an_address_off_the_internet_is_refused_in_place(window: Window, address: str) -> None:
    window.expected = (400,)
    page = window.page
    page.goto("/scan")
    page.get_by_label("Address of the website").fill(address)
    page.get_by_role("button", name="Read the website").click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("Address of the website")).to_have_value(address)


def downloaded(page: Page, link: str) -> bytes:
    """Wait for a link that is a download, and follow it; return the file."""
    place = page.get_by_role("link", name=link)
    place.wait_for(timeout=30_000)
    with page.expect_download() as arriving:
        place.click()
    return Path(arriving.value.path()).read_bytes()


def send(page: Page, path: Path, *, websites: bool, pages: int = 1) -> None:
    """Send a list to be scored."""
    page.goto("/lists")
    page.get_by_label("File with the list").set_input_files(path)
    page.get_by_label("Their websites" if websites else "Answers in the list alone").check()
    page.get_by_label("Most pages to read of each website").fill(str(pages))
    page.get_by_role("button", name="Score the list").click()
    page.wait_for_url("**/lists/*")


def test_a_list_is_stopped_gone_on_with_and_downloaded(browser: Browser, tmp_path: Path) -> None:
    """A server of its own, whose list is read from a site that takes its time."""
    with Loopback(SITES / "sparrowgate", latency=0.4) as slow:
        hosts = (slow.authority, f"localhost:{slow.port}")
        path = tmp_path / "prospects.csv"
        path.write_text("id,website\n" + "".join(f"{host[0]},http://{host}\n" for host in hosts))
        allowed = [part for host in hosts for part in ("--allow-address", host)]
        with Serving(tmp_path, *allowed) as server, Window(browser, server) as window:
            page = window.page
            send(page, path, websites=True, pages=2)
            page.get_by_role("button", name="Stop").click()
            expect(page.get_by_text("The run was stopped")).to_be_visible()
            page.get_by_role("button", name="Go on").click()
            scored = downloaded(page, "Download the scored list").decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(scored)))
    assert [row["id"] for row in rows] == ["1", "l"]
    assert {row["persona_pages_read"] for row in rows} == {"2"}


def test_a_list_of_answers_is_scored_while_the_page_looks_on(page: Page, tmp_path: Path) -> None:
    path = tmp_path / "answers.csv"
    path.write_text("company,p15,p16\n" + "".join(f"Company {n},a,b\n" for n in range(50)))
    send(page, path, websites=False)
    assert b"</html>" in downloaded(page, "Download the report")
    page.get_by_role("link", name="the report", exact=False).first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_what_is_no_list_is_said_in_place(page: Page, tmp_path: Path) -> None:
    path = tmp_path / "picture.csv"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 500)
    send(page, path, websites=False)
    expect(page.get_by_role("alert")).to_be_visible(timeout=20_000)


def test_two_people_of_a_company_are_compared(
    page: Page, visitor: Visitor, example_answers: dict[str, str]
) -> None:
    visitor.result("Compared Ltd", example_answers, "Head of sales")
    visitor.result("Compared Ltd", {**example_answers, "P01": "c", "P08": "a"}, "Head of marketing")
    page.goto("/compare")
    for role in ("Head of sales", "Head of marketing"):
        page.get_by_role("checkbox", name=role).first.check()
    page.get_by_role("button", name="Compare").click()
    page.wait_for_url("**/compare/report**")
    for role in ("Head of sales", "Head of marketing"):
        expect(page.get_by_text(role).first).to_be_visible()
    expect(page.locator("#dimensions .legend")).to_be_visible()
    assert b"Head of sales" in downloaded(page, "Download the report")


def test_one_result_cannot_be_compared(
    window: Window, visitor: Visitor, example_answers: dict[str, str]
) -> None:
    window.expected = (400,)
    visitor.result("Alone Ltd", example_answers)
    window.page.goto("/compare")
    window.page.get_by_role("checkbox", name="Alone Ltd").first.check()
    window.page.get_by_role("button", name="Compare").click()
    expect(window.page.get_by_role("alert")).to_be_visible()
    expect(window.page.get_by_role("checkbox", name="Alone Ltd").first).to_be_checked()
