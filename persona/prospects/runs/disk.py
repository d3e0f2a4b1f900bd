"""Whether disks have room for a run, asked before it begins."""

import shutil
from pathlib import Path
from typing import Final

from persona.errors import OutputError
from persona.prospects.runs.scratch import scratch_place
from persona.prospects.runs.work import WorkFolder

RESULT_BYTES: Final = 250
"""A row in the work folder. Measured: 270 (200,000 rows of unlike text) to 530 (20,000 rows)."""
SCRATCH_BYTES: Final = 450
"""A row in scratch files: measured 60 to 300 for a prospect, 400 to 600 for an outcome."""
OUTPUT_BYTES: Final = 500
PACKED_BYTES: Final = 150
"""A row's own columns in a text file (measured: 900 to 1,400) and in a compressed one (200)."""

_PACKED: Final = frozenset({".parquet", ".xlsx"})
_GB: Final = 10**9


def check_room(
    target: Path, work: WorkFolder, rows: int, source_bytes: int, *, left: int | None = None
) -> None:
    """Raise OutputError where a disk of this machine surely cannot hold what a run will write.

    ``rows`` and ``source_bytes`` are the list's, ``left`` how many of its rows are still to be
    judged (all if left out). The estimate is on the low side, so that nobody is stopped wrongly:
    running out of room later loses nothing either.
    """
    packed = target.suffix.lower() in _PACKED
    output = rows * PACKED_BYTES if packed else source_bytes + rows * OUTPUT_BYTES
    needs = [(target.absolute().parent, output), (scratch_place(), rows * SCRATCH_BYTES)]
    if work.local:
        needs.append((work.local, (rows if left is None else left) * RESULT_BYTES))
    by_disk: dict[int, list[tuple[Path, int]]] = {}
    for place, size in needs:
        there = _standing(place)
        by_disk.setdefault(there.stat().st_dev, []).append((there, size))
    for places in by_disk.values():
        _check(places[0][0], sum(size for _, size in places))


def _check(place: Path, needed: int) -> None:
    free = shutil.disk_usage(place).free
    if needed > free:
        raise OutputError(
            f"{place}: the run needs at least {needed / _GB:,.1f} GB of disk and there are "
            f"{free / _GB:,.1f} GB free; make room, or name another place with --work or TMPDIR"
        )


def _standing(place: Path) -> Path:
    """Return the nearest folder above a place that is there already."""
    while not place.exists():
        place = place.parent
    return place
