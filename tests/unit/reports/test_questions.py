"""The questionnaire printed: complete, and without what respondents must not see."""

import csv
import io
import json
import re

import pytest

from persona.layout import cells
from persona.questionnaire.items import Questionnaire
from persona.reports.questions import print_questions


def printed(
    questionnaire: Questionnaire, as_format: str, given: dict[str, str] | None = None
) -> str:
    stream = io.StringIO()
    print_questions(questionnaire, given, as_format, stream)
    return stream.getvalue()


def test_json_lists_every_item_and_option_in_order(questionnaire: Questionnaire) -> None:
    document = json.loads(printed(questionnaire, "json"))
    assert [entry["id"] for entry in document] == list(questionnaire.by_id)
    for entry, item in zip(document, questionnaire.items, strict=True):
        assert set(entry) == {"id", "kind", "question", "options"}
        assert entry["question"] == item.question
        assert entry["options"] == {option.id: option.text for option in item.options}


def test_csv_has_one_row_for_each_option(questionnaire: Questionnaire) -> None:
    rows = list(csv.DictReader(io.StringIO(printed(questionnaire, "csv"))))
    assert list(rows[0]) == ["item_id", "kind", "question", "option_id", "option_text"]
    expected = [
        (item.id, option.id, option.text) for item in questionnaire.items for option in item.options
    ]
    assert [(row["item_id"], row["option_id"], row["option_text"]) for row in rows] == expected


@pytest.mark.parametrize("width", ["40", "88"])
def test_text_has_every_question_and_fits(
    questionnaire: Questionnaire, monkeypatch: pytest.MonkeyPatch, width: str
) -> None:
    monkeypatch.setenv("COLUMNS", width)
    text = printed(questionnaire, "text")
    assert max(map(cells, text.splitlines())) <= int(width)
    joined = " ".join(re.sub(r"(?<=\w)-\n *", "-", text).split())
    for item in questionnaire.items:
        assert item.id in joined
        assert item.question in joined
        for option in item.options:
            assert option.text in joined


@pytest.mark.parametrize("as_format", ["text", "csv", "json"])
def test_levels_scores_probabilities_and_diagnoses_are_never_shown(
    questionnaire: Questionnaire, as_format: str
) -> None:
    text = printed(questionnaire, as_format).lower()
    for word in ("level", "score", "0.55", "diagnosis", "horizon", "sales_driven", "sales-driven"):
        assert word not in text.replace("for the record, never scored", "")
    for item in questionnaire.of_kind("execution"):
        for option in item.options:
            assert str(option.diagnosis).lower() not in text


def test_answers_given_are_marked(
    questionnaire: Questionnaire, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = {"P01": "b", "E01": "c"}
    document = json.loads(printed(questionnaire, "json", given))
    assert {entry["id"]: entry["chosen"] for entry in document if entry["chosen"]} == given
    rows = csv.DictReader(io.StringIO(printed(questionnaire, "csv", given)))
    assert {row["item_id"]: row["option_id"] for row in rows if row["chosen"]} == given
    monkeypatch.setenv("COLUMNS", "88")
    text = printed(questionnaire, "text", given)
    marked = [line for line in text.splitlines() if line.strip().startswith(("●", "*"))]
    assert [line.split(maxsplit=1)[1][0] for line in marked] == ["b", "c"]
