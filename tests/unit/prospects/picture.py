"""Rows that ended in some way, and the picture of a list made of them."""

from collections.abc import Sequence
from typing import Any

import pyarrow as pa

from persona.pipe import shipped_model
from persona.prospects.columns import Columns
from persona.prospects.outcome import Outcome, as_batch
from persona.prospects.summary import ListSummary
from persona.prospects.table.chunk import Chunk
from persona.prospects.tally import Tally

COLUMNS = Columns(company=0, industry=1, size=2)
Row = tuple[Outcome, str, str, str]
"""An outcome with the cells of company, industry and size."""


class Cells(Chunk):
    """A chunk of three columns, plain or dictionary-encoded."""

    def __init__(self, start: int, rows: Sequence[Row], encoded: bool = False) -> None:
        super().__init__(start)
        self._rows, self._encoded = rows, encoded

    def __len__(self) -> int:
        return len(self._rows)

    def texts(self, place: int) -> pa.Array:
        cells = pa.array([str(row[place + 1]) for row in self._rows], pa.string())
        return cells.dictionary_encode() if self._encoded else cells


def scored(label: str = "sales_driven", confidence: float = 0.8, **more: Any) -> Outcome:
    return Outcome(
        label=label, confidence=confidence, model="persona-1", **{"status": "scored", **more}
    )


def undecided(reason: str = "mixed", **more: Any) -> Outcome:
    return Outcome(label="undecided", reason=reason, status="undecided", model="persona-1", **more)


def failed(error: str, reason: str = "unreachable", **more: Any) -> Outcome:
    return Outcome(
        label="undecided", reason=reason, status="failed", error=error, model="persona-1", **more
    )


def row(outcome: Outcome, company: str = "", industry: str = "", size: str = "") -> Row:
    return outcome, company, industry, size


def picture(
    rows: Sequence[Row],
    columns: Columns = COLUMNS,
    *,
    at_once: int = 8192,
    encoded: bool = False,
    **told: Any,
) -> ListSummary:
    """Return the picture of rows that went by in chunks of ``at_once``."""
    tally = Tally(columns)
    for start in range(0, len(rows), at_once):
        some = rows[start : start + at_once]
        tally.add(Cells(start, some, encoded), as_batch([each[0] for each in some]))
    told = {"source": "/lists/leads.csv", "output": "/lists/scored.csv", **told}
    return tally.summary(**{"model": shipped_model().model, "websites_read": True, **told})
