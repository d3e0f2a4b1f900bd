"""Cells of answers as numbers: which option each is."""

from functools import lru_cache
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from persona.prospects.judge import clean_answer
from persona.questionnaire.items import Item

Codes = NDArray[np.uint8]
"""An answer each: 0 for none, else the place of the option in its item, from 1."""

MISSING: Final = 0

_ASCII: Final = 128
_NOT_PLAIN: Final = 255
_REMEMBERED: Final = 4096
_SHORT: Final = 8
"""Characters of cells whose reading is kept: longer ones are hardly answers, and fill memory."""


class AnswerCells:
    """How the cells of one item are read."""

    def __init__(self, item: Item) -> None:
        self._item = item.id
        self._places = {option.id: place for place, option in enumerate(item.options, 1)}
        self._read = lru_cache(_REMEMBERED)(self._read_one)
        letters = [self._read(chr(code)) for code in range(_ASCII)]
        self._letters = np.full(256, _NOT_PLAIN, np.uint8)
        self._letters[:_ASCII] = [_NOT_PLAIN if wrong else code for code, wrong in letters]

    def _read_one(self, cell: str) -> tuple[int, str | None]:
        option, trouble = clean_answer(self._item, cell)
        return (MISSING if option is None else self._places[option]), trouble or None

    def codes(self, cells: pa.Array) -> tuple[Codes, pa.Array | None]:
        """Return the codes of a column's cells, and what is wrong with each.

        ``cells`` are texts, also as a dictionary array. The second is None where nothing is wrong
        with any, else as many texts, null where nothing is.
        """
        if not pa.types.is_dictionary(cells.type):
            quick = self._of_letters(cells)
            if quick is not None:
                return quick, None
            cells = pc.dictionary_encode(cells)
        read = [
            self._read(cell) if len(cell) <= _SHORT else self._read_one(cell)
            for cell in cells.dictionary.to_pylist()
        ]
        places = cells.indices.to_numpy(zero_copy_only=False)
        codes = np.array([code for code, _ in read], np.uint8).take(places)
        if all(trouble is None for _, trouble in read):
            return codes, None
        troubles = pa.array([trouble for _, trouble in read], pa.string()).take(cells.indices)
        return codes, troubles if troubles.null_count < len(troubles) else None

    def _of_letters(self, cells: pa.Array) -> Codes | None:
        """Return the codes of cells that are empty or one plain character; None of others."""
        starts, data = text_buffers(cells)
        lengths = np.diff(starts)
        if len(data) == 0 or lengths.max(initial=0) > 1:
            return None
        codes: Codes = self._letters.take(data.take(starts[:-1], mode="clip"))
        codes *= lengths.astype(np.uint8)
        return None if codes.max(initial=0) == _NOT_PLAIN else codes


def text_buffers(cells: pa.Array) -> tuple[NDArray[Any], NDArray[np.uint8]]:
    """Return where the texts of a string array begin and end, and their bytes, without a copy."""
    wide = pa.types.is_large_string(cells.type)
    _, starts, data = cells.buffers()
    kind = np.int64 if wide else np.int32
    offsets = np.frombuffer(starts, kind, len(cells) + 1, cells.offset * np.dtype(kind).itemsize)
    content = np.frombuffer(data, np.uint8) if data is not None else np.empty(0, np.uint8)
    return offsets, content
