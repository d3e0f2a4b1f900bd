"""The evidence of signals in many rows: what each says, and where it stands among answers."""

from collections.abc import Sequence

import numpy as np

from persona.model.verdict import SLIGHT
from persona.prospects.batch.exact import Numbers
from persona.prospects.batch.verdicts import Verdicts
from persona.prospects.batch.weights import PAIRS, Places
from persona.prospects.phrases import signal_phrase
from persona.signals.catalogue import shipped_catalogue


class SignalPieces:
    """The pieces of evidence of some signals: each signal, or each of its codes if it has any.

    ``phrases`` and ``ids`` are by piece.
    """

    def __init__(self, signals: Sequence[str]) -> None:
        self.phrases: list[str] = []
        self.ids: list[str] = []
        self._codes = []
        for signal in signals:
            codes = sorted(int(code) for code in shipped_catalogue()[signal].codes)
            self._codes.append((len(self.phrases), codes))
            self.phrases += [*(signal_phrase(signal, code) for code in codes)]
            self.phrases.append(signal_phrase(signal))
            self.ids += [signal] * (len(codes) + 1)

    def of(self, values: Numbers) -> list[Places]:
        """Return the piece that each value is, a row for each signal."""
        found = []
        for (start, codes), row in zip(self._codes, values, strict=True):
            pieces = np.full(len(row), start + len(codes), np.intp)
            for place, code in enumerate(codes, start):
                pieces[np.rint(row) == code] = place
            found.append(pieces)
        return found


def lead_of(verdicts: Verdicts) -> Numbers:
    """Return what each signal adds to the lead over the runner-up, a row for each signal."""
    leaders, rivals = np.array(PAIRS).T.take(verdicts.pairs, axis=1)
    rows = np.arange(len(leaders))
    lead: Numbers = verdicts.added[:, leaders, rows] - verdicts.added[:, rivals, rows]
    return lead


def strongest(
    pieces: Sequence[Places], margins: Sequence[Numbers], most: int, nothing: int
) -> list[Places]:
    """Return the pieces with the largest margins of each row, the largest first.

    On a tie, the one further up; ``nothing`` where there are no more that are not slight.
    """
    left, all_pieces = np.vstack(margins), np.vstack(pieces)
    rows = np.arange(left.shape[1])
    found = []
    for _ in range(most):
        at = left.argmax(axis=0)
        found.append(np.where(left[at, rows] > SLIGHT, all_pieces[at, rows], nothing))
        left[at, rows] = -np.inf
    return found
