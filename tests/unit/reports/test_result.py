"""The saved result: nothing lost, nothing damaged accepted, old files still readable."""

import json
import pickle
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from persona.errors import OutputError, ResultError
from persona.layout import Paper
from persona.observations import Revision
from persona.pipe import assess, evolve_paths
from persona.reports.evolve import write_evolve
from persona.reports.result import (
    SCHEMA,
    Result,
    encode_result,
    load_result,
    save_result,
)
from persona.reports.terminal import write_report
from tests.conftest import complaint
from tests.strategies import any_set

FIXTURES = Path(__file__).parent.parent.parent / "fixtures"
Edit = Callable[[dict[str, Any]], object]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "result.json"


def refusal(file: Path) -> str:
    """Return the complaint about a result file, having checked that it is one line naming it."""
    with pytest.raises(ResultError) as error:
        load_result(file)
    return complaint(error.value, file)


def edited(result: Result, edit: Edit) -> bytes:
    document = json.loads(encode_result(result))
    edit(document)
    return json.dumps(document).encode()


@given(
    answers=any_set(),
    company=st.none() | st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=20),
    revised=st.booleans(),
)
def test_a_result_survives_saving_and_loading(
    answers: dict[str, str],
    company: str | None,
    revised: bool,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    result = assess(
        answers,
        company=company,
        on=date(2026, 1, 1),
        option_order={"P01": ("b", "a")},
        revisions=(Revision("P01", "a", None),) if revised else (),
    )
    file = tmp_path_factory.mktemp("results") / "result.json"
    save_result(result, file)
    loaded = load_result(file)
    assert loaded == result
    assert encode_result(loaded) == file.read_bytes()
    assert loaded.verdict == result.verdict


def test_the_schema_stands_first_and_what_a_program_reads_stands_at_the_top(
    example: Result,
) -> None:
    document = json.loads(encode_result(example))
    assert next(iter(document)) == "schema"
    assert document["schema"] == SCHEMA
    assert document["label"] == "sales_driven"
    assert document["reason"] is None
    assert document["confidence"] == document["probabilities"]["sales_driven"]
    assert set(document["probabilities"]) == {
        "sales_driven",
        "passive_marketer",
        "dynamic_marketer",
    }


def test_the_verdict_is_the_part_of_the_result_it_came_from(example: Result) -> None:
    verdict = example.verdict
    assert (verdict.label, verdict.confidence) == (example.label, example.confidence)
    assert verdict.for_leader(1)[0].toward("sales_driven") > 0


def test_a_result_keeps_the_words_so_that_the_questionnaire_may_be_reworded(
    example: Result,
) -> None:
    answer = example.row.answer("P01")
    assert answer is not None
    assert answer.question
    assert answer.text == "The end of this month or quarter"


def test_a_result_of_version_1_can_still_be_read() -> None:
    """Never regenerate this file to make the test pass: results people kept look like it."""
    result = load_result(FIXTURES / "result-1.json")
    assert (result.company, result.assessed_on) == ("Norrland Valves", "2026-11-21")
    assert (result.label, result.leader) == ("sales_driven", "sales_driven")
    assert round(result.confidence, 2) == 0.80
    assert len(result.evidence) == 28
    assert len(result.row.answers) == 42
    assert result.execution.score == pytest.approx(1 / 3)
    assert len(result.plan.steps) == 3
    paper = Paper()
    write_report(paper, result)
    write_evolve(paper, evolve_paths(result))
    assert "Norrland Valves" in paper.text()


@pytest.mark.parametrize("schema", [SCHEMA + 1, 999])
def test_a_newer_schema_is_refused_with_what_to_do(
    file: Path, example: Result, schema: int
) -> None:
    file.write_bytes(edited(example, lambda document: document.update(schema=schema)))
    message = refusal(file)
    assert str(schema) in message
    assert "update" in message


def test_a_newer_schema_is_recognised_before_its_new_fields_are(file: Path) -> None:
    file.write_text('{"schema": 7, "entirely": {"new": true}}')
    assert "newer" in refusal(file)


@pytest.mark.parametrize("schema", [0, -1])
def test_a_schema_that_never_was_is_refused(file: Path, example: Result, schema: int) -> None:
    file.write_bytes(edited(example, lambda document: document.update(schema=schema)))
    refusal(file)


REQUIRED = [
    field.name
    for field in msgspec.structs.fields(Result)
    if field.required or field.name == "schema"
]


@pytest.mark.parametrize("field", REQUIRED)
def test_a_missing_field_is_named(file: Path, example: Result, field: str) -> None:
    file.write_bytes(edited(example, lambda document: document.pop(field)))
    assert field in refusal(file)


DAMAGE: dict[str, Edit] = {
    "schema": lambda document: document.update(schema="1"),
    "label": lambda document: document.update(label="seller"),
    "reason": lambda document: document.update(reason="tired"),
    "confidence": lambda document: document.update(confidence="high"),
    "probabilities": lambda document: document["probabilities"].update(seller=0.5),
    "evidence": lambda document: document["evidence"][0].update(weights=[1, 2]),
    "levels": lambda document: document["profile"]["standings"][0].update(levels=[1, 4]),
    "gaps": lambda document: document["execution"]["gaps"][0].update(state="ajar"),
    "steps": lambda document: document["plan"].update(steps={}),
    "mean": lambda document: document["profile"]["standings"][0].update(mean=1e308),
    "row": lambda document: document["row"]["answers"][0].pop("item"),
}


@pytest.mark.parametrize("field", list(DAMAGE))
def test_a_damaged_field_is_named(file: Path, example: Result, field: str) -> None:
    file.write_bytes(edited(example, DAMAGE[field]))
    assert field in refusal(file)


# Found to end the report of a loaded file with KeyError, IndexError or MemoryError.
INCONSISTENT: dict[str, Edit] = {
    "a persona without probability": lambda document: document["probabilities"].popitem(),
    "a persona without logit": lambda document: document["logits"].popitem(),
    "a probability above 1": lambda document: document["probabilities"].update(sales_driven=1e15),
    "a probability below 0": lambda document: document["probabilities"].update(sales_driven=-9),
    "a dimension that is none": lambda document: document["profile"]["standings"][0].update(
        dimension="SPEED"
    ),
    "more plays than a plan has": lambda document: document["plan"].update(
        steps=document["plan"]["steps"] * 5
    ),
}


@pytest.mark.parametrize("name", list(INCONSISTENT))
def test_a_result_edited_by_hand_is_refused_or_can_be_shown(
    file: Path, example: Result, name: str
) -> None:
    file.write_bytes(edited(example, INCONSISTENT[name]))
    try:
        result = load_result(file)
    except ResultError as error:
        complaint(error, file)
        return
    paper = Paper(60)
    write_report(paper, result)
    assert max(map(len, paper.text().splitlines())) <= 60


DEEP = b"[" * 100_000 + b"]" * 100_000
JUNK = {
    "empty": b"",
    "blank": b"  \n",
    "null": b"null",
    "list": b"[1]",
    "number": b"1",
    "answers": b'{"P01": "a"}',
    "invalid utf-8": b'{"schema": "\xff"}',
    "utf-16": '{"schema": 1}'.encode("utf-16"),
    "binary": bytes(range(256)),
    "pickle": pickle.dumps({"schema": 1}),
    "huge": b" " * (9 * 1024 * 1024),
    "a number without end": b'{"schema": ' + b"9" * 5_000 + b"}",
    "not a number": b'{"schema": NaN}',
    "deep": DEEP,
    "deep field": b'{"schema": 1, "more": ' + DEEP + b"}",
}


@pytest.mark.parametrize("name", list(JUNK))
def test_what_is_no_result_is_refused(file: Path, name: str) -> None:
    file.write_bytes(JUNK[name])
    refusal(file)


@pytest.mark.parametrize("kept", [1, 100, 5_000, -3])
def test_a_file_cut_short_is_refused(file: Path, example: Result, kept: int) -> None:
    file.write_bytes(encode_result(example)[:kept])
    refusal(file)


@given(content=st.binary(max_size=100))
def test_no_bytes_do_more_than_be_refused(
    content: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    file = tmp_path_factory.mktemp("results") / "result.json"
    file.write_bytes(content)
    refusal(file)


def test_a_folder_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    assert "folder" in refusal(tmp_path)
    assert "no such file" in refusal(tmp_path / "none.json")


def test_a_place_that_cannot_be_written_to_leaves_nothing_behind(
    example: Result, tmp_path: Path
) -> None:
    with pytest.raises(OutputError):
        save_result(example, tmp_path / "missing" / "result.json")
    with pytest.raises(OutputError):
        save_result(example, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_company_name_typed_in_another_encoding_can_be_saved(file: Path) -> None:
    """A terminal hands over bytes that are not UTF-8 as lone surrogates."""
    name = b"M\xfcller".decode("utf-8", "surrogateescape")
    save_result(assess({}, company=name), file)
    assert load_result(file).company
