"""Figures on resampled companies: one table of sums per company, then one product for all.

Every figure but one is a function of sums over rows, so that a resample is its counts of
companies times that table; no row is copied. All rows of a company are drawn together.
"""

from collections.abc import Iterator

import msgspec
import numpy as np

from persona.training.arrays import Floats, Whole
from persona.training.predictions import BINS, Predictions
from persona.vocabulary import PERSONAS

_CLASSES = len(PERSONAS)
_CELLS = _CLASSES * _CLASSES
_AT_ONCE = 1_000_000
"""Counts held in memory at one time: resamples times rows."""


class Interval(msgspec.Struct, frozen=True):
    """A figure with its 95 % percentile interval, companies drawn with replacement."""

    value: float
    low: float
    high: float


def resampled(p: Predictions, resamples: int) -> dict[str, Floats]:
    """Return every figure: on the rows as they are, then on each resample of the companies.

    What each figure is stands at ``measures.Measures``; NaN is "not defined".
    """
    names, place = np.unique(np.array(p.companies), return_inverse=True)
    features = _features(p)
    sums = np.zeros((len(names), features.shape[1]))
    np.add.at(sums, place, features * p.weights[:, None])
    parts = [
        _figures(times @ sums) | {"certain_half": _certain_half(p, times, place)}
        for times in _counts(len(names), len(p.companies), resamples)
    ]
    found = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    if p.decided is None:
        for name in ("coverage", "kappa_decided", "accuracy_decided"):
            del found[name]
    return found


def interval(found: Floats, *, noisy: bool = False, floor: float = -np.inf) -> Interval | None:
    """Return the first figure with the interval of the others; None where it is not defined.

    ``noisy`` is for calibration errors, to which the noise of resampling always adds: resamples
    are moved by the mean of that excess, but not below ``floor``.
    """
    value, draws = found[0], found[1:][~np.isnan(found[1:])]
    if np.isnan(value):
        return None
    if not len(draws):
        draws = found[:1]
    if noisy:
        draws = np.maximum(draws - (draws.mean() - value), floor)
    low, high = np.quantile(draws, [0.025, 0.975])
    return Interval(float(value), float(low), float(high))


def kappa(matrix: Floats, *, quadratic: bool = False) -> Floats:
    """Return Cohen's kappa of confusion matrices of shape (…, labels, leaders).

    1 - weighted disagreement / the same expected by chance; all disagreements weigh 1 (Cohen
    1960) or, ``quadratic``, the square of their distance (Cohen 1968). NaN where the labels of a
    matrix are all of one class.
    """
    classes = matrix.shape[-1]
    apart = np.subtract.outer(np.arange(classes), np.arange(classes))
    cost = apart.astype(np.float64) ** 2 if quadratic else (apart != 0).astype(np.float64)
    truth, named = matrix.sum(axis=-1), matrix.sum(axis=-2)
    chance = np.einsum("...i,ij,...j->...", truth, cost, named)
    seen = (matrix * cost).sum(axis=(-2, -1)) * truth.sum(axis=-1)
    defined = (truth > 0).sum(axis=-1) > 1
    return np.where(defined, 1 - _ratio(seen, chance), np.nan)


