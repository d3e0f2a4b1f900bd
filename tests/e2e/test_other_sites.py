"""What pages of other sites can do to someone who has the application open: nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.e2e.window import MILLISECONDS
from tests.integration.loopback import Loopback
from tests.integration.serving import Serving, Visitor

ATTACK = """<!DOCTYPE html><title>Kittens</title>
<form id="form" method="post" action="{origin}{path}" target="{target}">
<input name="csrf" value="{mark}"><input name="company" value="Forged">
<input name="option" value="a"></form>
<iframe name="frame" src="{origin}/"></iframe>
<img src="{origin}{path}"><link rel="stylesheet" href="{origin}/"><script src="{origin}/"></script>
"""


@pytest.fixture
def victim(browser: Browser, server: Serving) -> Iterator[BrowserContext]:
    """Open the application, with everything that a person's browser keeps of it."""
    context = browser.new_context()
    context.set_default_timeout(MILLISECONDS)
    context.new_page().goto(server.url)
    yield context
    context.close()


def attacking(folder: Path, server: Serving, mark: str, path: str, target: str = "") -> Path:
    """Write a website that sends a form to the server as soon as it is told to."""
    text = ATTACK.format(origin=server.origin, mark=mark, path=path, target=target)
    (folder / "index.html").write_text(text)
    return folder


def state(server: Serving) -> dict[str, bytes]:
    """Return everything the server has written, locks aside."""
    kept = server.desk.files()
    return {name: each for name, each in kept.items() if not name.endswith((".lock", ".err"))}


def submit(page: Page) -> None:
    """Have the page send its form."""
    with page.expect_navigation():
        page.evaluate("document.getElementById('form').submit()")


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_a_page_on_another_port_can_send_nothing(
    victim: BrowserContext, server: Serving, visitor: Visitor, tmp_path: Path, host: str
) -> None:
    """The browser takes another port for the same site, and sends the cookie along."""
    before = state(server)
    with Loopback(attacking(tmp_path, server, visitor.csrf, "/questionnaire")) as evil:
        page = victim.new_page()
        page.goto(f"http://{host}:{evil.port}/")
        submit(page)
        assert "another site" in page.content() or "closed" in page.content()
    assert state(server) == before


def test_a_page_from_the_disk_can_send_nothing(
    victim: BrowserContext, server: Serving, visitor: Visitor, tmp_path: Path
) -> None:
    before = state(server)
    page = victim.new_page()
    page.goto((attacking(tmp_path, server, visitor.csrf, "/scan") / "index.html").as_uri())
    submit(page)
    assert page.url.startswith(server.origin)
    assert state(server) == before


def test_a_page_of_another_site_sees_and_frames_nothing(
    victim: BrowserContext, server: Serving, visitor: Visitor, tmp_path: Path
) -> None:
    with Loopback(attacking(tmp_path, server, "", "/")) as evil:
        page = victim.new_page()
        page.goto(evil.origin)
        page.wait_for_load_state("load")
        assert page.frame(name="frame") is not None
        shown = [frame.url for frame in page.frames if frame.url.startswith(server.origin)]
        assert shown == []
        for how in ({}, {"mode": "no-cors"}, {"credentials": "include"}):
            read = page.evaluate(
                "([url, how]) => fetch(url, how).then((a) => a.text(), () => 'refused')",
                [f"{server.origin}/", how],
            )
            assert read in ("refused", ""), how


def test_a_name_that_is_led_here_opens_nothing(
    server: Serving, browser: Browser, program: str
) -> None:
    """DNS rebinding: evil.example has this machine's address, and asks for the server's pages."""
    rules = "--host-resolver-rules=MAP evil.example 127.0.0.1"
    rebound = browser.browser_type.launch(executable_path=program, args=[rules])
    try:
        page = rebound.new_page()
        for query in ("", f"?token={server.token}"):
            answer = page.goto(f"http://evil.example:{server.port}/{query}")
            assert answer is not None
            assert answer.status == 403
            assert page.context.cookies() == []
    finally:
        rebound.close()
