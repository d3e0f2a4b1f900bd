"""The OpenAPI document, and the page that explains the endpoints."""

import json
import re
import shlex

import msgspec
import pytest

from persona.web.api.endpoints import endpoints
from persona.web.api.openapi import openapi
from persona.web.api.pages import curl
from persona.web.api.serving import Endpoint
from tests.unit.web.browser import Browser


@pytest.fixture
def offered(browser: Browser) -> tuple[Endpoint, ...]:
    return endpoints(browser.desk)


def test_every_example_is_a_request_that_is_taken(offered: tuple[Endpoint, ...]) -> None:
    examples = [each for each in offered if each.takes is not None]
    assert len(examples) == 3
    for each in examples:
        msgspec.convert(each.example, each.takes)


def test_unknown_fields_are_ruled_out_in_every_request(offered: tuple[Endpoint, ...]) -> None:
    shapes = openapi(offered)["components"]["schemas"]
    for each in offered:
        if each.takes is not None:
            assert shapes[each.takes.__name__]["additionalProperties"] is False


def test_every_refusal_is_described_by_one_type(offered: tuple[Endpoint, ...]) -> None:
    for operations in openapi(offered)["paths"].values():
        for operation in operations.values():
            refusals = {
                code: answer["content"]["application/json"]["schema"]["$ref"]
                for code, answer in operation["responses"].items()
                if int(code) >= 400
            }
            assert {"401", "422", "429"} <= refusals.keys()
            assert set(refusals.values()) == {"#/components/schemas/Error"}


def test_the_command_lines_can_be_typed_as_they_stand(offered: tuple[Endpoint, ...]) -> None:
    for each in offered:
        words = shlex.split(curl(each, "http://127.0.0.1:8765"))
        assert words[0] == "curl"
        assert words[1].startswith("http://127.0.0.1:8765/api/v1/")
        assert "Authorization: Bearer $PERSONA_TOKEN" in words
        if each.example is not None:
            assert json.loads(words[words.index("-d") + 1]) == each.example


def test_the_page_explains_every_field(browser: Browser, offered: tuple[Endpoint, ...]) -> None:
    browser.look("/api")
    assert browser.page.status_code == 200
    for each in offered:
        assert f"{each.method} {each.path}" in browser.text
        if each.takes is not None:
            for field in msgspec.structs.fields(each.takes):
                assert f"<code>{field.encode_name}</code>" in browser.page.text
    assert re.search(r"From 1 to 60\. 12 unless given\.", browser.text)
