"""Nobody gets in without the key, and the key does not stay where it could be read."""

import pytest
from starlette.applications import Starlette

from tests.unit.web.browser import TOKEN, Browser


@pytest.mark.parametrize("path", ["/", "/questionnaire", "/scan", "/results/x", "/nowhere", "/api"])
def test_without_a_key_every_page_is_closed(app: Starlette, path: str) -> None:
    page = Browser(app, outside=True).request("GET", path)
    assert page.status_code == 403
    assert "Open the whole address that persona serve printed" in page.text


@pytest.mark.parametrize("key", ["", "x", TOKEN[:-1], TOKEN + "x", TOKEN.upper(), "ä", "%00"])
def test_a_wrong_key_does_not_open(app: Starlette, key: str) -> None:
    browser = Browser(app, outside=True)
    assert browser.request("GET", f"/?token={key}").status_code == 403
    assert browser.request("GET", "/").status_code == 403


def test_the_key_is_exchanged_for_a_cookie_and_leaves_the_address(app: Starlette) -> None:
    browser = Browser(app, outside=True)
    browser.client.follow_redirects = False
    answer = browser.request("GET", f"/?token={TOKEN}")
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert TOKEN not in cookie
    assert browser.request("GET", "/").status_code == 200


def test_a_link_followed_from_another_site_gets_in_by_a_page_of_ours(app: Starlette) -> None:
    browser = Browser(app, outside=True)
    page = browser.request("GET", f"/?token={TOKEN}", headers={"sec-fetch-site": "cross-site"})
    assert page.status_code == 200
    assert 'http-equiv="refresh" content="0; url=/"' in page.text
    assert TOKEN not in page.text


def test_a_key_never_leads_to_another_server(app: Starlette) -> None:
    browser = Browser(app, outside=True)
    browser.client.follow_redirects = False
    answer = browser.request("GET", f"//evil.example/?token={TOKEN}")
    assert not answer.headers["location"].startswith("//")


def test_a_ticket_opens_once(app: Starlette) -> None:
    first, second = Browser(app, outside=True), Browser(app, outside=True)
    assert first.request("GET", "/?ticket=wrong").status_code == 403
    assert first.request("GET", "/?ticket=a-ticket").status_code == 200
    assert second.request("GET", "/?ticket=a-ticket").status_code == 403


def test_a_ticket_is_good_for_a_minute(app: Starlette, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("persona.web.security.access._TICKET_SECONDS", -1.0)
    assert Browser(app, outside=True).request("GET", "/?ticket=a-ticket").status_code == 403


def test_the_cookie_of_another_start_is_worth_nothing(app: Starlette) -> None:
    browser = Browser(app, outside=True)
    browser.client.cookies.set("persona-8765", "0" * 64)
    assert browser.request("GET", "/").status_code == 403


def test_for_programs_a_cookie_counts_for_nothing(browser: Browser) -> None:
    answer = browser.request("POST", "/api/v1/plan", json={"answers": {}})
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"
    assert "Bearer" in answer.json()["error"]


def test_a_program_gets_in_with_the_token(app: Starlette) -> None:
    browser = Browser(app, outside=True)
    known = {"authorization": f"Bearer {TOKEN}"}
    assert browser.request("GET", "/", headers=known).status_code == 200
    assert browser.request("GET", "/", headers={"authorization": TOKEN}).status_code == 403


def test_style_sheets_are_open_so_that_a_closed_page_is_readable(app: Starlette) -> None:
    browser = Browser(app, outside=True)
    assert browser.request("GET", "/static/app.css").status_code == 200
