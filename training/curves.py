"""Two curves over predictions: is a probability kept, and what does deciding less often buy."""

import math

import msgspec
import numpy as np

from persona.training.predictions import BINS, Predictions

_POINTS = 50
_LEAST_SHARE = 0.1
"""Below it an accuracy rests on too few rows to draw."""
_Z = 1.959964
"""The 97.5 % quantile of the normal distribution."""


class CalibrationBin(msgspec.Struct, frozen=True):
    """Rows whose likeliest persona has a probability within one bin.

    ``rows`` is their total weight, in companies; ``stated`` the mean probability; ``found`` how
    often that persona is the label, with a 95 % interval (Wilson 1927) from ``low`` to ``high``.
    """

    rows: float
    stated: float
    found: float
    low: float
    high: float


class CoveragePoint(msgspec.Struct, frozen=True):
    """Accuracy where only the ``share`` of rows with the highest probabilities is decided."""

    share: float
    accuracy: float


def calibration_bins(p: Predictions) -> tuple[CalibrationBin, ...]:
    """Return the bins that hold rows, by rising probability."""
    return tuple(_bin(p.take(p.bins == index)) for index in range(BINS) if (p.bins == index).any())


def _bin(p: Predictions) -> CalibrationBin:
    rows = float(p.weights.sum())
    found = float(p.hits @ p.weights) / rows
    middle = (found + _Z**2 / (2 * rows)) / (1 + _Z**2 / rows)
    reach = (_Z / (1 + _Z**2 / rows)) * math.sqrt(
        found * (1 - found) / rows + (_Z / (2 * rows)) ** 2
    )
    return CalibrationBin(
        rows=rows,
        stated=float(p.top @ p.weights) / rows,
        found=found,
        low=max(0.0, min(found, middle - reach)),
        high=min(1.0, max(found, middle + reach)),
    )


def coverage_curve(p: Predictions) -> tuple[CoveragePoint, ...]:
    """Return accuracy against the share of rows decided, most certain first, at most 50 points.

    Rows of equal certainty are decided together, each point taking its share of them.
    """
    order = np.argsort(-p.top, kind="stable")
    top, weight = p.top[order], p.weights[order]
    last = np.flatnonzero(np.diff(top, append=-np.inf))
    decided = np.concatenate([[0.0], np.cumsum(weight)[last]])
    right = np.concatenate([[0.0], np.cumsum(weight * p.hits[order])[last]])
    shares = np.linspace(_LEAST_SHARE, 1, round(_POINTS * (1 - _LEAST_SHARE)) + 1)
    accuracy = np.interp(shares * decided[-1], decided, right) / (shares * decided[-1])
    return tuple(
        CoveragePoint(float(share), float(value))
        for share, value in zip(shares.round(6), np.clip(accuracy, 0, 1), strict=True)
    )


class LearningPoint(msgspec.Struct, frozen=True):
    """A figure on companies kept apart after ``labels`` companies were labelled."""

    labels: int
    value: float
    low: float
    high: float


class LearningCurve(msgspec.Struct, frozen=True):
    """How a figure rises with the number of labels, for one way of choosing what to label."""

    name: str
    points: tuple[LearningPoint, ...]
