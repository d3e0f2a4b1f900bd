"""Comparing results in the browser application: chosen from those kept, or sent as files."""

import json
import re
from collections.abc import Iterator
from datetime import date

import httpx
import pytest
from msgspec.structs import replace

from persona.pipe import assess
from persona.reports.result import Respondent, Result, encode_result
from tests.integration.commands import EXAMPLE
from tests.integration.serving import Serving, Visitor

ANSWERS: dict[str, str] = json.loads(EXAMPLE.read_text())
NAME = "Ingrid Somebody"


@pytest.fixture(scope="module")
def serving(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    with Serving(tmp_path_factory.mktemp("serve")) as serving:
        yield serving


@pytest.fixture
def visitor(serving: Serving) -> Iterator[Visitor]:
    with Visitor(serving.url) as visitor:
        yield visitor


def result(
    company: str = "Norrland Valves",
    role: str = "Chief executive",
    on: date = date(2026, 11, 20),
    **other: str,
) -> Result:
    given = assess({**ANSWERS, **other}, company=company, on=on)
    return replace(given, respondent=Respondent(role, NAME))


PEOPLE = (result(), result(role="Head of <b>sales</b>", P15="a", P16="c", P01="c", P04="c"))
DATES = tuple(
    replace(result(on=on), respondent=None) for on in (date(2026, 2, 2), date(2026, 9, 9))
)


def send(
    visitor: Visitor, *contents: bytes, ids: tuple[str, ...] = (), **fields: str
) -> httpx.Response:
    """Send result files, and what else the form holds."""
    files = [("files", (f"{number}.json", content)) for number, content in enumerate(contents)]
    return visitor.client.post(
        "/compare",
        data={"csrf": visitor.csrf, "id": list(ids), **fields},
        files=files or [("files", ("", b""))],
    )


def ids_of(shown: httpx.Response) -> tuple[str, ...]:
    return tuple(shown.url.params.get_list("id"))


def complaint(shown: httpx.Response) -> str:
    assert shown.status_code == 400, shown.text
    [line] = re.findall(r'role="alert"><bdi>(.*?)</bdi>', shown.text)
    return str(line)


def test_people_are_compared_by_role_and_never_by_name(serving: Serving, visitor: Visitor) -> None:
    shown = send(visitor, *map(encode_result, PEOPLE))
    assert shown.url.path == "/compare/report"
    assert "because the results name two roles" in shown.text
    assert "Head of &lt;b&gt;sales&lt;/b&gt;" in shown.text
    query = shown.url.query.decode()
    report = visitor.get(f"/compare/report.html?{query}")
    document = visitor.get(f"/compare/report.json?{query}")
    for handed_out in (report, document):
        assert handed_out.headers["content-disposition"].startswith("attachment")
    assert document.json()["kind"] == "people"
    for each in (shown, report, document, visitor.get("/compare"), visitor.get("/")):
        assert NAME not in each.text
        assert "<b>sales" not in each.text or each is document


def test_dates_are_compared_from_the_results_kept_here(visitor: Visitor) -> None:
    ids = ids_of(send(visitor, *map(encode_result, DATES)))
    shown = send(visitor, ids=ids)
    assert "Compared as dates" in shown.text
    assert "--" not in re.sub(r"<[^>]+>", " ", shown.text)
    as_people = send(visitor, ids=ids, **{"as": "people"})
    assert "Compared as people, as asked for" in as_people.text
    assert f'value="{ids[0]}" checked' in visitor.get(f"/compare?{shown.url.query.decode()}").text


def test_a_file_sent_again_leaves_what_was_recorded_meanwhile(visitor: Visitor) -> None:
    files = [encode_result(each) for each in PEOPLE]
    kept = ids_of(send(visitor, *files))[0]
    step = PEOPLE[0].plan.steps[0].id
    recorded = {"csrf": visitor.csrf, "play": step, "value": "23 %", "on": "2099-01-01"}
    assert "23 %" in visitor.client.post(f"/results/{kept}/progress", data=recorded).text
    assert send(visitor, *files).url.path == "/compare/report"
    assert "23 %" in visitor.get(f"/results/{kept}").text


def test_the_order_in_which_results_are_chosen_does_not_matter(visitor: Visitor) -> None:
    ids = ids_of(send(visitor, *map(encode_result, PEOPLE)))
    texts = [
        visitor.get(f"/compare/report.json?id={first}&id={second}").content
        for first, second in (ids, ids[::-1])
    ]
    assert texts[0] == texts[1]


def test_other_companies_are_refused_unless_they_are_said_to_be_one(visitor: Visitor) -> None:
    contents = [encode_result(each) for each in (PEOPLE[0], result("Söderhamn Pumpar", "Sales"))]
    refused = send(visitor, *contents)
    line = complaint(refused)
    assert "Norrland Valves" in line
    assert "say so below" in line
    ids = re.findall(r'value="([^"]+)" checked', refused.text)
    shown = send(visitor, ids=tuple(id_ for id_ in ids if "2026" in id_), anyway="yes")
    assert shown.url.path == "/compare/report"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"{}", "0.json: not a saved result"),
        (b"\x00\xff", "0.json: not a saved result"),
        (b'{"schema": 99}', "0.json: written by a newer version"),
        (b"[" * 100_000, "0.json: not a saved result"),
    ],
)
def test_what_is_no_result_is_refused_in_one_line(
    serving: Serving, visitor: Visitor, content: bytes, words: str
) -> None:
    shown = send(visitor, content)
    assert words in complaint(shown)
    assert str(serving.desk.folder) not in shown.text


def test_too_few_and_too_much_are_refused(visitor: Visitor) -> None:
    assert "Choose 2 to 30 results." in complaint(send(visitor))
    too_large = send(visitor, b" " * (2 * 1024 * 1024 + 1))
    assert too_large.status_code == 413
    assert "larger than 2 MiB" in too_large.text


@pytest.mark.parametrize("query", ["", "id=a&id=b", "id=../x&id=../y", "id=a&id=b&as=others"])
def test_an_address_that_names_nothing_is_refused_calmly(visitor: Visitor, query: str) -> None:
    for page in ("report", "report.html", "report.json"):
        shown = visitor.get(f"/compare/{page}?{query}")
        assert shown.status_code in (400, 404)
        assert "Traceback" not in shown.text
