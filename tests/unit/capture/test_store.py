"""The cache on disk: what is kept, for how long, how much, and what happens when it breaks."""

import os
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest

from persona.capture import store as module
from persona.capture.store import KEPT_SECONDS, Kept, Store, cache_file

HOUR = 3600.0


def kept(name: str = "a", age: float = 0.0, text: str = "<p>Café</p>") -> Kept:
    return Kept(url=f"https://example.com/{name}", status=200, fetched=time.time() - age, text=text)


@pytest.fixture
def warnings() -> list[str]:
    return []


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "pages.sqlite"


@pytest.fixture
def opened(file: Path, warnings: list[str]) -> Iterator[Callable[..., Store]]:
    """Open stores on one file; none may warn unless the test expects it, all are closed."""
    stores: list[Store] = []

    def open_store(**options: int) -> Store:
        stores.append(Store(file, warn=warnings.append, **options))
        return stores[-1]

    yield open_store
    for store in stores:
        store.close()


def test_what_was_kept_is_there_before_and_after_it_is_written(
    opened: Callable[..., Store], warnings: list[str]
) -> None:
    store = opened()
    page = msgspec.structs.replace(kept(), etag='"1"', modified="Sat", content_type="text/html")
    store.put("a", page)
    assert store.get("a") == page
    store.flush()
    assert store.get("a") == page
    assert opened().get("a") == page
    assert store.get("b") is None
    assert warnings == []


def test_a_later_answer_replaces_an_earlier_one(opened: Callable[..., Store]) -> None:
    store = opened()
    store.put("a", kept(text="old"))
    store.flush()
    store.put("a", kept(text="new"))
    store.flush()
    found = store.get("a")
    assert found
    assert found.text == "new"


def test_pages_are_fresh_for_a_day_and_kept_for_ninety(opened: Callable[..., Store]) -> None:
    store = opened()
    for name, age in (("new", HOUR), ("old", 25 * HOUR), ("gone", KEPT_SECONDS + HOUR)):
        store.put(name, kept(name, age))
    new, old = store.get("new"), store.get("old")
    assert new
    assert store.is_fresh(new)
    assert old
    assert not store.is_fresh(old)
    assert store.get("gone") is None


def test_many_pages_are_written_without_being_asked_to(
    opened: Callable[..., Store], file: Path
) -> None:
    store = opened()
    for number in range(500):
        store.put(str(number), kept(str(number)))
    store.flush()
    other = opened()
    assert all(other.get(str(number)) for number in range(500))


def test_the_least_recently_used_pages_make_room(
    opened: Callable[..., Store], file: Path, warnings: list[str]
) -> None:
    store = opened(largest=1_000_000)
    text = os.urandom(10_000).hex()
    for number in range(150):
        store.put(str(number), kept(str(number), text=text + str(number)))
        if number % 10 == 9:
            assert store.get("0"), "used again and again"
            store.flush()
    store.close()
    assert file.stat().st_size < 1_500_000
    store = opened()
    assert store.get("0")
    assert store.get("1") is None
    assert store.get("149")
    assert warnings == []


