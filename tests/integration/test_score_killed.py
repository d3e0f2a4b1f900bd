"""A list scored here and there, stopped, killed and gone on with: the same bytes, politely.

``PERSONA_KILLS`` says how often, twice if left out (once on Dask). For many, lift the limit of
a test: ``-o timeout=0 -o faulthandler_timeout=0``.
"""

import os
import random
import signal
import subprocess
import time
from collections.abc import Iterator
from typing import Final

import pytest

from tests.integration.prospecting import DELAY, UNHURRIED, Prospecting, internet, members
from tests.integration.scoring import SPACING
from tests.integration.witness import shortest_gap
from tests.processes import PATIENCE, wait_until

COMPANIES: Final = 24
KILLS: Final = int(os.environ.get("PERSONA_KILLS", "2"))
DASK_KILLS: Final = int(os.environ.get("PERSONA_KILLS", "1"))
RUNS: Final = 10
"""Runs in a row that may end before their turn to be killed comes."""
LATE: Final = 0.15
"""Seconds that a busy machine may take between a request's turn and its start."""


@pytest.fixture(scope="module")
def prospecting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Prospecting]:
    folder = tmp_path_factory.mktemp("prospecting")
    with internet(COMPANIES, folder / "internet") as served:
        prospecting = Prospecting(served, folder)
        prospecting.write_list(COMPANIES)
        yield prospecting


@pytest.fixture(scope="module")
def uninterrupted(prospecting: Prospecting) -> tuple[bytes, float]:
    """Return the output of a run that nobody disturbs, and the seconds it took."""
    begin = time.monotonic()
    return prospecting.scored("expected.csv"), time.monotonic() - begin


def assert_polite(prospecting: Prospecting) -> None:
    log = prospecting.internet.log
    assert shortest_gap(log) >= SPACING - LATE
    assert shortest_gap(log, UNHURRIED) >= DELAY - LATE


def test_killed_at_any_moment_it_goes_on_to_the_same_bytes(
    prospecting: Prospecting, uninterrupted: tuple[bytes, float]
) -> None:
    expected, seconds = uninterrupted
    chosen = random.Random(7)
    output = prospecting.folder / "killed.csv"
    prospecting.internet.log.unlink()
    kills = 0
    for _ in range(KILLS * RUNS):
        with prospecting.started(output.name, "resume=1", "workers=2") as process:
            try:
                _, complaint = process.communicate(timeout=chosen.uniform(0.2, 1.2 * seconds))
            except subprocess.TimeoutExpired:
                process.kill()
                process.communicate(timeout=PATIENCE)
                kills += 1
            else:
                assert (process.returncode, complaint) == (0, "")
                assert output.read_bytes() == expected
                output.unlink()
        if kills == KILLS:
            break
    assert kills == KILLS
    assert prospecting.scored(output.name, "resume=1", "workers=2") == expected
    assert_polite(prospecting)


def killed_workers(
    process: "subprocess.Popen[str]", most: int, pause: float, chosen: random.Random
) -> int:
    """Kill Dask workers of a run at random moments; return how many before it ended."""
    kills, until = 0, time.monotonic() + 2 * PATIENCE
    while process.poll() is None and kills < most:
        assert time.monotonic() < until, "the run does not end, and has no workers"
        time.sleep(chosen.uniform(0.5, pause))
        workers = members(process.pid, "multiprocessing.spawn")
        if workers:
            os.kill(chosen.choice(workers), signal.SIGKILL)
            kills += 1
    return kills


def test_a_killed_dask_worker_is_replaced_and_the_bytes_are_the_same(
    prospecting: Prospecting, uninterrupted: tuple[bytes, float]
) -> None:
    pytest.importorskip("distributed")
    expected, seconds = uninterrupted
    chosen = random.Random(11)
    output = prospecting.folder / "dask.csv"
    prospecting.internet.log.unlink()
    kills = 0
    for _ in range(DASK_KILLS * RUNS):
        with prospecting.started(output.name, "backend=dask", "workers=2", "restart=1") as process:
            kills += killed_workers(process, DASK_KILLS - kills, 1.5 * seconds, chosen)
            said, complaint = process.communicate(timeout=120)
        assert (process.returncode, said, complaint) == (0, "", "")
        assert output.read_bytes() == expected
        output.unlink()
        if kills == DASK_KILLS:
            break
    assert kills == DASK_KILLS
    assert_polite(prospecting)


def test_ctrl_c_stops_all_workers_at_once_and_says_how_to_go_on(
    prospecting: Prospecting, uninterrupted: tuple[bytes, float]
) -> None:
    asked = len(prospecting.internet.asked)
    with prospecting.started("stopped.csv", "workers=2") as process:
        wait_until(lambda: len(prospecting.internet.asked) >= asked + COMPANIES, "requests")
        begin = time.monotonic()
        os.killpg(process.pid, signal.SIGINT)
        _, complaint = process.communicate(timeout=30)
    assert time.monotonic() - begin < 3.0
    assert process.returncode != 0
    assert len(complaint.splitlines()) == 1, complaint
    assert "--resume" in complaint
    assert not members(process.pid, "popen_loky")
    assert prospecting.scored("stopped.csv", "resume=1") == uninterrupted[0]


def test_ray_writes_the_same_bytes(
    prospecting: Prospecting, uninterrupted: tuple[bytes, float]
) -> None:
    pytest.importorskip("ray")
    assert prospecting.scored("ray.csv", "backend=ray", "workers=2") == uninterrupted[0]
