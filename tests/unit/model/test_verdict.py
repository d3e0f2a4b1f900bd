"""The verdict: a persona, or an honest undecided with its reason."""

import math

import pytest
from hypothesis import given

from persona.model.artefact import Model, Thresholds
from persona.model.verdict import classify, decide
from persona.pipe import shipped_model
from persona.vocabulary import PERSONAS
from tests.strategies import (
    TYPICAL,
    any_set,
    deciding_from,
    reference_label,
    row_of,
    verdict_of,
)
from tests.websites import PRIOR

SHIPPED = shipped_model().model
AT = Thresholds(min_probability=0.65, min_answers=6)


@pytest.mark.parametrize("model", [PRIOR, SHIPPED], ids=lambda model: model.name)
@pytest.mark.parametrize("persona", PERSONAS)
def test_typical_answers_of_a_persona_give_that_persona(model: Model, persona: str) -> None:
    verdict = verdict_of(TYPICAL[persona], model)  # type: ignore[index]
    assert (verdict.label, verdict.reason, verdict.leader) == (persona, None, persona)
    assert verdict.confidence > 0.95


@pytest.mark.parametrize("persona", PERSONAS)
def test_five_clear_answers_are_too_few_and_six_are_enough(persona: str) -> None:
    typical = list(TYPICAL[persona].items())  # type: ignore[index]
    sharp = deciding_from(PRIOR, answers=6, temperature=0.5)
    five, six = verdict_of(dict(typical[:5]), sharp), verdict_of(dict(typical[:6]), sharp)
    assert (five.label, five.reason, five.leader) == ("undecided", "thin", persona)
    assert (six.label, six.reason) == (persona, None)


def test_no_answers_at_all_favour_nobody_where_nothing_was_learned() -> None:
    verdict = verdict_of({}, PRIOR)
    assert (verdict.label, verdict.reason) == ("undecided", "thin")
    assert set(verdict.probabilities.values()) == {1 / 3}
    assert verdict.evidence == ()


def test_no_answers_at_all_are_thin_wherever_the_model_starts() -> None:
    verdict = verdict_of({}, SHIPPED)
    assert (verdict.label, verdict.reason, verdict.evidence) == ("undecided", "thin", ())
    assert verdict.logits == verdict.intercept
    assert not verdict.enough


def test_answers_half_of_one_persona_and_half_of_another_are_mixed() -> None:
    first, second = TYPICAL["sales_driven"], TYPICAL["passive_marketer"]
    half = {item: (first if n % 2 else second)[item] for n, item in enumerate(first)}
    verdict = verdict_of(half, PRIOR)
    assert (verdict.label, verdict.reason) == ("undecided", "mixed")
    assert {verdict.leader, verdict.runner_up} == {"sales_driven", "passive_marketer"}


def test_execution_answers_do_not_count_toward_the_least_number(model: Model) -> None:
    answers = {f"E{n:02}": "a" for n in range(1, 13)} | {"C01": "a", "C02": "a"}
    verdict = classify(row_of(answers), deciding_from(model, answers=1, probability=0.5))
    assert verdict.reason == "thin"


@pytest.mark.parametrize(
    ("shares", "known", "expected"),
    [
        ((0.65, 0.30, 0.05), 6, ("sales_driven", None)),
        ((0.6499, 0.3, 0.0501), 6, ("undecided", "mixed")),
        ((0.05, 0.30, 0.65), 6, ("dynamic_marketer", None)),
        ((0.99, 0.01, 0.0), 5, ("undecided", "thin")),
        ((0.4, 0.3, 0.3), 5, ("undecided", "thin")),
    ],
)
def test_the_thresholds_are_met_from_exactly_their_value(
    shares: tuple[float, float, float], known: int, expected: tuple[str, str | None]
) -> None:
    assert decide(shares, known, AT) == expected


def test_a_tie_goes_to_the_persona_named_first() -> None:
    even = Thresholds(min_probability=0.5, min_answers=0)
    assert decide((0.5, 0.5, 0.0), 0, even) == ("sales_driven", None)
    assert decide((0.0, 0.5, 0.5), 0, even) == ("passive_marketer", None)


@given(any_set())
def test_the_parts_of_a_verdict_agree_with_each_other(answers: dict[str, str]) -> None:
    verdict = verdict_of(answers, SHIPPED)
    ranked = sorted(PERSONAS, key=lambda persona: -verdict.probabilities[persona])
    assert verdict.label == reference_label(answers, SHIPPED)
    assert [verdict.leader, verdict.runner_up] == ranked[:2]
    assert verdict.confidence == verdict.probabilities[verdict.leader]
    assert (verdict.label == "undecided") == (verdict.reason is not None)
    assert verdict.label in (verdict.leader, "undecided")
    assert verdict.total == tuple(verdict.logits[persona] for persona in PERSONAS)


def test_evidence_for_and_against_is_ranked_and_on_the_right_side() -> None:
    answers = dict(TYPICAL["sales_driven"]) | {"P26": "b", "P27": "c", "P28": "c"}
    verdict = verdict_of(answers, PRIOR)
    assert verdict.leader == "sales_driven"
    for_it = [verdict.margin(one) for one in verdict.for_leader(99)]
    against = [verdict.margin(one) for one in verdict.against_leader(99)]
    assert math.isclose(math.fsum(for_it + against), verdict.lead)
    assert for_it == sorted(for_it, reverse=True)
    assert against == sorted(against)
    assert min(for_it) > 0 > max(against)
    assert {one.item for one in verdict.against_leader(99)} >= {"P26", "P27", "P28"}
    assert verdict.for_leader(3) == verdict.for_leader(99)[:3]
    assert verdict.against_leader(2) == verdict.against_leader(99)[:2]
