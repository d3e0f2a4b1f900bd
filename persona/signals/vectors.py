"""Texts as vectors of weighted words, and how alike they are."""

from collections import Counter
from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from persona.signals.shingles import word_hashes

_SPACE: Final = 2**18
_WORDS: Final = 300
"""Different words kept of one text, the most frequent first."""

Weights = NDArray[np.float32]


class Vector(NamedTuple):
    """The words of a text as places in a space of 2^18, and how often each occurs."""

    words: NDArray[np.uint32]
    counts: Weights


def vector(words: Sequence[str]) -> Vector:
    """Return the vector of a text given as its words."""
    often = Counter(words).most_common(_WORDS)
    places = word_hashes([word for word, _ in often]) % np.uint64(_SPACE)
    counts = np.fromiter((count for _, count in often), np.float32, len(often))
    return Vector(places.astype(np.uint32), counts)


class Vectors:
    """Vectors side by side; a word weighs the more, the fewer of them have it."""

    def __init__(self, vectors: Sequence[Vector]) -> None:
        sizes = np.array([len(each.words) for each in vectors], np.int64)
        self._words = np.concatenate([np.empty(0, np.uint32), *(v.words for v in vectors)])
        counts = np.concatenate([np.empty(0, np.float32), *(v.counts for v in vectors)])
        self._owners = np.repeat(np.arange(len(vectors)), sizes)
        using = np.bincount(self._words, minlength=_SPACE)
        rarity = np.log((len(vectors) + 1) / (np.minimum(using, len(vectors)) + 1))
        self._worth = (1 + rarity).astype(np.float32)
        self._weights = np.log1p(counts) * self._worth[self._words]
        self._lengths = np.sqrt(self._per_owner(self._weights**2, len(vectors)))

    def _per_owner(self, values: Weights, owners: int) -> NDArray[np.float64]:
        sums: NDArray[np.float64] = np.bincount(self._owners, values, minlength=owners).astype(
            float
        )
        return sums

    def cosines(self, one: Vector) -> NDArray[np.float64]:
        """Return how alike ``one`` and each of the vectors is, 0 to 1."""
        weights = self._weigh(one)
        dense = np.zeros(_SPACE, np.float32)
        np.add.at(dense, one.words, weights)
        dots = self._per_owner(dense[self._words] * self._weights, len(self._lengths))
        scale = self._lengths * float(np.sqrt((dense**2).sum()))
        return np.divide(dots, scale, out=np.zeros_like(dots), where=scale > 0)

    def cosine(self, one: Vector, other: Vector) -> float:
        """Return how alike two texts are, 0 to 1, words weighed as in this collection."""
        return float(Vectors._alike(self._dense(one), self._dense(other)))

    def _weigh(self, one: Vector) -> Weights:
        weights: Weights = np.log1p(one.counts) * self._worth[one.words]
        return weights

    def _dense(self, one: Vector) -> dict[int, float]:
        return dict(zip(one.words.tolist(), self._weigh(one).tolist(), strict=True))

    @staticmethod
    def _alike(one: dict[int, float], other: dict[int, float]) -> float:
        dot = sum(weight * other[word] for word, weight in one.items() if word in other)
        lengths = [sum(w * w for w in each.values()) ** 0.5 for each in (one, other)]
        scale = lengths[0] * lengths[1]
        return min(dot / scale, 1.0) if scale else 0.0
