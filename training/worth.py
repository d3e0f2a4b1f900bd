"""Which companies are worth labelling next, taken one by one: what a label would teach.

Worth is the product of three things. How near the two likeliest personas are, in the model's
eyes. The chance that the label is decided at all, judged from the companies labelled so far. And
what the label would settle: with a linear model of normally distributed weights, and labels with
noise, it lowers the variance of what is predicted for every company, the more the nearer it lies,
and the less the more is known already (A-optimal design; Settles 2009, section 3.5; Yu, Bi and
Tresp 2006). That is great where many companies are alike and none was labelled or chosen before;
an outlier tells of itself alone.
"""

from dataclasses import dataclass

import numpy as np

from persona.training.arrays import Flags, Floats, Whole
from persona.training.landscape import Landscape

NOISE = 0.5
"""Variance of a label's noise, with weights of variance 1; from .2 to 2 it changes little."""
SAME = 0.95
"""Likeness from which on one label is taken to tell the other."""
_FEW = 3
"""Labels of either sort below which the chance of a decided one is not judged."""
_DECIMALS = 9
"""Worth is compared to so many decimals, so that equal companies tie whatever the machine."""


@dataclass(frozen=True)
class Pick:
    """A company to label: its place, and what its label is worth.

    ``worth`` is relative to the mean worth of one label from the pool before any was chosen.
    ``like`` is the place of a labelled or chosen company that is nearly the same, or None; such a
    pick is worth 0.
    """

    place: int
    worth: float
    like: int | None


def closeness(shares: Floats, places: Whole, companies: int) -> Floats:
    """Return of every company how near its two likeliest personas are: 1 - (p1 - p2), 0 to 1.

    ``shares`` has rows of probabilities, ``places`` the company of each; several rows of one
    company are averaged. It is 1 for a company without any.
    """
    rows = np.bincount(places, minlength=companies)
    sums = np.zeros((companies, shares.shape[1]))
    np.add.at(sums, places, shares)
    ranked = np.sort(sums / np.maximum(rows, 1)[:, None], axis=1)
    return np.asarray(1 - (ranked[:, -1] - ranked[:, -2]))


def chance_to_decide(space: Landscape, known: Whole, decided: Flags) -> Floats:
    """Return of every company the chance that its label names a persona, 0 to 1.

    ``decided`` says so of the ``known`` ones. The chance is by logistic regression on where
    companies lie; it is 1 for all where there are too few labels of either sort.
    """
    from sklearn.linear_model import LogisticRegression

    if min(decided.sum(), (~decided).sum()) < _FEW:
        return np.ones(len(space.places))
    model = LogisticRegression(max_iter=500).fit(space.places[known], decided)
    return np.asarray(model.predict_proba(space.places)[:, 1])


def choose(
    space: Landscape, promise: Floats, pool: Whole, known: Whole, weights: Floats, most: int
) -> list[Pick]:
    """Return at most ``most`` companies of the ``pool`` in the order in which to label them.

    ``promise`` is of every company what is multiplied with what its label would settle;
    ``known`` are the places of labelled companies and ``weights`` how far each of their labels
    counts. Ties go to the first in the pool. Takes time linear in the pool for each pick.
    """
    variance = _Variance(space, pool, known, weights)
    nearest, likeness = space.nearest(pool, known)
    twins = np.where(likeness >= SAME, nearest, -1)
    picks = []
    first = variance.gains(pool) * promise[pool]
    typical = float(first.mean()) if len(first) else 0.0
    left = np.ones(len(pool), dtype=bool)
    for _ in range(min(most, len(pool))):
        gains = np.where(twins < 0, variance.gains(pool) * promise[pool], 0)
        best = int(np.where(left, np.round(gains, _DECIMALS), -1).argmax())
        place, twin = int(pool[best]), int(twins[best])
        worth = float(gains[best]) / typical if typical > 0 else 0.0
        picks.append(Pick(place, worth, None if twin < 0 else twin))
        left[best] = False
        variance.settle(place)
        near = space.likeness(pool, np.array([place]))[:, 0] >= SAME
        twins = np.where(near & (twins < 0), place, twins)
    return picks


class _Variance:
    """The variance of what is predicted for every company, and what a label would take off it."""

    def __init__(self, space: Landscape, pool: Whole, known: Whole, weights: Floats) -> None:
        places = space.places
        self._noise = NOISE + space.alone
        everyone = places[np.concatenate([pool, known])]
        self._spread = everyone.T @ everyone
        scaled = places[known] * (weights / self._noise[known])[:, None]
        precision = np.eye(places.shape[1]) + scaled.T @ places[known]
        self._places = places
        self._shared = places @ np.linalg.inv(precision)
        self._own = (self._shared * places).sum(axis=1)
        self._pull = ((self._shared @ self._spread) * self._shared).sum(axis=1)

    def gains(self, of: Whole) -> Floats:
        """Return by how much a label of each would lower the sum of variances."""
        return np.asarray(self._pull[of] / (self._noise[of] + self._own[of]))

    def settle(self, place: int) -> None:
        """Count the label of one company as known."""
        direction = self._shared[place].copy()
        share = self._places @ direction / (self._noise[place] + self._own[place])
        spread = self._spread @ direction
        self._pull += share * (share * (direction @ spread) - 2 * (self._shared @ spread))
        self._own -= share * (self._places @ direction)
        self._shared -= np.outer(share, direction)
