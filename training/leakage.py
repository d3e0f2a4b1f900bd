"""Leakage: how well labels are foretold by what must not count, such as industry or source.

A plain logistic regression on one-hot columns is fitted on some of the companies and foretells
the others, in five folds. Cohen's kappa over all of them says by how much that beats chance. What
answers or a website are claimed to show is only what they add to it.
"""

from collections.abc import Mapping, Sequence
from typing import Final, Literal

import msgspec
import numpy as np

from persona.training.arrays import Floats, Whole
from persona.training.companies import Company
from persona.training.controls import CONTROLS, controls_of, one_hot
from persona.training.drafts import key_of
from persona.training.measures import Interval, Predictions, even_weights, measure
from persona.training.rows import decided
from persona.vocabulary import PERSONAS

About = Literal["source", "controls"]

LEAST_COMPANIES: Final = 30
"""Judged companies of which a column must be known for its leakage to be measured."""

_FOLDS: Final = 5


class Leak(msgspec.Struct, frozen=True):
    """How well labels are foretold by something that must not count.

    ``kappa`` has a 95 % interval by resampling companies; ``leaks`` is True when all of it is
    above 0. ``words`` is the same in one line for a reader.
    """

    about: About
    companies: int
    kappa: Interval
    leaks: bool
    words: str


def leakage(companies: Sequence[Company]) -> tuple[Leak, ...]:
    """Return what the source alone and the controls alone say of labels, where they are known.

    Only judged companies count. Nothing is returned of a column that is the same for all, or
    where fewer than 30 companies or fewer than two of some persona are known. The order of the
    companies does not matter.
    """
    judged = sorted(decided(companies), key=lambda one: key_of(one.company))
    sources = [(one, {"source": one.source} if one.source else {}) for one in judged]
    controls = [(one, controls_of(one)) for one in judged]
    found = (
        _leak("source", "the source of the pages", sources),
        _leak("controls", f"the controls ({', '.join(CONTROLS.values())})", controls),
    )
    return tuple(leak for leak in found if leak)


def _leak(
    about: About, named: str, rows: Sequence[tuple[Company, Mapping[str, str]]]
) -> Leak | None:
    known = [(one, levels) for one, levels in rows if levels]
    columns = one_hot([levels for _, levels in known])
    truth = np.array([one.place for one, _ in known], dtype=np.int64)
    counts = [count for count in np.bincount(truth).tolist() if count]
    folds = min(_FOLDS, *counts) if len(counts) > 1 else 0
    if len(known) < LEAST_COMPANIES or columns.shape[1] < 2 or folds < 2:
        return None
    companies = tuple(one.company for one, _ in known)
    kappa = measure(
        Predictions(
            companies=companies,
            truth=truth,
            points=None,
            probabilities=_foretold(columns, truth, folds),
            decided=None,
            weights=even_weights(companies),
        )
    ).kappa
    if kappa is None:
        return None
    leaks = kappa.low > 0
    return Leak(about, len(known), kappa, leaks, _words(named, len(known), kappa, leaks))


def _foretold(columns: Floats, truth: Whole, folds: int) -> Floats:
    """Return what is foretold of each row by a regression on the rows of other folds."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import StratifiedKFold

    probabilities = np.zeros((len(truth), len(PERSONAS)))
    for fitted, held in StratifiedKFold(folds, shuffle=True, random_state=0).split(columns, truth):
        regression = LogisticRegression(max_iter=1000).fit(columns[fitted], truth[fitted])
        probabilities[np.ix_(held, regression.classes_)] = regression.predict_proba(columns[held])
    return probabilities


def _words(named: str, companies: int, kappa: Interval, leaks: bool) -> str:
    figure = f"kappa {kappa.value:.2f} ({kappa.low:.2f} to {kappa.high:.2f}, {companies} companies)"
    if leaks:
        return (
            f"labels are foretold by {named} alone, {figure}: "
            "claim for answers and signals only what they add"
        )
    return f"labels are not foretold by {named} alone, {figure}"
