"""What is wrong with the workers that were asked for, told in one line; progress meanwhile."""

import socket
import sys
from pathlib import Path

import pytest

from persona.errors import EngineError, UsageError
from persona.prospects.engine.engines import run
from persona.prospects.options import Backend
from tests.conftest import complaint
from tests.unit.prospects.engine.made import running, shard


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
    return port


def test_this_process_alone_does_all_shards_and_tells_when(tmp_path: Path) -> None:
    ticks = []
    with running(tmp_path / "run") as (job, journal):
        given = [shard(number, "", first=number) for number in range(3)]
        run(job, given, rows=3, workers=1, on_tick=lambda: ticks.append(len(journal.done())))
    assert ticks[-1] == 3


def test_a_scheduler_is_for_clusters(tmp_path: Path) -> None:
    with running(tmp_path / "run") as (job, _), pytest.raises(UsageError) as caught:
        run(job, [], rows=0, scheduler="tcp://a:1")
    complaint(caught.value, "--scheduler", "--backend")


@pytest.mark.parametrize("backend", ["dask", "ray"])
def test_a_missing_package_is_named(
    backend: Backend, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, {"dask": "distributed", "ray": "ray"}[backend], None)
    with running(tmp_path / "run") as (job, _), pytest.raises(EngineError) as caught:
        run(job, [], rows=0, backend=backend)
    complaint(caught.value, f"pip install 'persona[{backend}]'")


def test_a_ray_cluster_where_nobody_answers_is_told_at_once(tmp_path: Path) -> None:
    pytest.importorskip("ray")
    address = f"127.0.0.1:{free_port()}"
    with running(tmp_path / "run") as (job, _), pytest.raises(EngineError) as caught:
        run(job, [], rows=0, backend="ray", scheduler=address)
    complaint(caught.value, address, "ray start --head")


def test_a_dask_scheduler_that_is_none_is_told_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("distributed")
    monkeypatch.setattr("persona.prospects.engine.on_dask.PATIENCE", 1)
    address = f"tcp://127.0.0.1:{free_port()}"
    with running(tmp_path / "run") as (job, _), pytest.raises(EngineError) as caught:
        run(job, [], rows=0, backend="dask", scheduler=address)
    complaint(caught.value, address, "dask scheduler")
