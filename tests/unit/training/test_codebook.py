"""The codebook: whole, faithful to the dimensions, and asking what tells two methods apart."""

import re
from pathlib import Path

import pytest

from persona.errors import CodebookError
from persona.questionnaire.items import Questionnaire
from persona.training.codebook import CODEBOOK, load_codebook, questions_between
from persona.vocabulary import DIMENSIONS, PERSONAS
from tests.conftest import complaint

S, P, D = PERSONAS
HARDLY = {"DECIDE", "ACUMEN", "ADAPT"}


def test_every_dimension_has_a_question_and_every_two_methods_have_tests() -> None:
    book = load_codebook()
    assert {question.id for question in book.dimension} == set(DIMENSIONS)
    assert [gate.reason for gate in book.gate] == ["unreachable", "out_of_scope", "thin", "mixed"]
    for pair in ((S, P), (P, S), (P, D), (D, S)):
        assert set(book.tests(pair).between) == set(pair)
    for question in book.dimension:
        assert question.question.endswith("?")
        assert book[question.id] is question
    with pytest.raises(KeyError):
        book["NONE"]


def test_questions_are_those_that_tell_the_two_apart_and_that_a_website_can_answer(
    questionnaire: Questionnaire,
) -> None:
    book = load_codebook()
    asked = {
        pair: questions_between(book, questionnaire, pair, (), 6)
        for pair in ((S, P), (P, D), (S, D))
    }
    for pair, dimensions in asked.items():
        assert len(dimensions) == len(set(dimensions)) == 6
        assert not HARDLY & set(dimensions)
        assert dimensions == questions_between(book, questionnaire, (pair[1], pair[0]), (), 6)
    assert len(set(asked.values())) == 3
    assert asked[S, P][0] == "FUNCTION"


def test_what_is_settled_is_not_asked(questionnaire: Questionnaire) -> None:
    book = load_codebook()
    every = questions_between(book, questionnaire, (S, P), (), 14)
    assert set(every) == set(DIMENSIONS) - HARDLY
    rest = questions_between(book, questionnaire, (S, P), every[:3], 14)
    assert rest == every[3:]
    assert questions_between(book, questionnaire, (S, P), every, 6) == ()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('id = "LEAD"', 'id = "LEED"', "LEAD"),
        ('id = "LEAD"', 'id = "ADAPT"', "LEAD"),
        ('visible = "hardly"', 'visible = "never"', "never"),
        ("version = 1", "version = 2", "2"),
        ('beware = "A page of logos is logos."', "", "beware"),
        ('between = ["sales_driven", "dynamic_marketer"]', 'between = ["sales_driven", '
         '"passive_marketer"]', "two personas"),
        ("[[gate]]", "[[gates]]", "gate"),
        ("version", "vers ion", "line"),
    ],
)  # fmt: skip
def test_a_faulty_codebook_is_refused_in_one_line(
    old: str, new: str, said: str, tmp_path: Path
) -> None:
    file = tmp_path / "codebook.toml"
    text = CODEBOOK.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(CodebookError) as caught:
        load_codebook(file)
    assert re.search(said, complaint(caught.value, file))


def test_an_absent_codebook_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CodebookError, match="no such file"):
        load_codebook(tmp_path / "none.toml")
