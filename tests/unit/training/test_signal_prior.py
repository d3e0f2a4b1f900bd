"""The signals' prior: what the catalogue says, and no more."""

import math

import pytest

from persona.model.artefact import PRIOR_MODEL, SignalWeights, load_model
from persona.signals.catalogue import SignalEntry, shipped_catalogue
from persona.training.signal_prior import FAMILY_CAP, signal_prior

PRIOR = signal_prior(shipped_catalogue())
LEANING = [entry for entry in shipped_catalogue().signals if entry.kind != "code"]


def reach(weights: SignalWeights) -> float:
    return max(max(row) - min(row) for row in weights.weights)


def test_the_prior_model_holds_it_and_says_that_it_is_untrained() -> None:
    model = load_model(PRIOR_MODEL).model
    assert model.signals == PRIOR
    assert model.signal_rows == 0
    assert len(PRIOR) == 58


@pytest.mark.parametrize("entry", LEANING, ids=lambda entry: entry.id)
def test_weights_lean_as_the_catalogue_says_and_nothing_found_adds_nothing(
    entry: SignalEntry,
) -> None:
    weights = PRIOR[entry.id]
    assert weights.at == (0.0, entry.full)
    assert weights.weights[0] == (0.0, 0.0, 0.0)
    full = weights.weights[1]
    assert math.fsum(full) == pytest.approx(0, abs=3e-6)
    order = sorted(range(3), key=lambda index: entry.directions[index])
    assert list(full) == sorted(full, key=lambda each: each) or [
        full[index] for index in order
    ] == sorted(full)


def test_codes_lean_to_the_persona_that_each_stands_for() -> None:
    assert PRIOR["W34"].at == (1.0, 2.0, 3.0)
    for index, row in enumerate(PRIOR["W34"].weights):
        assert row.index(max(row)) == index
    assert PRIOR["W58"].at == (2.0, 3.0)
    assert [row.index(max(row)) for row in PRIOR["W58"].weights] == [1, 2]


def test_no_family_holds_more_than_a_quarter_of_all_weight() -> None:
    families: dict[str, float] = {}
    for weights in PRIOR.values():
        families[weights.family] = families.get(weights.family, 0.0) + reach(weights)
    total = math.fsum(families.values())
    assert max(families.values()) <= FAMILY_CAP * total + 1e-4
    assert len(families) == 9


def test_a_family_that_would_hold_more_is_scaled_down() -> None:
    catalogue = shipped_catalogue()
    few = tuple(
        entry
        for entry in catalogue.signals
        if entry.family in ("jobs", "paths", "care", "news", "leaders")
    )
    prior = signal_prior(type(catalogue)(few, catalogue.controls))
    families: dict[str, float] = {}
    for weights in prior.values():
        families[weights.family] = families.get(weights.family, 0.0) + reach(weights)
    assert max(families.values()) == pytest.approx(
        FAMILY_CAP * math.fsum(families.values()), rel=1e-3
    )


def test_stronger_signals_weigh_more() -> None:
    assert reach(PRIOR["W05"]) > reach(PRIOR["W04"])
