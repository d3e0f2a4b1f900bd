"""Saved pages as a list: one row a site, in the order in which the file names them."""

from collections.abc import Callable, Container, Iterator
from itertools import islice
from pathlib import Path
from typing import Final

import pyarrow as pa

from persona.capture.archive import read_captures
from persona.prospects.shard import Prospect, Shard
from persona.prospects.table.chunk import ROWS, Chunk, ProspectList

HEADING: Final = "website"
SHARD_SITES: Final = 16
"""Few, as a shard of saved pages travels to its worker with all its pages."""


class SiteNames(Chunk):
    """Names of sites that follow each other."""

    def __init__(self, start: int, sites: tuple[str, ...]) -> None:
        super().__init__(start)
        self._sites = sites

    def __len__(self) -> int:
        """Return how many sites there are."""
        return len(self._sites)

    def texts(self, place: int) -> pa.Array:
        """Return the names of the sites, the only column."""
        return pa.array(self._sites, pa.string())


class SavedSites(ProspectList):
    """The sites in a file of saved pages, under the heading "website".

    ``on_skip`` gets one line for each piece of the file that cannot be used. Raises CaptureError
    when nothing in it can be.
    """

    headings = (HEADING,)
    rows: int

    def __init__(self, path: Path, on_skip: Callable[[str], None]) -> None:
        self.path = path
        self.sites = tuple(capture.site for capture in read_captures(path, on_skip=on_skip))
        self.rows = len(self.sites)

    def chunks(self, rows: int = ROWS) -> Iterator[Chunk]:
        """Yield the names of all sites, in order."""
        for start in range(0, len(self.sites), rows):
            yield SiteNames(start, self.sites[start : start + rows])

    @property
    def shards(self) -> int:
        """How many shards there are."""
        return -(-len(self.sites) // SHARD_SITES)

    def unfinished(self, done: Container[int]) -> Iterator[Shard]:
        """Yield the shards that are not done, with the pages of their sites, as they are read."""
        captures = read_captures(self.path)
        for number in range(self.shards):
            taken = list(islice(captures, SHARD_SITES))
            if number in done:
                continue
            first = number * SHARD_SITES
            yield Shard(
                number=number,
                prospects=tuple(
                    Prospect(row=first + index, address=capture.site, site=capture.site)
                    for index, capture in enumerate(taken)
                ),
                captures={capture.site: capture for capture in taken},
            )
