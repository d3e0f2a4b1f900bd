"""What is done is not done twice, and what is damaged is done again."""

from pathlib import Path

import pytest

from persona.errors import OutputError, RunError
from persona.prospects.runs.journal import Journal
from persona.prospects.runs.results import ROW
from persona.prospects.runs.work import WorkFolder
from persona.prospects.shard import Shard
from tests.conftest import complaint
from tests.unit.prospects.runs import made

SHARDS = made.shards(60)
KEY = made.key(rows=60)


@pytest.fixture
def work(tmp_path: Path) -> WorkFolder:
    return WorkFolder.open(tmp_path / "list.run")


def begun(work: WorkFolder, done: int = len(SHARDS)) -> Journal:
    journal = Journal.begin(work, KEY)
    for shard in SHARDS[:done]:
        made.do(journal, shard)
    return journal


def the_file(work: WorkFolder, kind: str, number: int) -> Path:
    assert work.local
    [path] = work.local.glob(f"shards-*/{kind}/{number:07}")
    return path


def test_what_is_recorded_is_done_for_everybody(work: WorkFolder) -> None:
    journal = Journal.begin(work, KEY)
    assert journal.done() == {}
    worker = Journal(WorkFolder.open(work.place))
    entry = worker.record(2, [7, 5], made.judged(Shard(2, tuple(made.prospects(2)))))
    assert journal.done() == {2: entry} == worker.done()
    assert journal.has(2)
    assert not journal.has(1)
    assert journal.results(2).column(ROW).to_pylist() == [5, 7]


def test_recording_again_changes_nothing(work: WorkFolder) -> None:
    journal = begun(work)
    assert work.local
    before = {path: path.read_bytes() for path in work.local.rglob("*0*") if path.is_file()}
    for shard in reversed(SHARDS):
        made.do(Journal(work), shard)
    assert before == {path: path.read_bytes() for path in before}
    assert list(journal.done()) == [shard.number for shard in SHARDS]


def test_goes_on_where_it_was(work: WorkFolder) -> None:
    done = begun(work, done=2).done()
    journal = Journal.go_on(work, KEY)
    assert journal.done() == done
    assert journal.resumed


def test_going_on_with_nothing_begins(work: WorkFolder) -> None:
    journal = Journal.go_on(work, KEY)
    assert not journal.resumed
    assert Journal.go_on(work, KEY).resumed


def test_going_on_with_something_else_says_what_differs(work: WorkFolder) -> None:
    begun(work)
    with pytest.raises(RunError) as caught:
        Journal.go_on(work, made.key(rows=61, sha256="c"))
    complaint(caught.value, work.place, "it had 60 rows, now 61", "--restart")
    assert len(Journal(work).done()) == len(SHARDS)


@pytest.mark.parametrize("kind", ["entries", "results"])
@pytest.mark.parametrize("damage", ["cut", "flip", "gone"])
def test_a_damaged_file_is_a_shard_to_be_done_again(
    work: WorkFolder, kind: str, damage: str
) -> None:
    begun(work)
    path = the_file(work, kind, 1)
    content = path.read_bytes()
    path.write_bytes(content[:-9] if damage == "cut" else content[:60] + b"#" + content[61:])
    if damage == "gone":
        path.unlink()
    journal = Journal.go_on(work, KEY)
    assert sorted(journal.done()) == [0, 2, 3]
    assert not journal.has(1)
    made.do(journal, SHARDS[1])
    assert len(Journal.go_on(work, KEY).done()) == len(SHARDS)


def test_results_damaged_later_are_noticed_and_done_again(work: WorkFolder) -> None:
    journal = begun(work)
    path = the_file(work, "results", 3)
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(RunError) as caught:
        journal.results(3)
    complaint(caught.value, work.place, "shard 3", "--resume")
    assert sorted(journal.done()) == [0, 1, 2]


def test_an_unfinished_run_is_in_the_way(work: WorkFolder) -> None:
    begun(work, done=1)
    for attempt in (Journal.check_free, lambda work: Journal.begin(work, KEY)):
        with pytest.raises(RunError) as caught:
            attempt(work)
        complaint(caught.value, work.place, "--resume", "--restart")
    assert Journal.restart(work, KEY).done() == {}


def test_a_damaged_run_can_only_be_started_again(work: WorkFolder) -> None:
    begun(work)
    work.write("run.json", b'{"key": {}}')
    for attempt in (Journal.go_on, Journal.begin):
        with pytest.raises(RunError) as caught:
            attempt(work, KEY)
        complaint(caught.value, work.place, "damaged", "--restart")
    assert Journal.restart(work, KEY).done() == {}


def test_a_folder_with_other_files_is_left_alone(work: WorkFolder) -> None:
    work.write("thesis.docx", b"irreplaceable")
    for attempt in (Journal.begin, Journal.restart, Journal.go_on):
        with pytest.raises(OutputError) as caught:
            attempt(work, KEY)
        complaint(caught.value, "thesis.docx")
    assert work.names() == ["thesis.docx"]


def test_a_straggler_of_an_earlier_run_cannot_write_into_this_one(work: WorkFolder) -> None:
    begun(work, done=0)
    straggler = Journal(work)
    journal = Journal.restart(work, made.key(rows=60, options={"--pages": "3"}))
    made.do(straggler, SHARDS[0])
    assert journal.done() == {}
    assert not journal.has(0)


def test_a_finished_run_leaves_nothing(work: WorkFolder) -> None:
    assert begun(work).finish() == 0
    assert work.names() == work.folders() == []
    with pytest.raises(RunError) as caught:
        Journal(work)
    complaint(caught.value, work.place, "no run")
