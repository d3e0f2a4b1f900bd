"""The profile: where a company stands on each of the fourteen dimensions."""

import math
from collections.abc import Iterable
from typing import Annotated

import msgspec

from persona.drawn import Drawn
from persona.observations import Answer, ObservationRow
from persona.vocabulary import DIMENSIONS

Level = Annotated[int, msgspec.Meta(ge=1, le=3)]
"""A place on a dimension: 1, 2 or 3 for the persona that it resembles."""


class Standing(msgspec.Struct, frozen=True):
    """One dimension of one company.

    ``mean`` is the mean level (1 to 3) of its answers that are not neutral, ``level`` the
    level nearest to it; both are None when nothing is known. ``known`` tells "answered, but
    neutral" from "not answered".
    """

    dimension: str
    level: Level | None
    mean: Annotated[float, msgspec.Meta(ge=1, le=3)] | None
    levels: tuple[Level, ...]
    known: bool

    @property
    def split(self) -> bool:
        """True when two answers stand at opposite ends of the dimension."""
        return 1 in self.levels and 3 in self.levels


class Profile(Drawn, frozen=True):
    """The standing on every dimension, in the order of ``vocabulary.DIMENSIONS``."""

    standings: tuple[Standing, ...]

    def __getitem__(self, dimension: str) -> Standing:
        """Return the standing on one dimension; KeyError for an unknown code."""
        for standing in self.standings:
            if standing.dimension == dimension:
                return standing
        raise KeyError(dimension)


def build_profile(row: ObservationRow) -> Profile:
    """Return the profile of a row; neutral answers are left out, unknown stays unknown."""
    by_dimension: dict[str, list[Answer]] = {dimension: [] for dimension in DIMENSIONS}
    for answer in row.of_kind("persona"):
        if answer.dimension in by_dimension:
            by_dimension[answer.dimension].append(answer)
    return Profile(tuple(_standing(code, answers) for code, answers in by_dimension.items()))


def _standing(dimension: str, answers: Iterable[Answer]) -> Standing:
    answers = list(answers)
    levels = tuple(answer.level for answer in answers if answer.level)
    mean = math.fsum(levels) / len(levels) if levels else None
    return Standing(
        dimension=dimension,
        level=None if mean is None else nearest_level(mean),
        mean=mean,
        levels=levels,
        known=bool(answers),
    )


def nearest_level(mean: float) -> int:
    """Return the level nearest to a mean; halfway goes down, so that no weakness is hidden."""
    return math.ceil(mean - 0.5)
