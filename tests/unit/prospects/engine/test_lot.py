"""A lot read from a real server: what is done is in the journal, shard by shard."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from persona.capture.live import Reading
from persona.errors import EngineError
from persona.prospects.engine import lot
from persona.prospects.engine.lot import read_elsewhere, read_lot
from persona.prospects.runs.work import WorkFolder
from persona.prospects.shard import Shard
from tests.conftest import complaint
from tests.integration.authority import trust_here
from tests.integration.internet import Internet
from tests.integration.prospecting import sites
from tests.integration.witness import shortest_gap
from tests.unit.prospects.engine.made import reading_of, running, shard
from tests.unit.signals.sites import FULL, site


@pytest.fixture(scope="module")
def internet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Internet]:
    with Internet(sites(8), tmp_path_factory.mktemp("internet")) as served:
        trust_here(served.file)
        yield served


def names(*numbers: int) -> tuple[str, ...]:
    return tuple(f"company{number}.com" for number in numbers)


def test_shards_are_recorded_with_rows_in_order_and_each_site_is_read_once(
    internet: Internet, tmp_path: Path
) -> None:
    internet.asked.clear()
    shards = (
        shard(4, *names(0, 1, 0), "", "no-such-name.com", first=10),
        shard(9, *names(2, 3), first=20),
        shard(11, "", first=30),
    )
    with running(tmp_path / "run", reading_of(internet)) as (job, journal):
        assert read_lot(job, shards) == 3
        done = journal.done()
        assert list(done) == [4, 9, 11]
        rows = journal.results(4).to_pylist()
    assert [row["row"] for row in rows] == [10, 11, 12, 13, 14]
    assert [row["persona_pages_read"] for row in rows] == [3, 3, 3, 0, 0]
    assert [row["persona_status"] for row in rows][2:] == ["duplicate", "failed", "failed"]
    assert "the name does not exist" in rows[4]["persona_error"]
    assert done[9].pages == 6
    assert {one.site for one in done[9].slowest} == set(names(2, 3))
    homes = [each.host for each in internet.asked if each.path == "/"]
    assert sorted(homes) == sorted(names(0, 1, 2, 3))


def test_what_is_done_is_not_read_again(internet: Internet, tmp_path: Path) -> None:
    shards = (shard(1, *names(0)), shard(2, *names(1), first=1))
    with running(tmp_path / "run", reading_of(internet)) as (job, journal):
        read_lot(job, shards[:1])
        before = journal.results(1)
        internet.asked.clear()
        assert read_lot(job, shards) == 2
        assert journal.results(1).equals(before)
    assert {each.host for each in internet.asked} == set(names(1))


def test_saved_pages_need_no_network(tmp_path: Path) -> None:
    capture = site(FULL)[0]
    given = shard(0, capture.site, "other.com")
    given = Shard(0, given.prospects, {capture.site: capture})
    with running(tmp_path / "run", Reading(store=None)) as (job, journal):
        read_lot(job, (given,))
        read, missing = journal.results(0).to_pylist()
    assert read["persona_pages_read"] == len(capture.pages)
    assert (missing["persona_status"], missing["persona_error"]) == (
        "failed",
        "no page of it was saved",
    )


def test_an_address_that_no_worker_may_read_fails_its_rows(tmp_path: Path) -> None:
    with running(tmp_path / "run", Reading(store=None)) as (job, journal):
        assert read_lot(job, (shard(0, "10.0.0.1"),)) == 1
        [row] = journal.results(0).to_pylist()
    assert row["persona_status"] == "failed"
    assert "10.0.0.1" in row["persona_error"]


def test_a_run_that_nobody_drives_is_left_at_once(internet: Internet, tmp_path: Path) -> None:
    slow = replace(reading_of(internet, spacing=5.0), seconds=60.0)
    with running(tmp_path / "run", slow) as (job, journal):
        thread = threading.Timer(0.3, WorkFolder.open(job.work).write, ("attempt", b"another"))
        thread.start()
        begin = time.monotonic()
        assert read_lot(job, (shard(0, *names(0, 1)),)) == 0
        assert time.monotonic() - begin < 4.0
        thread.join()
        assert not journal.done()


def test_hosts_that_another_worker_may_have_asked_are_left_in_peace_first(
    internet: Internet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lot, "QUIET", 0.3)
    internet.log.unlink(missing_ok=True)
    reading = replace(reading_of(internet, spacing=0.3), pages=1)
    with running(tmp_path / "run", reading) as (job, _):
        read_elsewhere(job, (shard(1, *names(5)),), False)
        read_elsewhere(job, (shard(2, *names(5)),), True)
    assert shortest_gap(internet.log) >= 0.28


def test_a_worker_that_cannot_see_the_run_says_so(tmp_path: Path) -> None:
    with running(tmp_path / "run") as (job, _):
        elsewhere = replace(job, work=str(tmp_path / "not-shared"))
        with pytest.raises(EngineError) as caught:
            read_elsewhere(elsewhere, (shard(0, "a.com"),), False)
    complaint(caught.value, "not-shared", "--work")
