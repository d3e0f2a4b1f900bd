"""The signals' prior: directions and strengths of the catalogue as weights, fitted to nothing.

A signal that found nothing adds nothing, so a bare site is no evidence for any method. The
weight of a signal at its full value is its strength times its lean, centred over the personas,
divided by the square root of the number of signals on its dimension, because signals of one
dimension repeat each other. Then no family may hold more than a quarter of all weight, because
signals of one family share causes.
"""

import math
from collections.abc import Mapping

from persona.model.artefact import SignalWeights, Weights
from persona.signals.catalogue import Catalogue, SignalEntry

STRENGTH: Mapping[str, float] = {"H": 1.2, "M": 0.75, "L": 0.3}
"""Nats, before tempering, for each step of lean: a judgement, like the directions."""

FAMILY_CAP = 0.25
_DECIMALS = 6
_ROUNDS = 50


def signal_prior(catalogue: Catalogue) -> dict[str, SignalWeights]:
    """Return the weights of every signal in the catalogue, by id."""
    shared = {
        name: sum(entry.dimension == name for entry in catalogue.signals)
        for name in {entry.dimension for entry in catalogue.signals}
    }
    knots = {entry.id: _knots(entry, shared[entry.dimension]) for entry in catalogue.signals}
    reach = {id_: _reach(rows) for id_, (_, rows) in knots.items()}
    scale = family_scale(_by_family(catalogue, reach))
    return {
        entry.id: SignalWeights(
            family=entry.family,
            dimension=entry.dimension,
            at=knots[entry.id][0],
            weights=tuple(_scaled(row, scale[entry.family]) for row in knots[entry.id][1]),
        )
        for entry in catalogue.signals
    }


def _knots(entry: SignalEntry, sharing: int) -> tuple[tuple[float, ...], tuple[Weights, ...]]:
    unit = STRENGTH[entry.strength] / math.sqrt(sharing)
    if entry.kind == "code":
        codes = [index for index, lean in enumerate(entry.directions) if lean]
        leans = [tuple(2.0 if other == index else 0.0 for other in range(3)) for index in codes]
        at = tuple(float(index + 1) for index in codes)
        return at, tuple(_centred(lean, unit) for lean in leans)
    return (0.0, entry.full), ((0.0, 0.0, 0.0), _centred(entry.directions, unit))


def _centred(lean: tuple[float, ...], unit: float) -> Weights:
    middle = math.fsum(lean) / len(lean)
    sales, passive, dynamic = (unit * (each - middle) for each in lean)
    return (sales, passive, dynamic)


def _reach(rows: tuple[Weights, ...]) -> float:
    """Return the largest difference between two personas that a signal can make, in nats."""
    return max(max(row) - min(row) for row in rows)


def _by_family(catalogue: Catalogue, reach: Mapping[str, float]) -> dict[str, float]:
    weight: dict[str, float] = {}
    for entry in catalogue.signals:
        weight[entry.family] = weight.get(entry.family, 0.0) + reach[entry.id]
    return weight


def family_scale(weight: Mapping[str, float]) -> dict[str, float]:
    """Return a factor for each family so that none holds more than its cap of all weight.

    ``weight`` is the sum over a family's signals of the largest difference between two personas
    that each can make; above 0.
    """
    scale = dict.fromkeys(weight, 1.0)
    for _ in range(_ROUNDS):
        for family in weight:
            others = math.fsum(weight[each] * scale[each] for each in weight if each != family)
            most = FAMILY_CAP / (1 - FAMILY_CAP) * others
            scale[family] = min(1.0, most / weight[family])
    return scale


def _scaled(row: Weights, factor: float) -> Weights:
    sales, passive, dynamic = (round(each * factor, _DECIMALS) + 0.0 for each in row)
    return (sales, passive, dynamic)
