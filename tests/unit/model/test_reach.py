"""When no answer could change the verdict: never said too early, never much too late."""

import random

import msgspec
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from persona.model.artefact import Model
from persona.model.reach import is_settled
from tests.strategies import (
    OPTIONS,
    PERSONA_IDS,
    TYPICAL,
    completions,
    deciding_from,
    few,
    labels,
    persona_only,
    reference_label,
    small_models,
    verdict_of,
)
from tests.websites import PRIOR

SMALL = PERSONA_IDS[:6]
thresholds = st.sampled_from([0.5, 0.65, 0.8])
temperatures = st.sampled_from([None, 0.7, 6.0])


@st.composite
def nearly_done(draw: st.DrawFn) -> tuple[dict[str, str], list[str], Model]:
    """Answers, up to four items still open, and a model."""
    answers = draw(persona_only())
    known = draw(st.integers(min_value=0, max_value=24))
    items = draw(st.permutations(PERSONA_IDS))
    opened = items[known : known + draw(st.integers(min_value=0, max_value=4))]
    model = deciding_from(
        PRIOR,
        answers=draw(st.integers(min_value=0, max_value=10)),
        probability=draw(thresholds),
        temperature=draw(temperatures),
    )
    return {item: answers[item] for item in items[:known]}, opened, model


@given(nearly_done())
def test_settled_means_exactly_that_no_completion_has_another_label(
    case: tuple[dict[str, str], list[str], Model],
) -> None:
    answers, opened, model = case
    verdict = verdict_of(answers, model)
    reached = labels(completions(answers, opened), model)
    assert is_settled(verdict, model, opened) == (reached == {verdict.label})


@given(nearly_done())
def test_a_decided_verdict_is_given_up_only_if_some_completion_does_it(
    case: tuple[dict[str, str], list[str], Model],
) -> None:
    answers, opened, model = case
    model = deciding_from(model, answers=0, probability=0.5, temperature=model.temperature)
    verdict = verdict_of(answers, model)
    assume(verdict.label != "undecided")
    reached = labels(completions(answers, opened), model)
    assert is_settled(verdict, model, opened) == (reached == {verdict.label})


@given(few(most=3, among=SMALL), small_models(PRIOR, SMALL), st.integers(0, 3))
def test_the_same_holds_for_any_weights(
    answers: dict[str, str], model: Model, still_open: int
) -> None:
    opened = [item for item in SMALL if item not in answers][:still_open]
    verdict = verdict_of(answers, model)
    reached = labels(completions(answers, opened), model)
    assert is_settled(verdict, model, opened) == (reached == {verdict.label})


@given(persona_only(), st.sets(st.sampled_from(PERSONA_IDS)), st.randoms(use_true_random=False))
@example(dict(TYPICAL["dynamic_marketer"]), set(PERSONA_IDS[14:]), random.Random(1))
@example(dict(TYPICAL["sales_driven"]), set(PERSONA_IDS[20:]), random.Random(1))
def test_once_settled_no_random_completion_changes_the_label(
    answers: dict[str, str], opened: set[str], chance: random.Random
) -> None:
    known = {item: option for item, option in answers.items() if item not in opened}
    verdict = verdict_of(known, PRIOR)
    assume(is_settled(verdict, PRIOR, sorted(opened)))
    for _ in range(40):
        more = {item: chance.choice((*OPTIONS[item], "")) for item in sorted(opened)}
        completed = known | {item: option for item, option in more.items() if option}
        assert reference_label(completed, PRIOR) == verdict.label


@given(persona_only())
def test_a_settled_verdict_stays_settled_as_further_answers_come_in(
    answers: dict[str, str],
) -> None:
    settled_at = None
    for known in range(len(PERSONA_IDS) + 1):
        given_now = {item: answers[item] for item in PERSONA_IDS[:known]}
        verdict = verdict_of(given_now, PRIOR)
        if is_settled(verdict, PRIOR, PERSONA_IDS[known:]):
            settled_at = settled_at or verdict.label
            assert verdict.label == settled_at
        else:
            assert settled_at is None or verdict.label == "undecided"
    assert settled_at == reference_label(answers, PRIOR)


def with_weights(weights: dict[str, dict[str, tuple[float, float, float]]]) -> Model:
    small = msgspec.structs.replace(PRIOR, answers=weights)
    return deciding_from(small, answers=0, temperature=1.0)


def test_an_item_left_open_may_be_worse_for_the_leader_than_any_answer_to_it() -> None:
    """P03 undoes the verdict unless P02 is answered, which could only strengthen it."""
    model = with_weights(
        {
            "P01": {"a": (1.0, -0.5, -0.5)},
            "P02": {"a": (2.0, -1.0, -1.0), "b": (1.0, -0.5, -0.5)},
            "P03": {"a": (-0.5, 0.5, 0.0), "b": (0.5, 0.0, -0.5)},
        }
    )
    verdict = verdict_of({"P01": "a"}, model)
    assert verdict.label == "sales_driven"
    assert verdict_of({"P01": "a", "P03": "a"}, model).label == "undecided"
    assert is_settled(verdict, model, ["P02"])
    assert not is_settled(verdict, model, ["P02", "P03"])


def test_two_rivals_that_cannot_be_beaten_at_once_leave_it_undecided() -> None:
    """Either answer beats one rival of sales-driven work and helps the other."""
    model = with_weights({"P01": {"a": (0.0, -1.5, 0.5), "b": (0.0, 0.5, -1.5)}})
    verdict = verdict_of({}, model)
    assert {verdict_of({"P01": option}, model).label for option in "ab"} == {"undecided"}
    assert is_settled(verdict, model, ["P01"])


def test_with_nothing_left_to_ask_every_verdict_is_settled(model: Model) -> None:
    for answers in ({}, TYPICAL["sales_driven"], dict(list(TYPICAL["sales_driven"].items())[:7])):
        assert is_settled(verdict_of(answers, model), model, [])


def test_a_verdict_that_can_only_be_thin_is_settled(model: Model) -> None:
    verdict = verdict_of({"P01": "a", "P02": "a"}, model)
    assert is_settled(verdict, model, ["P03", "P04", "P05"])
    assert not is_settled(verdict, deciding_from(model, 5, 0.5), ["P03", "P04", "P05"])


def test_at_the_start_nothing_is_settled(model: Model) -> None:
    assert not is_settled(verdict_of({}, model), model, PERSONA_IDS)


def test_items_the_model_does_not_know_cannot_unsettle_anything(model: Model) -> None:
    verdict = verdict_of(TYPICAL["sales_driven"], model)
    assert is_settled(verdict, model, ["E01", "E02", "C01", "W01"])


@pytest.mark.parametrize("temperature", [1e-3, 1e-2, 1e3])
def test_a_very_sure_and_a_very_unsure_model_are_no_trouble(
    model: Model, temperature: float
) -> None:
    extreme = deciding_from(model, answers=1, temperature=temperature)
    answers = dict(list(TYPICAL["dynamic_marketer"].items())[:1])
    opened = PERSONA_IDS[1:4]
    verdict = verdict_of(answers, extreme)
    reached = labels(completions(answers, opened), extreme)
    assert is_settled(verdict, extreme, opened) == (reached == {verdict.label})
