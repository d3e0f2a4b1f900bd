"""A list scored here and there, stopped, killed and gone on with: the same bytes, politely.

``PERSONA_KILLS`` says how often, three times if left out.
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

COMPANIES: Final = 24
KILLS: Final = int(os.environ.get("PERSONA_KILLS", "3"))
DASK_KILLS: Final = int(os.environ.get("PERSONA_KILLS", "1"))
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
    while kills < KILLS:
        process = prospecting.start(output.name, "resume=1", "workers=2")
        try:
            _, complaint = process.communicate(timeout=chosen.uniform(0.2, 1.2 * seconds))
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            kills += 1
        else:
            assert (process.returncode, complaint) == (0, "")
            assert output.read_bytes() == expected
            output.unlink()
    assert prospecting.scored(output.name, "resume=1", "workers=2") == expected
    assert_polite(prospecting)


def test_a_killed_dask_worker_is_replaced_and_the_bytes_are_the_same(
    prospecting: Prospecting, uninterrupted: tuple[bytes, float]
) -> None:
    pytest.importorskip("distributed")
    expected, seconds = uninterrupted
    chosen = random.Random(11)
    output = prospecting.folder / "dask.csv"
    prospecting.internet.log.unlink()
    kills = 0
    while kills < DASK_KILLS:
        process = prospecting.start(output.name, "backend=dask", "workers=2", "restart=1")
        while process.poll() is None and kills < DASK_KILLS:
            time.sleep(chosen.uniform(0.5, 1.5 * seconds))
            workers = members(process.pid, "multiprocessing.spawn")
            if workers:
                os.kill(chosen.choice(workers), signal.SIGKILL)
                kills += 1
        said, complaint = process.communicate(timeout=120)
        assert (process.returncode, said, complaint) == (0, "", "")
        assert output.read_bytes() == expected
        output.unlink()
    assert_polite(prospecting)


def test_ctrl_c_stops_all_workers_at_once_and_says_how_to_go_on(
    prospecting: Prospecting, uninterrupted: tuple[bytes, float]
) -> None:
    asked = len(prospecting.internet.asked)
    process = prospecting.start("stopped.csv", "workers=2")
    while len(prospecting.internet.asked) < asked + COMPANIES:
        time.sleep(0.05)
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
