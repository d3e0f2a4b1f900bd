"""The estimator: the prior without data, what data says, missing values, weights, soft labels."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.utils.estimator_checks import estimator_checks_generator

from persona.training.additive import AdditiveClassifier, Directions, softmax

CHANCE = np.random.default_rng(7)
X = CHANCE.normal(size=(60, 5))
TRUE = np.array([[1.0, -1, 0], [0, 1, -1], [0.5, 0, -0.5], [0, 0, 0], [0, 0, 0]])
Y = np.array([CHANCE.choice(3, p=row) for row in softmax(X @ TRUE)])
PRIOR = CHANCE.normal(size=(5, 3))


def gradient(model: AdditiveClassifier, x: Any, targets: Any) -> float:
    """Return the largest slope of what is minimised, over intercept and weights that moved."""
    error = targets.sum(axis=1, keepdims=True) * model.predict_proba(x) - targets
    slope = np.nan_to_num(x).T @ error + model.shrinkage * model.moved_
    return float(max(np.abs(slope).max(), np.abs(error.sum(axis=0)).max()))


def checks() -> Iterator[Any]:
    """Yield every check of scikit-learn that applies.

    All do but the one for arrays of other libraries, which scikit-learn itself skips unless an
    environment variable is set: the estimator works on what numpy makes of its input.
    """
    for settings in ({}, {"balance": 0.5, "shrinkage": 0.1}):
        for estimator, check in estimator_checks_generator(AdditiveClassifier(**settings)):
            name = getattr(check, "func", check).__name__
            if name != "check_array_api_input":
                yield pytest.param(estimator, check, id=f"{name}-{len(settings)}")


@pytest.mark.parametrize(("estimator", "check"), [*checks()])
def test_every_check_of_scikit_learn_passes(estimator: Any, check: Any) -> None:
    check(estimator)


@pytest.mark.parametrize("scale", [None, 0.7])
def test_with_huge_shrinkage_the_weights_are_a_multiple_of_the_prior(scale: float | None) -> None:
    model = AdditiveClassifier(1e12, PRIOR, prior_scale=scale).fit(X, Y)
    np.testing.assert_allclose(model.coef_, model.scale_ * PRIOR, atol=1e-9)
    assert scale is None or model.scale_ == scale


def test_the_multiple_of_the_prior_is_found() -> None:
    points = softmax(0.3 * (X @ PRIOR))
    model = AdditiveClassifier(1e6, PRIOR).fit(X, Y, points=points)
    assert model.scale_ == pytest.approx(0.3, abs=1e-4)


def test_less_shrinkage_moves_further_from_the_prior() -> None:
    moved = [
        float(np.abs(AdditiveClassifier(shrinkage, PRIOR).fit(X, Y).moved_).sum())
        for shrinkage in (0.1, 1.0, 10.0, 1e4)
    ]
    assert moved == sorted(moved, reverse=True)
    assert moved[0] > 10 * moved[-1]


def test_a_column_without_data_stays_at_the_prior() -> None:
    x = X.copy()
    x[:, 2] = np.nan
    model = AdditiveClassifier(1.0, PRIOR).fit(x, Y)
    assert not model.moved_[2].any()
    np.testing.assert_array_equal(model.coef_[2], model.scale_ * PRIOR[2])
    assert np.abs(model.moved_[0]).max() > 0.01


def test_what_is_missing_adds_exactly_nothing() -> None:
    model = AdditiveClassifier(1.0, PRIOR).fit(X, Y)
    nothing, some = np.full((1, 5), np.nan), X[:4].copy()
    some[:, 1] = np.nan
    before = model.logits(some)
    np.testing.assert_array_equal(model.logits(nothing)[0], model.intercept_)
    model.coef_[1] = 1e6
    np.testing.assert_array_equal(model.logits(some), before)


def test_logits_are_the_intercept_and_what_every_feature_adds() -> None:
    model = AdditiveClassifier(1.0, PRIOR).fit(X, Y)
    parts = X[:, :, None] * model.coef_
    np.testing.assert_allclose(model.logits(X), model.intercept_ + parts.sum(axis=1), atol=1e-12)
    np.testing.assert_allclose(model.intercept_.sum(), 0, atol=1e-12)


def test_it_is_logistic_regression_without_prior_and_balance() -> None:
    ours = AdditiveClassifier(2.0).fit(X, Y)
    theirs = LogisticRegression(C=0.5, tol=1e-10, max_iter=10_000).fit(X, Y)
    np.testing.assert_allclose(ours.predict_proba(X), theirs.predict_proba(X), atol=1e-5)
    np.testing.assert_allclose(ours.coef_, theirs.coef_.T, atol=1e-4)


def test_soft_labels_take_the_place_of_labels() -> None:
    hard = AdditiveClassifier(1.0).fit(X, Y)
    same = AdditiveClassifier(1.0).fit(X, Y, points=np.eye(3)[Y])
    np.testing.assert_array_equal(hard.coef_, same.coef_)
    other = (Y + 1) % 3
    mixed = 0.75 * np.eye(3)[Y] + 0.25 * np.eye(3)[other]
    soft = AdditiveClassifier(1.0).fit(X, Y, points=mixed)
    weights = np.repeat([0.75, 0.25], len(X))
    twice = AdditiveClassifier(1.0).fit(np.vstack([X, X]), np.r_[Y, other], weights)
    np.testing.assert_allclose(soft.coef_, twice.coef_, atol=1e-6)
    assert np.abs(soft.coef_).max() < np.abs(hard.coef_).max()


def test_a_weight_of_two_is_a_row_given_twice_and_a_weight_of_nought_is_no_row() -> None:
    weights = np.where(np.arange(60) % 3 == 0, 2.0, np.where(np.arange(60) % 3 == 1, 1.0, 0.0))
    rows = np.repeat(np.arange(60), weights.astype(int))
    weighed = AdditiveClassifier(1.0, PRIOR, 0.25).fit(X, Y, weights)
    given = AdditiveClassifier(1.0, PRIOR, 0.25).fit(X[rows], Y[rows])
    np.testing.assert_allclose(weighed.coef_, given.coef_, atol=1e-6)


@pytest.mark.parametrize("balance", [0.0, 0.25])
def test_more_features_than_rows_give_the_solution_of_the_plain_problem(balance: float) -> None:
    wide, y = CHANCE.normal(size=(20, 70)), Y[:20]
    prior = CHANCE.normal(size=(70, 3))
    few = AdditiveClassifier(0.5, prior, balance).fit(wide, y)
    padding = CHANCE.normal(size=(80, 70))  # rows of no weight make it a tall problem
    weights = np.r_[np.ones(20), np.zeros(80)]
    plain = AdditiveClassifier(0.5, prior, balance).fit(
        np.vstack([wide, padding]), np.r_[y, Y[:60], Y[:20]], weights
    )
    np.testing.assert_allclose(few.coef_, plain.coef_, atol=1e-5)
    np.testing.assert_allclose(few.intercept_, plain.intercept_, atol=1e-5)


@pytest.mark.parametrize("columns", [5, 90])
def test_the_solution_is_where_the_slope_is_nought(columns: int) -> None:
    x = CHANCE.normal(size=(60, columns))
    model = AdditiveClassifier(0.3, CHANCE.normal(size=(columns, 3))).fit(x, Y)
    assert gradient(model, x, np.eye(3)[Y]) < 1e-4


def test_balance_draws_the_intercept_toward_a_flat_mix() -> None:
    nothing, y = np.zeros((10, 1)), np.array([0] * 7 + [1] * 2 + [2])
    shares = [
        AdditiveClassifier(balance=balance).fit(nothing, y).predict_proba(nothing)[0]
        for balance in (0.0, 0.5, 1.0)
    ]
    np.testing.assert_allclose(shares[0], [0.7, 0.2, 0.1], atol=1e-5)
    np.testing.assert_allclose(shares[2], [1 / 3] * 3, atol=1e-5)
    assert shares[0][0] > shares[1][0] > shares[2][0]


def test_features_that_are_all_nought_or_missing_can_be_fitted_to() -> None:
    for value in (0.0, np.nan):
        model = AdditiveClassifier(1.0, np.ones((9, 3))).fit(np.full((6, 9), value), Y[:6])
        assert not model.moved_.any()
        assert np.isfinite(model.intercept_).all()


@pytest.mark.parametrize(
    ("settings", "y", "points", "words"),
    [
        ({}, np.zeros(60), None, "one class"),
        ({"shrinkage": 0}, Y, None, "shrinkage"),
        ({"shrinkage": np.nan}, Y, None, "shrinkage"),
        ({"balance": 1.5}, Y, None, "balance"),
        ({"prior": np.zeros((4, 3))}, Y, None, "prior"),
        ({"prior": np.full((5, 3), np.inf)}, Y, None, "prior"),
        ({"prior_scale": np.inf}, Y, None, "prior_scale"),
        ({}, Y, np.ones((60, 2)), "points"),
        ({}, Y, np.full((60, 3), np.nan), "points"),
        ({}, Y, np.full((60, 3), -1.0), "points"),
    ],
)
def test_unusable_numbers_are_refused(
    settings: dict[str, Any], y: Any, points: Any, words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        AdditiveClassifier(**settings).fit(X, y, points=points)


def test_directions_act_as_the_features_they_stand_for() -> None:
    wide, weights = CHANCE.normal(size=(8, 30)), CHANCE.normal(size=(30, 3))
    wide[7] = wide[6]  # two rows alike span one direction
    spanned = Directions.of(wide)
    assert spanned.rows.shape == (8, 7)
    np.testing.assert_allclose(spanned.rows @ spanned.rows.T, wide @ wide.T, atol=1e-9)
    np.testing.assert_allclose(spanned.rows @ spanned.narrow(weights), wide @ weights, atol=1e-9)
    back = spanned.widen(spanned.narrow(weights))
    np.testing.assert_allclose(wide @ back, wide @ weights, atol=1e-9)


def test_the_same_rows_give_the_same_bits() -> None:
    first, again = (AdditiveClassifier(0.5, PRIOR).fit(X, Y) for _ in range(2))
    np.testing.assert_array_equal(first.coef_, again.coef_)
