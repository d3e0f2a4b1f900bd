"""Work shared among processes: in order, whatever their number, and deaf to Ctrl-C."""

import os
import signal

import pytest
from threadpoolctl import threadpool_info, threadpool_limits

from persona.training import workers
from persona.training.workers import side_by_side


def squared(number: int) -> int:
    return number * number


def where(_: int) -> tuple[int, bool]:
    """Return the process, and whether it ignores Ctrl-C."""
    return os.getpid(), signal.getsignal(signal.SIGINT) == signal.SIG_IGN


def threads(_: int) -> set[int]:
    """Return how many threads numerical libraries may use."""
    return {int(library["num_threads"]) for library in threadpool_info()}


def fail(number: int) -> int:
    raise ArithmeticError(f"part {number}")


@pytest.mark.parametrize("jobs", [1, 2, 50])
def test_results_stand_in_the_order_of_the_parts(jobs: int) -> None:
    assert side_by_side(squared, [(number,) for number in range(5)], jobs) == [0, 1, 4, 9, 16]
    assert side_by_side(squared, [], jobs) == []


def test_workers_do_not_hear_ctrl_c_and_who_started_them_does() -> None:
    before = signal.getsignal(signal.SIGINT)
    found = side_by_side(where, [(number,) for number in range(4)], 2)
    assert os.getpid() not in {process for process, _ in found}
    assert {deaf for _, deaf in found} == {True}
    assert signal.getsignal(signal.SIGINT) == before


def test_ctrl_c_that_comes_while_workers_start_is_heard() -> None:
    with pytest.raises(KeyboardInterrupt), workers._interruptions_for_others():
        os.kill(os.getpid(), signal.SIGINT)


@pytest.mark.parametrize("jobs", [1, 2])
def test_each_part_is_done_in_one_thread(jobs: int) -> None:
    with threadpool_limits(2):
        assert side_by_side(threads, [(1,), (2,)], jobs) == [{1}, {1}]


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_fault_in_a_part_is_told(jobs: int) -> None:
    with pytest.raises(ArithmeticError, match="part"):
        side_by_side(fail, [(1,), (2,)], jobs)


def length(text: bytes) -> int:
    return len(text)


def test_workers_that_end_just_as_there_is_work_are_replaced(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(workers, "_IDLE", 0.02)
    large = [(bytes(20_000_000),) for _ in range(6)]
    assert side_by_side(length, large, 2) == [20_000_000] * 6
    assert capfd.readouterr() == ("", "")
