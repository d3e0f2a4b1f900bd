"""The results of one shard as a table of rows and outcomes, and as bytes."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from persona.prospects.outcome import OUTCOMES, Outcome, as_batch
from persona.prospects.runs.seal import seal, unseal
from persona.prospects.shard import ShardEntry, SlowSite

ROW: Final = "row"
RESULTS: Final = pa.schema([pa.field(ROW, pa.int64()), *OUTCOMES])
"""Outcomes with the numbers of their rows, from 0."""

NO_ADDRESS: Final = "the row names no website that can be read"
"""Why rows failed whose address is none, without the address."""

_CODEC: Final = "zstd"
_SLOWEST: Final = 3


def as_results(rows: Sequence[int], outcomes: Sequence[Outcome]) -> pa.Table:
    """Return outcomes with their row numbers, as many of both, in the order of the rows."""
    columns = [pa.array(rows, pa.int64()), *as_batch(outcomes).columns]
    return in_row_order(pa.Table.from_arrays(columns, schema=RESULTS))


def in_row_order(results: pa.Table) -> pa.Table:
    """Return results sorted by row."""
    return results.take(pc.sort_indices(results.column(ROW)))


def merged(older: pa.Table, newer: pa.Table) -> pa.Table:
    """Return the rows of both tables, in order; where a row is in both, the newer one's."""
    repeated = pc.is_in(older.column(ROW), value_set=newer.column(ROW).combine_chunks())
    return in_row_order(pa.concat_tables([older.filter(pc.invert(repeated)), newer]))


def pack(results: pa.Table) -> bytes:
    """Return results compressed and sealed."""
    sink = pa.BufferOutputStream()
    with (
        pa.CompressedOutputStream(sink, _CODEC) as packed,
        pa.ipc.new_stream(packed, RESULTS) as writer,
    ):
        writer.write_table(results.combine_chunks())
    return seal(sink.getvalue().to_pybytes())


def unpack(sealed: bytes | None) -> pa.Table | None:
    """Return what was packed, or None where it is absent or damaged."""
    content = unseal(sealed)
    if content is None:
        return None
    with pa.CompressedInputStream(pa.BufferReader(content), _CODEC) as plain:
        return pa.ipc.open_stream(plain).read_all()


def entry_of(number: int, results: pa.Table, slowest: Sequence[SlowSite]) -> ShardEntry:
    """Return the journal's entry for a shard, counted over all its rows."""
    columns = {
        name: results.column(f"persona_{name}").to_pylist()
        for name in ("status", "reason", "error", "site", "pages_read")
    }
    statuses = Counter(columns["status"])
    why = Counter(
        NO_ADDRESS if reason == "invalid_address" else error
        for status, reason, error in zip(
            columns["status"], columns["reason"], columns["error"], strict=True
        )
        if status == "failed"
    )
    pages: dict[str, int] = {}
    for site, read in zip(columns["site"], columns["pages_read"], strict=True):
        pages[site] = max(read, pages.get(site, 0))
    return ShardEntry(
        number=number,
        rows=results.num_rows,
        scored=statuses["scored"],
        undecided=statuses["undecided"],
        failed=statuses["failed"],
        duplicate=statuses["duplicate"],
        pages=sum(pages.values()),
        failures=dict(sorted(why.items())),
        slowest=tuple(sorted(slowest, key=lambda each: (-each.seconds, each.site))[:_SLOWEST]),
    )


def unread(entry: ShardEntry) -> int:
    """Return how many rows of a shard failed in a way that another try could change."""
    return entry.failed - entry.failures.get(NO_ADDRESS, 0)
