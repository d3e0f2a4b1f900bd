"""How many firms use a phrase, and which words a firm uses, in a fixed amount of memory."""

from typing import Final
from zlib import crc32

import numpy as np

from persona.signals.shingles import Hashes

_CELLS: Final = 2**23
_BITS: Final = 2**26
_ROWS: Final = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F))


def _cells(hashes: Hashes, size: int) -> list[Hashes]:
    """Return for each row the cell of each number."""
    shift = np.uint64(64 - (size - 1).bit_length())
    return [(hashes * factor) >> shift for factor in _ROWS]


class Counts:
    """Counts how often each number was added: never too low, too high only by chance (32 MB)."""

    def __init__(self) -> None:
        self._table = np.zeros((len(_ROWS), _CELLS), np.uint16)

    def add(self, hashes: Hashes) -> None:
        """Count different numbers once each."""
        for row, cells in zip(self._table, _cells(hashes, _CELLS), strict=True):
            cells = np.unique(cells)
            row[cells] = np.minimum(row[cells].astype(np.uint32) + 1, np.iinfo(np.uint16).max)

    def least(self, hashes: Hashes) -> int:
        """Return how often the rarest of the numbers was counted, 0 for no number."""
        counts = [
            row[cells] for row, cells in zip(self._table, _cells(hashes, _CELLS), strict=True)
        ]
        return int(np.minimum.reduce(counts).min()) if len(hashes) else 0


class Seen:
    """Remembers which words an owner uses; errs only by a rare yes too many (8 MB)."""

    def __init__(self) -> None:
        self._bits = np.zeros(_BITS // 8, np.uint8)

    def add(self, owner: str, words: Hashes) -> None:
        """Remember the words of one owner."""
        for cells in _cells(_of(owner, np.unique(words)), _BITS):
            np.bitwise_or.at(self._bits, cells >> np.uint64(3), _bit(cells))

    def has(self, owner: str, words: Hashes) -> bool:
        """Return whether the owner uses all the words."""
        return all(
            bool((self._bits[cells >> np.uint64(3)] & _bit(cells)).all())
            for cells in _cells(_of(owner, words), _BITS)
        )


def _of(owner: str, words: Hashes) -> Hashes:
    mixed = (words ^ (np.uint64(crc32(owner.encode())) << np.uint64(32))) * _ROWS[1]
    return mixed ^ (mixed >> np.uint64(31))


def _bit(cells: Hashes) -> np.ndarray[tuple[int], np.dtype[np.uint8]]:
    return np.left_shift(np.uint8(1), (cells & np.uint64(7)).astype(np.uint8))
