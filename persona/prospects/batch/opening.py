"""The opening of each row, looked up by the dimension that speaks most for its leader."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from persona.prospects.batch.exact import Numbers, split
from persona.prospects.batch.signal_evidence import lead_of
from persona.prospects.batch.verdicts import REASONS, Verdicts
from persona.prospects.batch.weights import PAIRS, AnswerTables, Places
from persona.prospects.openings import opening
from persona.signals.catalogue import shipped_catalogue
from persona.vocabulary import DIMENSIONS, PERSONAS, UNDECIDED

_CODES: Final = (*DIMENSIONS, None)
_NO_DIMENSION: Final = len(DIMENSIONS)


class Openings:
    """The openings of rows with some answers and signals; ``texts`` has all there are."""

    def __init__(self, answers: AnswerTables, signals: Sequence[str]) -> None:
        of_signals = [_CODES.index(shipped_catalogue()[signal].dimension) for signal in signals]
        self._of_signals = of_signals
        self._of_ways = [_CODES.index(code) for code in answers.groups]
        pairs = [np.column_stack(split(margins)) for margins in answers.margins]
        parts = [
            np.vstack([answers.together(rows, places) for rows in pairs])
            for places in answers.groups.values()
        ]
        # Only where signals are to be added are the parts of the sums needed one by one.
        self._tables = [
            both if place in of_signals else both.sum(axis=1)
            for place, both in zip(self._of_ways, parts, strict=True)
        ]
        texts: dict[str, int] = {}
        rows = [_row(reason, pair, texts) for reason in REASONS for pair in PAIRS]
        self._openings = np.array(rows, np.int32)
        self.texts = pa.array(list(texts), pa.string())

    def find(self, ways: Sequence[Places], verdicts: Verdicts) -> NDArray[np.int32]:
        """Return the place in ``texts`` of each row's opening.

        ``ways`` are as from ``AnswerTables.ways``.
        """
        rows = verdicts.reasons * np.intp(len(PAIRS)) + verdicts.pairs
        return self._openings.take(rows * len(_CODES) + self._strongest(ways, verdicts))

    def _strongest(self, ways: Sequence[Places], verdicts: Verdicts) -> Places:
        """Return the dimension that adds most to the lead, ``_NO_DIMENSION`` where none does."""
        strongest = np.full(len(verdicts.pairs), _NO_DIMENSION, np.intp)
        most = np.zeros(len(strongest))
        for place, margins in sorted(self._margins(ways, verdicts).items()):
            np.copyto(strongest, place, where=margins > most)
            np.maximum(most, margins, out=most)
        return strongest

    def _margins(self, ways: Sequence[Places], verdicts: Verdicts) -> dict[int, Numbers]:
        """Return what each dimension adds to the lead, as far as there is any evidence on it."""
        parts = {}
        for place, table, way in zip(self._of_ways, self._tables, ways, strict=True):
            step = len(table) // len(PAIRS)
            parts[place] = table.take(verdicts.pairs * step + way, axis=0)
        if not self._of_signals:
            return parts
        for place, lead in zip(self._of_signals, lead_of(verdicts), strict=True):
            parts[place] = parts.get(place, 0.0) + np.column_stack(split(lead))
        return {at: each.sum(axis=1) if each.ndim > 1 else each for at, each in parts.items()}


def _row(reason: str, pair: tuple[int, int], texts: dict[str, int]) -> list[int]:
    """Return the places of the texts for each dimension, and for none; new ones are added."""
    leader, runner_up = (PERSONAS[place] for place in pair)
    label = UNDECIDED if reason else leader
    found = (opening(label, reason or None, leader, runner_up, code) for code in _CODES)
    return [texts.setdefault(text, len(texts)) for text in found]
