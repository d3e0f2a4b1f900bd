"""Small lists in memory, and what judging their rows one by one gives."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pyarrow as pa

from persona.capture.records import Capture
from persona.model.artefact import LoadedModel
from persona.observations import Signal, Wording
from persona.prospects.columns import Columns
from persona.prospects.judge import clean_answer, judge
from persona.prospects.outcome import Outcome
from persona.prospects.shard import Prospect
from persona.prospects.table.chunk import ROWS, Chunk, ProspectList
from persona.signals.catalogue import shipped_catalogue
from persona.signals.extract import SiteReading
from persona.signals.site import SiteFacts

Row = Mapping[str, str]
"""Cells by the id of their item or signal."""


class Cells(Chunk):
    """Rows in memory; ``coded`` columns come as dictionary arrays, as from Parquet."""

    def __init__(self, start: int, columns: Sequence[pa.Array], rows: int) -> None:
        super().__init__(start)
        self._columns = columns
        self._rows = rows

    def __len__(self) -> int:
        return self._rows

    def texts(self, place: int) -> pa.Array:
        return self._columns[place]


class Listed(ProspectList):
    """A list in memory with a column for each id."""

    path = Path("list.csv")

    def __init__(self, ids: Sequence[str], rows: Sequence[Row], coded: bool = False) -> None:
        self.headings = tuple(ids)
        self.rows = len(rows)
        texts = [pa.array([row.get(name, "") for row in rows], pa.string()) for name in ids]
        self._columns = [each.dictionary_encode() for each in texts] if coded else texts
        names = {name: place for place, name in enumerate(ids)}
        self.columns = Columns(
            answers={name: place for name, place in names.items() if name[0] != "W"},
            signals={name: place for name, place in names.items() if name[0] == "W"},
        )

    def chunks(self, rows: int = ROWS) -> Iterator[Chunk]:
        for start in range(0, self.rows or 0, rows):
            columns = [column.slice(start, rows) for column in self._columns]
            yield Cells(start, columns, min(rows, (self.rows or 0) - start))

    def whole(self) -> Chunk:
        return Cells(0, self._columns, self.rows or 0)


def judged(row: Row, loaded: LoadedModel) -> Outcome:
    """Judge one row alone: by its answers, and by its signals as those of a wordless website."""
    given, troubles = {}, []
    for item, cell in row.items():
        if item[0] != "W":
            option, trouble = clean_answer(item, cell)
            if option is not None:
                given[item] = option
            elif trouble:
                troubles.append(trouble)
    values = {name: float(cell) for name, cell in row.items() if name[0] == "W" and cell}
    site = _site(values) if values else None
    return judge(Prospect(row=0, answers=given, error="; ".join(troubles)), site, loaded)


def _site(values: Mapping[str, float]) -> SiteReading:
    signals = tuple(
        Signal(entry.id, entry.dimension, entry.family, entry.says, values.get(entry.id))
        for entry in shipped_catalogue().signals
    )
    return SiteReading(
        capture=Capture("", ""),
        facts=SiteFacts("", ()),
        pages=(),
        signals=signals,
        controls=(),
        wording=Wording({}, {}, {}),
        traces=(),
        gate=None,
    )
