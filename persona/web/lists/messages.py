"""What the server tells the process that scores a list, and what it hears: JSON, line by line."""

from typing import Literal

import msgspec

from persona.prospects.options import ScoreOptions
from persona.prospects.shard import SlowSite
from persona.prospects.summary import ListSummary


class Task(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be done with the list ``source``, which its user knows as ``name``.

    ``report_name`` and ``output_name`` are what files are called when they are handed out.
    """

    source: str
    name: str
    output: str
    output_name: str
    options: ScoreOptions
    model: str | None = None


class Begun(msgspec.Struct, frozen=True, tag="begun"):
    """So many rows there are; 0 where that is not known beforehand."""

    rows: int


class Judged(msgspec.Struct, frozen=True, tag="judged"):
    """How some more rows ended; ``before`` tells that they had ended in an earlier run."""

    scored: int
    undecided: int
    failed: int
    duplicate: int
    slowest: tuple[SlowSite, ...] = ()
    before: bool = False


class Writing(msgspec.Struct, frozen=True, tag="writing"):
    """All rows are judged, and the output is being written."""


class Remark(msgspec.Struct, frozen=True, tag="remark"):
    """A line on the list: what was recognised in it, or is odd about it."""

    words: str


class Ended(msgspec.Struct, frozen=True, tag="ended"):
    """The run ended. ``words`` is the line that says why it failed or stopped."""

    state: Literal["done", "stopped", "failed"]
    words: str = ""
    summary: ListSummary | None = None
    retry: bool = False


Message = Begun | Judged | Writing | Remark | Ended
