"""Companies as points in one space: near each other where what is known of them is alike.

A company is described by five blocks, each of length 1 where anything of it is known and of
length 0 otherwise: the words of its links, its link texts and its text with the shares that the
model gives them, its signals, and its answers (the mean over informants).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.sparse import csr_matrix, hstack

from persona.observations import WORD_PARTS, WordPart
from persona.training.arrays import Floats, Whole
from persona.training.encode import Encoded
from persona.training.settings import Settings
from persona.training.sides import choose_words

LANDMARKS = 500
"""Companies that span the directions in which all are compared."""
_SEED = 0
_SMALLEST = 1e-9


@dataclass(frozen=True)
class Landscape:
    """Where companies lie, in the order of the data they were made from.

    ``features`` is exact and sparse, shape (companies, features). ``places`` holds coordinates in
    the directions that the landmarks span (the approximation of Williams and Seeger 2001): their
    inner products are close to those of ``features``. ``alone`` is the part of each company's
    squared length that lies in no such direction: what it has in common with none of them.
    """

    features: csr_matrix
    places: Floats
    alone: Floats

    def likeness(self, of: Whole, to: Whole) -> Floats:
        """Return the cosine of the angle between companies, 0 to 1, shape (of, to).

        It is 0 for a company of which nothing is known.
        """
        products = (self.features[of] @ self.features[to].T).toarray()
        return np.asarray(products / np.outer(self._lengths[of], self._lengths[to]))

    def nearest(self, of: Whole, among: Whole) -> tuple[Whole, Floats]:
        """Return for each company the likest other one ``among`` some, and how alike they are.

        It is looked for in the directions of the landmarks; how alike the two are is exact.
        Where ``among`` is empty the places are -1 and the likeness 0.
        """
        if not len(among):
            return np.full(len(of), -1, dtype=np.int64), np.zeros(len(of))
        best = np.concatenate(
            [np.zeros(0, dtype=np.int64), *(self._best(rows, among) for rows in _batches(of))]
        )
        products = self.features[of].multiply(self.features[among[best]]).sum(axis=1)
        lengths = self._lengths[of] * self._lengths[among[best]]
        return among[best], np.asarray(products).ravel() / lengths

    def _best(self, of: Whole, among: Whole) -> Whole:
        near = self.places[of] @ (self.places[among] / self._lengths[among, None]).T
        return np.asarray(np.where(of[:, None] == among, -np.inf, near).argmax(axis=1))

    @cached_property
    def _lengths(self) -> Floats:
        """The length of every company's row of features; 1 where nothing is known."""
        lengths = _lengths(self.features)
        return np.where(lengths > 0, lengths, 1)


def lay_out(data: Encoded, settings: Settings) -> Landscape:
    """Return where companies lie; their order changes only the order of the outcome."""
    features = hstack(list(_blocks(data, settings)), format="csr")
    names = sorted(range(len(data.companies)), key=lambda place: data.companies[place].company)
    marks = np.array(names, dtype=np.int64)
    if len(marks) > LANDMARKS:
        marks = np.random.default_rng(_SEED).choice(marks, LANDMARKS, replace=False)
    between = (features @ features[marks].T).toarray()
    values, vectors = np.linalg.eigh(between[marks])
    kept = values > _SMALLEST * max(float(values.max(initial=0)), _SMALLEST)
    places = between @ (vectors[:, kept] / np.sqrt(values[kept]))
    alone = _lengths(features) ** 2 - (places**2).sum(axis=1)
    return Landscape(features, places, np.maximum(alone, 0))


def _blocks(data: Encoded, settings: Settings) -> Iterator[csr_matrix]:
    for part in WORD_PARTS:
        yield _unit(_shares(data, part, settings))
    yield _unit(csr_matrix(np.nan_to_num(data.signals)))
    answers = csr_matrix(np.nan_to_num(data.answers))
    rows = np.arange(len(data.row_company))
    owners = csr_matrix((np.ones(len(rows)), (data.row_company, rows)),
                        shape=(len(data.companies), len(rows)))  # fmt: skip
    yield _unit(owners @ answers)


def _shares(data: Encoded, part: WordPart, settings: Settings) -> csr_matrix:
    """Return (1 + ln count) times rarity for the words that enough companies use."""
    words, rarity = choose_words(data, part, data.has_website, settings)
    place = data.counts[part].place
    shares = data.counts[part].matrix[:, [place[word] for word in words]].tocsr()
    shares.data = (1 + np.log(shares.data)) * rarity[shares.indices]
    return shares


def _unit(block: csr_matrix) -> csr_matrix:
    """Return rows of length 1; rows without anything stay as they are."""
    lengths = _lengths(block)
    scale = np.repeat(1 / np.where(lengths > 0, lengths, 1), np.diff(block.indptr))
    return csr_matrix((block.data * scale, block.indices, block.indptr), shape=block.shape)


def _lengths(block: csr_matrix) -> Floats:
    return np.asarray(np.sqrt(np.asarray(block.multiply(block).sum(axis=1)).ravel()))


def _batches(of: Whole, size: int = 2000) -> Iterator[Whole]:
    yield from (of[start : start + size] for start in range(0, len(of), size))
