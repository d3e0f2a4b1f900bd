"""What is kept of a list beside the list itself."""

from pathlib import Path
from typing import Annotated, Final, Literal

import msgspec

from persona.capture.records import MOST_PAGES
from persona.errors import UsageError
from persona.layout import clean
from persona.prospects.summary import ListSummary

State = Literal["new", "running", "done", "stopped", "failed"]

ENDINGS: Final[dict[str, str]] = {
    ".csv": "CSV",
    ".tsv": "TSV",
    ".xlsx": "Excel (XLSX)",
    ".parquet": "Parquet",
    ".jsonl": "JSON Lines",
}
"""The formats that a scored list is written in, by their endings."""

PAGES: Final = 8
"""Pages read of each website unless it is said otherwise."""

_SOURCES: Final = (
    *ENDINGS, ".txt", ".ndjson", ".jsonl.gz", ".ndjson.gz", ".csv.gz", ".tsv.gz", ".txt.gz",
)  # fmt: skip
_LONGEST_NAME: Final = 100
_UNNAMED: Final = "list"


class How(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How a list is to be scored.

    Without ``websites`` rows are judged by the answers in the list alone. ``column`` is the
    heading of the websites, "" where it is recognised. ``ending`` says the format that is written.
    """

    websites: bool = True
    pages: Annotated[int, msgspec.Meta(ge=1, le=MOST_PAGES)] = PAGES
    column: str = ""
    ending: str = ".csv"

    def __post_init__(self) -> None:
        if self.ending not in ENDINGS:
            raise UsageError(f"format: {self.ending[:20]!r} is none of {', '.join(ENDINGS)}")


class Counts(msgspec.Struct, frozen=True):
    """How many of the rows of a list have ended, and how."""

    rows: int = 0
    scored: int = 0
    undecided: int = 0
    failed: int = 0
    duplicate: int = 0

    @property
    def done(self) -> int:
        """Rows that have ended."""
        return self.scored + self.undecided + self.failed + self.duplicate


class ListRecord(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A list and how it stands.

    ``name`` is what its user's file is called, for showing only; ``source`` is the file in the
    list's folder, ``bytes`` its size. ``state`` is "running" from the beginning of a run until it
    was seen to end. ``error`` says in one line why it failed. ``retry`` tells that rows failed
    which could come out differently.
    """

    schema: Literal["persona-list/1"] = "persona-list/1"
    id: str
    name: str
    source: str
    bytes: int
    added_on: str
    how: How = How()
    state: State = "new"
    error: str = ""
    remarks: tuple[str, ...] = ()
    counts: Counts = Counts()
    summary: ListSummary | None = None
    retry: bool = False

    @property
    def output(self) -> str:
        """The name of the scored list in the list's folder."""
        return f"scored{self.how.ending}"

    @property
    def download(self) -> str:
        """The name under which the scored list is handed out."""
        return f"{self._stem}-scored{self.how.ending}"

    @property
    def report_download(self) -> str:
        """The name under which the picture of the list is handed out."""
        return f"{self._stem}-report.html"

    @property
    def _stem(self) -> str:
        return self.name.removesuffix(ending_of(self.name)) or _UNNAMED


def shown_name(given: str) -> str:
    """Return a file's name as a browser gives it, without folders and without what is unseen."""
    name = clean(given.replace("\\", "/").rpartition("/")[2]).strip(" .")
    ending = ending_of(name)
    return name.removesuffix(ending)[: _LONGEST_NAME - len(ending)] + ending or _UNNAMED


def ending_of(name: str) -> str:
    """Return the ending of a list's name as it is written there, "" for one that is not known."""
    known = max((each for each in _SOURCES if name.lower().endswith(each)), key=len, default="")
    return name[len(name) - len(known) :]


def source_name(name: str) -> str:
    """Return what a list is called in its folder: of what its user typed, only a known ending."""
    return f"list{ending_of(name).lower()}"


def usual_ending(name: str) -> str:
    """Return the format in which a list is written unless asked otherwise: its own, or CSV."""
    plain = Path(ending_of(name).lower().removesuffix(".gz")).name
    ending = {".ndjson": ".jsonl"}.get(plain, plain)
    return ending if ending in ENDINGS else ".csv"
