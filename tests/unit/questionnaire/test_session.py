"""The session: every operation, and what no sequence of operations may break."""

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from persona.errors import SessionError
from persona.observations import Revision
from persona.questionnaire import session as sessions
from persona.questionnaire.items import Questionnaire
from persona.questionnaire.session import Session, check_session
from tests.strategies import OPTIONS, QUESTIONNAIRE

IDS = tuple(OPTIONS)


def begin(*shown: str, seed: int = 1) -> Session:
    session = sessions.start(QUESTIONNAIRE, "Acme", seed)
    for item in shown:
        session = sessions.show(session, item)
    return session


def answered(*items: str) -> Session:
    """Return a session in which these items were shown in turn and answered with "a"."""
    session = begin()
    for item in items:
        session = sessions.answer(sessions.show(session, item), "a")
    return session


def test_a_new_session_has_nothing_on_screen_and_no_answers() -> None:
    session = begin()

    assert session.current is None
    assert session.path == ()
    assert session.answers == {}
    assert not session.complete
    assert session.mode == "full"


def test_the_order_of_options_is_recorded_and_depends_on_the_seed_alone() -> None:
    first, again, other = begin(seed=7), begin(seed=7), begin(seed=8)

    assert first == again
    assert first.option_order != other.option_order
    assert {item: tuple(sorted(order)) for item, order in first.option_order.items()} == OPTIONS


def test_every_option_of_an_unordered_item_comes_to_stand_in_every_place() -> None:
    orders = [begin(seed=seed).option_order["P01"] for seed in range(100)]

    for place in range(len(OPTIONS["P01"])):
        assert {order[place] for order in orders} == set(OPTIONS["P01"])


def test_scales_are_only_turned_over_and_what_follows_them_stays_last() -> None:
    scales = [item for item in QUESTIONNAIRE.items if item.ordered]
    assert scales
    orders = [begin(seed=seed).option_order for seed in range(60)]

    for item in scales:
        ids = OPTIONS[item.id]
        scale, rest = ids[: item.ordered], ids[item.ordered :]
        seen = {order[item.id] for order in orders}
        assert seen == {(*scale, *rest), (*reversed(scale), *rest)}


def test_an_answer_is_kept_and_the_next_item_follows() -> None:
    session = sessions.answer(begin("P01"), "b")

    assert session.answers == {"P01": "b"}
    assert session.current is None
    assert sessions.show(session, "P02").current == "P02"


def test_an_operation_leaves_the_session_it_was_given_as_it_was() -> None:
    before = begin("P01")
    copy = msgspec.structs.replace(before)

    sessions.answer(before, "a")
    sessions.skip(before)
    sessions.jump(before, "P09")

    assert before == copy
    assert before.answers == {}


def test_not_sure_is_an_answer_that_says_nothing() -> None:
    session = sessions.answer(begin("P01"), None)

    assert session.answers == {"P01": None}
    assert session.given == {}
    assert not session.is_open("P01")


def test_an_option_of_another_item_is_refused() -> None:
    with pytest.raises(SessionError, match="P01: 'e' is not one of its options"):
        sessions.answer(begin("P01"), "e")


@pytest.mark.parametrize("operation", [sessions.keep, sessions.skip])
def test_without_a_question_on_screen_nothing_can_be_done_to_it(operation: object) -> None:
    assert callable(operation)
    with pytest.raises(SessionError, match="no question is on screen"):
        operation(begin())
    with pytest.raises(SessionError, match="no question is on screen"):
        sessions.answer(begin(), "a")


def test_back_goes_to_the_item_before_and_stays_at_the_first() -> None:
    session = sessions.show(answered("P01", "P02"), "P03")

    one = sessions.back(session)
    two = sessions.back(one)

    assert (one.current, two.current) == ("P02", "P01")
    assert sessions.back(two) == two
    assert two.answers == session.answers


def test_after_going_back_each_item_is_met_again_in_order() -> None:
    session = sessions.back(sessions.back(sessions.show(answered("P01", "P02"), "P03")))

    session = sessions.answer(session, "c")
    assert session.current == "P02"
    session = sessions.keep(session)

    assert session.current == "P03"
    assert session.answers == {"P01": "c", "P02": "a"}


def test_back_on_an_empty_path_changes_nothing() -> None:
    assert sessions.back(begin()) == begin()


