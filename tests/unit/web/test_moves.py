"""Pages of any age, sent in any order: each answer lands where it was read, and nowhere else."""

from functools import partial

from hypothesis import given
from hypothesis import strategies as st

from persona.model.artefact import Model
from persona.questionnaire import session as sessions
from persona.questionnaire.items import Questionnaire
from persona.questionnaire.ordering import next_item
from persona.questionnaire.session import Session, check_session
from persona.web import moves

SENT = st.tuples(
    st.sampled_from(["answer", "unsure", "skip", "back"]),
    st.integers(0, 41),
    st.integers(0, 2),
)


def _apply(session: Session, kind: str, item: str, option: str) -> Session:
    if kind == "back":
        return moves.stepped_back(session, item)
    if kind == "skip":
        return moves.skipped(session, item)
    return moves.answered(session, item, None if kind == "unsure" else option)


@given(
    sent=st.lists(SENT, max_size=25), mode=st.sampled_from(["full", "quick"]), seed=st.integers()
)
def test_any_pages_in_any_order_change_only_what_they_name(
    questionnaire: Questionnaire,
    model: Model,
    sent: list[tuple[str, int, int]],
    mode: sessions.Mode,
    seed: int,
) -> None:
    choose = partial(next_item, questionnaire=questionnaire, model=model)
    session = moves.settled(sessions.start(questionnaire, "A", seed, mode), choose)
    wanted: dict[str, str | None] = {}
    for kind, number, place in sent:
        item = questionnaire.items[number].id
        option = session.option_order[item][place % len(session.option_order[item])]
        session = moves.settled(_apply(session, kind, item, option), choose)
        if kind in ("answer", "unsure"):
            wanted[item] = option if kind == "answer" else None
        assert session.answers == wanted
        check_session(session, questionnaire)
        shown = moves.settled(session, choose)
        assert shown == session, "a settled session stays as it is"


@given(first=st.integers(0, 41), place=st.integers(0, 2))
def test_a_second_thought_leaves_a_finished_questionnaire_finished_and_noted(
    questionnaire: Questionnaire, first: int, place: int
) -> None:
    session = sessions.finish(sessions.start(questionnaire, "A", seed=1))
    item = questionnaire.items[first].id
    option = session.option_order[item][place % len(session.option_order[item])]
    after = moves.answered(session, item, option)
    assert after.complete
    assert after.answers == {item: option}
    assert [(each.item, each.before, each.after) for each in after.revisions] == [
        (item, None, option)
    ]


def test_a_finished_questionnaire_is_moved_by_answers_alone(questionnaire: Questionnaire) -> None:
    session = sessions.finish(sessions.start(questionnaire, "A", seed=1))
    assert moves.skipped(session, "P01") == session
    assert moves.stepped_back(session, "P01") == session


def test_the_question_before_is_the_one_shown_before(questionnaire: Questionnaire) -> None:
    session = sessions.start(questionnaire, "A", seed=1)
    for item in ("P01", "P02", "P03"):
        session = sessions.show(session, item)
    assert [moves.before(session, item) for item in ("P01", "P03", "E01")] == [None, "P02", "P03"]
