"""How many different websites a list names, and how many of their pages were read."""

from hashlib import blake2b
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

_FRESH: Final = 262_144
"""Websites that are kept one by one before they join the sorted rest."""


class Sites:
    """Different websites with their pages, in eight bytes a site.

    A website is known by 64 bits of its hash: of ten million, two are taken for one with a
    probability of 3 in a million.
    """

    def __init__(self) -> None:
        self.read = 0
        self.pages = 0
        self._fresh: set[int] = set()
        self._sorted: npt.NDArray[np.uint64] = np.empty(0, np.uint64)

    @property
    def count(self) -> int:
        """How many different websites there are."""
        return len(self._sorted) + len(self._fresh)

    def add(self, sites: pa.Array, pages: pa.Array, counted: npt.NDArray[np.bool_]) -> None:
        """Count the websites of some rows with the pages read of each; "" names none.

        Only the rows that are ``counted`` are looked at.
        """
        named = pc.not_equal(sites, "").to_numpy(zero_copy_only=False) & counted
        if not named.any():
            return
        table = pa.table([sites, pages], ["site", "pages"]).filter(pa.array(named))
        each = table.group_by("site").aggregate([("pages", "max")])
        hashes = np.fromiter(map(_hash, each["site"].to_pylist()), np.uint64, len(each))
        read = each["pages_max"].to_numpy()
        for place in np.flatnonzero(~self._among_sorted(hashes)).tolist():
            number = int(hashes[place])
            if number not in self._fresh:
                self._fresh.add(number)
                self.read += bool(read[place] > 0)
                self.pages += int(read[place])
        if len(self._fresh) >= _FRESH:
            fresh = np.fromiter(self._fresh, np.uint64, len(self._fresh))
            self._sorted = np.union1d(self._sorted, fresh)
            self._fresh.clear()

    def _among_sorted(self, hashes: npt.NDArray[np.uint64]) -> npt.NDArray[np.bool_]:
        if not len(self._sorted):
            return np.zeros(len(hashes), np.bool_)
        places = np.searchsorted(self._sorted, hashes).clip(max=len(self._sorted) - 1)
        found: npt.NDArray[np.bool_] = self._sorted[places] == hashes
        return found


def _hash(site: str) -> int:
    return int.from_bytes(blake2b(site.encode(), digest_size=8).digest(), "big")
