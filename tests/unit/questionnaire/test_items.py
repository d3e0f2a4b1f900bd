"""The questionnaire: complete as shipped, and every fault named with file, item and field."""

from collections import Counter
from pathlib import Path

import pytest

from persona.errors import QuestionnaireError
from persona.questionnaire.items import QUESTIONNAIRE_FILE, Questionnaire, load_questionnaire
from persona.vocabulary import DIMENSIONS
from tests.conftest import complaint

TEXT = QUESTIONNAIRE_FILE.read_text()


def fault(folder: Path, text: str | bytes) -> str:
    """Return the complaint about a questionnaire, having checked that it names the file."""
    file = folder / "items.toml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(QuestionnaireError) as error:
        load_questionnaire(file)
    return complaint(error.value, "items.toml")


def changed(old: str, new: str) -> str:
    assert old in TEXT
    return TEXT.replace(old, new, 1)


def test_the_items_are_those_of_the_interface(questionnaire: Questionnaire) -> None:
    persona = [f"P{number:02}" for number in range(1, 29)]
    execution = [f"E{number:02}" for number in range(1, 13)]
    assert list(questionnaire.by_id) == [*persona, *execution, "C01", "C02"]
    assert [item.id for item in questionnaire.of_kind("persona")] == persona
    assert [item.id for item in questionnaire.of_kind("execution")] == execution
    assert [item.id for item in questionnaire.of_kind("context")] == ["C01", "C02"]
    for item in questionnaire.items:
        ids = [option.id for option in item.options]
        assert ids == list("abcde")[: len(ids)]
        assert len(ids) in (4, 5)


def test_there_are_two_items_on_each_dimension(questionnaire: Questionnaire) -> None:
    count = Counter(item.dimension for item in questionnaire.of_kind("persona"))
    assert count == dict.fromkeys(DIMENSIONS, 2)


def test_every_item_on_method_has_an_option_for_each_level(questionnaire: Questionnaire) -> None:
    for item in questionnaire.of_kind("persona"):
        assert {option.level for option in item.options} >= {1, 2, 3}, item.id


def test_diagnoses_fit_their_column(questionnaire: Questionnaire) -> None:
    for item in questionnaire.of_kind("execution"):
        for option in item.options:
            assert option.diagnosis
            assert len(option.diagnosis) <= 37, option.diagnosis


def test_every_execution_item_can_be_answered_best_and_badly(questionnaire: Questionnaire) -> None:
    for item in questionnaire.of_kind("execution"):
        scores = {option.score for option in item.options}
        assert 3 in scores, item.id
        assert scores & {0, 1}, item.id


def test_no_question_or_option_names_a_method(questionnaire: Questionnaire) -> None:
    for item in questionnaire.items:
        for text in (item.question, *(option.text for option in item.options)):
            for word in ("persona", "sales-driven", "passive", "dynamic"):
                assert word not in text.lower()


def test_texts_of_one_item_differ(questionnaire: Questionnaire) -> None:
    assert len({item.question for item in questionnaire.items}) == 42
    for item in questionnaire.items:
        assert len({option.text for option in item.options}) == len(item.options)


def test_options_are_found_by_their_id(questionnaire: Questionnaire) -> None:
    item = questionnaire.by_id["P01"]
    option = item.option("b")
    assert option is not None
    assert option is item.options[1]
    assert item.option("z") is None


def test_a_copy_of_the_shipped_file_loads(tmp_path: Path) -> None:
    file = tmp_path / "items.toml"
    file.write_text(TEXT)
    assert load_questionnaire(file) == load_questionnaire()


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(tmp_path: Path) -> None:
    file = tmp_path / "items.toml"
    file.write_bytes(b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode())
    assert load_questionnaire(file) == load_questionnaire()


P01_A = '{ id = "a", level = 1, p = [0.55, 0.30, 0.14], text = "The end of this month or quarter" }'
E01_A = '{ id = "a", score = 3, p = [0.20, 0.20, 0.20], text = "Within the past week", diagnosis = "Help is asked for early" }'  # noqa: E501
E04_A = 'diagnosis = "Every enquiry takes a rep\'s time", opens = ["assumption1"]'

