"""What would change a verdict: the changes named do it, and no fewer would."""

from collections.abc import Mapping

import msgspec
import pytest
from hypothesis import assume, example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from persona.model.artefact import Model
from persona.model.change import Change, sensitivity
from tests.strategies import (
    PERSONA_IDS,
    TYPICAL,
    Answers,
    deciding_from,
    few,
    labels,
    other_answers,
    persona_only,
    reference_label,
    reference_leader,
    small_models,
    verdict_of,
)
from tests.websites import PRIOR

SMALL = PERSONA_IDS[:6]


def swapped(answers: Mapping[str, str], change: Change) -> Answers:
    """Return the answers after a change, having checked that it speaks of answers given."""
    assert len({swap.item for swap in change.swaps}) == len(change.swaps) > 0
    for swap in change.swaps:
        assert answers[swap.item] == swap.given != swap.instead
        assert swap.instead in PRIOR.answers[swap.item]
    return {**answers, **{swap.item: swap.instead for swap in change.swaps}}


def check_what_it_claims(answers: Mapping[str, str], change: Change, model: Model) -> None:
    after = swapped(answers, change)
    assert reference_label(after, model) == change.label
    assert reference_leader(after, model) == change.leader


def check_that_no_fewer_do(
    answers: Mapping[str, str], label: Change | None, leader: Change | None, model: Model
) -> None:
    """Go through every smaller set of changes, or all sets where none is said to do it."""
    now_label, now_leader = reference_label(answers, model), reference_leader(answers, model)
    everything = len(answers) + 1
    label_size = len(label.swaps) if label else everything
    leader_size = len(leader.swaps) if leader else everything
    for size in range(1, max(label_size, leader_size)):
        for other in other_answers(answers, size):
            if size < label_size:
                assert reference_label(other, model) == now_label
            if size < leader_size:
                assert reference_leader(other, model) == now_leader


def check_fully(answers: Mapping[str, str], model: Model) -> None:
    verdict = verdict_of(answers, model)
    found = sensitivity(verdict, model)
    if found.label_changes:
        check_what_it_claims(answers, found.label_changes, model)
        assert found.label_changes.label != verdict.label
    if found.leader_changes:
        check_what_it_claims(answers, found.leader_changes, model)
        assert found.leader_changes.leader != verdict.leader
    check_that_no_fewer_do(answers, found.label_changes, found.leader_changes, model)


@hypothesis_settings(max_examples=40)
@given(few(most=6), st.sampled_from([None, 0.8]), st.sampled_from([0.5, 0.6]))
def test_smallest_changes_of_a_decided_verdict(
    answers: Answers, temperature: float | None, probability: float
) -> None:
    model = deciding_from(PRIOR, answers=1, probability=probability, temperature=temperature)
    assume(reference_label(answers, model) != "undecided")
    check_fully(answers, model)


@hypothesis_settings(max_examples=40)
@given(few(most=6), st.sampled_from([None, 0.8, 5.0]), st.sampled_from([0.65, 0.8]))
def test_smallest_changes_of_a_mixed_verdict(
    answers: Answers, temperature: float | None, probability: float
) -> None:
    model = deciding_from(PRIOR, answers=1, probability=probability, temperature=temperature)
    assume(reference_label(answers, model) == "undecided")
    check_fully(answers, model)


@given(few(most=5))
def test_smallest_changes_of_a_thin_verdict_concern_the_leader_alone(answers: Answers) -> None:
    assert reference_label(answers, PRIOR) == "undecided"
    assert sensitivity(verdict_of(answers, PRIOR), PRIOR).label_changes is None
    check_fully(answers, PRIOR)


@given(few(most=5, among=SMALL), small_models(PRIOR, SMALL))
def test_smallest_changes_with_any_weights(answers: Answers, model: Model) -> None:
    assume(len(answers) >= model.thresholds.min_answers)
    check_fully(answers, model)


@given(persona_only())
@example(dict(TYPICAL["sales_driven"]))
@example(dict(TYPICAL["passive_marketer"]))
@example(dict(TYPICAL["dynamic_marketer"]))
def test_changes_of_a_whole_questionnaire_do_what_they_say(answers: Answers) -> None:
    verdict = verdict_of(answers, PRIOR)
    found = sensitivity(verdict, PRIOR)
    assert found.label_changes is not None
    assert found.leader_changes is not None
    check_what_it_claims(answers, found.label_changes, PRIOR)
    check_what_it_claims(answers, found.leader_changes, PRIOR)
    assert found.label_changes.label != verdict.label
    assert found.leader_changes.leader != verdict.leader
    if len(found.label_changes.swaps) > 1:
        assert labels(other_answers(answers, 1), PRIOR) == {verdict.label}


def test_a_tie_hands_the_lead_to_the_persona_named_first() -> None:
    weights = {"P01": {"a": (0.0, 0.0, 1.0), "b": (0.0, 0.0, 0.0)}}
    model = msgspec.structs.replace(PRIOR, answers=weights)
    verdicts = [verdict_of({"P01": option}, model) for option in "ab"]
    assert [verdict.leader for verdict in verdicts] == ["dynamic_marketer", "sales_driven"]
    change = sensitivity(verdicts[0], model).leader_changes
    assert change is not None
    assert change.leader == "sales_driven"


def test_without_answers_there_is_nothing_to_change() -> None:
    found = sensitivity(verdict_of({}, PRIOR), PRIOR)
    assert (found.label_changes, found.leader_changes) == (None, None)


def test_swaps_are_listed_in_the_order_of_the_questionnaire() -> None:
    found = sensitivity(verdict_of(TYPICAL["dynamic_marketer"], PRIOR), PRIOR)
    for change in (found.label_changes, found.leader_changes):
        assert change is not None
        items = [swap.item for swap in change.swaps]
        assert len(items) > 1
        assert items == sorted(items)


def test_the_same_answers_give_the_same_changes_whatever_their_order() -> None:
    answers = dict(TYPICAL["passive_marketer"])
    backwards = dict(reversed(list(answers.items())))
    assert sensitivity(verdict_of(answers, PRIOR), PRIOR) == sensitivity(
        verdict_of(backwards, PRIOR), PRIOR
    )


@pytest.mark.parametrize("temperature", [1e-3, 1e4])
def test_a_very_sure_and_a_very_unsure_model_are_no_trouble(temperature: float) -> None:
    model = deciding_from(PRIOR, answers=1, temperature=temperature)
    answers = dict(list(TYPICAL["dynamic_marketer"].items())[:4])
    answers["P05"] = "a"
    check_fully(answers, model)