def test_a_disk_that_cannot_keep_up_costs_pages_not_memory(
    opened: Callable[..., Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    store = opened()
    monkeypatch.setattr(store, "_start_writing", lambda: None)
    for number in range(200):
        store.put(str(number), kept(text="x" * 1_000_000))
    held = sum(len(page.text) for page in store._waiting.values())
    monkeypatch.undo()
    assert 4_000_000 <= held <= module._WAITING_CHARS + 1_000_000


def test_a_page_too_large_for_the_cache_is_not_kept(opened: Callable[..., Store]) -> None:
    store = opened(largest=80_000)
    store.put("a", kept(text="x" * 10_001))
    assert store.get("a") is None


@pytest.mark.parametrize(
    "content", [b"this is no database" * 100, b"SQLite format 3\0" + b"\xff" * 4096]
)
def test_a_damaged_file_costs_one_line(
    content: bytes, opened: Callable[..., Store], file: Path, warnings: list[str]
) -> None:
    file.parent.mkdir()
    file.write_bytes(content)
    store = opened()
    for number in range(200):
        assert store.get(str(number)) is None
        store.put(str(number), kept())
    store.flush()
    assert len(warnings) == 1
    assert len(warnings[0].splitlines()) == 1
    assert str(file) in warnings[0]
    assert file.read_bytes() == content


def test_a_damaged_entry_costs_one_line(
    opened: Callable[..., Store], file: Path, warnings: list[str]
) -> None:
    store = opened()
    store.put("a", kept())
    store.close()
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE pages SET body = x'28b52ffd00'")
    connection.close()
    assert opened().get("a") is None
    assert len(warnings) == 1


def test_a_place_that_cannot_be_written_to_costs_one_line(
    tmp_path: Path, warnings: list[str]
) -> None:
    (tmp_path / "file").write_text("in the way")
    with Store(tmp_path / "file" / "pages.sqlite", warn=warnings.append) as store:
        store.put("a", kept())
        store.flush()
        assert store.get("b") is None
    assert len(warnings) == 1


def test_a_full_disk_costs_one_line(
    opened: Callable[..., Store], warnings: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    connect = module._connect

    def small(path: Path) -> sqlite3.Connection:
        connection = connect(path)
        connection.execute("PRAGMA max_page_count = 10")
        return connection

    monkeypatch.setattr(module, "_connect", small)
    store = opened()
    store.put("a", kept(text=os.urandom(100_000).hex()))
    store.flush()
    store.put("b", kept())
    store.flush()
    assert len(warnings) == 1
    assert "full" in warnings[0]


def test_a_file_that_another_process_holds_costs_one_line(
    opened: Callable[..., Store], file: Path, warnings: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    opened().flush()
    first = opened()
    first.put("a", kept())
    first.flush()
    monkeypatch.setattr(module, "_PATIENCE", 0.05)
    holder = sqlite3.connect(file, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    store = opened()
    store.put("b", kept())
    store.flush()
    holder.execute("ROLLBACK")
    holder.close()
    assert len(warnings) == 1
    assert "locked" in warnings[0]
    assert opened().get("a")


def test_two_processes_share_one_file(
    opened: Callable[..., Store], file: Path, warnings: list[str]
) -> None:
    program = """
import sys, time
from pathlib import Path
from persona.capture.store import Kept, Store

with Store(Path(sys.argv[1])) as store:
    for number in range(300):
        store.put(f"{sys.argv[2]} {number}", Kept("u", 200, time.time(), text="x" * 5000))
        if number % 20 == 0:
            store.flush()
"""
    others = [
        subprocess.Popen([sys.executable, "-c", program, str(file), name], stderr=subprocess.PIPE)
        for name in ("one", "two")
    ]
    for other in others:
        _, complaints = other.communicate(timeout=30)
        assert complaints == b""
    store = opened()
    assert all(store.get(f"{name} {number}") for name in ("one", "two") for number in range(300))
    assert warnings == []


def test_where_the_cache_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("PERSONA_HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    assert cache_file().parent == tmp_path / "cache"
    monkeypatch.delenv("PERSONA_HOME")
    assert cache_file().parent == tmp_path / "xdg" / "persona"
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert cache_file().parent == tmp_path / "home" / ".cache" / "persona"


def test_without_a_home_folder_there_is_no_cache(
    monkeypatch: pytest.MonkeyPatch, warnings: list[str]
) -> None:
    def no_home() -> Path:
        raise RuntimeError

    monkeypatch.delenv("PERSONA_HOME", raising=False)
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setattr(Path, "home", no_home)
    with Store(warn=warnings.append) as store:
        store.put("a", kept())
        assert store.get("a") is None
    assert len(warnings) == 1
    assert "PERSONA_HOME" in warnings[0]


@pytest.mark.parametrize("fetched", [1e18, float("nan"), float("inf")])
def test_what_comes_from_the_future_is_not_used(
    opened: Callable[..., Store], fetched: float, warnings: list[str]
) -> None:
    store = opened()
    store.put("a", msgspec.structs.replace(kept(), fetched=fetched))
    store.put("b", kept(age=-60))
    store.flush()
    assert store.get("a") is None
    assert store.get("b") is not None
    assert warnings == []


def test_a_file_that_another_process_is_making_is_waited_for(
    opened: Callable[..., Store], file: Path, warnings: list[str]
) -> None:
    file.parent.mkdir()
    maker = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
    maker.execute("BEGIN IMMEDIATE")
    maker.execute("CREATE TABLE other (x)")
    done = threading.Timer(0.2, maker.execute, ["COMMIT"])
    done.start()
    store = opened()
    assert store.get("a") is None
    done.join()
    maker.close()
    store.put("a", kept())
    store.flush()
    assert store.get("a") is not None
    assert warnings == []
