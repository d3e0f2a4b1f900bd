"""Files in the work folder are there whole or not at all, on any file system."""

import errno
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pyarrow.fs as pafs
import pytest

from persona.errors import OutputError
from persona.prospects.runs.work import WorkFolder, complaint
from tests.conftest import complaint as checked
from tests.unit.prospects.runs.fragile import FragileFolder, Killed


@pytest.fixture(params=["path", "address", "memory", "fragile"])
def work(request: pytest.FixtureRequest, tmp_path: Path) -> WorkFolder:
    memory = pafs._MockFileSystem()
    opened: dict[str, Callable[[], WorkFolder]] = {
        "path": lambda: WorkFolder.open(tmp_path / "new" / "list.csv.run"),
        "address": lambda: WorkFolder.open(f"file://{tmp_path.as_posix()}/new/list.csv.run"),
        "memory": lambda: WorkFolder(memory, "bucket/folder/", "memory://bucket/folder"),
        "fragile": FragileFolder,
    }
    return opened[request.param]()


def test_reads_what_was_written_last(work: WorkFolder) -> None:
    for content in (b"one", b"", b"two" * 100_000):
        work.write("results/7", content)
        assert work.read("results/7") == content


def test_tells_what_is_there(work: WorkFolder) -> None:
    assert work.names() == work.folders() == work.names("results") == []
    assert work.read("results/7") is None
    work.write("results/8", b"eight")
    work.write("results/7", b"seven!")
    work.write("run", b"")
    assert work.sizes("results") == {"7": 6, "8": 5}
    assert (work.names(), work.folders()) == (["run"], ["results"])


def test_removes(work: WorkFolder) -> None:
    work.write("results/7", b"seven")
    work.delete("results/7")
    work.delete("results/7")
    assert work.names("results") == []
    work.write("results/7", b"seven")
    work.vanish()
    assert work.read("results/7") == b"seven"
    work.delete_folder("results")
    work.delete_folder("results")
    work.vanish()
    assert work.names() == work.folders() == []
    work.write("results/7", b"again")
    assert work.read("results/7") == b"again"


def test_a_fleeting_file_does_not_bring_a_removed_folder_back(work: WorkFolder) -> None:
    with pytest.raises(OutputError):
        work.write("attempt", b"1", lasting=False)
    work.write("run", b"")
    work.write("attempt", b"1", lasting=False)
    assert work.read("attempt") == b"1"


@pytest.mark.parametrize("operations", range(4))
def test_a_write_cut_short_leaves_the_old_file_and_nothing_that_stays(operations: int) -> None:
    work = FragileFolder()
    work.write("results/7", b"old")
    work.die_after(operations)
    with suppress(Killed):
        work.write("results/7", b"new")
    work.die_after(None)
    assert work.read("results/7") in (b"old", b"new")
    assert work.names("results") == ["7"]
    work.sweep()
    assert len(work.contents()) == 1


class _NeverReplaces(pafs.LocalFileSystem):  # type: ignore[misc]
    """Like HDFS, where a file cannot take the place of another."""

    type_name = "unreplacing"

    def move(self, src: str, dest: str) -> None:
        if Path(dest).exists():
            raise OSError("rename failed")
        super().move(src, dest)


def test_replaces_where_the_file_system_does_not(tmp_path: Path) -> None:
    work = WorkFolder(_NeverReplaces(), str(tmp_path), "hdfs://name/folder")
    work.write("run", b"old")
    work.write("run", b"new")
    assert work.read("run") == b"new"
    assert work.names() == ["run"]


def test_the_place_opens_the_same_folder_from_elsewhere(tmp_path: Path) -> None:
    script = "import sys; from persona.prospects.runs.work import WorkFolder as W\n"
    script += "print(W.open('list.run').place); W.open('list.run').write('run', b'here')"
    root = Path(__file__).parents[4]
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    work = WorkFolder.open(done.stdout.strip())
    assert work.read("run") == b"here"
    assert work.local == tmp_path / "list.run"


def test_an_unknown_kind_of_address_is_one_line_without_its_password() -> None:
    with pytest.raises(OutputError) as caught:
        WorkFolder.open("carrier://me:secret@pigeon/loft?token=secret")
    assert "secret" not in checked(caught.value, "carrier://pigeon/loft: cannot be used")


def test_a_place_that_cannot_be_written_to_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("a file, no folder")
    work = WorkFolder.open(tmp_path / "file" / "list.run")
    with pytest.raises(OutputError) as caught:
        work.write("run", b"")
    checked(caught.value, work.place, "cannot be written", "not a directory")


def test_a_full_disk_says_that_what_is_done_is_kept() -> None:
    for number in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        words = complaint(OSError(number, "Detail: [errno 28]"), "written")
        assert "no room left" in words
        assert "--resume" in words
