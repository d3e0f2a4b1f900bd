"""What to ask next and when to stop: quick gives the label of the whole questionnaire."""

import math

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from persona.model.artefact import Model
from persona.questionnaire import session as asking
from persona.questionnaire.items import Item, Questionnaire
from persona.questionnaire.ordering import (
    chance_of_change,
    expected_information,
    may_stop,
    most_informative,
    next_item,
)
from persona.questionnaire.session import Session
from tests.strategies import (
    EXECUTION_IDS,
    PERSONA_IDS,
    QUESTIONNAIRE,
    TYPICAL,
    deciding_from,
    full,
    persona_only,
    reference_label,
    verdict_of,
    with_unknown,
)
from tests.websites import PRIOR

Respondent = dict[str, str | None]


def sit(respondent: Respondent, risk: float = 0.0, model: Model = PRIOR, seed: int = 1) -> Session:
    """Ask until there is nothing left to ask on method, answering as the respondent would."""
    session = asking.start(QUESTIONNAIRE, "Company", seed=seed, mode="quick", risk=risk)
    while (item := next_item(session, QUESTIONNAIRE, model)) in PERSONA_IDS:
        assert item is not None
        session = asking.answer(asking.show(session, item), respondent[item])
    return session


def given_by(respondent: Respondent) -> dict[str, str]:
    return {item: option for item, option in respondent.items() if option is not None}


@given(with_unknown())
@example(dict(TYPICAL["sales_driven"]))
@example(dict(TYPICAL["passive_marketer"]))
@example(dict(TYPICAL["dynamic_marketer"]))
@example(dict.fromkeys(PERSONA_IDS))
def test_quick_without_risk_gives_the_label_of_the_whole_questionnaire(
    respondent: Respondent,
) -> None:
    session = sit(respondent)
    assert reference_label(session.given, PRIOR) == reference_label(given_by(respondent), PRIOR)
    assert len(set(session.path)) == len(session.path)


@pytest.mark.parametrize(("least", "probability", "temperature"), [(0, 0.5, 0.5), (20, 0.8, 4.0)])
@hypothesis_settings(max_examples=30)
@given(respondent=with_unknown())
def test_the_same_holds_for_other_models(
    respondent: Respondent, least: int, probability: float, temperature: float
) -> None:
    model = deciding_from(PRIOR, least, probability, temperature)
    session = sit(respondent, model=model)
    assert reference_label(session.given, model) == reference_label(given_by(respondent), model)


@pytest.mark.parametrize("persona", list(TYPICAL))
def test_a_clear_case_is_asked_fewer_questions_and_fewer_still_with_a_risk(persona: str) -> None:
    respondent: Respondent = dict(TYPICAL[persona])  # type: ignore[index]
    certain, risky = sit(respondent), sit(respondent, risk=0.05)
    assert len(risky.path) <= len(certain.path) < len(PERSONA_IDS)
    assert reference_label(risky.given, PRIOR) == persona


@hypothesis_settings(max_examples=20)
@given(with_unknown())
def test_accepting_a_risk_never_asks_more(respondent: Respondent) -> None:
    certain, risky = sit(respondent), sit(respondent, risk=0.05)
    assert risky.path == certain.path[: len(risky.path)]


def test_somebody_who_knows_nothing_is_asked_no_more_than_needed() -> None:
    session = sit(dict.fromkeys(PERSONA_IDS))
    assert len(session.path) == len(PERSONA_IDS) - PRIOR.thresholds.min_answers + 1


def test_a_full_questionnaire_asks_everything_in_order() -> None:
    session = asking.start(QUESTIONNAIRE, None, seed=1)
    while item := next_item(session, QUESTIONNAIRE, PRIOR):
        session = asking.answer(asking.show(session, item), None)
    assert session.path == tuple(item.id for item in QUESTIONNAIRE.items)


def test_a_quick_one_goes_on_to_execution_in_order_and_leaves_context_out() -> None:
    session = sit(dict(TYPICAL["sales_driven"]))
    asked = []
    while item := next_item(session, QUESTIONNAIRE, PRIOR):
        asked.append(item)
        session = asking.answer(asking.show(session, item), "a")
    assert tuple(asked) == EXECUTION_IDS


def test_a_skipped_item_is_not_asked_again_and_still_counts_as_open() -> None:
    session = asking.start(QUESTIONNAIRE, None, seed=1, mode="quick")
    while (item := next_item(session, QUESTIONNAIRE, PRIOR)) in PERSONA_IDS:
        assert item is not None
        session = asking.skip(asking.show(session, item))
    assert sorted(session.path) == sorted(PERSONA_IDS)
    assert session.given == {}


@hypothesis_settings(max_examples=20)
@given(with_unknown())
def test_the_order_in_which_options_are_shown_does_not_move_what_is_asked(
    respondent: Respondent,
) -> None:
    assert sit(respondent, seed=1).path == sit(respondent, seed=2).path


