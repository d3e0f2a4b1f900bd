"""Counting cells that repeat, many rows at a time and with bounded memory."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from persona.prospects.summary import Group
from persona.vocabulary import PERSONAS

Codes = npt.NDArray[np.int64]

UNDECIDED_ROW: Final = len(PERSONAS)
FAILED_ROW: Final = UNDECIDED_ROW + 1
REPEATED_ROW: Final = UNDECIDED_ROW + 2
WAYS: Final = UNDECIDED_ROW + 3
"""How a row can end, as a number: the place of its persona, undecided, failed, or repeated."""

NOT_GIVEN: Final = "Not given"
GROUPS_SHOWN: Final = 12
MOST_NAMES: Final = 10_000
"""Different names that are kept apart; rows of later ones are counted together."""

_REMEMBERED: Final = 65_536
_LONGEST: Final = 200
"""Characters of a cell that are looked at."""


def coded(texts: pa.Array) -> tuple[list[str], Codes]:
    """Return the different cells in the order in which they come first, and each cell's place.

    ``texts`` holds strings, dictionary-encoded or not, without nulls. Of a long cell only the
    beginning is returned.
    """
    if pa.types.is_dictionary(texts.type):
        places = texts.indices.to_numpy(zero_copy_only=False)
        used, first, inverse = np.unique(places, return_index=True, return_inverse=True)
        order = np.argsort(first)
        rank = np.empty_like(order)
        rank[order] = np.arange(len(order))
        names, codes = texts.dictionary.take(pa.array(used[order])), rank[inverse]
    else:
        encoded = texts.dictionary_encode()
        names, codes = encoded.dictionary, encoded.indices.to_numpy(zero_copy_only=False)
    return pc.utf8_slice_codeunits(names, 0, _LONGEST).to_pylist(), codes.astype(np.int64)


def counted_cells(texts: pa.Array) -> dict[str, int]:
    """Return how often each different cell stands there, in the order of first appearance."""
    names, codes = coded(texts)
    counts: dict[str, int] = {}
    for name, count in zip(names, np.bincount(codes, minlength=len(names)).tolist(), strict=True):
        counts[name] = counts.get(name, 0) + count
    return counts


class Groups:
    """Rows counted by a column's cells and by how they ended.

    ``name_of`` gives the name of the group that a cell belongs to, "" for a cell that names none.
    Names that differ in case alone are one group, called as it is spelled first. Rows that repeat
    an earlier one do not count.
    """

    def __init__(self, name_of: Callable[[str], str]) -> None:
        self._name_of = lru_cache(_REMEMBERED)(name_of)
        self._names: dict[str, str] = {}
        self._counts: dict[str, list[int]] = {}
        self._later = [0] * REPEATED_ROW
        self._later_names = False

    def add(self, texts: pa.Array, ways: Codes) -> None:
        """Count the rows of a chunk, each with the way in which it ended."""
        fresh = ways != REPEATED_ROW
        cells, codes = coded(texts.filter(pa.array(fresh)))
        named = list(map(self._name_of, cells))
        places = {name: place for place, name in enumerate(dict.fromkeys(named))}
        groups = np.array([places[name] for name in named], np.int64)[codes]
        table = np.bincount(groups * WAYS + ways[fresh], minlength=len(places) * WAYS)
        rows = table.reshape(-1, WAYS)[:, :REPEATED_ROW].tolist()
        for name, counts in zip(places, rows, strict=True):
            self._add(name, counts)

    def _add(self, name: str, counts: list[int]) -> None:
        key = name.casefold()
        known = self._counts.get(key)
        if known is None and len(self._counts) < MOST_NAMES:
            self._names[key] = name
            self._counts[key] = counts
            return
        if known is None:
            known, self._later_names = self._later, True
        for way, count in enumerate(counts):
            known[way] += count

    def largest(self, order: Callable[[str], float] | None = None) -> tuple[Group, ...]:
        """Return the groups with most rows, the others as one, and the rows without a name.

        They stand by falling size, or by the rising ``order`` of their names.
        """
        ranked = sorted((key for key in self._counts if key), key=lambda key: -self._rows(key))
        shown, rest = ranked[:GROUPS_SHOWN], ranked[GROUPS_SHOWN:]
        if order is not None:
            shown.sort(key=lambda key: order(self._names[key]))
        groups = [_group(self._names[key], self._counts[key]) for key in shown]
        others = [self._later, *(self._counts[key] for key in rest)]
        together = [sum(counts) for counts in zip(*others, strict=True)]
        if any(together):
            more = f"more than {len(rest):,}" if self._later_names else f"{len(rest):,}"
            groups.append(_group(f"All others ({more})", together))
        if "" in self._counts and groups:
            groups.append(_group(NOT_GIVEN, self._counts[""]))
        return tuple(groups)

    def _rows(self, key: str) -> int:
        return sum(self._counts[key])


def _group(name: str, counts: list[int]) -> Group:
    return Group(
        name=name,
        rows=sum(counts),
        personas=dict(zip(PERSONAS, counts[:UNDECIDED_ROW], strict=True)),
        undecided=counts[UNDECIDED_ROW],
        failed=counts[FAILED_ROW],
    )


def add_to(counts: dict[str, int], more: Mapping[str, int], most: int, rest: str) -> None:
    """Add counts to others; beyond ``most`` different names, new ones go to ``rest``."""
    for name, count in more.items():
        name = name if name in counts or len(counts) < most else rest
        counts[name] = counts.get(name, 0) + count
