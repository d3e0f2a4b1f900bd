"""The last pass: the results of all shards brought into the order of the list.

An external sort: results are collected up to some size, sorted, and laid down in pieces, one for
each range of rows that they touch; each range then is put together from its pieces. Memory
depends on the sizes below, not on the list.
"""

from array import array
from collections.abc import Iterator
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from struct import Struct
from typing import Final

import numpy as np
import pyarrow as pa

from persona.errors import RunError
from persona.layout import counted
from persona.prospects.outcome import OUTCOMES
from persona.prospects.runs.journal import Journal
from persona.prospects.runs.results import RESULTS, ROW, in_row_order
from persona.prospects.runs.scratch import scratch_complaints, scratch_file
from persona.prospects.table.chunk import ROWS

COLLECTED: Final = 32 * 1024 * 1024
"""Bytes of results that are sorted at a time; shorter lists never touch the disk."""
RANGE_ROWS: Final = 16_384
MOST_RANGES: Final = 256
"""Rows of a range, and ranges after which they get longer."""

_CODEC: Final = "lz4_raw"
_HEAD: Final = Struct("<QQ")
"""The bytes of a piece, packed and plain."""


def outcomes_in_order(
    journal: Journal,
    rows: int,
    *,
    chunk: int = ROWS,
    folder: Path | None = None,
    collected: int = COLLECTED,
) -> Iterator[pa.RecordBatch]:
    """Yield the outcomes of rows 0 to ``rows`` - 1 in order (schema ``OUTCOMES``).

    Batches have ``chunk`` rows, the last perhaps fewer, like the list's own chunks. ``folder`` is
    for scratch files, ``collected`` bounds the bytes held. Raises RunError where a row has no
    outcome or two, or results were damaged; OutputError where the disk is full.
    """
    done = journal.done()
    _check_count(journal, rows, sum(entry.rows for entry in done.values()))
    pieces = _Pieces(rows, chunk, folder)
    try:
        for some in _collect(journal.all_results(done), collected):
            pieces.add(some)
        for number in range(pieces.ranges):
            results = pieces.of_range(number)
            first = number * pieces.range
            _check_rows(journal, results, first, min(rows, first + pieces.range))
            outcomes = _one_batch(results.select(OUTCOMES.names))
            for begin in range(0, outcomes.num_rows, chunk):
                yield outcomes.slice(begin, chunk)
    finally:
        pieces.close()


class _Pieces:
    """Sorted results cut at the borders of ranges: the latest in memory, the rest on the disk."""

    def __init__(self, rows: int, chunk: int, folder: Path | None) -> None:
        wanted = max(RANGE_ROWS, -(-rows // MOST_RANGES))
        self.range = max(1, wanted // chunk) * chunk
        self.ranges = -(-rows // self.range)
        self._folder = folder
        self._file = scratch_file(folder)
        self._places: list[array[int]] = [array("Q") for _ in range(self.ranges)]
        self._latest = RESULTS.empty_table()

    def add(self, results: pa.Table) -> None:
        """Take in some results, and lay those before down on the disk."""
        if self._latest.num_rows:
            with scratch_complaints(self._folder):
                self._lay_down()
        self._latest = in_row_order(results)
        pa.default_memory_pool().release_unused()

    def of_range(self, number: int) -> pa.Table:
        """Return what there is of one range of rows, in order."""
        with scratch_complaints(self._folder):
            pieces = [self._piece(place) for place in self._places[number]]
        begin, end = self._cuts()[number : number + 2]
        return in_row_order(pa.concat_tables([*pieces, self._latest.slice(begin, end - begin)]))

    def close(self) -> None:
        """Remove everything."""
        with suppress(OSError):
            self._file.close()

    def _cuts(self) -> list[int]:
        """Return where ranges begin among the latest results, and where the last one ends."""
        borders = np.arange(self.ranges + 1) * self.range
        cuts: list[int] = np.searchsorted(self._latest.column(ROW).to_numpy(), borders).tolist()
        return cuts

    def _lay_down(self) -> None:
        for places, (begin, end) in zip(self._places, pairwise(self._cuts()), strict=True):
            if end > begin:
                places.append(self._file.tell())
                self._file.write(_packed(self._latest.slice(begin, end - begin)))

    def _piece(self, place: int) -> pa.Table:
        self._file.seek(place)
        packed, plain = _HEAD.unpack(self._file.read(_HEAD.size))
        content = pa.decompress(self._file.read(packed), plain, _CODEC)
        return pa.ipc.open_stream(content).read_all()


def _collect(tables: Iterator[pa.Table], most: int) -> Iterator[pa.Table]:
    """Yield tables put together until they have some bytes."""
    some: list[pa.Table] = []
    size = 0
    for table in tables:
        some.append(table)
        size += table.nbytes
        if size >= most:
            yield pa.concat_tables(some)
            some, size = [], 0
    if some:
        yield pa.concat_tables(some)


def _packed(results: pa.Table) -> bytes:
    """Return results as bytes, compressed as a whole: a piece may be a few rows of many columns."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, RESULTS) as writer:
        writer.write_table(results)
    plain = sink.getvalue()
    packed: bytes = pa.compress(plain, _CODEC, asbytes=True)
    return _HEAD.pack(len(packed), plain.size) + packed


def _check_count(journal: Journal, rows: int, there: int) -> None:
    if there < rows:
        raise RunError(
            f"{journal.work.shown}: {counted(rows - there, 'row')} of the list have no result "
            "yet; go on with --resume"
        )


def _check_rows(journal: Journal, results: pa.Table, first: int, last: int) -> None:
    """Raise RunError unless results have each row of a range exactly once."""
    found = results.column(ROW).to_numpy()
    wanted = np.arange(first, last)
    if np.array_equal(found, wanted):
        return
    missing = np.setdiff1d(wanted, found)
    what = f"row {missing[0] + 1:,} is missing from" if missing.size else "rows stand twice in"
    raise RunError(f"{journal.work.shown}: {what} the results; start again with --restart")


def _one_batch(results: pa.Table) -> pa.RecordBatch:
    return pa.RecordBatch.from_arrays(
        [column.combine_chunks() for column in results.columns], schema=OUTCOMES
    )
