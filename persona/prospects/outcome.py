"""What is found out about one prospect: the columns that a scored list has beside its own."""

from collections.abc import Sequence
from typing import Final, Literal

import msgspec
import pyarrow as pa

Status = Literal["scored", "undecided", "failed", "duplicate"]
"""``scored`` has a persona; ``undecided`` was judged, with the reason; ``failed`` could not be
judged, as its address is no website or could not be read; ``duplicate`` repeats an earlier row of
the same site and answers, and carries what was found for that one."""


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """One row of a scored list; field names are the columns' without ``persona_``.

    Probabilities have four decimals, None where there was nothing to weigh. Of a failed row,
    ``label`` is "undecided" and ``reason`` "unreachable" or "invalid_address". ``error`` is one
    line, "" where all went well. ``site`` is the registrable domain. ``telling`` holds the ids of
    the evidence that speaks most for the leader ("P05a", "W12", "text"), strongest first, at most
    three, with a space between: for the picture of the whole list, not written to the output.
    """

    label: str
    confidence: float | None = None
    p_sales_driven: float | None = None
    p_passive_marketer: float | None = None
    p_dynamic_marketer: float | None = None
    runner_up: str = ""
    reason: str = ""
    evidence: str = ""
    counter_evidence: str = ""
    first_play: str = ""
    opening: str = ""
    pages_read: int = 0
    status: Status
    error: str = ""
    site: str = ""
    model: str
    telling: str = ""


PREFIX: Final = "persona_"
_TYPES: Final = {
    "confidence": pa.float64(),
    "p_sales_driven": pa.float64(),
    "p_passive_marketer": pa.float64(),
    "p_dynamic_marketer": pa.float64(),
    "pages_read": pa.int32(),
}
_FIELDS: Final = Outcome.__struct_fields__

OUTCOMES: Final = pa.schema(
    [pa.field(f"{PREFIX}{name}", _TYPES.get(name, pa.string())) for name in _FIELDS]
)
"""The schema of a batch of outcomes, one a row.

A text column that repeats itself (label, opening, first play, ...) may come as a dictionary array
of strings instead, with 32-bit indices and no nulls: whoever writes or counts a batch takes both.
"""

WRITTEN: Final = tuple(name for name in OUTCOMES.names if name != f"{PREFIX}telling")
"""The columns that are written, in order, after the list's own."""


def as_batch(outcomes: Sequence[Outcome]) -> pa.RecordBatch:
    """Return outcomes as a batch with the schema ``OUTCOMES``."""
    columns = [
        pa.array([getattr(one, name) for one in outcomes], _TYPES.get(name, pa.string()))
        for name in _FIELDS
    ]
    return pa.RecordBatch.from_arrays(columns, schema=OUTCOMES)
