"""What was tried beside the shipped form of the model, so that anyone can see what it brought."""

from functools import partial
from typing import Final

import numpy as np
from scipy.optimize import minimize

from persona.observations import WORD_PARTS
from persona.training.additive import AdditiveClassifier, softmax
from persona.training.arrays import Flags, Floats
from persona.training.contenders import Contender, control_features
from persona.training.encode import Encoded
from persona.training.settings import Settings
from persona.training.sides import (
    answers_to_fit,
    choose_words,
    fit_site,
    row_weights,
    site_features,
    sites_to_fit,
)
from persona.training.views import View
from persona.vocabulary import PERSONAS

_SHRINKAGE, _SITE_SHRINKAGE = 8.0, 0.2
_TEMPERATURE = 0.28
"""Near what cross-validation chooses for fits to soft labels; it changes no likeliest persona."""
_NEARNESS = 0.03
_MOST_PAIRED = 5_000
_STEPS: Final = np.array([-1.0, 0.0, 1.0])
"""One ladder: sales-driven, passive, dynamic, at equal steps of one sum."""


def plain(data: Encoded, within: Flags, view: View) -> Floats | None:
    """Return the additive model at one shrinkage: what the other trials are compared with."""
    return _answers(data, within, view, np.nan_to_num(data.answers), data.answer_prior)


def hard_labels(data: Encoded, within: Flags, view: View) -> Floats | None:
    """Return the same fitted to the label alone, not to the points."""
    return _answers(data, within, view, np.nan_to_num(data.answers), data.answer_prior, soft=False)


def no_prior(data: Encoded, within: Flags, view: View) -> Floats | None:
    """Return the same with weights shrunk toward nought."""
    return _answers(data, within, view, np.nan_to_num(data.answers), None)


def surer_labels(data: Encoded, within: Flags, view: View) -> Floats | None:
    """Return the same with companies weighing by how far their two highest points are apart."""
    ordered = np.sort(data.points, axis=1)
    clear = np.maximum(ordered[:, -1] - ordered[:, -2], 0.05)
    features = np.nan_to_num(data.answers)
    return _answers(data, within, view, features, data.answer_prior, weights=2 * clear)


def dimension_levels(data: Encoded, within: Flags, view: View) -> Floats | None:
    """Return the same with columns that count each level of answers: the order of options."""
    features = np.nan_to_num(data.answers)
    levels = np.array([row.argmax() for row in data.answer_prior])
    counts = np.stack([features[:, levels == level].sum(axis=1) for level in range(3)], axis=1)
    squares = (counts / 28) ** 2 * 28
    both = np.hstack([features, squares])
    prior = np.vstack([data.answer_prior, np.zeros((squares.shape[1], len(PERSONAS)))])
    return _answers(data, within, view, both, prior)


def pairs_of_answers(data: Encoded, within: Flags, view: View) -> Floats | None:
    """Return the same with interactions: a smooth kernel on how many answers two rows share.

    It holds a number for every two rows, so that it is left out of large data.
    """
    if view != "answers" or len(data.answers) > _MOST_PAIRED:
        return None
    rows = np.nan_to_num(data.answers)
    shared = rows @ rows.T
    apart = np.diag(shared)[:, None] + np.diag(shared) - 2 * shared
    kernel = shared + 28 * np.exp(-_NEARNESS * apart)
    used = row_weights(data, within) > 0
    values, vectors = np.linalg.eigh(kernel[np.ix_(used, used)])
    kept = values > 1e-8 * values[-1]
    features = kernel[:, used] @ (vectors[:, kept] / np.sqrt(values[kept]))
    return _answers(data, within, view, features, None)


