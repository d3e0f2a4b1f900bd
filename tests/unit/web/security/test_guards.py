"""Other sites and other names get nowhere, and every answer says what a page may do."""

import re

import pytest
from starlette.applications import Starlette
from starlette.routing import Route

from tests.unit.web.browser import PORT, TOKEN, Browser


def _forms(app: Starlette) -> list[str]:
    """Return the path of every route that changes something and is not for programs."""
    paths = [
        route.path
        for route in app.routes
        if isinstance(route, Route) and "POST" in (route.methods or ())
    ]
    filled = [re.sub(r"\{[^}]*\}", "x", path) for path in paths]
    return [path for path in filled if not path.startswith("/api/v1/")]


def test_every_form_is_refused_without_its_hidden_field(browser: Browser) -> None:
    forms = _forms(browser.app)
    assert len(forms) >= 10
    for path in forms:
        for fields in ({}, {"csrf": "0" * 64}, {"csrf": ""}, {"csrf": "ä"}):
            assert browser.request("POST", path, data=fields).status_code in (403, 415), path


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": f"https://127.0.0.1:{PORT}"},
        {"origin": f"http://127.0.0.1:{PORT + 1}"},
        {"origin": f"http://127.0.0.1:{PORT}.evil.example"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": f"http://127.0.0.1:{PORT}", "sec-fetch-site": "cross-site"},
    ],
)
def test_what_another_site_sends_is_refused_even_with_the_hidden_field(
    browser: Browser, headers: dict[str, str]
) -> None:
    fields = {"csrf": browser.csrf, "company": "Norrland Valves"}
    answer = browser.request("POST", "/questionnaire", data=fields, headers=headers)
    assert answer.status_code == 403
    assert "page of another site" in answer.text
    assert browser.desk.store.kept() == []


@pytest.mark.parametrize("site", ["same-origin", "none"])
def test_what_our_own_pages_send_is_taken(browser: Browser, site: str) -> None:
    headers = {"origin": f"http://127.0.0.1:{PORT}", "sec-fetch-site": site}
    fields = {"csrf": browser.csrf, "company": "Norrland Valves"}
    answer = browser.request("POST", "/questionnaire", data=fields, headers=headers)
    assert answer.status_code == 200
    assert len(browser.desk.store.kept()) == 1


@pytest.mark.parametrize("host", [f"127.0.0.1:{PORT}", f"localhost:{PORT}", f"LOCALHOST:{PORT}"])
def test_our_own_names_are_answered(app: Starlette, host: str) -> None:
    headers = {"host": host, "authorization": f"Bearer {TOKEN}"}
    assert Browser(app, outside=True).request("GET", "/", headers=headers).status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        f"evil.example:{PORT}",
        "127.0.0.1",
        f"127.0.0.1:{PORT + 1}",
        f"127.0.0.1:{PORT}.evil.example",
        f"127.0.0.1.:{PORT}",
        f"10.0.0.1:{PORT}",
        f"user@127.0.0.1:{PORT}",
        "",
        ":",
        "[::1]x",
    ],
)
def test_other_names_are_refused_even_with_the_key(app: Starlette, host: str) -> None:
    headers = {"host": host, "authorization": f"Bearer {TOKEN}"}
    page = Browser(app, outside=True).request("GET", f"/?token={TOKEN}", headers=headers)
    assert page.status_code == 403
    assert "does not go by that name" in page.text
    assert "set-cookie" not in page.headers


@pytest.mark.parametrize("path", ["/", "/nowhere", "/static/app.css", "/questionnaire"])
@pytest.mark.parametrize("outside", [True, False])
def test_every_answer_says_what_a_page_may_do(app: Starlette, path: str, outside: bool) -> None:
    headers = Browser(app, outside=outside).request("GET", path).headers
    policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["form-action"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cache-control"] == "no-store"


def test_a_file_is_kept_for_good_only_under_the_address_of_its_content(browser: Browser) -> None:
    address = browser.desk.assets.address("app.css")
    assert "immutable" in browser.request("GET", address).headers["cache-control"]
    old = browser.request("GET", "/static/app.css?v=000000000000")
    assert old.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "path", ["/static/../settings.py", "/static/..%2fsettings.py", "/static/%2e%2e/app.py"]
)
def test_no_other_file_is_served(browser: Browser, path: str) -> None:
    assert browser.request("GET", path).status_code == 404
    assert "settings" not in browser.desk.assets.address("app.css")


def test_pages_hold_no_script_or_style_of_their_own(browser: Browser) -> None:
    place = browser.begin("<b>", "x")
    browser.answer("a")
    pages = [browser.page.text, browser.send(f"{place}/finish").page.text]
    pages += [browser.look(path).page.text for path in ("/", "/questionnaire", "/scan", "/lists")]
    for text in pages:
        assert not re.search(r"<script(?! src=\"/static/)", text)
        assert "<style" not in text
        assert not re.search(r"<[^>]+\s(style|on\w+)=", text)


def test_a_fault_is_a_calm_page_and_one_line(
    browser: Browser, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("PERSONA_DEBUG", raising=False)

    def broken(*_: object) -> None:
        raise RuntimeError("a secret detail")

    monkeypatch.setattr(browser.desk.store, "kept", broken)
    browser.look("/")
    assert browser.page.status_code == 500
    assert "a secret detail" not in browser.page.text
    assert "Traceback" not in browser.page.text
    assert len(capsys.readouterr().err.splitlines()) == 1


@pytest.mark.parametrize(("method", "status"), [("DELETE", 405), ("PUT", 405), ("OPTIONS", 405)])
def test_other_methods_are_refused_calmly(browser: Browser, method: str, status: int) -> None:
    answer = browser.request(method, "/")
    assert answer.status_code == status
    assert "<h1>" in answer.text
