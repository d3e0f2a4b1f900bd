"""The application for programs: a real server, asked as a program would."""

import json
import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from msgspec.structs import replace
from openapi_spec_validator import validate

from persona.reports.result import Respondent, Result, encode_result
from tests.integration.commands import EXAMPLE, SECONDS
from tests.integration.loopback import SITES, Loopback
from tests.integration.serving import Serving, Visitor

ANSWERS: dict[str, str] = json.loads(EXAMPLE.read_text())


@pytest.fixture(scope="module")
def site() -> Iterator[Loopback]:
    with Loopback(SITES / "gannickforge", latency=0.2) as site:
        yield site


@pytest.fixture(scope="module")
def serving(tmp_path_factory: pytest.TempPathFactory, site: Loopback) -> Iterator[Serving]:
    folder = tmp_path_factory.mktemp("serve")
    with Serving(folder, "--allow-address", site.authority) as serving:
        yield serving


@pytest.fixture(scope="module")
def program(serving: Serving) -> Iterator[httpx.Client]:
    headers = {"Authorization": f"Bearer {serving.token}"}
    with httpx.Client(
        base_url=serving.origin, headers=headers, timeout=SECONDS, trust_env=False
    ) as client:
        yield client


@pytest.fixture(scope="module")
def document(program: httpx.Client) -> dict[str, Any]:
    described: dict[str, Any] = program.get("/api/openapi.json").json()
    return described


def test_the_description_is_valid_and_tells_what_there_is(document: dict[str, Any]) -> None:
    validate(document)
    assert set(document["paths"]) == {
        "/api/v1/questions",
        "/api/v1/classify",
        "/api/v1/scan",
        "/api/v1/scan/{job}",
        "/api/v1/plan",
    }


def test_answers_are_classified_as_by_the_command(serving: Serving, program: httpx.Client) -> None:
    asked = {"answers": ANSWERS, "company": "Norrland Valves"}
    answered = program.post("/api/v1/classify", json=asked)
    done = serving.desk.run(
        "assess", "--answers", str(EXAMPLE), "--company", "Norrland Valves", "--json"
    )
    assert answered.status_code == 200
    assert answered.json() == json.loads(done.out)


def test_few_answers_are_a_result_too(program: httpx.Client) -> None:
    answered = program.post("/api/v1/classify", json={"answers": {"P15": None, "P16": "a"}}).json()
    assert (answered["label"], answered["reason"]) == ("undecided", "thin")


def test_the_questions_tell_nothing_of_what_options_stand_for(program: httpx.Client) -> None:
    questions = program.get("/api/v1/questions").json()
    assert {question["id"] for question in questions} >= set(ANSWERS)
    assert {key for question in questions for key in question} == {
        "id",
        "kind",
        "question",
        "options",
    }


def test_a_plan_follows_from_answers_and_from_a_result(
    program: httpx.Client, example: Result
) -> None:
    by_answers = program.post("/api/v1/plan", json={"answers": ANSWERS}).json()
    named = replace(example, respondent=Respondent("Head of sales", "Ingrid Somebody"))
    content = b'{"result": ' + encode_result(named) + b"}"
    answered = program.post(
        "/api/v1/plan", content=content, headers={"Content-Type": "application/json"}
    )
    assert answered.json()["plan"] == by_answers["plan"]
    assert [step["id"] for step in by_answers["plan"]["steps"]] == [
        step.id for step in example.plan.steps
    ]
    assert "Ingrid" not in answered.text


def test_a_website_is_read_while_the_program_waits(program: httpx.Client, site: Loopback) -> None:
    answered = program.post("/api/v1/scan", json={"address": site.origin, "pages": 1})
    assert answered.status_code == 200
    assert answered.json()["website"]["pages"][0]["url"].startswith(site.origin)


def test_a_website_is_asked_for_later(
    serving: Serving, program: httpx.Client, site: Loopback
) -> None:
    answered = program.post("/api/v1/scan", json={"address": f"{site.origin}/x", "wait": 0})
    assert answered.status_code == 202
    place, until = answered.headers["location"], time.monotonic() + SECONDS
    assert answered.json()["href"] == place
    while answered.status_code == 202 and time.monotonic() < until:
        time.sleep(0.1)
        answered = program.get(place)
    assert answered.status_code == 200
    assert answered.json()["label"]
    with Visitor(serving.url) as visitor:
        assert visitor.get(f"/scan/{place.rpartition('/')[2]}").status_code == 404
        assert "127.0.0.1</bdi>" not in visitor.get("/").text


