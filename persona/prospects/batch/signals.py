"""What signals add to the logits: a model's weights at arrays of values."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from persona.model.artefact import Model, SignalWeights
from persona.model.evidence import site_temperature
from persona.prospects.batch.exact import Numbers, add
from persona.vocabulary import PERSONAS

Flags = NDArray[np.bool_]


class SignalTables:
    """The weights of some signals, in the order of the catalogue."""

    def __init__(self, signals: Sequence[str], model: Model) -> None:
        self.signals = tuple(signals)
        self._model = model
        self._temperature = site_temperature(model)
        self._weights = [model.signals.get(signal) for signal in signals]
        families = [each.family if each else "" for each in self._weights]
        self._families = [
            [place for place, family in enumerate(families) if family == name]
            for name in sorted({*families} - {""})
        ]

    def weigh(self, values: Numbers, share: Numbers) -> tuple[Numbers, Flags]:
        """Return what each signal adds toward each persona, and which have weights at all.

        ``values`` has a row for each signal, NaN where it is missing; ``share`` is how much of
        the weights counts, row by row. The first result is signals by personas by rows.
        """
        added = np.zeros((len(values), len(PERSONAS), values.shape[1]))
        known = np.zeros(values.shape, np.bool_)
        for place, weights in enumerate(self._weights):
            if weights is not None:
                known[place] = ~np.isnan(values[place])
                added[place] = _at(values[place], weights) / self._temperature * share
                added[place][:, ~known[place]] = 0.0
        return added, known

    def too_few(self, added: Numbers, known: Flags) -> Flags:
        """Return where signals are too few, too much alike or too weak for a verdict.

        As ``persona.model.website.seen_too_little`` for models that were not fitted to websites.
        """
        limits = self._model.thresholds
        few = known.sum(axis=0) < limits.min_signals
        kinds = np.zeros(known.shape[1], int)
        for places in self._families:
            kinds += known[places].any(axis=0)
        weak = _support(added).max(axis=0) < limits.min_support
        short: Flags = few | (kinds < limits.min_families) | weak
        return short

    def clash(self, added: Numbers) -> Flags:
        """Return where signs of the first and of the last persona are both strong."""
        support = _support(added)
        first, last = support[0], support[-1]
        most = np.maximum(first, last)
        weaker = np.minimum(first, last)
        near = weaker > self._model.thresholds.clash * most
        both: Flags = near & (most == support.max(axis=0))
        return both


def _support(added: Numbers) -> Numbers:
    return add(list(np.maximum(added, 0.0)))


def _at(values: Numbers, signal: SignalWeights) -> Numbers:
    """Return the weights at values: linear between the values given, level beyond them."""
    at, weights = np.array(signal.at), np.array(signal.weights)
    above = np.searchsorted(at, values)
    values = np.clip(values, at[0], at[-1])
    high = np.clip(above, 1, len(at) - 1) if len(at) > 1 else np.zeros_like(above)
    low = np.maximum(high - 1, 0)
    width = np.where(high > low, at[high] - at[low], 1.0)
    share = (values - at[low]) / width
    between = weights[low] + share[:, None] * (weights[high] - weights[low])
    between[above == 0] = weights[0]
    between[above == len(at)] = weights[-1]
    found: Numbers = between.T
    return found
