"""The lists there are."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from persona.errors import ListError
from persona.web.lists.folder import ListFolder
from persona.web.lists.record import Counts, ListRecord

NEW = ListRecord(id="", name="a.csv", source="list.csv", bytes=3, added_on="2026-11-20T10:00:00")


@pytest.fixture
def lists(tmp_path: Path) -> ListFolder:
    return ListFolder(tmp_path / "lists")


def added(lists: ListFolder, on: str = NEW.added_on) -> ListRecord:
    arrived = lists.folder.parent / "arrived"
    arrived.write_bytes(b"a,b")
    return lists.add(arrived, replace(NEW, added_on=on))


def test_a_list_is_taken_in_and_found_again(lists: ListFolder) -> None:
    assert lists.entries() == []
    record = added(lists)
    assert lists.get(record.id) == record
    assert (lists.place(record.id) / "list.csv").read_bytes() == b"a,b"
    newer = added(lists, "2026-11-21T10:00:00")
    assert [each.id for each in lists.entries()] == [newer.id, record.id]


def test_how_it_stands_is_kept(lists: ListFolder) -> None:
    record = replace(added(lists), state="stopped", counts=Counts(9, 1, 2, 3, 0))
    lists.save(record)
    assert lists.get(record.id) == record
    assert record.counts.done == 6


def test_a_list_that_was_removed_stays_removed(lists: ListFolder) -> None:
    record = added(lists)
    lists.remove(record.id)
    lists.save(record)
    lists.remove(record.id)
    assert list(lists.folder.iterdir()) == []
    with pytest.raises(ListError):
        lists.get(record.id)


def test_clearing_leaves_the_list(lists: ListFolder) -> None:
    record = added(lists)
    (lists.place(record.id) / "scored.csv").write_bytes(b"x")
    (lists.place(record.id) / "scored.csv.run").mkdir()
    lists.clear(record)
    left = sorted(path.name for path in lists.place(record.id).iterdir())
    assert left == ["list.csv", "list.json"]


@pytest.mark.parametrize(
    "id_", ["", ".", "..", "../x", "/etc", "0" * 11, "G" * 12, "0" * 12 + "\n"]
)
def test_no_other_folder_is_a_list(lists: ListFolder, id_: str) -> None:
    for reach in (lists.get, lists.place, lists.remove):
        with pytest.raises(ListError):
            reach(id_)


def test_a_damaged_list_is_left_out(lists: ListFolder) -> None:
    record, damaged = added(lists), added(lists)
    (lists.place(damaged.id) / "list.json").write_bytes(b"{")
    assert lists.entries() == [record]
    with pytest.raises(ListError, match="damaged"):
        lists.get(damaged.id)
