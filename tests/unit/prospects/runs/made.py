"""Lists, outcomes and runs for the tests of the work folder."""

from collections.abc import Iterable, Sequence

import pyarrow as pa
from msgspec.structs import asdict, replace

from persona.prospects.outcome import Outcome
from persona.prospects.runs.journal import Journal
from persona.prospects.runs.key import RunKey
from persona.prospects.runs.spool import Spool
from persona.prospects.shard import Prospect, Shard

UNREACHABLE = "the server did not answer in time"


def key(**changes: object) -> RunKey:
    """Return the key of a run, as usual but for some changes."""
    usual: dict[str, object] = {
        "sha256": "a" * 64,
        "bytes": 1000,
        "rows": 1203,
        "shards": 64,
        "columns": {"website": "Domain", "p05": "Q5"},
        "options": {"--pages": "12", "--offline": ""},
        "model": "persona-1",
        "model_sha256": "b" * 64,
        "version": "0.1.0",
    }
    return RunKey(**{**usual, **changes})  # type: ignore[arg-type]


def prospects(rows: int, sites: int | None = None) -> list[Prospect]:
    """Return prospects; every tenth names no website, others repeat after ``sites`` sites."""
    names = [f"firm{row % (sites or rows)}.com" if row % 10 else "" for row in range(rows)]
    return [Prospect(row, name, name, {"P05": "a"}) for row, name in enumerate(names)]


def shards(rows: int, sites: int | None = None) -> list[Shard]:
    """Return the shards of such a list."""
    with Spool() as spool:
        spool.add(prospects(rows, sites))
        return list(spool.unfinished())


def judged(shard: Shard, unreachable: Iterable[str] = ()) -> list[Outcome]:
    """Return an outcome for each row of a shard, as they would be judged."""
    down, seen, outcomes = set(unreachable), set(), []
    for one in shard.prospects:
        outcome = _of_row(one, one.site in down)
        if one.site and (one.site, "P05") in seen:
            outcome = replace(outcome, status="duplicate")
        seen.add((one.site, "P05"))
        outcomes.append(outcome)
    return outcomes


def do(journal: Journal, shard: Shard, unreachable: Iterable[str] = ()) -> None:
    """Judge what is left of a shard, and record it."""
    left = journal.left(shard)
    rows = [one.row for one in left.prospects]
    journal.record(shard.number, rows, judged(left, unreachable))


def as_rows(batches: Iterable[pa.RecordBatch]) -> list[dict[str, object]]:
    """Return batches as one list of rows."""
    return [row for batch in batches for row in batch.to_pylist()]


def expected(rows: Sequence[Prospect]) -> list[dict[str, object]]:
    """Return the outcomes of a list whose websites all can be read, in order."""
    whole = Shard(0, tuple(rows))
    return [
        {f"persona_{name}": value for name, value in asdict(outcome).items()}
        for outcome in judged(whole)
    ]


def _of_row(one: Prospect, down: bool) -> Outcome:
    if not one.site:
        return Outcome(
            label="undecided",
            reason="invalid_address",
            status="failed",
            error="the row names no website",
            model="persona-1",
        )
    if down:
        return Outcome(
            label="undecided",
            reason="unreachable",
            status="failed",
            error=UNREACHABLE,
            site=one.site,
            model="persona-1",
        )
    return Outcome(
        label="passive_marketer",
        confidence=0.75,
        evidence=f"prices on {one.site}",
        pages_read=8,
        status="scored",
        site=one.site,
        model="persona-1",
    )
