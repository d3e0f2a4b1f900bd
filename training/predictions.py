"""What a model says beside what annotators said, row by row: the input of every measure."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from persona.errors import TableError
from persona.training.arrays import Flags, Floats, Whole
from persona.vocabulary import PERSONAS

BINS = 10
"""Bins of equal width that calibration is judged in (Naeini et al. 2015)."""


@dataclass(frozen=True)
class Predictions:
    """Probabilities beside labels, one row per company or, with several informants, one for each.

    ``truth`` is the index of the labelled persona, ``points`` its soft label (NaN where a row has
    none), ``probabilities`` what the model says; both in the order of ``PERSONAS``. ``decided``
    says which rows got a verdict rather than undecided. ``weights`` of a company's rows add to 1.
    """

    companies: tuple[str, ...]
    truth: Whole
    points: Floats | None
    probabilities: Floats
    decided: Flags | None
    weights: Floats

    def __post_init__(self) -> None:
        """Raise TableError where there is no row, ValueError where the parts do not fit."""
        rows = len(self.companies)
        if not rows:
            raise TableError("nothing to judge: no row has a label that names a persona")
        wide = (self.probabilities, *([] if self.points is None else [self.points]))
        long = (self.truth, self.weights, *([] if self.decided is None else [self.decided]))
        if any(part.shape != (rows, len(PERSONAS)) for part in wide):
            raise ValueError(f"{rows} rows need as many rows of probabilities and of points")
        if any(part.shape != (rows,) for part in long):
            raise ValueError(f"{rows} rows need as many labels, weights and decisions")
        if not np.isfinite(self.probabilities).all():
            raise ValueError("a probability is not a number")

    def take(self, rows: Flags) -> "Predictions":
        """Return the rows that are marked."""
        return Predictions(
            companies=tuple(name for name, keep in zip(self.companies, rows, strict=True) if keep),
            truth=self.truth[rows],
            points=None if self.points is None else self.points[rows],
            probabilities=self.probabilities[rows],
            decided=None if self.decided is None else self.decided[rows],
            weights=self.weights[rows],
        )

    @property
    def leader(self) -> Whole:
        """The index of the likeliest persona; ties go to the one named first."""
        return np.asarray(self.probabilities.argmax(axis=1))

    @property
    def top(self) -> Floats:
        """The probability of the likeliest persona."""
        return np.asarray(self.probabilities.max(axis=1))

    @property
    def hits(self) -> Floats:
        """1 where the likeliest persona is the label, else 0."""
        return np.asarray(self.leader == self.truth, dtype=np.float64)

    @property
    def bins(self) -> Whole:
        """The calibration bin of each row's highest probability; a bin holds its upper end."""
        bins = np.ceil(np.round(self.top * BINS, 9)).astype(np.int64) - 1
        return np.asarray(np.clip(bins, 0, BINS - 1))


def even_weights(companies: Sequence[str]) -> Floats:
    """Return row weights with which the rows of each company add to 1."""
    _, place, rows = np.unique(np.array(companies), return_inverse=True, return_counts=True)
    return np.asarray(1.0 / rows[place])
