"""Floors under a model's figures: read, compared, raised, and lowered only when told to.

A figure that is the better the smaller it is has a ceiling; everything said of floors holds for
it the other way round.
"""

import math
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import msgspec

from persona.errors import FileError, TableError
from persona.files import decode, encode, read_bytes, write_atomically
from persona.training.headlines import less_is_better

SCHEMA: Final = "persona-floors/1"
TOLERANCE: Final = 0.01
"""How far below the present figure a floor is pinned."""

_DECIMALS: Final = 3


class Floors(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The worst that each figure may be, pinned ``tolerance`` away from what it was."""

    schema: str
    tolerance: float
    floors: dict[str, float]
    ceilings: dict[str, float]

    @property
    def bounds(self) -> dict[str, float]:
        """Floors and ceilings together, by name."""
        return {**self.floors, **self.ceilings}


class Miss(msgspec.Struct, frozen=True):
    """A figure on the wrong side of its floor; ``value`` is None where there is no such figure."""

    name: str
    value: float | None
    bound: float

    def __str__(self) -> str:
        """Return name, value and floor as one line."""
        side, word = ("above", "ceiling") if less_is_better(self.name) else ("below", "floor")
        if self.value is None:
            return f"{self.name}: there is no such figure, and its {word} is {self.bound:.3f}"
        return f"{self.name}: {self.value:.4f} is {side} its {word} of {self.bound:.3f}"


class Lowered(msgspec.Struct, frozen=True):
    """A floor that was lowered; ``after`` is None where it was dropped."""

    name: str
    before: float
    after: float | None


def read_floors(path: Path) -> Floors:
    """Read the floors; none where there is no file. Raises TableError when it is damaged."""
    if not path.exists():
        return Floors(SCHEMA, TOLERANCE, {}, {})
    try:
        floors = decode(read_bytes(path), Floors)
    except FileError as error:
        raise TableError(f"{path}: no file of floors ({error})") from None
    if floors.schema != SCHEMA:
        raise TableError(f"{path}: schema {floors.schema!r} is not {SCHEMA!r}")
    return floors


def write_floors(path: Path, floors: Floors) -> None:
    """Write the floors, whole or not at all."""
    write_atomically(path, encode(floors))


def misses(figures: Mapping[str, float], floors: Floors) -> list[Miss]:
    """Return every floor that its figure does not reach, figures that are gone included."""
    found = [Miss(name, figures.get(name), bound) for name, bound in floors.bounds.items()]
    return [one for one in found if one.value is None or _worse(one.name, one.value, one.bound)]


def raised(figures: Mapping[str, float], floors: Floors, tolerance: float) -> Floors:
    """Return floors pinned to the present figures less a tolerance; none is lowered."""
    bounds = floors.bounds
    pinned = {name: _pin(name, value, tolerance) for name, value in figures.items()}
    kept = {name: bound for name, bound in bounds.items()
            if name not in pinned or _worse(name, pinned[name], bound)}  # fmt: skip
    return _floors({**pinned, **kept}, tolerance)


def pinned(figures: Mapping[str, float], tolerance: float) -> Floors:
    """Return floors pinned to the present figures less a tolerance, whatever they were before."""
    return _floors({name: _pin(name, value, tolerance) for name, value in figures.items()},
                   tolerance)  # fmt: skip


def lowered(before: Floors, after: Floors) -> Iterator[Lowered]:
    """Yield the floors of ``before`` that ``after`` lowers or drops."""
    bounds = after.bounds
    for name, bound in before.bounds.items():
        now = bounds.get(name)
        if now is None or _worse(name, now, bound):
            yield Lowered(name, bound, now)


def _floors(bounds: Mapping[str, float], tolerance: float) -> Floors:
    ordered = dict(sorted(bounds.items()))
    return Floors(
        schema=SCHEMA,
        tolerance=tolerance,
        floors={name: bound for name, bound in ordered.items() if not less_is_better(name)},
        ceilings={name: bound for name, bound in ordered.items() if less_is_better(name)},
    )


def _worse(name: str, value: float, bound: float) -> bool:
    return not (value <= bound if less_is_better(name) else value >= bound)


def _pin(name: str, value: float, tolerance: float) -> float:
    """Return a figure less the tolerance, rounded away from it."""
    scale = 10**_DECIMALS
    if less_is_better(name):
        return math.ceil(round((value + tolerance) * scale, 6)) / scale
    return max(0.0, math.floor(round((value - tolerance) * scale, 6)) / scale)
