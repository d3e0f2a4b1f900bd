"""Triggers: the grammar, its complaints, and what holds when."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from persona.advice.playbook import load_playbook
from persona.advice.triggers import (
    Both,
    Condition,
    Either,
    Expression,
    Facts,
    conditions,
    matches,
    parse_trigger,
)
from persona.errors import TriggerError
from persona.model.profile import build_profile
from persona.vocabulary import DIMENSIONS
from tests.conftest import complaint
from tests.strategies import EXECUTION_IDS, OPTIONS, PERSONA_IDS, QUESTIONNAIRE, any_set, row_of

A = Condition("E01", "<=", 1)
B = Condition("BASIS", "=", 1)
C = Condition("P02", "is", "a")


def facts(**answers: str) -> Facts:
    row = row_of(answers)
    return Facts(row, build_profile(row))


def holds(trigger: str, **answers: str) -> bool:
    return bool(matches(parse_trigger(trigger), facts(**answers)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("E01 <= 1", A),
        ("  E01<=1  ", A),
        ("BASIS = 1", B),
        ("P02 is a", C),
        ("((E01 <= 1))", A),
        ("E01 <= 1 or BASIS = 1", Either((A, B))),
        ("E01 <= 1 and BASIS = 1", Both((A, B))),
        ("E01 <= 1 or BASIS = 1 and P02 is a", Either((A, Both((B, C))))),
        ("E01 <= 1 and BASIS = 1 or P02 is a", Either((Both((A, B)), C))),
        ("(E01 <= 1 or BASIS = 1) and P02 is a", Both((Either((A, B)), C))),
        ("E01 <= 1 or BASIS = 1 or P02 is a", Either((A, B, C))),
    ],
)
def test_and_binds_tighter_than_or_and_brackets_bind_tightest(
    text: str, expected: Expression
) -> None:
    assert parse_trigger(text) == expected


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "too early"),
        ("   ", "too early"),
        ("E01", "too early"),
        ("E01 <=", "too early"),
        ("E01 <= 1 and", "too early"),
        ("(E01 <= 1", "bracket"),
        ("E01 <= 1)", "')'"),
        ("E01 <= 1 E02 <= 1", "'E02'"),
        ("E01 < 1", "'<'"),
        ("E01 == 1", "'='"),
        ("E01 <= 4", "0 to 3"),
        ("E01 <= one", "'one'"),
        ("BASIS = 0", "1 to 3"),
        ("BASIS = 4", "1 to 3"),
        ("BASIS is a", "BASIS"),
        ("basis = 1", "'basis'"),
        ("SPEED = 1", "'SPEED'"),
        ("C01 is a", "'C01'"),
        ("P02 = 1", "P02"),
        ("P02 is z", "P02"),
        ("or E01 <= 1", "'or'"),
        ("E01 <= 1 AND E02 <= 1", "'AND'"),
        ("E01 <= 1; import os", "';'"),
        ("()", "too early"),
    ],
)
def test_what_is_wrong_is_said_in_one_line_with_the_trigger(text: str, problem: str) -> None:
    with pytest.raises(TriggerError) as error:
        parse_trigger(text)
    complaint(error.value, problem, repr(text.strip()) if text.strip() else "trigger")


pieces = st.sampled_from(
    (
        *("E01", "E12", "P02", "BASIS", "LEAD", "is", "and", "or", "(", ")"),
        *("<=", ">=", "=", "<", "a", "e", "0", "1", "3", "9", "x", "\n", "é", "²", "１", ";"),
    )
)


@given(st.text(max_size=40) | st.lists(pieces, max_size=14).map(" ".join))
def test_no_text_raises_anything_but_a_trigger_error(text: str) -> None:
    try:
        expression = parse_trigger(text)
    except TriggerError as error:
        complaint(error, "trigger")
    else:
        assert matches(expression, facts()) == ()


@pytest.mark.parametrize(
    "text",
    ["(" * 20_000 + "E01 <= 1" + ")" * 20_000, "E01 <= " + "9" * 5_000],
    ids=["many brackets", "a long number"],
)
def test_no_long_text_raises_anything_but_a_trigger_error(text: str) -> None:
    with pytest.raises(TriggerError):
        parse_trigger(text)


@pytest.mark.parametrize(
    "trigger",
    ["E02 <= 3", "E02 >= 0", "E02 is a", "P02 is a", "BASIS <= 3", "BASIS >= 1", "BASIS = 1"],
)
def test_a_condition_on_something_unknown_is_false(trigger: str) -> None:
    assert not holds(trigger)
    assert not holds(trigger, P28="a", E12="a")


def test_neutral_answers_and_items_that_do_not_apply_count_as_unknown() -> None:
    assert not holds("HORIZON <= 3", P01="d", P02="d")
    assert not holds("E09 <= 3", E09="d")
    assert not holds("E09 >= 0", E09="d")
    assert holds("E09 is d", E09="d")
    assert holds("P01 is d", P01="d")


@pytest.mark.parametrize(
    ("trigger", "expected"),
    [
        ("E02 <= 1", True),
        ("E02 <= 0", True),
        ("E02 = 0", True),
        ("E02 = 1", False),
        ("E02 >= 1", False),
        ("HORIZON = 1", True),
        ("HORIZON <= 2", True),
        ("HORIZON >= 2", False),
        ("P02 is b", True),
        ("P02 is a", False),
        ("E02 <= 1 and P02 is a", False),
        ("E02 <= 1 and P02 is b", True),
        ("E02 >= 2 or P02 is b", True),
        ("E02 >= 2 or P02 is a", False),
        ("E02 >= 2 and P02 is b or HORIZON = 1", True),
        ("E02 >= 2 and (P02 is b or HORIZON = 1)", False),
    ],
)
def test_comparisons_and_connectives_on_an_example(trigger: str, expected: bool) -> None:
    assert holds(trigger, E02="c", P01="a", P02="b") is expected


def test_only_the_conditions_that_hold_are_returned_with_their_answers() -> None:
    found = matches(
        parse_trigger("E02 <= 1 or E01 <= 1 or HORIZON = 1"), facts(E01="a", E02="d", P01="a")
    )
    assert [match.condition.subject for match in found] == ["E02", "HORIZON"]
    assert [[answer.item for answer in match.answers] for match in found] == [["E02"], ["P01"]]


def test_a_neutral_answer_is_no_reason() -> None:
    (match,) = matches(parse_trigger("HORIZON = 1"), facts(P01="a", P02="d"))
    assert [answer.item for answer in match.answers] == ["P01"]


def test_both_that_does_not_hold_returns_nothing_though_one_part_holds() -> None:
    assert matches(parse_trigger("E02 <= 1 and E01 <= 1"), facts(E01="a", E02="c")) == ()


def test_the_same_condition_twice_is_one_match() -> None:
    assert len(matches(parse_trigger("E02 <= 1 or E02 <= 1"), facts(E02="c"))) == 1


@pytest.mark.parametrize(
    ("trigger", "answers", "distance"),
    [
        ("E02 <= 1", {"E02": "c"}, 1.0),
        ("E02 <= 1", {"E02": "d"}, 2 / 3),
        ("E02 <= 3", {"E02": "a"}, 0.0),
        ("HORIZON <= 3", {"P01": "a", "P02": "b"}, 0.75),
        ("HORIZON <= 3", {"P01": "a"}, 1.0),
        ("HORIZON = 3", {"P01": "c"}, 0.0),
        ("P01 is a", {"P01": "a"}, 1.0),
        ("P01 is b", {"P01": "b"}, 0.5),
        ("P01 is d", {"P01": "d"}, 0.0),
        ("E09 is d", {"E09": "d"}, 0.0),
    ],
)
def test_how_far_from_good_a_match_is(
    trigger: str, answers: dict[str, str], distance: float
) -> None:
    (match,) = matches(parse_trigger(trigger), facts(**answers))
    assert match.distance == pytest.approx(distance)


def truth(condition: Condition, answers: dict[str, str]) -> bool:
    """Say whether a condition holds, straight from the questionnaire."""
    items = [
        item
        for item in QUESTIONNAIRE.items
        if condition.subject in (item.id, item.dimension) and item.id in answers
    ]
    options = [item.option(answers[item.id]) for item in items]
    if condition.operator == "is":
        return any(option is not None and option.id == condition.value for option in options)
    if condition.subject in DIMENSIONS:
        levels = [option.level for option in options if option and option.level]
        below = [
            level for level in (1, 2, 3) if levels and level >= sum(levels) / len(levels) - 0.5
        ]
        actual = below[0] if below else None
    else:
        actual = next((option.score for option in options if option), None)
    if actual is None:
        return False
    value = int(condition.value)
    return {"=": actual == value, "<=": actual <= value, ">=": actual >= value}[condition.operator]


def true_of(expression: Expression, answers: dict[str, str]) -> bool:
    if isinstance(expression, Condition):
        return truth(expression, answers)
    joined = all if isinstance(expression, Both) else any
    return joined(true_of(part, answers) for part in expression.parts)


operators = st.sampled_from(["=", "<=", ">="])
any_condition = st.one_of(
    st.builds(Condition, st.sampled_from(list(DIMENSIONS)), operators, st.integers(1, 3)),
    st.builds(Condition, st.sampled_from(EXECUTION_IDS), operators, st.integers(0, 3)),
    st.builds(
        Condition,
        st.sampled_from(PERSONA_IDS + EXECUTION_IDS),
        st.just("is"),
        st.sampled_from("abcde"),
    ),
)
parts = st.deferred(lambda: st.lists(any_expression, min_size=2, max_size=3).map(tuple))
any_expression: st.SearchStrategy[Expression] = st.deferred(
    lambda: any_condition | any_condition | st.builds(Both, parts) | st.builds(Either, parts)
)


@given(any_expression, any_set())
def test_an_expression_holds_exactly_when_logic_says_so(
    expression: Expression, answers: dict[str, str]
) -> None:
    found = matches(expression, facts(**answers))
    assert bool(found) == true_of(expression, answers)
    for match in found:
        assert truth(match.condition, answers)
        assert match.condition in conditions(expression)
        assert match.answers
        assert all(answers[answer.item] == answer.option for answer in match.answers)


PLAYS = {play.id: play.trigger for play in load_playbook().plays}


@pytest.mark.parametrize("play", list(PLAYS))
def test_every_trigger_of_the_playbook_can_hold_and_can_fail_to(play: str) -> None:
    expression = parse_trigger(PLAYS[play])
    subjects = {condition.subject for condition in conditions(expression)}
    items = [item.id for item in QUESTIONNAIRE.items if {item.id, item.dimension} & subjects]
    outcomes = {
        bool(matches(expression, facts(**dict(zip(items, chosen, strict=True)))))
        for chosen in itertools.product(*(OPTIONS[item] for item in items))
    }
    assert outcomes == {True, False}


@pytest.mark.parametrize("play", list(PLAYS))
def test_every_trigger_of_the_playbook_speaks_of_items_and_options_that_exist(play: str) -> None:
    for condition in conditions(parse_trigger(PLAYS[play])):
        assert condition.subject in DIMENSIONS or condition.subject in OPTIONS
        if condition.operator == "is":
            assert condition.value in OPTIONS[condition.subject]


def test_a_match_cites_only_answers_that_bear_it_out() -> None:
    (match,) = matches(parse_trigger("VALUEPROP <= 2"), facts(P19="c", P20="c"))
    assert [answer.item for answer in match.answers] == ["P19"]
    (match,) = matches(parse_trigger("RESEARCH = 2"), facts(P13="a", P14="c"))
    assert [answer.item for answer in match.answers] == ["P13", "P14"]
