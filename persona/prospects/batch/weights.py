"""The weights of answers as tables: what was answered, looked up and added."""

from collections.abc import Sequence
from itertools import permutations
from typing import Final

import numpy as np
from numpy.typing import NDArray

from persona.model.artefact import Model
from persona.model.evidence import tempered
from persona.prospects.batch.cells import Codes
from persona.prospects.batch.exact import Numbers, split
from persona.questionnaire.items import Item
from persona.vocabulary import DIMENSIONS, PERSONAS

PAIRS: Final = tuple(permutations(range(len(PERSONAS)), 2))
"""Every leader with every runner-up, as places in ``PERSONAS``."""

Places = NDArray[np.intp]


class AnswerTables:
    """Weights of the answers to some items on method, in the order of the questionnaire.

    A *piece* is an item with one of its options, or with none. ``pieces`` has those of all items
    one after the other, ``spans`` where those of each item begin and how many they are, and
    ``margins`` what each piece adds to a leader's lead, with a row for each of ``PAIRS``.
    ``groups`` has the places of the items of each dimension that there is, by its code.
    """

    def __init__(self, items: Sequence[Item], model: Model) -> None:
        self.items = tuple(items)
        self.sizes = [len(item.options) + 1 for item in items]
        starts = np.cumsum([0, *self.sizes])[:-1].tolist()
        self.spans = tuple(zip(starts, self.sizes, strict=True))
        self.pieces = tuple(
            (item.id, option)
            for item in items
            for option in (None, *(each.id for each in item.options))
        )
        weights = [_weights(model, *piece) for piece in self.pieces]
        added = np.array([each or (0.0, 0.0, 0.0) for each in weights]).reshape(-1, len(PERSONAS))
        self.margins = np.array([added[:, one] - added[:, other] for one, other in PAIRS])
        self.groups = {
            code: places
            for code in DIMENSIONS
            if (places := [at for at, item in enumerate(items) if item.dimension == code])
        }
        weighed = [[each is not None] for each in weights]
        rows = np.hstack([*split(added), np.reshape(weighed, (-1, 1))])
        self._sums = [self.together(rows, places) for places in self.groups.values()]

    def together(self, rows: Numbers, places: Sequence[int]) -> Numbers:
        """Return the sums of rows for all ways of answering some items; ``rows`` are by piece."""
        total = np.zeros((1, rows.shape[1]))
        for place in places:
            start, size = self.spans[place]
            own = rows[start : start + size]
            total = (total[:, None, :] + own[None, :, :]).reshape(-1, rows.shape[1])
        return total

    def ways(self, codes: Codes) -> list[Places]:
        """Return for each dimension which way its items are answered, row by row.

        ``codes`` has a row for each item.
        """
        return [combined(codes, places, self.sizes) for places in self.groups.values()]

    def sums(self, ways: Sequence[Places], rows: int) -> tuple[Numbers, Numbers, Numbers]:
        """Return what the answers of each of this many rows add to the logits, and how many.

        First the coarse and the remaining part of the sums (see ``split``), then how many answers
        have weights.
        """
        total = np.zeros((rows, 2 * len(PERSONAS) + 1))
        for table, way in zip(self._sums, ways, strict=True):
            total += table.take(way, axis=0)
        return total[:, :3], total[:, 3:6], total[:, 6]


def _weights(model: Model, item: str, option: str | None) -> tuple[float, float, float] | None:
    found = model.answers.get(item, {}).get(option) if option else None
    return None if found is None else tempered(found, model)


def combined(codes: Codes, places: Sequence[int], sizes: Sequence[int]) -> Places:
    """Return the place of each row in a table of all ways of answering some of the items.

    ``sizes`` tells in how many ways each item can be answered, "not at all" among them; the last
    item's change fastest.
    """
    at = np.zeros(codes.shape[1], np.intp)
    for place in places:
        at *= sizes[place]
        at += codes[place]
    return at
