"""A list that is to be scored, with all that the ways of doing so share."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa

from persona.capture.live import Reading
from persona.model.artefact import LoadedModel
from persona.prospects.columns import Columns
from persona.prospects.options import ScoreOptions
from persona.prospects.progress import Silence
from persona.prospects.steady import Stamp
from persona.prospects.summary import ListSummary
from persona.prospects.table.chunk import Chunk, ListWriter, ProspectList
from persona.prospects.tally import Tally


@dataclass
class Assignment:
    """One list on its way to its output.

    ``reading`` is how websites are read; ``again`` gives the command that was typed with another
    option, to tell how to go on. ``stamp`` is the list's from before it was opened. ``remarks``
    collects what is to be told of the list.
    """

    listed: ProspectList
    columns: Columns
    output: Path
    model: LoadedModel
    options: ScoreOptions
    reading: Reading
    progress: Silence
    again: Callable[[str], str]
    stamp: Stamp | None
    remarks: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.tally = Tally(self.columns)

    def count(self, chunk: Chunk, outcomes: pa.RecordBatch) -> None:
        """Count some rows for the picture of the list."""
        self.tally.add(chunk, outcomes)

    def finish(self, writer: ListWriter, *, websites_read: bool) -> ListSummary:
        """End the output, and return the picture of the list."""
        summary = self.tally.summary(
            source=str(self.listed.path),
            output=str(self.output),
            model=self.model.model,
            websites_read=websites_read,
            remarks=self.remarks,
            retry=self.again("--retry-failed"),
        )
        writer.finish(summary)
        return summary
