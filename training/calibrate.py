"""How sure each side may be, and how they add up: from predictions for companies not fitted to."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize_scalar

from persona.training.additive import softmax
from persona.training.arrays import Flags, Floats, Whole
from persona.training.encode import Encoded
from persona.training.sides import AnswerFit, SiteFit

Side = AnswerFit | SiteFit

_UNFITTED_THRESHOLD = 0.65
_HIGHEST_THRESHOLD = 95


@dataclass(frozen=True)
class OutOfFold:
    """Predictions for companies by weights that were not fitted to them, before tempering.

    ``intercepts`` and ``evidence`` have one row a row of answers, or a website; ``places`` gives
    the company of each, ``labels`` its label, and ``weights`` how far it is judged: the rows of
    one company add to 1, and rows that are not judged have 0.
    """

    intercepts: Floats
    evidence: Floats
    places: Whole
    labels: Whole
    weights: Floats

    @property
    def logits(self) -> Floats:
        """The logits of all rows, before tempering."""
        return np.asarray(self.intercepts + self.evidence)


@dataclass(frozen=True)
class Together:
    """How sure each side is and how they add up; thresholds for a verdict."""

    answer_temperature: float
    site_temperature: float
    beside_answers: float
    answer_threshold: float
    site_threshold: float


def out_of_fold(
    data: Encoded,
    within: Flags,
    folds: Sequence[Flags],
    places: Whole,
    present: Flags,
    fits: Callable[[Flags], Sequence[Side]],
) -> list[OutOfFold]:
    """Return predictions for every fold by fits to the others, one a fit; none if any is missing.

    ``places`` has the company of each row to predict, ``present`` flags the companies that can be
    judged on this side, ``fits`` fits to the companies given, in one or several ways.
    """
    fitted = [fits(within & ~fold) for fold in folds]
    weights = judged_weights(data, within & present, places)
    if not all(fitted):
        return []
    return [
        _held_out(data, list(zip(folds, each, strict=True)), places, weights)
        for each in zip(*fitted, strict=True)
    ]


def _held_out(
    data: Encoded, fitted: Sequence[tuple[Flags, Side]], places: Whole, weights: Floats
) -> OutOfFold:
    """Return predictions for each fold by its fit."""
    shape = (len(places), data.points.shape[1])
    intercepts, evidence = np.zeros(shape), np.zeros(shape)
    for fold, one in fitted:
        rows = fold[places]
        evidence[rows] = one.evidence(data)[rows]
        intercepts[rows] = one.intercept
    return OutOfFold(intercepts, evidence, places, data.labels[places], weights)


def judged_weights(data: Encoded, within: Flags, places: Whole) -> Floats:
    """Return weights of rows that are judged; those of one company add to 1."""
    rows = np.bincount(places, minlength=len(data.companies))
    judged = within & data.judged
    return np.asarray((judged / np.maximum(rows, 1))[places])


def least_loss(out: OutOfFold) -> float:
    """Return the log loss of the judged rows at their best temperature."""
    return best_scale(out)[1]


def best_scale(out: OutOfFold) -> tuple[float, float]:
    """Return the factor on logits that gives the least log loss, and that loss."""
    rows = out.weights > 0
    logits, labels, weights = out.logits[rows], out.labels[rows], out.weights[rows]
    if not rows.any():
        return 1.0, 0.0
    found = minimize_scalar(
        lambda log_scale: log_loss(np.exp(log_scale) * logits, labels, weights),
        bounds=(-2.0, 2.0), method="bounded", options={"xatol": 1e-4},
    )  # fmt: skip
    return float(np.exp(found.x)), float(found.fun)


def log_loss(logits: Floats, labels: Whole, weights: Floats) -> float:
    """Return the weighted mean of -ln p(label)."""
    p = softmax(logits)[np.arange(len(labels)), labels]
    return float(-(weights * np.log(np.maximum(p, 1e-300))).sum() / weights.sum())


def put_together(
    answers: OutOfFold | None, site: OutOfFold | None, error: float, site_error: float
) -> Together:
    """Return temperatures, thresholds for the errors allowed, and the website's share."""
    answer_scale, answer_threshold = _alone(answers, error)
    site_scale, site_threshold = _alone(site, site_error)
    share = 1.0
    if answers is not None and site is not None:
        share = _beside(answers, site, answer_scale, site_scale)
    return Together(1 / answer_scale, 1 / site_scale, share, answer_threshold, site_threshold)


def _alone(out: OutOfFold | None, error: float) -> tuple[float, float]:
    """Return the scale of one side's logits, and the least probability for a verdict."""
    if out is None or not out.weights.any():
        return 1.0, _UNFITTED_THRESHOLD
    scale, _ = best_scale(out)
    rows = out.weights > 0
    shares = softmax(scale * out.logits[rows])
    return scale, least_probability(shares, out.labels[rows], out.weights[rows], error)


def least_probability(shares: Floats, labels: Whole, weights: Floats, error: float) -> float:
    """Return the least top probability from which on verdicts err at most in ``error`` of cases.

    From .50 to .95 in steps of .01; .95 where no step does.
    """
    top, right = shares.max(axis=1), shares.argmax(axis=1) == labels
    for step in range(50, _HIGHEST_THRESHOLD):
        decided = top >= step / 100
        total = weights[decided].sum()
        if total > 0 and (weights * ~right)[decided].sum() <= error * total:
            return step / 100
    return _HIGHEST_THRESHOLD / 100


def _beside(answers: OutOfFold, site: OutOfFold, answer_scale: float, site_scale: float) -> float:
    """Return the share of the website's evidence that predicts best beside answers, 0 to 1."""
    place = {company: row for row, company in enumerate(site.places)}
    pairs = [
        (row, place[company])
        for row, company in enumerate(answers.places)
        if answers.weights[row] > 0 and company in place
    ]
    if not pairs:
        return 1.0
    inside, outside = (np.array(side) for side in zip(*pairs, strict=True))
    logits = answer_scale * answers.logits[inside]
    website = site_scale * site.evidence[outside]
    labels, weights = answers.labels[inside], answers.weights[inside]
    best = minimize_scalar(
        lambda share: log_loss(logits + share * website, labels, weights),
        bounds=(0.0, 1.0), method="bounded", options={"xatol": 1e-3},
    )  # fmt: skip
    return float(best.x)
