"""Fitting both sides: what is chosen, what plays no part, and how the sides add up."""

from dataclasses import replace

import msgspec
import numpy as np
import pytest

from persona.training.additive import softmax
from persona.training.encode import everyone
from persona.training.fit import NothingToFit, fit_encoded, require_labels
from persona.training.settings import Settings
from persona.vocabulary import PERSONAS
from tests.unit.training import laboratory

QUICK = laboratory.QUICK


def test_companies_outside_play_no_part_at_all() -> None:
    made = laboratory.companies(10)
    within = np.arange(len(made)) >= 9
    others = laboratory.relabelled(made, range(9))
    strange = [msgspec.structs.replace(one, wording=laboratory.wording({"quote": 99, "odd": 1}),
                                       informants={"x": laboratory.answers_like(PERSONAS[2])})
               for one in others[:9]]  # fmt: skip
    fits = [
        fit_encoded(laboratory.encoded(companies), within, QUICK)
        for companies in (made, others, [*strange, *others[9:]])
    ]
    for other in fits[1:]:
        assert other.together == fits[0].together
        for side in ("answers", "site"):
            one, two = getattr(fits[0], side), getattr(other, side)
            np.testing.assert_array_equal(one.intercept, two.intercept)
        assert fits[0].answers is not None
        assert other.answers is not None
        np.testing.assert_array_equal(fits[0].answers.coef, other.answers.coef)
        assert fits[0].site is not None
        assert other.site is not None
        np.testing.assert_array_equal(fits[0].site.signals, other.site.signals)
        assert fits[0].site.words["text"].words == other.site.words["text"].words
        np.testing.assert_array_equal(
            fits[0].site.words["text"].coef, other.site.words["text"].coef
        )


def test_the_shrinkage_is_chosen_that_predicts_best() -> None:
    made = laboratory.companies(12, noise=0.2)
    data = laboratory.encoded(made)
    settings = replace(QUICK, answer_shrinkages=(1e-3, 5.0, 1e6), site_shrinkages=(0.3, 1e6))
    fitted = fit_encoded(data, everyone(data), settings)
    assert fitted.answers is not None
    assert fitted.site is not None
    assert fitted.answers.shrinkage == 5.0
    assert fitted.site.shrinkage == 0.3


def test_a_side_without_all_three_personas_is_left_out() -> None:
    made = [msgspec.structs.replace(one, signals={}, wording=None)
            if one.label == PERSONAS[0] else one for one in laboratory.companies()]  # fmt: skip
    data = laboratory.encoded(made)
    fitted = fit_encoded(data, everyone(data), QUICK)
    assert fitted.site is None
    assert fitted.answers is not None
    assert fitted.together.site_temperature == 1.0
    with pytest.raises(ValueError, match="websites were not fitted"):
        fitted.site_logits(data)
    with pytest.raises(ValueError, match="not fitted"):
        fitted.both_logits(data)


def test_nothing_can_be_fitted_without_labels_of_all_three_personas() -> None:
    made = [one for one in laboratory.companies() if one.label != PERSONAS[2]]
    data = laboratory.encoded(made)
    with pytest.raises(NothingToFit, match="all three personas"):
        require_labels(data, everyone(data))
    with pytest.raises(NothingToFit, match="all three personas"):
        fit_encoded(data, everyone(data), QUICK)


def test_a_persona_of_one_company_can_be_fitted_but_not_left_out() -> None:
    made = laboratory.companies()
    made = [one for one in made if one.label != PERSONAS[0]] + [
        next(one for one in made if one.label == PERSONAS[0] and one.informants and one.wording)
    ]
    data = laboratory.encoded(made)
    settings = replace(QUICK, answer_shrinkages=(2.0, 9.0))
    fitted = fit_encoded(data, everyone(data), settings)
    assert fitted.answers is not None
    assert fitted.answers.shrinkage == 9.0
    assert fitted.together.answer_temperature == 1.0


def test_beside_enough_answers_a_website_counts_its_share() -> None:
    data = laboratory.encoded()
    fitted = fit_encoded(data, everyone(data), QUICK)
    assert fitted.site is not None
    with_site = data.has_website[data.row_company]
    website = fitted.site.evidence(data)[data.row_company] / fitted.together.site_temperature
    inside = fitted.answer_logits(data)
    both = fitted.both_logits(data)
    np.testing.assert_allclose(both, inside + fitted.together.beside_answers * website)
    np.testing.assert_array_equal(both[~with_site], inside[~with_site])


def test_with_too_few_answers_the_website_decides_and_they_stand_beside_it() -> None:
    few = [msgspec.structs.replace(one, informants={"one": laboratory.answers_like(PERSONAS[0], 5)})
           for one in laboratory.companies()]  # fmt: skip
    fitted = fit_encoded(laboratory.encoded(), everyone(laboratory.encoded()), QUICK)
    data = laboratory.encoded(few)
    assert fitted.answers is not None
    added = fitted.answers.evidence(data) / fitted.together.answer_temperature
    expected = fitted.site_logits(data)[data.row_company] + added
    np.testing.assert_allclose(fitted.both_logits(data), expected)


def test_what_is_known_of_made_up_companies_is_learned() -> None:
    made = laboratory.companies(20, noise=0.3)
    data = laboratory.encoded(made)
    half = np.arange(len(made)) % 2 == 0
    fitted = fit_encoded(data, half, Settings(min_words=3))
    shares = softmax(fitted.answer_logits(data))
    unseen = ~half[data.row_company]
    right = shares.argmax(axis=1) == data.labels[data.row_company]
    assert right[unseen].mean() > 0.9
    assert np.isfinite(shares).all()
