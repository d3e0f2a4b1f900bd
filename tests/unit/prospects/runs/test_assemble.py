"""Results of shards in any order become one list in the order of its rows."""

import random
from pathlib import Path

import pytest

from persona.errors import OutputError, RunError
from persona.prospects.outcome import OUTCOMES
from persona.prospects.runs import assemble
from persona.prospects.runs.assemble import outcomes_in_order
from persona.prospects.runs.journal import Journal
from persona.prospects.runs.work import WorkFolder
from persona.prospects.shard import Shard
from tests.conftest import complaint
from tests.disk import full_disk
from tests.unit.prospects.runs import made

ROWS = 1_000
PROSPECTS = made.prospects(ROWS, 300)


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal.begin(WorkFolder.open(tmp_path / "list.run"), made.key())


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Journal:
    work = WorkFolder.open(tmp_path_factory.mktemp("whole") / "list.run")
    journal = Journal.begin(work, made.key())
    shards = made.shards(ROWS, 300)
    random.Random(5).shuffle(shards)
    for shard in shards:
        made.do(journal, shard)
    return journal


@pytest.mark.parametrize("collected", [1, 20_000, 10**9])
@pytest.mark.parametrize(("chunk", "length"), [(8192, 65_536), (64, 100), (7, 1), (1000, 1000)])
def test_rows_are_in_order_in_batches_as_asked_for(
    whole: Journal, monkeypatch: pytest.MonkeyPatch, collected: int, chunk: int, length: int
) -> None:
    monkeypatch.setattr(assemble, "RANGE_ROWS", length)
    batches = list(outcomes_in_order(whole, ROWS, chunk=chunk, collected=collected))
    assert all(batch.schema == OUTCOMES for batch in batches)
    assert {batch.num_rows for batch in batches[:-1]} <= {chunk}
    assert made.as_rows(batches) == made.expected(PROSPECTS)


def test_nothing_in_nothing_out(journal: Journal) -> None:
    assert list(outcomes_in_order(journal, 0)) == []


def test_a_shard_that_is_not_done_is_told(journal: Journal) -> None:
    for shard in made.shards(ROWS)[1:]:
        made.do(journal, shard)
    missing = len(made.shards(ROWS)[0].prospects)
    with pytest.raises(RunError) as caught:
        next(outcomes_in_order(journal, ROWS))
    complaint(caught.value, f"{missing} rows of the list", "--resume")


@pytest.mark.parametrize(("rows", "what"), [((0, 1, 1), "row 3 is missing"), ((0, 1, 3), "row 3")])
def test_a_missing_row_is_named(journal: Journal, rows: tuple[int, ...], what: str) -> None:
    shard = Shard(0, tuple(made.prospects(3)))
    journal.record(0, rows, made.judged(shard))
    with pytest.raises(RunError) as caught:
        list(outcomes_in_order(journal, 3))
    complaint(caught.value, what, "--restart")


def test_a_row_too_many_is_told(journal: Journal) -> None:
    journal.record(0, (0, 1, 1), made.judged(Shard(0, tuple(made.prospects(3)))))
    with pytest.raises(RunError) as caught:
        list(outcomes_in_order(journal, 2))
    complaint(caught.value, "twice", "--restart")


def test_a_full_disk_is_one_line(whole: Journal) -> None:
    with full_disk(5_000), pytest.raises(OutputError) as caught:
        list(outcomes_in_order(whole, ROWS, collected=1))
    complaint(caught.value, "no room left", "--resume", "TMPDIR")
    assert made.as_rows(outcomes_in_order(whole, ROWS)) == made.expected(PROSPECTS)


def test_no_place_for_scratch_files_is_one_line(whole: Journal, tmp_path: Path) -> None:
    with pytest.raises(OutputError) as caught:
        list(outcomes_in_order(whole, ROWS, folder=tmp_path / "gone"))
    complaint(caught.value, tmp_path / "gone", "cannot be written")
