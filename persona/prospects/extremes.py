"""The few rows that stand out most, found while many go by."""

from collections.abc import Callable
from typing import Final

import numpy as np
import numpy.typing as npt

from persona.prospects.summary import Standing

SHOWN: Final = 10


class Extremes:
    """The rows with the highest values, earlier rows first where values are equal."""

    def __init__(self) -> None:
        self._kept: list[tuple[float, int, Standing]] = []

    def add(
        self, start: int, values: npt.NDArray[np.float64], standing: Callable[[int], Standing]
    ) -> None:
        """Look at the rows of a chunk; one whose value is NaN is out of the question.

        ``start`` is the number of the first row. ``standing`` is asked for the row at a place
        in the chunk, and only for those that are kept for now.
        """
        full = len(self._kept) == SHOWN
        places = np.flatnonzero(values >= -self._kept[-1][0] if full else ~np.isnan(values))
        best = places[np.argsort(-values[places], kind="stable")[:SHOWN]]
        for place in best.tolist():
            rank = (-float(values[place]), start + place)
            if len(self._kept) == SHOWN and rank > self._kept[-1][:2]:
                return
            self._kept.append((*rank, standing(place)))
            self._kept.sort(key=lambda one: one[:2])
            del self._kept[SHOWN:]

    def found(self) -> tuple[Standing, ...]:
        """Return the rows, the most extreme first."""
        return tuple(one[2] for one in self._kept)
