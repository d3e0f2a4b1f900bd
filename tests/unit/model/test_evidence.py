"""The additive model: exact sums, and nothing from what is not known."""

import math
import random

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from persona.model.artefact import Model
from persona.model.evidence import Evidence, add, logits, probabilities, tempered, weigh
from persona.vocabulary import PERSONAS
from tests.strategies import any_set, full, reference_logits, reference_shares, row_of
from tests.websites import PRIOR

moderate = st.floats(min_value=-700, max_value=700)
triples = st.tuples(moderate, moderate, moderate)


def test_an_example_worked_by_hand(model: Model) -> None:
    small = msgspec.structs.replace(
        model,
        intercept=(0.5, 0.0, -0.5),
        temperature=2.0,
        answers={"P01": {"a": (1.0, 0.0, -1.0)}, "P02": {"b": (0.0, 3.0, 1.0)}},
    )
    evidence = weigh(row_of({"P01": "a", "P02": "b", "P03": "a"}), small)
    assert evidence == (
        Evidence("P01", "a", (0.5, 0.0, -0.5)),
        Evidence("P02", "b", (0.0, 1.5, 0.5)),
    )
    assert logits(evidence, small) == (0.75, 1.5, -0.25)
    shares = probabilities((0.75, 1.5, -0.25))
    assert shares == pytest.approx((0.28695, 0.60748, 0.10556), abs=1e-5)


def test_evidence_toward_a_persona_is_its_own_weight() -> None:
    one = Evidence("P01", "a", (0.1, 0.2, 0.3))
    assert [one.toward(persona) for persona in PERSONAS] == [0.1, 0.2, 0.3]


@given(any_set())
def test_logits_are_the_formula_of_the_design(answers: dict[str, str]) -> None:
    totals = logits(weigh(row_of(answers), PRIOR), PRIOR)
    assert totals == pytest.approx(reference_logits(answers, PRIOR), abs=1e-12)
    assert probabilities(totals) == pytest.approx(reference_shares(answers, PRIOR), abs=1e-12)


@given(full(), st.randoms(use_true_random=False))
def test_contributions_and_intercept_add_up_to_the_logits_in_any_order(
    answers: dict[str, str], order: random.Random
) -> None:
    model = msgspec.structs.replace(PRIOR, intercept=(0.1, 0.2, -0.3))
    evidence = list(weigh(row_of(answers), model))
    totals = logits(evidence, model)
    order.shuffle(evidence)
    for index, persona in enumerate(PERSONAS):
        parts = [tempered(model.intercept, model)[index]]
        parts += [one.toward(persona) for one in evidence]
        assert math.fsum(parts) == totals[index]


def test_without_answers_only_the_intercept_is_left(model: Model) -> None:
    leaning = msgspec.structs.replace(model, intercept=(2.0, 0.0, -2.0), temperature=4.0)
    assert logits(weigh(row_of({}), leaning), leaning) == (0.5, 0.0, -0.5)


def test_an_option_the_model_has_no_weight_for_contributes_nothing(model: Model) -> None:
    answers = {item: dict(options) for item, options in model.answers.items()}
    del answers["P01"]["a"]
    del answers["P02"]
    lacking = msgspec.structs.replace(model, answers=answers)
    evidence = weigh(row_of({"P01": "a", "P02": "a", "P03": "a"}), lacking)
    assert [one.item for one in evidence] == ["P03"]


@given(triples)
def test_probabilities_add_to_one_and_rise_with_the_logit(of: tuple[float, float, float]) -> None:
    shares = probabilities(of)
    assert math.isclose(math.fsum(shares), 1, abs_tol=1e-12)
    assert all(0 <= share <= 1 for share in shares)
    for k in range(3):
        for j in range(3):
            assert of[k] <= of[j] or shares[k] >= shares[j]


def test_probabilities_do_not_overflow_on_extreme_logits() -> None:
    assert probabilities((1e6, 0.0, -1e6)) == (1.0, 0.0, 0.0)


@given(st.lists(triples, max_size=12), st.randoms(use_true_random=False))
def test_sums_do_not_depend_on_the_order(
    rows: list[tuple[float, float, float]], order: random.Random
) -> None:
    shuffled = list(rows)
    order.shuffle(shuffled)
    assert add(rows) == add(shuffled)


def test_even_a_model_with_weights_for_execution_cannot_let_it_count(model: Model) -> None:
    weights = dict(model.answers) | {"E01": {"a": (9.0, 0.0, 0.0)}, "C01": {"a": (9.0, 0.0, 0.0)}}
    bent = msgspec.structs.replace(model, answers=weights)
    row = row_of({"P01": "a", "E01": "a", "C01": "a"})
    assert weigh(row, bent) == weigh(row_of({"P01": "a"}), model)