def test_a_skipped_item_stays_open_until_it_is_answered() -> None:
    session = sessions.show(sessions.skip(begin("P01")), "P02")
    assert session.skipped == ("P01",)
    assert session.is_open("P01")

    session = sessions.answer(sessions.jump(session, "P01"), "d")

    assert session.skipped == ()
    assert session.answers == {"P01": "d"}
    assert session.current == "P02"


def test_an_item_skipped_twice_is_listed_once() -> None:
    session = sessions.skip(sessions.back(sessions.skip(begin("P01"))))

    assert session.skipped == ("P01",)


def test_skipping_an_item_that_was_answered_keeps_the_answer() -> None:
    session = sessions.skip(sessions.back(answered("P01")))

    assert session.answers == {"P01": "a"}
    assert session.skipped == ()


def test_a_jump_to_an_item_already_shown_returns_to_where_it_came_from() -> None:
    session = sessions.jump(sessions.show(answered("P01", "P02", "P03"), "P04"), "P01")
    assert session.current == "P01"

    session = sessions.answer(session, "b")

    assert session.current == "P04"
    assert session.answers["P01"] == "b"
    assert session.path == ("P01", "P02", "P03", "P04")


def test_a_jump_to_an_item_not_yet_shown_puts_it_in_and_returns() -> None:
    session = sessions.jump(begin("P01"), "P20")
    assert session.current == "P20"

    session = sessions.answer(session, "a")

    assert session.current == "P01"
    assert set(session.path) == {"P01", "P20"}


def test_a_jump_from_a_jump_returns_to_the_first_place() -> None:
    session = sessions.show(answered("P01", "P02"), "P03")
    session = sessions.jump(sessions.jump(sessions.jump(session, "P01"), "P22"), "P02")

    assert sessions.keep(session).current == "P03"


def test_a_jump_from_the_end_returns_to_the_end() -> None:
    session = sessions.keep(sessions.jump(answered("P01", "P02"), "P01"))

    assert session.current is None


def test_a_jump_to_the_item_on_screen_does_not_ask_it_twice() -> None:
    session = sessions.answer(sessions.jump(sessions.show(answered("P01"), "P02"), "P02"), "b")

    assert session.current is None


def test_a_jump_to_nowhere_is_refused() -> None:
    with pytest.raises(SessionError, match="P99 is not a question"):
        sessions.jump(begin("P01"), "P99")


def test_back_from_a_jump_forgets_the_way_back_but_no_item() -> None:
    session = sessions.jump(sessions.show(answered("P01", "P02", "P03"), "P04"), "P03")
    session = sessions.back(session)
    assert session.current == "P02"
    asked = []
    while session.current is not None:
        asked.append(session.current)
        session = sessions.keep(session)

    assert asked == ["P02", "P03", "P04"]


def test_an_answer_changed_before_the_end_is_no_revision() -> None:
    session = sessions.answer(sessions.back(answered("P01")), "b")

    assert session.revisions == ()


def test_an_answer_changed_after_the_end_is_recorded() -> None:
    session = sessions.finish(answered("P01", "P02"))
    session = sessions.answer(sessions.jump(session, "P01"), "c")
    session = sessions.answer(sessions.jump(session, "P02"), None)
    session = sessions.answer(sessions.jump(session, "P03"), "b")

    assert session.complete
    assert session.revisions == (
        Revision("P01", "a", "c"),
        Revision("P02", "a", None),
        Revision("P03", None, "b"),
    )


def test_giving_the_same_answer_again_is_no_revision() -> None:
    session = sessions.answer(sessions.jump(sessions.finish(answered("P01")), "P01"), "a")

    assert session.revisions == ()


def test_finishing_leaves_nothing_on_screen_and_is_undone_by_another_question() -> None:
    done = sessions.finish(sessions.jump(begin("P01"), "P05"))
    assert (done.complete, done.current, done.jumped) == (True, None, False)

    assert not sessions.show(done, "P02").complete


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"schema": "persona-session/0"}, "schema"),
        ({"option_order": {}}, "its questions are not"),
        ({"answers": {"P99": "a"}}, "P99: the answer kept"),
        ({"answers": {"P01": "z"}}, "P01: the answer kept"),
        ({"path": ("P01", "P01")}, "shown is damaged"),
        ({"path": ("P99",)}, "shown is damaged"),
        ({"skipped": ("P99",)}, "shown is damaged"),
        ({"cursor": 2}, "place in the questionnaire is damaged"),
        ({"cursor": -1}, "place in the questionnaire is damaged"),
    ],
)
def test_a_session_that_does_not_fit_is_refused(change: dict[str, object], message: str) -> None:
    damaged = msgspec.structs.replace(begin("P01"), **change)

    with pytest.raises(SessionError, match=message):
        check_session(damaged, QUESTIONNAIRE)


