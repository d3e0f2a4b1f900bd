"""The additive model as a scikit-learn estimator: weights shrunk toward a prior, soft labels.

    logit(k) = intercept(k) + sum over known features j of x_j * w_jk
    w        = scale * prior + moved

Minimised is the cross-entropy against the (soft) labels, summed with the sample weights, plus
``shrinkage / 2`` times the sum of squares of ``moved``: without data the weights are the prior's,
and each row of data moves them. ``scale`` is fitted too unless it is given. A missing value (NaN)
adds exactly nothing.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.utils.multiclass import check_classification_targets
from sklearn.utils.validation import _check_sample_weight, check_is_fitted, validate_data

from persona.training.arrays import Floats

_ITERATIONS = 500
_SMALLEST = 1e-10
"""Share of the largest eigenvalue below which a direction holds rounding errors alone."""
_LEAST = 1e-300


class AdditiveClassifier(ClassifierMixin, BaseEstimator):
    """Softmax regression whose weights are shrunk toward a multiple of a prior.

    ``shrinkage`` (above 0) is the strength of the pull toward the prior. ``prior`` holds one
    weight per feature and class, shape (features, classes), in the order of the sorted classes;
    None is nought everywhere. ``prior_scale`` is the multiple of it, fitted to the data where it is
    None. ``balance`` (0 to 1) says how far the classes are weighted toward equal sums: 0 leaves
    them as they are, 1 makes the intercept that of a flat mix. ``tol`` is how exactly the minimum
    is sought.

    After ``fit``: ``classes_``, ``intercept_`` (classes), ``coef_`` (features, classes),
    ``moved_`` (how far ``coef_`` went from ``scale_ * prior``), ``scale_``, ``n_iter_``.
    """

    def __init__(
        self,
        shrinkage: float = 1.0,
        prior: Any = None,
        balance: float = 0.0,
        tol: float = 1e-10,
        prior_scale: float | None = None,
    ) -> None:
        self.shrinkage = shrinkage
        self.prior = prior
        self.balance = balance
        self.tol = tol
        self.prior_scale = prior_scale

    def fit(
        self, X: Any, y: Any, sample_weight: Any = None, points: Any = None
    ) -> "AdditiveClassifier":
        """Fit to rows ``X`` (rows, features), NaN where missing, with labels ``y``.

        ``points``, shape (rows, classes), are soft labels that take the place of ``y`` in the
        fit; ``y`` then only names the classes. Raises ValueError on a single class, a prior of
        another shape, or numbers out of range.
        """
        X, y = validate_data(self, X, y, dtype=np.float64, ensure_all_finite="allow-nan")
        check_classification_targets(y)
        self.classes_, index = np.unique(y, return_inverse=True)
        self._check()
        weights = _check_sample_weight(sample_weight, X, dtype=np.float64)
        soft = np.eye(len(self.classes_))[index] if points is None else np.asarray(points, float)
        shape = (len(X), len(self.classes_))
        if soft.shape != shape or not (np.isfinite(soft) & (soft >= 0)).all():
            raise ValueError(f"points must be numbers from 0 up, in the shape {shape}")
        known = np.nan_to_num(X)
        prior = self._prior_of(X.shape[1])
        targets = _balanced(soft, weights, self.balance)
        found = _solve(known, targets, prior, self.shrinkage, self.tol, self.prior_scale)
        self.intercept_, self.scale_, self.moved_, self.n_iter_ = found
        self.coef_ = self.scale_ * prior + self.moved_
        return self

    def decision_function(self, X: Any) -> Floats:
        """Return logits (rows, classes); for two classes the second's minus the first's (rows)."""
        logits = self.logits(X)
        return logits[:, 1] - logits[:, 0] if len(self.classes_) == 2 else logits

    def logits(self, X: Any) -> Floats:
        """Return the logit of every class, shape (rows, classes)."""
        check_is_fitted(self)
        X = validate_data(self, X, dtype=np.float64, ensure_all_finite="allow-nan", reset=False)
        return np.asarray(self.intercept_ + np.nan_to_num(X) @ self.coef_)

    def predict_proba(self, X: Any) -> Floats:
        """Return the probability of every class, shape (rows, classes)."""
        return softmax(self.logits(X))

    def predict(self, X: Any) -> npt.NDArray[Any]:
        """Return the likeliest class of every row."""
        best = self.logits(X).argmax(axis=1)
        return np.asarray(self.classes_[best])

    def __sklearn_tags__(self) -> Any:
        """Say that NaN is understood, as missing."""
        tags = super().__sklearn_tags__()
        tags.input_tags.allow_nan = True
        return tags

    def _check(self) -> None:
        if len(self.classes_) < 2:
            raise ValueError("there is one class only; a fit takes at least two classes")
        if not self.shrinkage > 0:
            raise ValueError(f"shrinkage must be above 0, not {self.shrinkage}")
        if self.prior_scale is not None and not np.isfinite(self.prior_scale):
            raise ValueError(f"prior_scale must be a number or None, not {self.prior_scale}")
        if not 0 <= self.balance <= 1:
            raise ValueError(f"balance must be from 0 to 1, not {self.balance}")

    def _prior_of(self, features: int) -> Floats:
        shape = (features, len(self.classes_))
        if self.prior is None:
            return np.zeros(shape)
        prior = np.asarray(self.prior, dtype=np.float64)
        if prior.shape != shape or not np.isfinite(prior).all():
            raise ValueError(f"prior must hold finite numbers in the shape {shape}")
        return prior


@dataclass(frozen=True)
class Directions:
    """Rows in as few columns as they span, for a fit to them that costs less and is the same.

    What is shrunk lies in the span of the rows, so that with more features than rows there are
    as many unknowns as rows. ``rows`` has shape (rows, directions); where there are no more
    features than rows, it is the rows as they are.
    """

    rows: Floats
    _known: Floats
    _across: Floats | None

    @classmethod
    def of(cls, known: Floats) -> "Directions":
        """Return the directions of rows without missing values, shape (rows, features)."""
        if known.shape[1] <= known.shape[0]:
            return cls(known, known, None)
        values, vectors = np.linalg.eigh(known @ known.T)
        kept = values > _SMALLEST * values[-1]
        kept[-1] = True  # where all is nought, one direction of nought is left
        roots = np.sqrt(np.maximum(values[kept], _LEAST))
        return cls(vectors[:, kept] * roots, known, vectors[:, kept] / roots)

    def narrow(self, weights: Floats) -> Floats:
        """Return the weights of directions that act on the rows as weights of features do."""
        if self._across is None:
            return weights
        return np.asarray(self._across.T @ (self._known @ weights))

    def widen(self, weights: Floats) -> Floats:
        """Return the weights of features, shape (features, classes), for those of directions."""
        if self._across is None:
            return weights
        return np.asarray(self._known.T @ (self._across @ weights))


def softmax(logits: Floats) -> Floats:
    """Return probabilities of logits, shape (rows, classes)."""
    odds = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(odds / odds.sum(axis=1, keepdims=True))


def _balanced(points: Floats, weights: Floats, balance: float) -> Floats:
    """Return the weight of every row toward every class, classes drawn together by ``balance``."""
    targets = points * weights[:, None]
    sums = targets.sum(axis=0)
    factor = np.where(sums > 0, sums.sum() / len(sums) / np.where(sums > 0, sums, 1), 1)
    return np.asarray(targets * factor**balance)


def _solve(
    x: Floats, targets: Floats, prior: Floats, shrinkage: float, tol: float, given: float | None
) -> tuple[Floats, float, Floats, int]:
    """Return intercept, scale of the prior, what moved, and the iterations it took.

    The scale is fitted unless it is ``given``.
    """
    spanned = Directions.of(x)
    reduced, toward = spanned.rows, x @ prior
    rows, classes = targets.sum(axis=1), targets.shape[1]

    def loss(values: Floats) -> tuple[float, Floats]:
        moved = values[classes + 1 :].reshape(-1, classes)
        scale = values[classes] if given is None else given
        logits = reduced @ moved + values[:classes] + scale * toward
        logits -= logits.max(axis=1, keepdims=True)
        odds = np.exp(logits)
        total = odds.sum(axis=1)
        error = odds * (rows / total)[:, None] - targets
        value = rows @ np.log(total) - np.vdot(targets, logits)
        slope = np.empty_like(values)
        slope[:classes] = error.sum(axis=0)
        slope[classes] = np.vdot(error, toward) if given is None else 0.0
        slope[classes + 1 :] = (reduced.T @ error + shrinkage * moved).ravel()
        return float(value + shrinkage / 2 * np.vdot(moved, moved)), slope

    start = np.zeros(classes + 1 + reduced.shape[1] * classes)
    found = minimize(
        loss, start, jac=True, method="L-BFGS-B",
        options={"maxiter": _ITERATIONS, "ftol": tol * 1e-3, "gtol": tol * 10},
    )  # fmt: skip
    intercept = found.x[:classes] - found.x[:classes].mean()
    moved = spanned.widen(found.x[classes + 1 :].reshape(-1, classes))
    scale = float(found.x[classes]) if given is None else given
    return intercept, scale, moved, int(found.nit)
