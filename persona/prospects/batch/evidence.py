"""The evidence of many rows: which pieces speak most for and against the leader, in words."""

from collections.abc import Iterator, Sequence

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from persona.layout import clean
from persona.model.verdict import SLIGHT
from persona.prospects.batch.cells import Codes, text_buffers
from persona.prospects.batch.exact import Numbers
from persona.prospects.batch.signal_evidence import SignalPieces, lead_of, strongest
from persona.prospects.batch.verdicts import Verdicts
from persona.prospects.batch.weights import PAIRS, AnswerTables, Places
from persona.prospects.judge import SHOWN_AGAINST, SHOWN_FOR
from persona.prospects.phrases import JOINER, answer_phrase

_Ranks = NDArray[np.uint16]


class Evidence:
    """The evidence that rows of answers and signals can have, with its phrases and ids."""

    def __init__(self, answers: AnswerTables, signals: Sequence[str]) -> None:
        self._answers = _Ranking(answers)
        self._signals = SignalPieces(signals)
        self._nothing = len(answers.pieces)
        phrases = [answer_phrase(*piece) if piece[1] else "" for piece in answers.pieces]
        ids = [f"{item}{option}" if option else "" for item, option in answers.pieces]
        texts = [*phrases, "", *self._signals.phrases]
        self._phrases = _Texts([clean(text) for text in texts], JOINER)
        self._ids = _Texts([*ids, "", *self._signals.ids], " ")

    def words(
        self, codes: Codes, values: Numbers, verdicts: Verdicts
    ) -> tuple[pa.Array, pa.Array, pa.Array]:
        """Return the evidence for and against the leader in words, and the ids of that for it.

        The first two are dictionary arrays. ``codes`` has a row for each item on method,
        ``values`` for each signal. The strongest comes first; of two that are equally strong, the
        one further up.
        """
        for_, against = self._answers.strongest(codes, verdicts.pairs)
        if self._signals.ids:
            seen = [piece + self._nothing + 1 for piece in self._signals.of(values)]
            lead = lead_of(verdicts)
            margins = self._answers.margins(for_, verdicts.pairs)
            for_ = strongest([*for_, *seen], [margins, lead], SHOWN_FOR, self._nothing)
            margins = -self._answers.margins(against, verdicts.pairs)
            against = strongest([*against, *seen], [margins, -lead], SHOWN_AGAINST, self._nothing)
        phrases, count = self._phrases, self._phrases.count
        of_for, distinct = _distinct(for_, count)
        of_against, distinct_against = _distinct(against, count)
        return (
            pa.DictionaryArray.from_arrays(of_for, phrases.joined(distinct)),
            pa.DictionaryArray.from_arrays(of_against, phrases.joined(distinct_against)),
            self._ids.joined(distinct).take(of_for),
        )


def _distinct(pieces: Sequence[Places], count: int) -> tuple[pa.Array, list[Places]]:
    """Return which of the different rows of pieces each row is, and these rows.

    There are ``count`` pieces. Of ten thousand real rows, most share their evidence with others.
    """
    numbers = np.zeros(len(pieces[0]), np.int64)
    for each in pieces:
        numbers = numbers * count + each
    encoded = pa.array(numbers).dictionary_encode()
    left = encoded.dictionary.to_numpy()
    rows = []
    for _ in pieces:
        left, each = np.divmod(left, count)
        rows.append(each)
    return encoded.indices, rows[::-1]


class _Ranking:
    """The pieces of answers in order of their margins, for each pair of leader and runner-up.

    The piece that adds most to the lead has rank 0, the one that takes most from it the last;
    all whose margins are slight share the rank in the middle, which stands for nothing. The
    strongest pieces of a row are then those of its least and of its largest ranks.
    """

    def __init__(self, answers: AnswerTables) -> None:
        self._middle = len(answers.pieces)
        ranks = np.full(answers.margins.shape, self._middle, np.uint16)
        for_ = [_order(margins) for margins in answers.margins]
        against = [_order(-margins) for margins in answers.margins]
        for row, most, least in zip(ranks, for_, against, strict=True):
            row[most] = np.arange(len(most))
            row[least] = 2 * self._middle - np.arange(len(least))
        self._ranks = [ranks[:, start:][:, :size] for start, size in answers.spans]
        self._for, self._against = self._by_rank(for_), self._by_rank(against)
        self._margins = np.hstack([answers.margins, np.zeros((len(PAIRS), 1))])

    def _by_rank(self, orders: Sequence[Places]) -> Places:
        """Return for each pair the pieces by rank, "nothing" from the last one on."""
        pieces = np.full((len(orders), self._middle + 1), self._middle)
        for row, order in zip(pieces, orders, strict=True):
            row[: len(order)] = order
        return pieces

    def strongest(self, codes: Codes, pairs: Places) -> tuple[list[Places], list[Places]]:
        """Return the strongest pieces for and against the leader, "nothing" where there are none.

        ``codes`` has a row for each item; each of the results a row for each place.
        """
        ranks = np.empty(codes.shape, np.uint16)
        rows = {size: pairs * size for size in {table.shape[1] for table in self._ranks}}
        for row, code, table in zip(ranks, codes, self._ranks, strict=True):
            table.take(rows[table.shape[1]] + code, out=row, mode="clip")
        first = pairs * (self._middle + 1)
        mirrored = np.uint16(2 * self._middle) - ranks
        for_ = [self._for.take(first + each) for each in self._least(ranks, SHOWN_FOR)]
        against = [
            self._against.take(first + each) for each in self._least(mirrored, SHOWN_AGAINST)
        ]
        return for_, against

    def _least(self, ranks: _Ranks, most: int) -> Iterator[_Ranks]:
        """Yield the least ranks of each row, then the next to least; ``ranks`` are used up."""
        middle = np.uint16(self._middle)
        for _ in range(most - 1):
            least = ranks.min(axis=0, initial=middle)
            yield least
            np.maximum(ranks, (ranks == least) * middle, out=ranks)
        yield ranks.min(axis=0, initial=middle)

    def margins(self, pieces: Sequence[Places], pairs: Places) -> Numbers:
        """Return what pieces add to the lead, a row for each."""
        return self._margins[pairs, np.array(pieces)]


def _order(margins: Numbers) -> Places:
    """Return the pieces with margins that are not slight, the largest first."""
    found = np.flatnonzero(margins > SLIGHT)
    return found[np.argsort(-margins[found], kind="stable")]


class _Texts:
    """Texts by piece, "" for what says nothing."""

    def __init__(self, texts: Sequence[str], between: str) -> None:
        self.count = len(texts)
        further = [text and between + text for text in texts]
        self._texts = pa.array([*texts, *further], pa.string())

    def joined(self, pieces: Sequence[Places]) -> pa.Array:
        """Return the texts of some pieces of each row as one; after nothing comes nothing.

        The texts that are taken lie behind each other, those of a row together: as one text they
        have the first one's beginning and the last one's end.
        """
        width = len(pieces)
        places = np.empty((len(pieces[0]), width), np.intp)
        for column, each in enumerate(pieces):
            np.add(each, self.count if column else 0, out=places[:, column])
        taken = self._texts.take(pa.array(places.ravel()))
        starts, _ = text_buffers(taken)
        ends = pa.py_buffer(starts[::width].tobytes())
        return pa.StringArray.from_buffers(len(places), ends, taken.buffers()[2])
