"""The view from outside: where a website puts a company on each dimension.

Also where that differs from its own answers. The two are never averaged: a difference is a
finding, and is named.
"""

import math
from typing import Final, Literal

import msgspec

from persona.model.artefact import Model, Weights
from persona.model.evidence import weigh_signals
from persona.model.profile import Level, Profile
from persona.observations import ObservationRow
from persona.vocabulary import DIMENSIONS, PERSONAS

LEAST_SUPPORT: Final = 0.1
"""In nats: below it, what was seen on a dimension leans nowhere."""

LEAST_LEAD: Final = 0.01
"""In nats: two personas nearer than this are level."""

Kind = Literal["website_claims_more", "answers_claim_more"]


class Sighting(msgspec.Struct, frozen=True):
    """What a website shows of one dimension.

    ``level`` is 1, 2 or 3 for the persona that it resembles, None where nothing was found that
    leans; ``support`` what the signals that found something add toward each persona, in nats;
    ``signals`` the ids of the known ones, found or not.
    """

    dimension: str
    level: Level | None
    support: Weights
    signals: tuple[str, ...]


class Difference(msgspec.Struct, frozen=True):
    """A dimension on which website and answers differ: their levels, and which claims more."""

    dimension: str
    answers: Level
    website: Level
    kind: Kind


def view_from_outside(row: ObservationRow, model: Model) -> tuple[Sighting, ...]:
    """Return what the website shows, for every dimension that has a known signal."""
    by_dimension: dict[str, list[tuple[str, Weights]]] = {name: [] for name in DIMENSIONS}
    for evidence in weigh_signals(row, model):
        name = model.signals[evidence.item].dimension
        by_dimension.setdefault(name, []).append((evidence.item, evidence.weights))
    return tuple(_sighting(name, seen) for name, seen in by_dimension.items() if seen)


def _sighting(dimension: str, seen: list[tuple[str, Weights]]) -> Sighting:
    sales, passive, dynamic = (
        math.fsum(max(0.0, weights[index]) for _, weights in seen) for index in range(len(PERSONAS))
    )
    support = (sales, passive, dynamic)
    return Sighting(dimension, _level(support), support, tuple(signal for signal, _ in seen))


def _level(support: Weights) -> int | None:
    """Return the level with clearly the most support; None when there is little, or a tie."""
    first, second = sorted(support, reverse=True)[:2]
    if first < LEAST_SUPPORT or first - second < LEAST_LEAD:
        return None
    return support.index(first) + 1


def differences(profile: Profile, sightings: tuple[Sighting, ...]) -> tuple[Difference, ...]:
    """Return the dimensions where answers and website stand on different levels."""
    found = []
    for sighting in sightings:
        inside, outside = profile[sighting.dimension].level, sighting.level
        if inside is not None and outside is not None and inside != outside:
            kind: Kind = "website_claims_more" if outside > inside else "answers_claim_more"
            found.append(Difference(sighting.dimension, inside, outside, kind))
    return tuple(found)
