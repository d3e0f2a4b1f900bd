"""What the model is compared with: fair, blind to labels held back, and never in the way."""

from functools import cache

import numpy as np
import pytest
from msgspec.structs import replace

from persona.errors import ModelError
from persona.training.arrays import Flags
from persona.training.companies import Company
from persona.training.contenders import (
    BASELINES,
    Contender,
    control_features,
    controls_only,
    fixed,
    gradient_boosting,
    logistic_regression,
    majority,
    prior_only,
)
from persona.training.encode import Encoded, everyone
from persona.training.folds import company_folds
from persona.training.predict import places_of, predict
from persona.training.trials import BLOCKS, TRIALS
from persona.training.views import VIEWS
from persona.vocabulary import PERSONAS
from tests.unit.training import laboratory
from tests.websites import PRIOR

ALL = {**BASELINES, **TRIALS, **BLOCKS}


@cache
def held_back() -> tuple[Encoded, Encoded, Flags]:
    """Return companies, the same with other labels in one fold, and that fold."""
    made = laboratory.companies(10)
    data = laboratory.encoded(made)
    fold = company_folds(data, everyone(data), 3, 0)[0]
    return data, laboratory.encoded(laboratory.relabelled(made, np.flatnonzero(fold))), fold


@pytest.mark.parametrize("contender", ALL.values(), ids=ALL)
def test_labels_held_back_have_no_influence(contender: Contender) -> None:
    data, other, fold = held_back()
    said = 0
    for view in VIEWS:
        before, after = (contender(each, ~fold, view) for each in (data, other))
        if before is None or after is None:
            assert before is after
            continue
        said += 1
        np.testing.assert_array_equal(before, after)
        assert before.shape == (len(places_of(data, view)), 3)
        np.testing.assert_allclose(before.sum(axis=1), 1)
    assert said


@pytest.mark.parametrize("contender", ALL.values(), ids=ALL)
def test_what_is_known_of_companies_held_back_has_no_influence_on_others(
    contender: Contender,
) -> None:
    data, _, fold = held_back()
    same = laboratory.answers_like(PERSONAS[2])
    other = laboratory.encoded(
        [
            replace(
                one,
                informants=dict.fromkeys(one.informants, same),
                signals=dict.fromkeys(one.signals, 3.0),
                wording=one.wording and laboratory.wording({"quote": 7, "odd": 1, "team": 2}),
            )
            if kept
            else one
            for one, kept in zip(data.companies, fold, strict=True)
        ]
    )
    for view in VIEWS:
        others = ~fold[places_of(data, view)]
        before, after = (contender(each, ~fold, view) for each in (data, other))
        if before is not None and after is not None:
            np.testing.assert_allclose(before[others], after[others], atol=1e-12)


@pytest.mark.parametrize("contender", [*BASELINES.values()][1:], ids=[*BASELINES][1:])
def test_labels_that_are_fitted_to_do_have_influence(contender: Contender) -> None:
    data, other, fold = held_back()
    before, after = (contender(each, fold, "answers") for each in (data, other))
    assert before is not None
    assert after is not None
    assert np.abs(before - after).max() > 0.01


def test_the_majority_is_the_share_of_labels() -> None:
    made = [Company(company=f"{place}.example", label=PERSONAS[place % 2],
                    informants={"": laboratory.answers_like(PERSONAS[0])})
            for place in range(7)]  # fmt: skip
    data = laboratory.encoded(made)
    shares = majority(data, everyone(data), "answers")
    np.testing.assert_allclose(shares, np.tile([0.5, 0.4, 0.1], (7, 1)))


def test_light_and_unlabelled_companies_are_not_fitted_to() -> None:
    made = laboratory.companies(10)
    light = [replace(one, weight=0.1) if number % 3 else one for number, one in enumerate(made)]
    data = laboratory.encoded(light)
    shares = majority(data, everyone(data), "answers")
    np.testing.assert_allclose(shares[0], shares[-1])
    assert shares[0].argmax() == 0  # only the first persona is left


def test_controls_alone_learn_what_the_controls_give_away() -> None:
    made = [replace(one, controls={"k_industry": str(one.label), "k_size": "s", "k01": "x"})
            for one in laboratory.companies(10)]  # fmt: skip
    data = laboratory.encoded(made)
    assert control_features(data).shape == (30, 4)
    shares = controls_only(data, everyone(data), "website")
    assert (shares.argmax(axis=1) == data.labels).all()


def test_controls_may_be_missing_altogether() -> None:
    data = laboratory.encoded([replace(one, controls={}) for one in laboratory.companies()])
    shares = controls_only(data, everyone(data), "answers")
    assert np.ptp(shares, axis=0).max() < 1e-6


def test_what_is_never_labelled_keeps_a_small_probability() -> None:
    made = [one for one in laboratory.companies() if one.label != PERSONAS[1]]
    data = laboratory.encoded(made)
    for contender in (logistic_regression, gradient_boosting):
        shares = contender(data, everyone(data), "answers")
        assert shares is not None
        assert (shares[:, 1] < 1e-5).all()
        assert np.isfinite(np.log(shares)).all()


def test_without_words_or_signals_there_is_nothing_to_say_of_websites() -> None:
    made = laboratory.companies()
    wordless = laboratory.encoded([replace(one, wording=None) for one in made])
    blank = laboratory.encoded([replace(one, signals={}) for one in made])
    assert logistic_regression(wordless, everyone(wordless), "website") is None
    assert gradient_boosting(blank, everyone(blank), "website") is None
    assert logistic_regression(blank, everyone(blank), "website") is not None
    for data in (wordless, blank):
        for view in ("answers", "both"):
            assert logistic_regression(data, everyone(data), view) is not None
            assert gradient_boosting(data, everyone(data), view) is not None


def test_a_model_made_before_says_what_it_says() -> None:
    data = laboratory.encoded()
    for view in VIEWS:
        shares = fixed(data, ~everyone(data), view, model=PRIOR)
        places, expected = predict(PRIOR, data, view)
        kept = np.isin(places_of(data, view), places)
        np.testing.assert_array_equal(shares[kept], expected)
        np.testing.assert_array_equal(prior_only(data, everyone(data), view), shares)


def test_a_model_that_cannot_be_compared_says_why() -> None:
    signal = PRIOR.signals["W01"]
    other = replace(PRIOR, signals={"W01": replace(signal, at=(0.0, 77.0))})
    with pytest.raises(ModelError, match="persona evaluate --against"):
        fixed(laboratory.encoded(), ~everyone(laboratory.encoded()), "website", model=other)
