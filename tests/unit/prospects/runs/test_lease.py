"""One process drives a run, and its workers stop when it no longer does."""

import threading
import time
from pathlib import Path

import pytest

from persona.errors import RunError
from persona.prospects.runs.lease import Lease, Watch
from persona.prospects.runs.work import WorkFolder
from tests.conftest import complaint
from tests.processes import PATIENCE

BEAT = 0.04


@pytest.fixture
def work(tmp_path: Path) -> WorkFolder:
    return WorkFolder.open(tmp_path / "list.run")


def killed(work: WorkFolder) -> str:
    """Leave what a driver leaves that was killed; return its attempt."""
    lease = Lease.take(work, BEAT)
    content = work.read("attempt")
    lease.release()
    assert content
    work.write("attempt", content)
    return lease.attempt


def test_a_clean_end_leaves_nothing(work: WorkFolder) -> None:
    with Lease.take(work, BEAT):
        assert work.names() == ["attempt"]
    assert work.local
    assert not work.local.exists()


def test_what_the_run_left_stays(work: WorkFolder) -> None:
    with Lease.take(work, BEAT):
        work.write("run.json", b"{}")
    assert work.names() == ["run.json"]


def test_a_second_start_is_refused_while_the_first_lives(work: WorkFolder) -> None:
    with Lease.take(work, BEAT) as lease:
        with pytest.raises(RunError) as caught:
            Lease.take(work, BEAT)
        complaint(caught.value, work.place, "another process")
        lease.check()
    with Lease.take(work, BEAT):
        pass


def test_a_killed_run_is_taken_over_and_its_litter_removed(work: WorkFolder) -> None:
    before = killed(work)
    assert work.local
    (work.local / ".run.json.0011aabb.part").write_bytes(b"half")
    with Lease.take(work, BEAT) as lease:
        assert lease.attempt != before
        assert work.names() == ["attempt"]
        assert len(list(work.local.iterdir())) == 1


def test_of_two_that_start_at_once_at_most_one_goes_on(work: WorkFolder) -> None:
    gate, taken, refused = threading.Barrier(2), [], []

    def start() -> None:
        gate.wait(PATIENCE)
        try:
            taken.append(Lease.take(work, 0.2))
        except RunError as error:
            refused.append(error)

    threads = [threading.Thread(target=start) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert len(taken) + len(refused) == 2
    assert len(taken) == 1
    taken[0].release()


def noticed(lease: Lease) -> RunError:
    for _ in range(200):
        time.sleep(BEAT / 4)
        try:
            lease.check()
        except RunError as error:
            return error
    raise AssertionError("never noticed")


def test_one_whose_folder_was_removed_notices(work: WorkFolder) -> None:
    with Lease.take(work, BEAT) as lease:
        assert work.local
        work.local.rename(work.local.with_name("elsewhere"))
        complaint(noticed(lease), work.place, "removed")
    assert not work.local.exists()


def test_one_that_was_taken_over_notices_and_keeps_its_hands_off(work: WorkFolder) -> None:
    with Lease.take(work, BEAT) as lease:
        work.write("attempt", b'{"name":"usurper","count":0}')
        complaint(noticed(lease), "another process")
    assert work.read("attempt") == b'{"name":"usurper","count":0}'


def test_workers_go_on_as_long_as_their_driver_lives(work: WorkFolder) -> None:
    with Lease.take(work, BEAT) as lease:
        watch = Watch(work, lease.attempt, look_every=0, dead_after=12 * BEAT)
        until = time.monotonic() + 25 * BEAT
        while time.monotonic() < until:
            assert watch.alive()
            time.sleep(BEAT)


def test_workers_stop_when_their_driver_was_killed(work: WorkFolder) -> None:
    attempt = killed(work)
    watch = Watch(work, attempt, look_every=0, dead_after=5 * BEAT)
    assert watch.alive()
    time.sleep(6 * BEAT)
    assert not watch.alive()


def test_workers_stop_when_another_start_has_taken_over(work: WorkFolder) -> None:
    attempt = killed(work)
    old = Watch(work, attempt, look_every=0)
    assert old.alive()
    with Lease.take(work, BEAT) as lease:
        assert not old.alive()
        assert Watch(work, lease.attempt).alive()
    assert not old.alive()


def test_workers_stop_when_the_run_ended_but_not_at_a_single_miss(work: WorkFolder) -> None:
    with Lease.take(work, BEAT) as lease:
        watch = Watch(work, lease.attempt, look_every=0)
        assert watch.alive()
    assert watch.alive()
    assert not watch.alive()


def test_a_watch_looks_at_most_once_a_second(work: WorkFolder) -> None:
    with Lease.take(work, BEAT) as lease:
        watch = Watch(work, lease.attempt)
        assert watch.alive()
    began = time.monotonic()
    looks = 0
    while time.monotonic() - began < 0.2:
        assert watch.alive()
        looks += 1
    assert looks > 1000