@pytest.mark.parametrize("order", [("a", "b", "c"), ("a", "a", "b", "c"), ("a", "b", "c", "z")])
def test_an_order_of_options_that_leaves_one_out_is_refused(order: tuple[str, ...]) -> None:
    session = begin("P01")
    damaged = msgspec.structs.replace(session, option_order={**session.option_order, "P01": order})

    with pytest.raises(SessionError, match="P01: its options"):
        check_session(damaged, QUESTIONNAIRE)


Operation = tuple[str, str | int | None]
OPERATIONS: st.SearchStrategy[Operation] = st.one_of(
    st.tuples(st.just("show"), st.none()),
    st.tuples(st.just("answer"), st.one_of(st.none(), st.integers(0, 3))),
    st.tuples(st.sampled_from(("back", "skip", "keep", "finish")), st.none()),
    st.tuples(st.just("jump"), st.sampled_from((*IDS[:6], *IDS[-3:]))),
)


def carry_out(session: Session, operation: Operation) -> Session:
    """Carry out an operation if it makes sense here; otherwise show that it is refused."""
    name, value = operation
    if name == "show":
        item = next((each for each in IDS if each not in session.path), None)
        return session if item is None else sessions.show(session, item)
    if name == "jump":
        assert isinstance(value, str)
        return sessions.jump(session, value)
    if name in ("back", "finish"):
        return sessions.back(session) if name == "back" else sessions.finish(session)
    if session.current is None:
        with pytest.raises(SessionError):
            sessions.keep(session)
        return session
    if name == "answer":
        order = session.option_order[session.current]
        option = order[value % len(order)] if isinstance(value, int) else None
        return sessions.answer(session, option)
    return sessions.skip(session) if name == "skip" else sessions.keep(session)


def check_invariants(session: Session, questionnaire: Questionnaire) -> None:
    check_session(session, questionnaire)
    assert len(set(session.path)) == len(session.path)
    assert 0 <= session.cursor <= len(session.path)
    assert not set(session.skipped) & set(session.answers)
    assert set(session.answers) | set(session.skipped) <= set(session.path)
    decoded = msgspec.json.decode(msgspec.json.encode(session), type=Session)
    assert decoded == session


@given(st.lists(OPERATIONS, max_size=60), st.integers(0, 2**32 - 1))
@example([("show", None), ("answer", 0), ("jump", "P01"), ("jump", "P01"), ("answer", None)], 0)
def test_no_sequence_of_operations_breaks_the_session_or_loses_an_answer(
    operations: list[Operation], seed: int
) -> None:
    session = sessions.start(QUESTIONNAIRE, "Acme", seed)
    expected: dict[str, str | None] = {}
    for operation in operations:
        before, session = session, carry_out(session, operation)
        if operation[0] == "answer" and before.current is not None:
            expected[before.current] = session.answers[before.current]
        check_invariants(session, QUESTIONNAIRE)
        assert session.answers == expected
        assert session.option_order == before.option_order
        assert session.revisions[: len(before.revisions)] == before.revisions


def test_a_quick_session_is_gone_on_with_in_full_and_in_order() -> None:
    quick = sessions.start(QUESTIONNAIRE, "Acme", seed=0, mode="quick", risk=0.05)
    for item in ("P16", "P15", "E01"):
        quick = sessions.answer(sessions.show(quick, item), "a")
    full = sessions.reopen(sessions.finish(quick))

    assert (full.mode, full.risk, full.complete) == ("full", 0.0, False)
    assert full.path == ("P15", "P16", "E01")
    assert full.current is None
    assert sessions.show(full, "P01").path == ("P01", "P15", "P16", "E01")
    assert full.answers == quick.answers


def test_what_was_skipped_is_asked_first_when_gone_on_with() -> None:
    session = sessions.skip(sessions.show(answered("P01"), "P02"))

    assert sessions.reopen(sessions.finish(session)).current == "P02"
