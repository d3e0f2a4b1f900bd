"""Lines of text as MinHash signatures: which lines say the same in nearly the same words."""

import re
from collections.abc import Sequence
from typing import Final
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

WORDS: Final = re.compile(r"[^\W_]+")
SHINGLE: Final = 8
"""Words in a shingle."""
SHORTEST: Final = 15
"""Words below which a line is too short to be recognised as anybody's."""
SAME: Final = 0.8
"""Share of common shingles (Jaccard) from which on two lines are the same text."""
HASHES: Final = 32
_BANDS: Final = 8

Hashes = NDArray[np.uint64]
Signatures = NDArray[np.uint32]

_random = np.random.Generator(np.random.PCG64(8))
_FACTORS: Final[Hashes] = _random.integers(1, 2**63, HASHES, dtype=np.uint64) * np.uint64(2) + (
    np.uint64(1)
)
_OFFSETS: Final[Hashes] = _random.integers(0, 2**63, HASHES, dtype=np.uint64)
_STEP: Final = np.uint64(0x9E3779B97F4A7C15)


def word_hashes(words: Sequence[str]) -> Hashes:
    """Return one number for each word, the same in every process."""
    return np.fromiter(
        (crc32(word.encode("utf-8", "replace")) for word in words), np.uint64, len(words)
    )


def runs(hashes: Hashes, length: int) -> Hashes:
    """Return one well-mixed number for each run of ``length`` words, by its first word."""
    count = len(hashes) - length + 1
    if count <= 0:
        return np.empty(0, np.uint64)
    mixed = np.full(count, length, np.uint64)
    for offset in range(length):
        mixed = (mixed ^ hashes[offset : offset + count]) * _STEP
        mixed ^= mixed >> np.uint64(29)
    return mixed


def signatures(lines: Sequence[Sequence[str]]) -> Signatures:
    """Return one row of MinHashes for each line, given as its words, at least ``SHINGLE``."""
    if not lines:
        return np.empty((0, HASHES), np.uint32)
    rows = np.empty((len(lines), HASHES), np.uint32)
    for number, words in enumerate(lines):
        shingles = runs(word_hashes(words), SHINGLE)
        spread = shingles[:, None] * _FACTORS + _OFFSETS
        rows[number] = (spread >> np.uint64(32)).min(axis=0)
    return rows


def _band_keys(rows: Signatures) -> Hashes:
    """Return a number for each band of each row: equal bands make two lines candidates."""
    bands = rows.reshape(len(rows), _BANDS, HASHES // _BANDS).astype(np.uint64)
    keys = np.broadcast_to(np.arange(_BANDS, dtype=np.uint64), (len(rows), _BANDS)).copy()
    for place in range(bands.shape[2]):
        keys = (keys ^ bands[:, :, place]) * _STEP
        keys ^= keys >> np.uint64(31)
    return keys


class LineIndex:
    """Lines of many owners, found again by nearly the same words."""

    def __init__(self, rows: Signatures, owners: NDArray[np.uint32]) -> None:
        keys = _band_keys(rows).ravel()
        order = np.argsort(keys, kind="stable")
        self._keys = keys[order]
        self._lines = (order // _BANDS).astype(np.uint32)
        self._rows = rows
        self._owners = owners

    def owners(self, rows: Signatures) -> list[frozenset[int]]:
        """Return for each row the owners of a line that is the same text."""
        if not len(rows) or not len(self._rows):
            return [frozenset()] * len(rows)
        keys = _band_keys(rows)
        left = np.searchsorted(self._keys, keys, "left")
        right = np.searchsorted(self._keys, keys, "right")
        return [
            self._same(row, [self._lines[a:b] for a, b in zip(lows, highs, strict=True) if b > a])
            for row, lows, highs in zip(rows, left, right, strict=True)
        ]

    def _same(self, row: NDArray[np.uint32], found: list[NDArray[np.uint32]]) -> frozenset[int]:
        if not found:
            return frozenset()
        lines = np.unique(np.concatenate(found))
        alike = (self._rows[lines] == row).mean(axis=1)
        return frozenset(self._owners[lines[alike >= SAME]].tolist())
