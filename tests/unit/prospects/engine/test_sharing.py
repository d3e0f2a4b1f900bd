"""Lots shared among real processes, some of which die."""

import os
import signal
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from persona.errors import EngineError, OutputError
from persona.prospects.engine import sharing
from persona.prospects.engine.on_cores import processes
from persona.prospects.engine.sharing import Lot, share
from persona.prospects.shard import Shard
from tests.conftest import complaint

LOTS: list[Lot] = [(Shard(number, ()),) for number in range(6)]


def note(folder: Path, lot: Lot, again: bool) -> int:
    """Do a lot: add a line to its file that says whether it may have been begun before."""
    with (folder / str(lot[0].number)).open("a") as file:
        file.write(f"{'again' if again else 'first'}\n")
    return len(lot)


def die_once(folder: Path, lot: Lot, again: bool) -> int:
    """Do a lot, but be ended by the system in the third, the first time."""
    done = note(folder, lot, again)
    if lot[0].number == 2 and not again:
        os.kill(os.getpid(), signal.SIGKILL)
    return done


def die(folder: Path, lot: Lot, again: bool) -> int:
    """Be ended by the system."""
    note(folder, lot, again)
    os.kill(os.getpid(), signal.SIGKILL)
    return 0


def run_out_of_room(lot: Lot, again: bool) -> int:
    """Fail as a worker does whose disk is full."""
    raise OutputError("/run: no room left")


def give_up(lot: Lot, again: bool) -> int:
    """Leave a lot undone."""
    return 0


def succeed(lot: Lot, again: bool) -> int:
    """Do a lot without a trace."""
    return len(lot)


def done(folder: Path) -> dict[int, list[str]]:
    return {int(file.name): file.read_text().split() for file in folder.iterdir()}


def test_every_lot_is_done_once(tmp_path: Path) -> None:
    share(partial(note, tmp_path), LOTS, processes(2))
    assert done(tmp_path) == {number: ["first"] for number in range(6)}


def test_a_worker_that_is_ended_is_replaced_and_what_it_left_is_done_again(tmp_path: Path) -> None:
    share(partial(die_once, tmp_path), LOTS, processes(2))
    found = done(tmp_path)
    assert sorted(found) == list(range(6))
    assert found[2] == ["first", "again"]


def test_workers_that_are_ended_again_and_again_end_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sharing, "TRIES", 2)
    with pytest.raises(EngineError) as caught:
        share(partial(die, tmp_path), LOTS[:2], processes(2))
    complaint(caught.value, "ended by the system", "--resume", "--workers")
    tried = done(tmp_path)
    assert tried
    assert max(map(len, tried.values())) <= 2


def test_what_goes_wrong_in_a_worker_ends_the_run_in_its_own_words() -> None:
    with pytest.raises(OutputError) as caught:
        share(run_out_of_room, LOTS, processes(2))
    assert str(caught.value) == "/run: no room left"


def test_lots_left_undone_are_no_success() -> None:
    with pytest.raises(EngineError) as caught:
        share(give_up, LOTS, processes(2))
    complaint(caught.value, "--resume")


def test_what_goes_wrong_with_the_list_reaches_the_caller() -> None:
    def broken() -> Iterator[Lot]:
        yield LOTS[0]
        raise OutputError("the disk of the first pass is full")

    with pytest.raises(OutputError, match="first pass"):
        share(succeed, broken(), processes(2))
