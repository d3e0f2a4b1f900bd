"""Agreement of verdicts with labels: kappa with an interval, per class, and what was decided."""

from collections.abc import Sequence

import msgspec
import numpy as np
import numpy.typing as npt

from persona.vocabulary import PERSONAS, UNDECIDED

RESAMPLES = 2_000
Array = npt.NDArray[np.float64]


class Judged(msgspec.Struct, frozen=True):
    """One verdict beside the label: ``leader`` is the likeliest persona, decided or not."""

    company: str
    truth: str
    leader: str
    label: str
    probability_of_truth: float


class Interval(msgspec.Struct, frozen=True):
    """A figure with its 95 % bootstrap interval, companies drawn with replacement."""

    value: float
    low: float
    high: float


class ClassFigures(msgspec.Struct, frozen=True):
    """Precision, recall and F1 of the leading persona for one class."""

    persona: str
    rows: int
    precision: float
    recall: float
    f1: float


class Agreement(msgspec.Struct, frozen=True):
    """How verdicts agree with labels that name a persona.

    ``kappa`` compares the leading persona on all rows; ``kappa_decided`` and
    ``accuracy_decided`` only where the verdict is decided; ``coverage`` is that share of rows.
    A kappa is None where it is not defined: no rows, or one class on both sides.
    """

    rows: int
    companies: int
    kappa: Interval | None
    accuracy: float
    log_loss: float
    coverage: float
    kappa_decided: Interval | None
    accuracy_decided: float
    classes: tuple[ClassFigures, ...]


def measure(judged: Sequence[Judged]) -> Agreement:
    """Return the agreement over rows whose truth is a persona; at least one row is needed."""
    companies = sorted({one.company for one in judged})
    decided = [one for one in judged if one.label != UNDECIDED]
    matrix = _matrices(judged, companies).sum(axis=0)
    decided_matrix = _matrices(decided, companies).sum(axis=0)
    return Agreement(
        rows=len(judged),
        companies=len(companies),
        kappa=_interval(judged, companies),
        accuracy=_accuracy(matrix),
        log_loss=float(-np.mean([np.log(one.probability_of_truth) for one in judged])),
        coverage=len(decided) / len(judged),
        kappa_decided=_interval(decided, companies),
        accuracy_decided=_accuracy(decided_matrix),
        classes=tuple(_class(matrix, index) for index in range(len(PERSONAS))),
    )


def kappa(matrix: Array) -> Array:
    """Return Cohen's kappa of confusion matrices; ``matrix`` has shape (…, 3, 3).

    (observed - expected agreement) / (1 - expected), Cohen 1960; 0 where it is not defined.
    """
    total = matrix.sum(axis=(-2, -1))
    safe = np.where(total > 0, total, 1)
    observed = np.trace(matrix, axis1=-2, axis2=-1) / safe
    expected = (matrix.sum(axis=-1) * matrix.sum(axis=-2)).sum(axis=-1) / safe**2
    room = 1 - expected
    return np.asarray(np.where(room > 0, (observed - expected) / np.where(room > 0, room, 1), 0.0))


def _matrices(judged: Sequence[Judged], companies: Sequence[str]) -> Array:
    """Return one confusion matrix (truth by leader) per company."""
    place = {company: index for index, company in enumerate(companies)}
    matrices = np.zeros((len(companies), len(PERSONAS), len(PERSONAS)))
    classes: tuple[str, ...] = PERSONAS
    for one in judged:
        matrices[place[one.company], classes.index(one.truth), classes.index(one.leader)] += 1
    return matrices


def _interval(judged: Sequence[Judged], companies: Sequence[str]) -> Interval | None:
    if len({one.truth for one in judged} | {one.leader for one in judged}) < 2:
        return None
    matrices = _matrices(judged, companies)
    generator = np.random.default_rng(0)
    even = np.full(len(companies), 1 / len(companies))
    times = generator.multinomial(len(companies), even, size=RESAMPLES)
    drawn = kappa(np.tensordot(times.astype(np.float64), matrices, axes=1))
    low, high = np.quantile(drawn, [0.025, 0.975])
    return Interval(float(kappa(matrices.sum(axis=0))), float(low), float(high))


def _accuracy(matrix: Array) -> float:
    total = matrix.sum()
    return float(np.trace(matrix) / total) if total else 0.0


def _class(matrix: Array, index: int) -> ClassFigures:
    hits, rows, named = matrix[index, index], matrix[index].sum(), matrix[:, index].sum()
    precision = float(hits / named) if named else 0.0
    recall = float(hits / rows) if rows else 0.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return ClassFigures(PERSONAS[index], int(rows), precision, recall, f1)
