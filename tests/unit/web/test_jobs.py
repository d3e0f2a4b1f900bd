"""Work in the background: few at once, a short queue, and an end."""

import threading
import time
from collections.abc import Iterator

import pytest

from persona.errors import AddressError, BusyError
from persona.web.jobs import Job, Lane, Stopped, Work
from tests.processes import wait_until

PATIENCE = 30.0


@pytest.fixture
def lane() -> Iterator[Lane]:
    lane = Lane("scan", at_once=2, waiting=2)
    yield lane
    lane.close(PATIENCE)


def held(until: threading.Event) -> Work:
    """Return work that lasts until an event, or until it is stopped."""

    def work(job: Job) -> str:
        job.when_stopped(until.set)
        assert until.wait(PATIENCE)
        if not job.go_on():
            raise Stopped
        return job.id

    return work


def ended(job: Job) -> Job:
    assert job.ended.wait(PATIENCE)
    return job


def threads() -> list[str]:
    return [thread.name for thread in threading.enumerate() if thread.name == "scan"]


def test_work_ends_with_its_result(lane: Lane) -> None:
    job = ended(lane.begin(lambda _: "here", about="what was asked"))
    assert (job.state, job.result, job.error, job.about) == ("done", "here", "", "what was asked")
    assert lane.get(job.id) is job


def test_an_error_raised_on_purpose_is_the_line_to_show(lane: Lane) -> None:
    def refuse(_: Job) -> None:
        raise AddressError("no such website")

    job = ended(lane.begin(refuse))
    assert (job.state, job.error, job.fault) == ("failed", "no such website", False)


def test_a_fault_is_told_without_its_details(
    lane: Lane, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(_: Job) -> None:
        raise KeyError("secret")

    job = ended(lane.begin(fail))
    assert (job.state, job.fault) == ("failed", True)
    assert "KeyError at 'job" in capsys.readouterr().err
    assert "fault in the program" in job.error
    assert "secret" not in job.error


def test_only_so_many_run_and_wait(lane: Lane) -> None:
    until = threading.Event()
    jobs = [lane.begin(held(until)) for _ in range(4)]
    with pytest.raises(BusyError, match="too many scans") as caught:
        lane.begin(held(until))
    assert caught.value.seconds > 0
    while [job.state for job in jobs] != ["running"] * 2 + ["waiting"] * 2:
        time.sleep(0.01)
    assert [lane.ahead(job) for job in jobs] == [0, 0, 0, 1]
    assert len(threads()) == 2
    until.set()
    assert [ended(job).state for job in jobs] == ["done"] * 4


def test_threads_go_when_there_is_nothing_to_do(lane: Lane) -> None:
    ended(lane.begin(lambda _: None))
    for thread in threading.enumerate():
        if thread.name == "scan":
            thread.join(PATIENCE)
    assert threads() == []
    assert ended(lane.begin(lambda _: "again")).result == "again"


def test_a_job_that_is_stopped_ends_and_one_that_waits_never_begins(lane: Lane) -> None:
    until = [threading.Event() for _ in range(3)]
    running, other, waiting = (lane.begin(held(each)) for each in until)
    wait_until(lambda: running.state == other.state == "running", "two jobs to begin")
    lane.stop(waiting)
    assert waiting.over
    lane.stop(running)
    assert (ended(running).state, ended(waiting).state) == ("stopped", "stopped")
    assert other.state == "running"
    assert waiting.result is None


def test_what_is_to_be_done_on_stopping_is_done_at_once_where_it_was_stopped_before() -> None:
    job, told = Job(lambda _: None, "id"), threading.Event()
    job.stop()
    job.when_stopped(told.set)
    assert told.is_set()


def test_closing_ends_everything_and_takes_on_no_more() -> None:
    lane, until = Lane("scan", at_once=1, waiting=5), threading.Event()
    jobs = [lane.begin(held(until)) for _ in range(3)]
    lane.close(PATIENCE)
    assert [job.state for job in jobs] == ["stopped"] * 3
    assert threads() == []
    with pytest.raises(BusyError):
        lane.begin(held(until))


def test_a_job_that_ended_gives_way_to_a_new_one_of_its_id(lane: Lane) -> None:
    ended(lane.begin(lambda _: 1, id_="same"))
    again = ended(lane.begin(lambda _: 2, id_="same"))
    assert lane.get("same") is again
    assert again.result == 2


def test_a_job_under_way_is_not_begun_twice(lane: Lane) -> None:
    until = threading.Event()
    running = lane.begin(held(until), id_="same")
    with pytest.raises(BusyError, match="already"):
        lane.begin(held(until), id_="same")
    assert lane.get("same") is running
    until.set()


def test_old_jobs_are_forgotten_but_never_one_under_way(lane: Lane) -> None:
    until = threading.Event()
    running = lane.begin(held(until))
    first = ended(lane.begin(lambda _: None))
    for _ in range(70):
        ended(lane.begin(lambda _: None))
    assert lane.get(first.id) is None
    assert lane.get(running.id) is running
    until.set()
