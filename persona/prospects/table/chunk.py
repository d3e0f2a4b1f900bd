"""What every kind of list can do, read or written."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pyarrow as pa

if TYPE_CHECKING:
    from persona.prospects.summary import ListSummary

ROWS: Final = 8192
"""Rows of a chunk."""

MOST_COLUMNS: Final = 16_384
"""As many as a workbook has."""

MOST_CHUNK: Final = 32 * 1024**2
"""Bytes of text after which a chunk ends, however few rows it has."""


class Chunk(ABC):
    """Some rows of a list that follow each other; ``start`` is the number of the first, from 0."""

    def __init__(self, start: int) -> None:
        self.start = start

    @abstractmethod
    def __len__(self) -> int:
        """Return how many rows there are."""

    @abstractmethod
    def texts(self, place: int) -> pa.Array:
        """Return the cells of one column as text, exactly as they stand, "" where there is none.

        A string array, or a dictionary array of strings, as long as the chunk, without nulls.
        """


class ProspectList(ABC):
    """An open list of prospects, which can be read any number of times.

    ``headings`` are as written, one a column ("" where there is none), and may repeat. ``remarks``
    are lines for the user about how the file was read. ``rows`` is None where it takes reading
    the whole file to know.
    """

    path: Path
    headings: tuple[str, ...]
    remarks: tuple[str, ...] = ()
    rows: int | None = None

    @abstractmethod
    def chunks(self, rows: int = ROWS) -> Iterator[Chunk]:
        """Yield all rows, in order, in chunks of this many, fewer where rows are very long."""


class ListWriter(ABC):
    """A scored list that is being written; it takes its place when it is finished, whole."""

    @abstractmethod
    def write(self, chunk: Chunk, outcomes: pa.RecordBatch) -> None:
        """Write the rows of a chunk, each with its outcome.

        Schema ``OUTCOMES``, of which a text column may also be a dictionary array of strings.
        """

    @abstractmethod
    def finish(self, summary: "ListSummary") -> None:
        """End the list; a workbook gets a sheet with the summary."""