def _counts(companies: int, rows: int, resamples: int) -> Iterator[Floats]:
    """Yield how often each company is drawn: once each, then resample by resample."""
    yield np.ones((1, companies))
    generator = np.random.default_rng(0)
    even = np.full(companies, 1 / companies)
    step = max(1, _AT_ONCE // rows)
    for start in range(0, resamples, step):
        size = min(step, resamples - start)
        yield generator.multinomial(companies, even, size=size).astype(np.float64)


def _features(p: Predictions) -> Floats:
    """Return what is summed over rows; the order is that in which ``_figures`` takes it apart."""
    rows = np.arange(len(p.companies))
    hot = np.eye(_CLASSES)[p.truth]
    cells = np.eye(_CELLS)[p.truth * _CLASSES + p.leader]
    nats = -np.log(np.maximum(p.probabilities, np.finfo(np.float64).eps))
    points = np.full_like(hot, np.nan) if p.points is None else p.points
    has_points = ~np.isnan(points).any(axis=1)
    second = np.argsort(-p.probabilities, axis=1, kind="stable")[:, 1]
    decided = np.zeros(len(rows)) if p.decided is None else p.decided.astype(np.float64)
    return np.column_stack(
        [
            cells,
            cells * decided[:, None],
            np.eye(BINS)[p.bins] * (p.top - p.hits)[:, None],
            nats[rows, p.truth],
            ((p.probabilities - hot) ** 2).sum(axis=1),
            p.hits + (second == p.truth),
            np.where(has_points, (np.nan_to_num(points) * nats).sum(axis=1), 0.0),
            has_points,
        ]
    )


def _figures(sums: Floats) -> dict[str, Floats]:
    """Return the figures of resamples from the sums over their rows, one resample a row."""
    cells, decided_cells, over, rest = np.split(sums, np.cumsum([_CELLS, _CELLS, BINS]), axis=1)
    nats, brier, top2, soft_nats, has_points = rest.T
    matrix = cells.reshape(-1, _CLASSES, _CLASSES)
    decided = decided_cells.reshape(-1, _CLASSES, _CLASSES)
    total, kept = cells.sum(axis=1), decided_cells.sum(axis=1)
    return {
        "kappa": kappa(matrix),
        "quadratic_kappa": kappa(matrix, quadratic=True),
        "accuracy": np.trace(matrix, axis1=1, axis2=2) / total,
        "log_loss": nats / total,
        "soft_log_loss": _ratio(soft_nats, has_points),
        "brier": brier / total,
        "calibration_error": np.abs(over).sum(axis=1) / total,
        "top2_accuracy": top2 / total,
        "coverage": kept / total,
        "kappa_decided": kappa(decided),
        "accuracy_decided": _ratio(np.trace(decided, axis1=1, axis2=2), kept),
        **_class_figures(matrix),
    }


def _class_figures(matrix: Floats) -> dict[str, Floats]:
    """Return precision, recall and F1 of every persona, and the mean of F1 (van Rijsbergen)."""
    hits = np.diagonal(matrix, axis1=1, axis2=2)
    labelled, named = matrix.sum(axis=2), matrix.sum(axis=1)
    f1 = _ratio(2 * hits, labelled + named)
    found = {"macro_f1": np.nanmean(f1, axis=1)}
    for index, persona in enumerate(PERSONAS):
        found[f"precision_{persona}"] = _ratio(hits[:, index], named[:, index])
        found[f"recall_{persona}"] = _ratio(hits[:, index], labelled[:, index])
        found[f"f1_{persona}"] = f1[:, index]
    return found


def _certain_half(p: Predictions, times: Floats, place: Whole) -> Floats:
    """Return the accuracy on the half of the rows that are most certain, by resample.

    ``place`` is the column in ``times`` of each row's company. Rows of equal certainty share what
    is left of the half, so that their order does not matter.
    """
    order = np.argsort(-p.top, kind="stable")
    starts = np.flatnonzero(np.diff(p.top[order], prepend=np.inf))
    weight = times[:, place[order]] * p.weights[order]
    hits = weight * p.hits[order]
    if len(starts) < len(order):
        weight = np.add.reduceat(weight, starts, axis=1)
        hits = np.add.reduceat(hits, starts, axis=1)
    decided, right = np.cumsum(weight, axis=1), np.cumsum(hits, axis=1)
    half = decided[:, -1] / 2
    border = np.arange(len(half)), (decided < half[:, None]).sum(axis=1)
    missing = half - (decided[border] - weight[border])
    share = hits[border] / weight[border]
    return np.asarray((right[border] - hits[border] + missing * share) / half)


def _ratio(part: Floats, whole: Floats) -> Floats:
    """Return part / whole, NaN where there is no whole."""
    return np.divide(part, whole, out=np.full_like(part, np.nan), where=whole > 0)
