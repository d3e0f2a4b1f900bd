"""Trying again what failed: only those rows, and nothing else changes."""

from pathlib import Path

import pytest

from persona.errors import RunError
from persona.prospects.runs.assemble import outcomes_in_order
from persona.prospects.runs.journal import Journal
from persona.prospects.runs.work import WorkFolder
from persona.prospects.shard import SlowSite
from tests.conftest import complaint
from tests.unit.prospects.runs import made

ROWS, SITES = 60, 30
PROSPECTS = made.prospects(ROWS, SITES)
SHARDS = made.shards(ROWS, SITES)
KEY = made.key(rows=ROWS)
DOWN = {"firm3.com", "firm17.com"}
FAILED = [one.row for one in PROSPECTS if one.site in DOWN]


@pytest.fixture
def work(tmp_path: Path) -> WorkFolder:
    return WorkFolder.open(tmp_path / "list.run")


@pytest.fixture
def journal(work: WorkFolder) -> Journal:
    journal = Journal.begin(work, KEY)
    for shard in SHARDS:
        made.do(journal, shard, DOWN)
    return journal


def left(journal: Journal) -> list[int]:
    done = journal.done()
    shards = [journal.left(shard) for shard in SHARDS if shard.number not in done]
    return sorted(one.row for shard in shards for one in shard.prospects)


def test_a_run_with_failed_rows_is_kept_and_says_so(work: WorkFolder, journal: Journal) -> None:
    assert journal.finish() == len(DOWN)
    with pytest.raises(RunError) as caught:
        Journal.begin(work, KEY)
    complaint(caught.value, work.place, "2 rows", "--retry-failed", "--restart")
    assert len(Journal.go_on(work, KEY).done()) == len(SHARDS)
    assert Journal.restart(work, KEY).done() == {}


def test_only_rows_of_websites_that_could_not_be_read_are_left(journal: Journal) -> None:
    assert left(journal) == []
    assert journal.reopen_failed() == len(FAILED) == 4
    assert left(journal) == FAILED
    assert journal.reopen_failed() == 0
    assert left(journal) == FAILED


def test_after_it_the_list_is_as_if_nothing_had_failed(work: WorkFolder, journal: Journal) -> None:
    journal.finish()
    journal = Journal.go_on(work, KEY)
    journal.reopen_failed()
    with pytest.raises(RunError, match="unfinished"):
        Journal.check_free(work)
    for shard in SHARDS:
        if not journal.has(shard.number):
            made.do(Journal(work), shard)
    assert made.as_rows(outcomes_in_order(journal, ROWS)) == made.expected(PROSPECTS)
    entries = journal.done().values()
    assert sum(entry.rows for entry in entries) == ROWS
    assert sum(entry.failed for entry in entries) == ROWS // 10
    assert journal.finish() == 0


def test_may_fail_again_in_part(work: WorkFolder, journal: Journal) -> None:
    journal.reopen_failed()
    for shard in SHARDS:
        made.do(journal, shard, {"firm17.com"})
    assert journal.reopen_failed() == 2
    assert left(journal) == [row for row in FAILED if PROSPECTS[row].site == "firm17.com"]


def test_rows_kept_aside_that_are_damaged_are_judged_again(
    work: WorkFolder, journal: Journal
) -> None:
    journal.reopen_failed()
    assert work.local
    aside = sorted(work.local.glob("shards-*/kept/*"))
    aside[0].write_bytes(b"")
    whole = [len(shard.prospects) for shard in SHARDS if shard.number == int(aside[0].name)]
    assert len(left(journal)) > len(FAILED)
    assert len(left(journal)) >= whole[0]


def test_slow_sites_are_those_of_the_new_try(journal: Journal) -> None:
    journal.reopen_failed()
    [shard] = [one for one in SHARDS if 3 in (each.row for each in one.prospects)]
    todo = journal.left(shard)
    rows = [one.row for one in todo.prospects]
    slow = [SlowSite("firm3.com", 8.5)]
    assert journal.record(shard.number, rows, made.judged(todo), slow).slowest == tuple(slow)
