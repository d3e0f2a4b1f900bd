"""How predictions agree with labels: every figure with an interval by resampling companies."""

import math
from collections.abc import Sequence

import msgspec
import numpy as np

from persona.training.arrays import Floats
from persona.training.predictions import Predictions, even_weights
from persona.training.resampling import Interval, interval, kappa, resampled
from persona.vocabulary import PERSONAS

__all__ = [
    "ClassMeasures", "GroupMeasures", "Interval", "Measures", "Predictions", "by_group", "compare",
    "even_weights", "kappa", "measure",
]  # fmt: skip

RESAMPLES = 1000


class ClassMeasures(msgspec.Struct, frozen=True):
    """How well one persona is recognised; None where it is never named, or has no row.

    ``companies`` counts those labelled so.
    """

    persona: str
    companies: int
    precision: Interval | None
    recall: Interval | None
    f1: Interval | None


class Measures(msgspec.Struct, frozen=True):
    """Every figure about one set of predictions, on rows whose label is a persona.

    ``kappa`` is Cohen's (1960) for the likeliest persona, ``quadratic_kappa`` the same with
    disagreements weighted by the square of their distance in the order of ``PERSONAS`` (Cohen
    1968); both are None where all labels are one persona. ``macro_f1`` is the mean over personas
    that are labelled or named. ``log_loss`` is the mean of -ln p(label) in nats, ``soft_log_loss``
    of -Σ points ln p over rows that have points. ``brier`` is the mean of Σ (p - label)², 0 to 2
    (Brier 1950). ``calibration_error`` is the mean distance between the probability of the
    likeliest persona and how often it is the label, in 10 bins of equal width (Naeini et al.
    2015). ``top2_accuracy`` counts labels among the two likeliest, ``certain_half`` is the
    accuracy on the half of the rows with the highest probabilities. ``coverage`` is the share of
    rows decided; it and the two figures after it are None where nothing was said of decisions.
    """

    rows: int
    companies: int
    kappa: Interval | None
    quadratic_kappa: Interval | None
    accuracy: Interval
    macro_f1: Interval
    log_loss: Interval
    soft_log_loss: Interval | None
    brier: Interval
    calibration_error: Interval
    top2_accuracy: Interval
    certain_half: Interval
    classes: tuple[ClassMeasures, ...]
    coverage: Interval | None = None
    kappa_decided: Interval | None = None
    accuracy_decided: Interval | None = None


class GroupMeasures(msgspec.Struct, frozen=True):
    """Agreement in one group of companies; ``kappa`` is None where all labels are one persona."""

    rows: int
    companies: int
    kappa: Interval | None
    accuracy: Interval


def measure(p: Predictions, *, resamples: int = RESAMPLES) -> Measures:
    """Return every figure with its interval."""
    draws = resampled(p, resamples)
    found = {name: _read(name, draws[name], floor=0) for name in draws}
    classes = tuple(
        ClassMeasures(
            persona=persona,
            companies=len({p.companies[row] for row in np.flatnonzero(p.truth == index)}),
            precision=found.pop(f"precision_{persona}"),
            recall=found.pop(f"recall_{persona}"),
            f1=found.pop(f"f1_{persona}"),
        )
        for index, persona in enumerate(PERSONAS)
    )
    return msgspec.convert(
        {"rows": len(p.companies), "companies": len(set(p.companies)), "classes": classes, **found},
        Measures,
    )


def compare(a: Predictions, b: Predictions, *, resamples: int = RESAMPLES) -> dict[str, Interval]:
    """Return by how much ``a`` exceeds ``b`` in every figure, both on the same resamples.

    Names are those of :class:`Measures`, and precision_, recall_ and f1_ with a persona; figures
    that one of the two does not have are left out. Raises ValueError unless the rows are the same.
    """
    if a.companies != b.companies or not np.array_equal(a.truth, b.truth):
        raise ValueError("only predictions for the same rows can be compared")
    if not np.array_equal(a.weights, b.weights):
        raise ValueError("only predictions with the same weights can be compared")
    ours, theirs = resampled(a, resamples), resampled(b, resamples)
    found = {name: _read(name, ours[name] - theirs[name]) for name in ours if name in theirs}
    return {name: one for name, one in found.items() if one is not None}


def by_group(
    p: Predictions, groups: Sequence[str], *, least: int = 20, resamples: int = RESAMPLES
) -> dict[str, GroupMeasures]:
    """Return the agreement in each group of at least ``least`` companies, by name of the group.

    ``groups`` names the group of each row; rows whose group is "" belong to none.
    """
    names = np.array(groups, dtype=str)
    measured = {}
    for name in sorted(set(names.tolist()) - {""}):
        part = p.take(names == name)
        companies = len(set(part.companies))
        if companies >= least:
            found = measure(part, resamples=resamples)
            measured[name] = GroupMeasures(found.rows, companies, found.kappa, found.accuracy)
    return measured


def _read(name: str, draws: Floats, floor: float = -math.inf) -> Interval | None:
    return interval(draws, noisy=name == "calibration_error", floor=floor)