def one_ladder(data: Encoded, within: Flags, view: View) -> Floats | None:
    """Return a single sum along which the methods follow one another (adjacent-category logit)."""
    if view != "answers":
        return None
    x, weights = np.nan_to_num(data.answers), row_weights(data, within)
    targets = data.points[data.row_company] * weights[:, None]
    rows = targets.sum(axis=1, keepdims=True)

    def loss(values: Floats) -> tuple[float, Floats]:
        logits = values[:3] + np.outer(x @ values[3:], _STEPS)
        p = softmax(logits)
        error = rows * p - targets
        value = -(targets * np.log(np.maximum(p, 1e-300))).sum()
        slope = x.T @ (error @ _STEPS) + _SHRINKAGE * values[3:]
        return value + _SHRINKAGE / 2 * (values[3:] ** 2).sum(), np.r_[error.sum(axis=0), slope]

    found = minimize(loss, np.zeros(3 + x.shape[1]), jac=True, method="L-BFGS-B").x
    return softmax((found[:3] + np.outer(x @ found[3:], _STEPS)) / _TEMPERATURE)


def controls_added(data: Encoded, within: Flags, view: View) -> Floats | None:
    """Return the website's model with industry, size and kind of customer let in."""
    if view != "website":
        return None
    used = sites_to_fit(data, within)
    if not used.any():
        return None
    tables = {part: choose_words(data, part, used, Settings()) for part in WORD_PARTS}
    features = np.hstack(
        [site_features(data, tables, Settings().signal_ease), control_features(data)]
    )
    model = AdditiveClassifier(_SITE_SHRINKAGE, None, Settings().balance)
    model.fit(features[used], data.labels[used], data.weights[used], data.points[used])
    return softmax(model.logits(features) / _TEMPERATURE)


def on_blocks(*blocks: str) -> Contender:
    """Return the website's model at one shrinkage on some of its blocks."""
    return partial(_on_blocks, blocks=blocks)


def _on_blocks(
    data: Encoded, within: Flags, view: View, *, blocks: tuple[str, ...]
) -> Floats | None:
    if view != "website":
        return None
    fitted = fit_site(data, within, Settings(blocks=blocks), _SITE_SHRINKAGE)
    if fitted is None:
        return None
    return softmax((fitted.intercept + fitted.evidence(data)) / _TEMPERATURE)


SAME_ANSWERS: Final = "answers, one shrinkage"
SAME_WEBSITE: Final = "website, one shrinkage"
LADDER: Final = "one ladder"

TRIALS: Final[dict[str, Contender]] = {
    SAME_ANSWERS: plain,
    "labels instead of points": hard_labels,
    "weights shrunk toward nought": no_prior,
    "clear labels weigh more": surer_labels,
    "numbers of answers at each level added": dimension_levels,
    "pairs of answers added": pairs_of_answers,
    LADDER: one_ladder,
    SAME_WEBSITE: on_blocks("signals", *WORD_PARTS),
    "industry, size and kind of customer added": controls_added,
}
"""Names are as they stand in the model card."""

BLOCKS: Final[dict[str, Contender]] = {
    "signals alone": on_blocks("signals"),
    "words alone": on_blocks(*WORD_PARTS),
    "words of links alone": on_blocks("links"),
    "link texts alone": on_blocks("labels"),
    "text alone": on_blocks("text"),
}


def _answers(
    data: Encoded,
    within: Flags,
    view: View,
    features: Floats,
    prior: Floats | None,
    *,
    soft: bool = True,
    weights: Floats | None = None,
) -> Floats | None:
    if view != "answers":
        return None
    used = answers_to_fit(data, within)
    if not used.any():
        return None
    each, place = row_weights(data, within), data.row_company[used]
    if weights is not None:
        each = each * weights[data.row_company]
    scale = Settings().answer_prior_scale if soft else None
    model = AdditiveClassifier(_SHRINKAGE, prior, Settings().balance, prior_scale=scale)
    points = data.points[place] if soft else None
    model.fit(features[used], data.labels[place], each[used], points)
    return softmax(model.logits(features) / (_TEMPERATURE if soft else 1.0))
