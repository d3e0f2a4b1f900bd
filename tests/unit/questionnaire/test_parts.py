"""Where a question stands, and what is said when a part begins."""

from persona.questionnaire import session as sessions
from persona.questionnaire.items import Questionnaire
from persona.questionnaire.parts import (
    WELCOME,
    Part,
    number_of,
    opening_words,
    parts_of,
    place_of,
)
from persona.questionnaire.session import Mode, Session

HOW = "Press the button to finish."


def _shown(questionnaire: Questionnaire, *items: str, mode: Mode = "full") -> Session:
    session = sessions.start(questionnaire, "A", seed=1, mode=mode)
    for item in items:
        session = sessions.answer(sessions.show(session, item), "a")
    return session


def test_a_full_questionnaire_numbers_by_place_a_quick_one_as_they_come(
    questionnaire: Questionnaire,
) -> None:
    full, quick = (_shown(questionnaire, "P05", mode=mode) for mode in ("full", "quick"))
    assert (number_of(full, "P05"), place_of(full, questionnaire, "P05")) == (
        5,
        "Question 5 of 42",
    )
    assert place_of(quick, questionnaire, "P05") == "Question 1 of at most 40"
    assert number_of(quick, "P09") == 2


def test_each_part_is_announced_once_before_its_first_question(
    questionnaire: Questionnaire,
) -> None:
    def said(session: Session, item: str) -> str:
        return opening_words(session, questionnaire, item, HOW)

    method = [item.id for item in questionnaire.of_kind("persona")]
    execution = [item.id for item in questionnaire.of_kind("execution")]
    assert said(_shown(questionnaire), "P01") == WELCOME
    assert said(_shown(questionnaire, "P01"), "P02") == ""
    assert said(_shown(questionnaire, *method), "E01").startswith("Part two")
    assert said(_shown(questionnaire, *method, "E01"), "E02") == ""
    assert "never scored" in said(_shown(questionnaire, *method, *execution), "C01")
    assert said(_shown(questionnaire, "P01"), "P01") == WELCOME, "seen again"


def test_a_quick_one_says_how_the_rest_can_be_left_out(questionnaire: Questionnaire) -> None:
    words = opening_words(_shown(questionnaire, "P01", mode="quick"), questionnaire, "E01", HOW)
    assert "after 1 question." in words
    assert words.endswith(HOW)


def test_parts_count_what_was_answered_and_know_where_one_is(questionnaire: Questionnaire) -> None:
    session = _shown(questionnaire, "P01", "E01")
    assert parts_of(session, questionnaire, "E02") == [
        Part("How you work", 1, 28, current=False),
        Part("How it is carried out", 1, 12, current=True),
        Part("For the record", 0, 2, current=False),
    ]
    quick = _shown(questionnaire, "P01", mode="quick")
    assert [part.total for part in parts_of(quick, questionnaire, None)] == [28, 12]