@pytest.mark.parametrize(
    ("path", "body", "status", "words", "where"),
    [
        ("classify", {"answers": {"P15": "z"}}, 422, "P15: 'z' is not one of", "answers"),
        ("classify", {"answers": {"P99": "a"}}, 422, "is not an item", "answers"),
        ("classify", {"answers": {"P15": 1}}, 422, "Expected `str | null`", "$.answers[...]"),
        ("classify", {"answers": {}, "more": 1}, 422, "unknown field `more`", "$"),
        ("classify", {"company": "x"}, 422, "missing required field `answers`", "$"),
        ("classify", {"answers": {}, "company": "x" * 201}, 422, "length <= 200", "$.company"),
        ("classify", [], 422, "Expected `object`", "$"),
        ("scan", {"address": "10.0.0.1"}, 422, "is no public website", "address"),
        ("scan", {"address": "/etc/passwd"}, 422, "is no public website", "address"),
        ("scan", {"address": "a.com", "pages": 61}, 422, "<= 60", "$.pages"),
        ("scan", {"address": "a.com", "wait": -1}, 422, ">= 0", "$.wait"),
        ("plan", {}, 422, "one of the two", "$"),
        ("plan", {"answers": {}, "result": {}}, 422, "one of the two", "$"),
        ("plan", {"result": {"schema": 99}}, 422, "newer version", "result"),
        ("plan", {"result": {"schema": 1}}, 422, "not a saved result", "result"),
    ],
)
def test_what_cannot_be_used_is_told_in_one_line_and_where(
    program: httpx.Client, path: str, body: Any, status: int, words: str, where: str
) -> None:
    answered = program.post(f"/api/v1/{path}", json=body)
    assert answered.status_code == status, answered.text
    error = answered.json()
    assert words in error["error"]
    assert error["where"] == where
    assert "\n" not in error["error"]


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        (b"{", "application/json", 400),
        (b'{"answers": {}, "answers": {}}', "application/json", 400),
        (b'{"answers": {"P15": NaN}}', "application/json", 400),
        (b'{"answers": ' + b"[" * 5000, "application/json", 400),
        (b"\xff\xfe", "application/json", 400),
        (b"answers=1", "application/x-www-form-urlencoded", 415),
        (b'{"answers": {"P15": "' + b"x" * 1_100_000 + b'"}}', "application/json", 413),
    ],
)
def test_a_body_that_is_no_json_is_refused(
    program: httpx.Client, content: bytes, kind: str, status: int
) -> None:
    answered = program.post("/api/v1/classify", content=content, headers={"Content-Type": kind})
    assert answered.status_code == status, answered.text
    assert set(answered.json()) <= {"error", "where"}


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("authorization", ["", "Bearer wrong", "Basic dGVzdA=="])
def test_without_the_token_nothing_is_told(
    serving: Serving, method: str, authorization: str
) -> None:
    headers = {"Authorization": authorization} if authorization else {}
    with httpx.Client(base_url=serving.origin, headers=headers, trust_env=False) as client:
        answered = client.request(method, "/api/v1/questions")
    assert answered.status_code == 401
    assert set(answered.json()) == {"error"}


def test_the_cookie_of_a_browser_does_not_count(serving: Serving) -> None:
    with Visitor(serving.url) as visitor:
        assert visitor.get("/api").status_code == 200
        assert visitor.client.get("/api/v1/questions").status_code == 401


def test_what_is_not_there_is_told_as_json(program: httpx.Client) -> None:
    for path in ("/api/v1/nothing", "/api/v1/scan/0123456789abcdef"):
        answered = program.get(path)
        assert answered.status_code == 404
        assert "error" in answered.json()
    assert program.get("/api/v1/classify").status_code == 405


def test_the_page_explains_every_endpoint(program: httpx.Client, document: dict[str, Any]) -> None:
    shown = program.get("/api").text
    for path, operations in document["paths"].items():
        for method in operations:
            assert f"<code>{method.upper()} {path}</code>" in shown
    assert str(program.base_url).rstrip("/") + "/api/v1/classify" in shown
