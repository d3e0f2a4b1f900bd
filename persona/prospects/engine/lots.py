"""Shards put together into lots, each enough to keep a worker reading many sites at once."""

from collections.abc import Iterable, Iterator
from math import ceil
from typing import Final

from persona.capture.live import AT_ONCE
from persona.prospects.shard import Shard

MOST: Final = 16 * AT_ONCE
"""Rows of a lot, so that a worker can hold them."""

_LAST_ROUND: Final = 2 * AT_ONCE
"""Rows for each worker that are not divided further."""
_FIRST_PART: Final = 0.75
"""Of what is left, the part that is given out in a round."""


def lots_of(shards: Iterable[Shard], workers: int, rows: int) -> Iterator[tuple[Shard, ...]]:
    """Yield lots of shards, in order, as they are asked for.

    ``rows`` is about how many rows the shards hold. A lot begins with nothing read and ends with
    a worker waiting for its slowest sites, so lots are few: lists up to 1,024 rows a worker make
    one lot each; of longer ones three quarters are given out first, in equal lots of at most
    8,192 rows, and so on with the rest, so that a slow worker does not keep the run waiting.
    A shard with saved pages is a lot by itself, as its pages travel.
    """
    sizes = _sizes(workers, rows)
    size = next(sizes)
    lot: list[Shard] = []
    for shard in shards:
        lot.append(shard)
        if shard.captures is not None or sum(len(each.prospects) for each in lot) >= size:
            yield tuple(lot)
            lot, size = [], next(sizes)
    if lot:
        yield tuple(lot)


def _sizes(workers: int, rows: int) -> Iterator[int]:
    """Yield the rows that each lot is to have, without end."""
    left = rows
    while True:
        each = left / workers
        if workers > 1 and each > _LAST_ROUND:
            each *= _FIRST_PART
        size = min(MOST, ceil(each)) if left > 0 else _LAST_ROUND
        for _ in range(workers):
            yield size
        left -= workers * size