def test_expected_information_by_hand(questionnaire: Questionnaire) -> None:
    item = questionnaire.by_id["P01"]
    columns = list(zip(*(option.p for option in item.options if option.p), strict=True))

    def entropy(shares: list[float]) -> float:
        return -sum(share * math.log2(share) for share in shares)

    mixed = [sum(column[row] for column in columns) / 3 for row in range(4)]
    expected = entropy(mixed) - sum(entropy(list(column)) for column in columns) / 3
    assert expected_information(item, [1 / 3] * 3) == pytest.approx(expected)


shares = st.tuples(*[st.floats(min_value=0.001, max_value=1)] * 3).map(
    lambda three: [one / sum(three) for one in three]
)


@given(shares, st.sampled_from(QUESTIONNAIRE.of_kind("persona")))
def test_an_answer_never_tells_less_than_nothing(of: list[float], item: Item) -> None:
    told = expected_information(item, of)
    uncertainty = -sum(share * math.log2(share) for share in of)
    assert -1e-12 <= told <= uncertainty + 1e-12


@given(shares, st.sampled_from(QUESTIONNAIRE.of_kind("execution")))
def test_execution_items_tell_nothing_about_the_method(of: list[float], item: Item) -> None:
    assert expected_information(item, of) == pytest.approx(0, abs=1e-9)


def test_nothing_more_can_be_learned_by_one_who_is_certain(questionnaire: Questionnaire) -> None:
    for item in questionnaire.of_kind("persona"):
        assert expected_information(item, [0.0, 1.0, 0.0]) == pytest.approx(0, abs=1e-12)


def test_the_most_informative_item_is_asked_first(questionnaire: Questionnaire) -> None:
    items = questionnaire.of_kind("persona")
    verdict = verdict_of({}, PRIOR)
    best = most_informative(items, verdict)
    assert expected_information(best, [1 / 3] * 3) == max(
        expected_information(item, [1 / 3] * 3) for item in items
    )
    session = asking.start(questionnaire, None, seed=1, mode="quick")
    assert next_item(session, questionnaire, PRIOR) == best.id


@hypothesis_settings(max_examples=30)
@given(persona_only(), st.integers(min_value=0, max_value=28))
def test_the_chance_of_change_is_a_repeatable_share(answers: dict[str, str], known: int) -> None:
    items = QUESTIONNAIRE.of_kind("persona")
    verdict = verdict_of({item.id: answers[item.id] for item in items[:known]}, PRIOR)
    chance = chance_of_change(verdict, PRIOR, items[known:])
    assert 0 <= chance <= 1
    assert chance == chance_of_change(verdict, PRIOR, items[known:])
    if may_stop(verdict, PRIOR, items[known:], risk=0):
        assert chance == 0
        assert may_stop(verdict, PRIOR, items[known:], risk=0.05)


def test_a_fitted_model_is_taken_at_its_word_whatever_the_scale_of_its_weights() -> None:
    items = QUESTIONNAIRE.of_kind("persona")
    both = TYPICAL["sales_driven"], TYPICAL["dynamic_marketer"]
    answers = {item: both[place % 2][item] for place, item in enumerate(PERSONA_IDS[:12])}
    chances = []
    for scale in (1.0, 0.5, 0.25):
        weights = {
            item: {o: (w[0] * scale, w[1] * scale, w[2] * scale) for o, w in options.items()}
            for item, options in PRIOR.answers.items()
        }
        fitted = msgspec.structs.replace(PRIOR, answers=weights, temperature=scale)
        chances.append(chance_of_change(verdict_of(answers, fitted), fitted, items[12:]))
    assert chances[0] == chances[1] == chances[2] > 0


def test_a_thin_verdict_is_never_stopped_at_by_chance() -> None:
    items = QUESTIONNAIRE.of_kind("persona")
    answers = dict(list(TYPICAL["dynamic_marketer"].items())[:5])
    sharp = deciding_from(PRIOR, answers=6, temperature=0.3)
    assert not may_stop(verdict_of(answers, sharp), sharp, items[5:], risk=0.99)


@given(full())
def test_execution_answers_do_not_move_what_is_asked_next(answers: dict[str, str]) -> None:
    before = asking.start(QUESTIONNAIRE, None, seed=1, mode="quick")
    after = before
    for item in EXECUTION_IDS:
        after = asking.answer(asking.show(after, item), answers[item])
    for item in PERSONA_IDS[:8]:
        before = asking.answer(asking.show(before, item), answers[item])
        after = asking.answer(asking.show(after, item), answers[item])
    assert next_item(before, QUESTIONNAIRE, PRIOR) == next_item(after, QUESTIONNAIRE, PRIOR)


@pytest.mark.parametrize("lacking", ["P28", "P28 option d"])
@pytest.mark.parametrize("risk", [0.0, 0.05])
def test_a_model_that_lacks_an_item_or_an_option_can_still_ask(lacking: str, risk: float) -> None:
    weights = {item: dict(options) for item, options in PRIOR.answers.items()}
    if lacking == "P28":
        del weights["P28"]
    else:
        del weights["P28"]["d"]
    model = msgspec.structs.replace(PRIOR, answers=weights)
    answers = dict(TYPICAL["passive_marketer"]) | {"P28": "d"}
    session = sit(dict(answers), risk=risk, model=model)
    assert verdict_of(session.given, model).label == verdict_of(answers, model).label
