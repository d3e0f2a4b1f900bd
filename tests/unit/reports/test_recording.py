"""Recording what became of a plan: checked, kept in the file, and nothing else changed."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from persona.advice.progress import Record
from persona.errors import FileError, UsageError
from persona.reports.recording import LONGEST_NOTE, LONGEST_VALUE, record, record_in_file
from persona.reports.result import Result, load_result, save_result
from tests.conftest import complaint
from tests.unit.reports.shown import flat, shown

OLD = Path(__file__).parents[2] / "fixtures" / "result-1.json"


def refused(result: Result, *words: str, **given: object) -> None:
    entry: dict[str, object] = {"play": result.plan.steps[0].id, "value": "1", **given}
    with pytest.raises(UsageError) as caught:
        record(result, **entry)  # type: ignore[arg-type]
    complaint(caught.value, *words)


def test_a_value_is_kept_with_its_day_and_all_else_stays(example: Result) -> None:
    first = example.plan.steps[0].id

    kept = record(example, first.lower(), " 23 %\n of deals ", on=date(2027, 2, 3), met=True,
                  note="counted\tby hand")  # fmt: skip

    assert kept.progress == (Record(first, "2027-02-03", "23 % of deals", True, "counted by hand"),)
    assert replace(kept, progress=()) == example


def test_without_a_day_it_is_today(example: Result) -> None:
    before = replace(example, assessed_on="2020-01-01")

    kept = record(before, example.plan.steps[0].id, "23")

    assert kept.progress[0].on == date.today().isoformat()
    assert kept.progress[0].met is None


def test_a_second_record_of_one_day_takes_the_place_of_the_first(example: Result) -> None:
    first, second = (step.id for step in example.plan.steps[:2])

    kept = record(example, first, "20", on="2027-01-01")
    kept = record(kept, second, "5", on="2027-01-01")
    kept = record(kept, first, "21", on="2027-01-01", met=False)
    kept = record(kept, first, "25", on="2027-02-01")

    assert [(each.play, each.value) for each in kept.progress] == [
        (second, "5"), (first, "21"), (first, "25"),
    ]  # fmt: skip


def test_another_play_is_refused_with_those_there_are(example: Result) -> None:
    refused(example, "'Z9'", *(step.id for step in example.plan.steps), play="Z9")


def test_a_result_without_a_plan_has_nothing_to_record(example: Result) -> None:
    bare = replace(example, plan=replace(example.plan, steps=()))

    with pytest.raises(UsageError, match="no steps"):
        record(bare, "S1", "1")


@pytest.mark.parametrize("on", ["", "yesterday", "2027-13-01", "03/02/2027", "2027-02-30"])
def test_a_day_that_is_none_is_refused(on: str, example: Result) -> None:
    refused(example, "is not a day", on=on)


def test_a_day_before_the_assessment_is_refused(example: Result) -> None:
    refused(example, "2026-11-20", "2026-11-21", on="2026-11-20")
    assert record(example, example.plan.steps[0].id, "1", on="2026-11-21").progress


@pytest.mark.parametrize("value", ["", "  \n ", "\u00a0"])
def test_an_empty_value_is_refused(value: str, example: Result) -> None:
    refused(example, "no value", value=value)


@pytest.mark.parametrize("text", ["a\x1b[31mb", "a\x00", "\u202eabc", "\u200b", "\udc80", "\x9b1m"])
def test_control_characters_are_refused(text: str, example: Result) -> None:
    refused(example, "the value holds control characters", value=text)
    refused(example, "the note holds control characters", note=text)


def test_long_texts_are_refused_not_cut(example: Result) -> None:
    refused(example, "81 characters", "at most 80", value="x" * (LONGEST_VALUE + 1))
    refused(example, "at most 300", note="x" * (LONGEST_NOTE + 1))
    first = example.plan.steps[0].id
    longest = record(example, first, "x" * LONGEST_VALUE, note="y" * LONGEST_NOTE, on="2027-01-01")
    assert len(longest.progress[0].note or "") == LONGEST_NOTE


@given(value=st.text(), note=st.text())
def test_whatever_is_typed_is_kept_on_one_printable_line_or_refused(
    value: str, note: str, example: Result
) -> None:
    try:
        kept = record(example, example.plan.steps[0].id, value, note=note, on="2027-01-01")
    except UsageError as error:
        complaint(error)
        return
    one = kept.progress[0]
    assert one.value
    assert one.value.isprintable()
    assert (one.note or "").isprintable()
    assert one.value.split() == value.split()


def test_a_file_of_an_older_version_gains_the_record_and_nothing_else(tmp_path: Path) -> None:
    file = tmp_path / "r.json"
    document = json.loads(OLD.read_bytes())
    document["of_a_later_version"] = {"kept": [1.5, "ü"]}
    file.write_text(json.dumps(document))
    result = load_result(file)

    record_in_file(file, record(result, result.plan.steps[0].id, "7", on="2027-01-01"))

    after = json.loads(file.read_bytes())
    assert after.pop("progress") == [
        {"play": result.plan.steps[0].id, "on": "2027-01-01", "value": "7"}
    ]
    assert after == document
    assert list(after) == list(document)


def test_what_is_recorded_can_be_loaded_and_is_shown(example: Result, tmp_path: Path) -> None:
    file = tmp_path / "r.json"
    save_result(example, file)
    kept = record(example, example.plan.steps[0].id, "23 %", on="2027-02-03", met=False, note="why")

    record_in_file(file, kept)

    assert load_result(file) == kept
    text = flat(shown(kept))
    assert "Recorded 3 February 2027: 23 %, target not met. Why" in text
    assert "Recorded" not in shown(example)


def test_a_file_that_went_away_is_named(example: Result, tmp_path: Path) -> None:
    with pytest.raises(FileError, match=r"gone\.json: no such file"):
        record_in_file(tmp_path / "gone.json", example)
