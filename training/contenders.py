"""What the additive model is compared with, row for row, fitted to the same judged companies.

A contender is a function of the encoded data, flags of the companies it may fit to, and the view;
it returns a probability for every row of the view, or None where it has nothing to say of it.
"""

from collections.abc import Callable
from typing import Final

import numpy as np

from persona.model.artefact import Model
from persona.training.additive import softmax
from persona.training.arrays import Flags, Floats, Whole
from persona.training.calibrate import judged_weights
from persona.training.controls import controls_of, one_hot
from persona.training.encode import Encoded
from persona.training.package import as_fitted
from persona.training.predict import logits_of, places_of, rows_of
from persona.training.prior import judged_prior
from persona.training.views import View
from persona.vocabulary import PERSONAS

Contender = Callable[[Encoded, Flags, View], Floats | None]

_ANSWERS_C, _TEXT_C, _CONTROLS_C = 0.1, 3.0, 1.0
"""Inverse strengths of regularisation near the best for each on the shipped tables."""
_FEWEST_USERS = 3


def prior_only(data: Encoded, _: Flags, view: View) -> Floats:
    """Return what the judged tables say, fitted to nothing."""
    return fixed(data, _, view, model=judged_prior())


def fixed(data: Encoded, _: Flags, view: View, *, model: Model) -> Floats:
    """Return what a model says that was made before; it may have been fitted to these companies."""
    return softmax(logits_of(as_fitted(model, data), data, view))


def majority(data: Encoded, within: Flags, view: View) -> Floats:
    """Return the shares of the labels, the same for every row."""
    places, used = _to_fit(data, within, view)
    shares = np.bincount(data.labels[places[used]], minlength=len(PERSONAS)) + 1.0
    return np.tile(shares / shares.sum(), (len(places), 1))


def controls_only(data: Encoded, within: Flags, view: View) -> Floats:
    """Return what industry, size and kind of customer give away: to claim is only the gain."""
    features = control_features(data)[places_of(data, view)]
    return _logistic(data, within, view, features, _CONTROLS_C)


def logistic_regression(data: Encoded, within: Flags, view: View) -> Floats | None:
    """Return plain logistic regression: on one-hot answers, on TF-IDF of the words, on both."""
    answers = np.nan_to_num(data.answers)
    if view == "answers":
        return _logistic(data, within, view, answers, _ANSWERS_C)
    text = _tf_idf(data, within)
    if view == "website":
        return _logistic(data, within, view, text, _TEXT_C) if text.shape[1] else None
    both = np.hstack([answers, text[data.row_company] * np.sqrt(_TEXT_C / _ANSWERS_C)])
    return _logistic(data, within, view, both, _ANSWERS_C)


def gradient_boosting(data: Encoded, within: Flags, view: View) -> Floats | None:
    """Return histogram gradient boosting: on answers, on signals, on both; NaN is missing."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    answers, signals = data.answers, data.signals
    both = np.hstack([answers, signals[data.row_company]])
    features = {"answers": answers, "website": signals, "both": both}[view]
    model = HistGradientBoostingClassifier(
        max_iter=60, learning_rate=0.1, max_leaf_nodes=8, min_samples_leaf=8, random_state=0
    )
    places, used = _to_fit(data, within, view)
    varied = [place for place, column in enumerate(features[used].T)
              if len(np.unique(column[~np.isnan(column)])) > 1]  # fmt: skip
    if not varied:
        return None
    weights = judged_weights(data, within, places)[used]
    model.fit(features[used][:, varied], data.labels[places[used]], sample_weight=weights)
    return _all_classes(model.predict_proba(features[:, varied]), model.classes_)


BASELINES: Final[dict[str, Contender]] = {
    "prior only": prior_only,
    "majority": majority,
    "controls only": controls_only,
    "logistic regression": logistic_regression,
    "gradient boosting": gradient_boosting,
}


def control_features(data: Encoded) -> Floats:
    """Return industry, size and kind of customer, one-hot, shape (companies, values)."""
    features = one_hot([controls_of(one) for one in data.companies])
    return features if features.shape[1] else np.zeros((len(data.companies), 1))


def _tf_idf(data: Encoded, within: Flags) -> Floats:
    """Return TF-IDF of link words, link texts and text that three companies fitted to use."""
    from sklearn.feature_extraction.text import TfidfTransformer

    fitted_to, parts = within & data.has_website, []
    for counts in data.counts.values():
        users = np.asarray(counts.used[fitted_to].sum(axis=0)).ravel()
        matrix = counts.matrix[:, users >= _FEWEST_USERS]
        if matrix.shape[1]:
            fitted = TfidfTransformer(sublinear_tf=True).fit(matrix[fitted_to])
            parts.append(fitted.transform(matrix).toarray())
    return np.hstack(parts) if parts else np.zeros((len(data.companies), 0))


def _logistic(data: Encoded, within: Flags, view: View, features: Floats, c: float) -> Floats:
    from sklearn.linear_model import LogisticRegression

    places, used = _to_fit(data, within, view)
    weights = judged_weights(data, within, places)[used]
    model = LogisticRegression(C=c, max_iter=1000)
    model.fit(features[used], data.labels[places[used]], sample_weight=weights)
    return _all_classes(model.predict_proba(features), model.classes_)


def _to_fit(data: Encoded, within: Flags, view: View) -> tuple[Whole, Flags]:
    """Return the company of every row, and the rows to fit to: labelled, judged, and seen."""
    places = places_of(data, view)
    return places, rows_of(data, view) & (within & data.judged)[places]


def _all_classes(shares: Floats, classes: Whole) -> Floats:
    """Return probabilities of all personas where some were not among the labels fitted to."""
    full = np.full((len(shares), len(PERSONAS)), 1e-6)
    full[:, classes] = shares
    return np.asarray(full / full.sum(axis=1, keepdims=True))
