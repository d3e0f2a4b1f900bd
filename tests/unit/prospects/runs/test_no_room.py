"""A disk that fills up while results are written: what is done stays done."""

import os
import resource
import subprocess
import sys
from pathlib import Path

from persona.prospects.runs.journal import Journal
from persona.prospects.runs.lease import Lease
from persona.prospects.runs.work import WorkFolder
from tests.unit.prospects.runs import made

ROOT = Path(__file__).parents[4]
LARGEST_FILE = 6_000
"""In bytes: enough for the results of shards with ordinary rows."""

SCRIPT = """
import random, sys
from msgspec.structs import replace
from persona.errors import OutputError
from persona.prospects.runs.journal import Journal
from persona.prospects.runs.work import WorkFolder
from tests.unit.prospects.runs import made

journal = Journal.begin(WorkFolder.open(sys.argv[1]), made.key())
noise = random.Random(0)
for shard in made.shards(60):
    rows = [one.row for one in shard.prospects]
    outcomes = made.judged(shard)
    if shard.number == 2:
        outcomes = [replace(one, evidence=noise.randbytes(2000).hex()) for one in outcomes]
    try:
        journal.record(shard.number, rows, outcomes)
    except OutputError as error:
        sys.exit(f"{shard.number}: {error}")
"""


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_FILE, LARGEST_FILE))


def test_shards_that_are_done_are_kept(tmp_path: Path) -> None:
    place = tmp_path / "list.run"
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(place)],
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
        preexec_fn=_limit,
        capture_output=True,
        text=True,
        timeout=60,
    )
    [line] = done.stderr.splitlines()
    assert line.startswith(f"2: {place}: no room left")
    assert "--resume" in line
    work = WorkFolder.open(place)
    with Lease.take(work, beat=0.01):
        journal = Journal.go_on(work, made.key())
        assert sorted(journal.done()) == [0, 1]
        assert not list(place.rglob("*.part"))
        for shard in made.shards(60):
            if not journal.has(shard.number):
                made.do(journal, shard)
        assert len(journal.done()) == 4
