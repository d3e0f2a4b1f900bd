"""Names that lead elsewhere: ids, static files, names of uploads and downloads."""

from pathlib import Path

import pytest

from tests.integration.security.conftest import Target, name
from tests.integration.security.raw import ask

UP = [
    "..",
    "../..",
    "%2e%2e",
    "%2e%2e%2f%2e%2e%2fetc%2fpasswd",
    "..%2f..%2fsessions%2f{key}",
    "..%5c..%5cetc",
    "%252e%252e%252f",
    "..%00",
    "{key}%00",
    "{key}.json",
    "./{key}",
    "%2fetc%2fpasswd",
    "//etc/passwd",
    "C:%5cWindows",
    "{KEY}",
    "{key}%0a",
    "{key}%20",
    "%ff%fe",
    "%F0%9F%92%A9",
    "a" * 5000,
    "-",
    "*",
    "?",
    "%3f",
    "con",
    ".arriving-",
]


@pytest.mark.parametrize("bad", UP)
def test_a_name_that_leads_elsewhere_is_not_there(target: Target, bad: str) -> None:
    before = target.state()
    for path in (target.questionnaire, target.result, target.scored, target.scan):
        key = name(path)
        place = path.rpartition("/")[0]
        wrong = bad.replace("{key}", key).replace("{KEY}", key.upper())
        for rest in ("", "/overview", "/report", "/file", "/scored"):
            line = f"GET {place}/{wrong}{rest} HTTP/1.1"
            answer = ask(target.port, line, target.host, target.cookie)
            # What goes up a step may be a page of the application, such as a form.
            assert answer.status in (200, 303, 307, 400, 404, 405), line
            assert "root:" not in answer.text
            assert "option_order" not in answer.text
            assert "persona-result" not in answer.text
    assert target.state() == before


@pytest.mark.parametrize("way", ["../results/{}", "./{}", "{}/", "{}.json", "{}\0", "%2e/{}"])
def test_results_are_compared_by_their_names_only(target: Target, way: str) -> None:
    known = name(target.result)
    for path in ("/compare/report", "/compare/report.json", "/compare/report.html"):
        wrong = {"id": [known, way.format(known)], "anyway": "yes"}
        answer = target.owner.client.get(path, params=wrong)
        assert answer.status_code == 400, path
        assert "no such result" in answer.text.lower(), path


@pytest.mark.parametrize(
    "path",
    [
        "..%2fapp.py",
        "%2e%2e/app.py",
        "../app.py",
        "..%5capp.py",
        "%2fetc%2fpasswd",
        "/etc/passwd",
        "app.css%00",
        "APP.CSS",
        "templates",
        "",
        "app.html.j2",
        "../templates/app.html.j2",
        "keys.js/../../app.py",
    ],
)
def test_only_style_sheets_and_scripts_are_served(target: Target, path: str) -> None:
    for line in (f"GET /static/{path} HTTP/1.1", f"GET /static/{path}?v=1 HTTP/1.1"):
        answer = ask(target.port, line, target.host, target.cookie)
        assert answer.status == 404, line
        assert "import" not in answer.text


@pytest.mark.parametrize("path", ["/scan/none", "/results/none", "/lists/none", "/nothing", "//"])
def test_what_is_not_there_is_said_calmly(target: Target, path: str) -> None:
    answer = ask(target.port, f"GET {path} HTTP/1.1", target.host, target.cookie)
    assert answer.status == 404
    assert "There is no such page" in answer.text


NAMES = [
    "../../../../tmp/escaped.csv",
    "/tmp/escaped.csv",
    "..\\..\\escaped.csv",
    "C:\\escaped.csv",
    "list.csv\r\nX-Injected: yes",
    'a".csv; filename="b.exe',
    "a%22%0d%0aX-Injected: yes.csv",
    "record.json",
    "list.csv",
    "report.html",
    ".csv",
    "..csv",
    "a" * 400 + ".csv",
    "\u202efdp.csv",
    "<img src=x onerror=alert(1)>.csv",
    "caf\u00e9 \U0001f4a9.csv",
    "-rf.csv",
    "CON.csv",
    "a/b/../c.csv",
    "x.csv.exe",
]


def test_the_name_of_a_list_is_never_a_path(target: Target) -> None:
    owner, folder = target.owner, target.server.desk.folder
    before = set(target.state())
    pages = [owner.send_list(given, "company,p01\nx,a\n") for given in NAMES]
    new = {Path(each) for each in set(target.state()) - before}
    assert {each.parts[:2] for each in new} == {("home", "lists")}
    assert {each.parts[2] for each in new} == {name(page) for page in pages}
    assert not [each for each in new if len(each.parts) != 4 or "escaped" in str(each)]
    assert not list(folder.rglob("*escaped*"))
    for page in reversed(pages):
        assert "<img src=x" not in owner.get(page).text
        owner.post(f"{page}/remove")
    assert set(target.state()) == before


def test_the_name_of_a_list_is_never_a_header(target: Target) -> None:
    nasty = 'up/../b";\r\nX-Injected: yes; filename="c.exe\u202e \u00e9 \U0001f4a9.csv'
    page = target.owner.send_list(nasty, "company,p01\nx,a\n")
    target.owner.wait_for(f"{page}/scored", page)
    for path in ("/scored", "/report?download"):
        answer = target.owner.get(page + path)
        assert "x-injected" not in answer.headers
        kind, _, given = answer.headers["content-disposition"].partition(";")
        assert kind == "attachment"
        assert given.count("filename=") + given.count("filename*=") == 1
        assert not set(given.replace("''", "")) & set("/\\\r\n")
    target.owner.post(f"{page}/remove")


@pytest.mark.parametrize("path", ["/questionnaire/", "/lists/", "/scan/", "/compare/", "/api/"])
def test_a_stray_slash_leads_to_an_own_page(target: Target, path: str) -> None:
    answer = ask(target.port, f"GET {path} HTTP/1.1", target.host, target.cookie)
    assert answer.status == 307
    assert answer.headers["location"] == f"{target.server.origin}{path.rstrip('/')}"
    away = ask(target.port, f"GET //evil.example{path} HTTP/1.1", target.host, target.cookie)
    assert away.status == 404
