"""The unit of work: some prospects, judged together, all rows of a site among them."""

from typing import TYPE_CHECKING

import msgspec

from persona.capture.live import Reading
from persona.capture.records import Capture

if TYPE_CHECKING:
    from persona.model.artefact import LoadedModel


class Prospect(msgspec.Struct, frozen=True, omit_defaults=True):
    """One row of a list as far as judging it needs.

    ``row`` counts from 0. ``address`` is the website as typed, ``site`` its registrable domain,
    both "" where the row names none that can be read; ``nowhere`` then says why, unless the list
    has no websites. ``answers`` maps item ids to option ids; ``error`` names those that cannot be
    used.
    """

    row: int
    address: str = ""
    site: str = ""
    answers: dict[str, str] = {}
    error: str = ""
    nowhere: str = ""


class Shard(msgspec.Struct, frozen=True, omit_defaults=True):
    """Prospects in the order of their rows; no site is in two shards.

    ``captures`` holds pages that were saved earlier, by site; no website is then read.
    """

    number: int
    prospects: tuple[Prospect, ...]
    captures: dict[str, Capture] | None = None


class SlowSite(msgspec.Struct, frozen=True):
    """A site with the seconds that reading it took."""

    site: str
    seconds: float


class ShardEntry(msgspec.Struct, frozen=True):
    """What the journal says of a shard that is done: how its rows ended, and what was slow.

    ``failures`` counts rows by why they failed, in words.
    """

    number: int
    rows: int
    scored: int
    undecided: int
    failed: int
    duplicate: int
    pages: int
    failures: dict[str, int]
    slowest: tuple[SlowSite, ...]


class Job(msgspec.Struct, frozen=True):
    """What a worker needs beside its shards; it travels to other processes and machines.

    ``work`` is the folder that holds results and journal, a path or an address that pyarrow's
    file systems understand; ``attempt`` names the run's present start (see ``runs.lease``).
    ``resumed`` tells that another worker may have asked the same hosts until a moment ago.
    """

    work: str
    attempt: str
    reading: Reading
    model: "LoadedModel"
    resumed: bool = False
