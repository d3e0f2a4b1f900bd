"""From a fit to a model file: every company gets from it, one by one, what the fit predicts."""

from functools import cache
from pathlib import Path

import msgspec
import numpy as np
import pytest
from msgspec.structs import replace

from persona.errors import ModelError
from persona.model.artefact import Model, Training, load_model, save_model
from persona.model.verdict import classify
from persona.training.additive import softmax
from persona.training.companies import Company
from persona.training.encode import Encoded, everyone
from persona.training.fit import Fitted, fit_encoded
from persona.training.package import as_fitted, as_model
from persona.training.predict import logits_of, predict
from persona.training.prior import prior_model
from persona.training.rows import as_row
from persona.training.validate import keep_answers
from persona.training.views import VIEWS, View
from persona.vocabulary import PERSONAS
from tests.unit.training import laboratory
from tests.websites import PRIOR_FILE


@cache
def lab() -> tuple[Encoded, Fitted, Model]:
    """Return companies, a fit to them, and its model."""
    data = laboratory.encoded()
    fitted = fit_encoded(data, everyone(data), laboratory.QUICK)
    base = prior_model(laboratory.questionnaire(), laboratory.catalogue())
    model = as_model(fitted, data, base, Training("made up", 24, "ab" * 32), least_words=1)
    return data, fitted, replace(model, name="made-up")


@cache
def stored(folder: Path) -> Model:
    """Return the model after it was written to a file and read again."""
    path = folder / "made-up.json"
    save_model(lab()[2], path)
    return load_model(path).model


def one_by_one(model: Model, data: Encoded, view: View) -> list[list[float]]:
    """Return the probabilities that every row of a view gets by itself."""
    found = []
    for company in data.companies:
        if view != "answers" and not company.has_website:
            continue
        for informant in sorted(company.informants) if view != "website" else [None]:
            row = as_row(company, informant, website=view != "answers")
            shares = classify(row, model).probabilities
            found.append([shares[persona] for persona in PERSONAS])
    return found


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("known", [0, 3, 5, 6, 7, 28])
def test_a_stored_model_gives_each_company_what_it_gives_all(
    view: View, known: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    model = stored(tmp_path_factory.getbasetemp())
    data = keep_answers(lab()[0], known)
    fewer = [
        msgspec.structs.replace(one, informants=_informants(data, place))
        for place, one in enumerate(data.companies)
    ]
    _, together = predict(model, data, view)
    alone = one_by_one(model, laboratory.encoded(fewer), view)
    assert len(together) > 12
    np.testing.assert_allclose(together, alone, atol=1e-9)


def _informants(data: Encoded, place: int) -> dict[str, dict[str, str]]:
    """Return the answers of a company as they stand in the numbers."""
    rows = np.flatnonzero(data.row_company == place)
    return {
        data.informants[row]: {
            column.of: str(column.at)
            for column, value in zip(data.answer_columns, data.answers[row], strict=True)
            if value == 1
        }
        for row in rows
    }


@pytest.mark.parametrize("view", VIEWS)
def test_the_prior_gives_each_company_what_it_gives_all(view: View) -> None:
    prior = load_model(PRIOR_FILE).model
    _, together = predict(prior, lab()[0], view)
    np.testing.assert_allclose(together, one_by_one(prior, lab()[0], view), atol=1e-9)


@pytest.mark.parametrize("view", VIEWS)
def test_rounding_moves_no_probability_by_more_than_a_thousandth(view: View) -> None:
    data, fitted, model = lab()
    exact = softmax(logits_of(fitted, data, view))
    rounded = softmax(logits_of(as_fitted(model, data), data, view))
    np.testing.assert_allclose(rounded, exact, atol=1e-3)


def test_companies_unknown_to_the_fit_may_say_words_that_it_does_not_know() -> None:
    website = laboratory.wording({"quote": 2, "unheard": 9}, links={"never": 1})
    data = laboratory.encoded([Company(company="new.example", wording=website)])
    model = lab()[2]
    _, together = predict(model, data, "website")
    np.testing.assert_allclose(together, one_by_one(model, data, "website"), atol=1e-9)


def test_thresholds_temperatures_and_counts_are_those_of_the_fit() -> None:
    data, fitted, model = lab()
    limits = fitted.together
    assert model.thresholds.min_probability == limits.answer_threshold
    assert model.site is not None
    assert model.site.min_probability == limits.site_threshold
    assert model.site.min_words == 1
    assert model.temperature == pytest.approx(limits.answer_temperature, abs=1e-4)
    assert model.site.temperature == pytest.approx(limits.site_temperature, abs=1e-4)
    assert model.site.beside_answers == pytest.approx(limits.beside_answers, abs=1e-4)
    assert model.signal_rows == int((data.has_website & data.judged).sum())
    assert model.training.rows == 24


def test_what_was_not_fitted_stays_as_it_was() -> None:
    base = prior_model(laboratory.questionnaire(), laboratory.catalogue())
    made = [replace(one, signals={}, wording=None) for one in laboratory.companies()]
    data = laboratory.encoded(made)
    fitted = fit_encoded(data, everyone(data), laboratory.QUICK)
    model = as_model(fitted, data, base, Training("made up", 24, ""), 1)
    assert (model.site, model.signals, model.signal_rows) == (None, base.signals, 0)
    assert model.answers != base.answers

    made = [replace(one, informants={}) for one in laboratory.companies()]
    data = laboratory.encoded(made)
    fitted = fit_encoded(data, everyone(data), laboratory.QUICK)
    model = as_model(fitted, data, base, Training("made up", 24, ""), 1)
    assert (model.answers, model.temperature) == (base.answers, base.temperature)
    assert model.thresholds == base.thresholds
    assert model.signals != base.signals


@pytest.mark.parametrize("at", [(0.0, 123.0), (1.0, 2.0, 3.0)])
def test_a_model_that_weighs_signals_at_other_values_is_refused(at: tuple[float, ...]) -> None:
    data, _, model = lab()
    signal = model.signals["W01"]
    weights = tuple((0.1, 0.0, -0.1) for _ in at)
    other = replace(model, signals={**model.signals, "W01": replace(signal, at=at,
                                                                    weights=weights)})  # fmt: skip
    with pytest.raises(ModelError, match=r"made-up.*W01"):
        as_fitted(other, data)


def test_a_model_that_weighs_finding_nothing_is_refused() -> None:
    data, _, model = lab()
    signal = model.signals["W01"]
    weights = ((0.5, 0.0, -0.5), *signal.weights[1:])
    other = replace(model, signals={**model.signals, "W01": replace(signal, weights=weights)})
    with pytest.raises(ModelError, match="W01"):
        as_fitted(other, data)


def test_a_model_with_fewer_signals_weighs_the_others_with_nothing() -> None:
    data, _, model = lab()
    kept = {name: each for name, each in model.signals.items() if name != "W02"}
    fewer = replace(model, signals=kept)
    _, together = predict(fewer, data, "website")
    np.testing.assert_allclose(together, one_by_one(fewer, data, "website"), atol=1e-9)
