"""A run of records of a delimited text: where each begins and ends, and its cells by column."""

import csv
import io
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa

Places = npt.NDArray[np.int64]

_MOST_CELL: Final = 128 * 1024**2
_BYTE_ORDER_MARK: Final = "\ufeff".encode()


class Form(NamedTuple):
    """What the records of a list have in common: the delimiter, and how many cells the widest."""

    delimiter: str
    width: int


class Records:
    """Consecutive records of a text in UTF-8.

    Record ``i`` is ``content[starts[i]:stops[i]]``, its line end goes on to ``starts[i + 1]``
    (``starts`` has one place more than there are records). ``widths`` says how many cells each
    has. ``quoted`` tells whether any is in quotation marks; ``cells`` are there already where
    reading them took more than splitting, and else read when a column is asked for.
    """

    def __init__(
        self,
        content: bytes,
        starts: Places,
        stops: Places,
        widths: Places,
        *,
        quoted: bool = False,
        cells: list[list[str]] | None = None,
    ) -> None:
        self.content = content
        self.starts = starts
        self.stops = stops
        self.widths = widths
        self._quoted = quoted
        self._cells = cells
        self._columns: dict[int, pa.Array] = {}
        self._unexpected = 0

    def __len__(self) -> int:
        """Return how many records there are."""
        return len(self.stops)

    def text(self, index: int) -> str:
        """Return one record, without its line end."""
        return self.content[self.starts[index] : self.stops[index]].decode()

    def line_end(self, index: int) -> str:
        """Return how one record's last line ends, "" where the file ended first."""
        return self.content[self.stops[index] : self.starts[index + 1]].decode()

    def without(self, left_out: npt.NDArray[np.bool_]) -> "Records":
        """Return the records without some of them."""
        kept = np.flatnonzero(~left_out)
        if len(kept) == len(self):
            return self
        sizes = np.diff(self.starts)
        data = np.frombuffer(self.content, np.uint8)[self.starts[0] : self.starts[-1]]
        starts = np.concatenate([[0], np.cumsum(sizes[kept])])
        return Records(
            data[np.repeat(~left_out, sizes)].tobytes(),
            starts,
            starts[:-1] + (self.stops - self.starts[:-1])[kept],
            self.widths[kept],
            quoted=self._quoted,
            cells=None if self._cells is None else [self._cells[place] for place in kept],
        )

    def column(self, place: int, form: Form, expected: Collection[int]) -> pa.Array:
        """Return the cells of one column, "" where a record is too short.

        ``expected`` are the columns that will be asked for, which are read along. Where ``place``
        is not among them, those after it are, more each time, as all may be asked for in turn.
        """
        columns = self._columns
        if place not in columns:
            wanted = set(expected)
            if place not in expected:
                wanted = set(range(place, min(form.width, place + 4**self._unexpected)))
                self._unexpected += 1
            columns = columns | self._read(sorted(wanted - columns.keys()), form)
            self._columns = columns
        return columns[place]

    def _read(self, places: Sequence[int], form: Form) -> dict[int, pa.Array]:
        width = int(self.widths[0])
        plain = self._cells is None and bool((self.widths == width).all())
        # Arrow takes a byte-order mark at the beginning of any block for the file's.
        if not plain or self.content.startswith(_BYTE_ORDER_MARK, int(self.starts[0])):
            return self._from_cells(places, form)
        there = [place for place in places if place < width]
        columns = self._from_arrow(there, form.delimiter, width) if there else {}
        missing = pa.array([""] * len(self)) if len(there) < len(places) else None
        return columns | {place: missing for place in places if place >= width}

    def _from_arrow(self, places: list[int], delimiter: str, width: int) -> dict[int, pa.Array]:
        from pyarrow import csv as arrow

        first, end = int(self.starts[0]), int(self.starts[-1])
        names = _names(width)
        wanted = [names[place] for place in places]
        table = arrow.read_csv(
            pa.py_buffer(self.content).slice(first, end - first),
            arrow.ReadOptions(column_names=names, block_size=end - first + 1, use_threads=False),
            arrow.ParseOptions(
                delimiter=delimiter,
                quote_char='"' if self._quoted else False,
                newlines_in_values=self._quoted,
            ),
            arrow.ConvertOptions(
                column_types=dict.fromkeys(wanted, pa.string()),
                include_columns=wanted,
                strings_can_be_null=False,
                check_utf8=False,
            ),
        )
        return {
            place: column.combine_chunks()
            for place, column in zip(places, table.columns, strict=True)
        }

    def _from_cells(self, places: Iterable[int], form: Form) -> dict[int, pa.Array]:
        if self._cells is None:
            allow_long_cells()
            text = self.content[self.starts[0] : self.starts[-1]].decode()
            reader = csv.reader(io.StringIO(text, newline=""), delimiter=form.delimiter)
            self._cells = [cells for cells in reader if cells]
        return {
            place: pa.array(
                [cells[place] if place < len(cells) else "" for cells in self._cells], pa.string()
            )
            for place in places
        }


def allow_long_cells() -> None:
    """Let ``csv.reader`` take cells as long as a line can be; it stops at 128 KiB otherwise."""
    if csv.field_size_limit() < _MOST_CELL:
        csv.field_size_limit(_MOST_CELL)


@lru_cache(8)
def _names(width: int) -> list[str]:
    return [str(place) for place in range(width)]