FAULTS: dict[str, tuple[str | bytes, tuple[str, ...]]] = {
    "id twice": (changed('id = "P02"', 'id = "P01"'), ("P01", "id")),
    "id missing": (changed('id = "P01"\n', ""), ("1", "id")),
    "question missing": (changed("question = ", "questions = "), ("P01", "question")),
    "kind of a stranger": (changed('kind = "persona"', 'kind = "person"'), ("P01", "kind")),
    "dimension missing": (changed('dimension = "HORIZON"\n', ""), ("P01", "dimension")),
    "dimension of a stranger": (
        changed('dimension = "HORIZON"', 'dimension = "SPEED"'),
        ("P01", "dimension", "SPEED"),
    ),
    "nothing to verify with": (
        changed('verify_with = "Meeting notes or agenda"\n', ""),
        ("P01", "verify_with"),
    ),
    "verify with nothing": (
        changed('verify_with = "Name the deal"', 'verify_with = ""'),
        ("E01", "verify_with"),
    ),
    "one option": (
        'version = 1\n[[item]]\nid = "P01"\nkind = "persona"\nquestion = "?"\n'
        'options = [{ id = "a", text = "A" }]\n',
        ("P01", "options"),
    ),
    "option id twice": (changed('{ id = "b"', '{ id = "a"'), ("P01", "options")),
    "options are text": (changed("options = [", 'options = "a"\nothers = ['), ("P01", "options")),
    "ordered too far": (changed("ordered = 4", "ordered = 5"), ("E01", "ordered")),
    "ordered below nought": (changed("ordered = 4", "ordered = -1"), ("E01", "ordered")),
    "ordered is text": (changed("ordered = 4", 'ordered = "all"'), ("E01", "ordered")),
    "no probabilities": (
        changed(P01_A, P01_A.replace("p = [0.55, 0.30, 0.14], ", "")),
        ("P01", "option a", "p"),
    ),
    "two probabilities": (
        changed(P01_A, P01_A.replace(", 0.14]", "]")),
        ("P01", "p"),
    ),
    "probability nought": (
        changed(P01_A, P01_A.replace("0.14", "0.0")),
        ("P01", "option a", "p"),
    ),
    "probability one": (changed(P01_A, P01_A.replace("0.14", "1.0")), ("P01", "option a", "p")),
    "probability below nought": (
        changed(P01_A, P01_A.replace("0.14", "-0.14")),
        ("P01", "option a", "p"),
    ),
    "probability is no number": (
        changed(P01_A, P01_A.replace("0.14", "nan")),
        ("P01", "option a", "p"),
    ),
    "probability is text": (changed(P01_A, P01_A.replace("0.14", '"0.14"')), ("P01", "p")),
    "column does not add to 1": (
        changed(P01_A, P01_A.replace("0.30", "0.31")),
        ("P01", "p", "passive_marketer", "1.01"),
    ),
    "level 4": (
        changed(P01_A, P01_A.replace("level = 1", "level = 4")),
        ("P01", "option a", "level"),
    ),
    "no level": (changed(P01_A, P01_A.replace("level = 1, ", "")), ("P01", "option a", "level")),
    "no gaps": (changed('gaps = ["doubt"]', "gaps = []"), ("E01", "gaps")),
    "gap of a stranger": (
        changed('gaps = ["doubt"]', 'gaps = ["worry"]'),
        ("E01", "gaps", "worry"),
    ),
    "execution that moves the method": (
        changed(
            E01_A + ',\n  { id = "b", score = 2, p = [0.30',
            E01_A.replace("0.20, 0.20, 0.20", "0.21, 0.20, 0.20")
            + ',\n  { id = "b", score = 2, p = [0.29',
        ),
        ("E01", "option a", "p"),
    ),
    "score 4": (
        changed(E01_A, E01_A.replace("score = 3", "score = 4")),
        ("E01", "option a", "score"),
    ),
    "no diagnosis": (
        changed(E01_A, E01_A.replace(', diagnosis = "Help is asked for early"', "")),
        ("E01", "option a", "diagnosis"),
    ),
    "opens a gap of another item": (
        changed(E04_A, E04_A.replace("assumption1", "doubt")),
        ("E04", "option a", "opens"),
    ),
    "opens a gap of a stranger": (
        changed(E04_A, E04_A.replace("assumption1", "worry")),
        ("E04", "opens", "worry"),
    ),
    "stranger field of an item": (changed("ordered = 4", "sorted = 4"), ("E01", "sorted")),
    "stranger field of an option": (
        changed(P01_A, P01_A.replace("level = 1", "rank = 1")),
        ("P01", "rank"),
    ),
    "stranger field of the file": (changed("version = 1", "version = 1\nauthor = 1"), ("author",)),
    "version 2": (changed("version = 1", "version = 2"), ("version",)),
    "version missing": (changed("version = 1", ""), ("version",)),
    "no items": ("version = 1\n", ("item",)),
    "item is a number": ("version = 1\nitem = 3\n", ("item",)),
    "items are numbers": ("version = 1\nitem = [3]\n", ("item number 1",)),
    "empty": ("", ()),
    "not TOML": (TEXT + "\n[[", ()),
    "not UTF-8": (b"version = 1 # \xff", ("UTF-8",)),
    "binary": (bytes(range(256)), ()),
    "deep": ("version = " + "[" * 100_000, ()),
    "a number without end": ("version = " + "9" * 5_000, ()),
}


@pytest.mark.parametrize("name", list(FAULTS))
def test_a_fault_is_named_with_file_item_and_field(tmp_path: Path, name: str) -> None:
    text, words = FAULTS[name]
    message = fault(tmp_path, text)
    assert all(word in message for word in words), message


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    with pytest.raises(QuestionnaireError, match=r"none\.toml"):
        load_questionnaire(tmp_path / "none.toml")
    with pytest.raises(QuestionnaireError, match="folder"):
        load_questionnaire(tmp_path)
