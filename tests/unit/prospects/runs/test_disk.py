"""A disk that surely is too small is told before anything is read."""

import shutil
from pathlib import Path

import pyarrow.fs as pafs
import pytest

from persona.errors import OutputError
from persona.prospects.runs.disk import OUTPUT_BYTES, RESULT_BYTES, SCRATCH_BYTES, check_room
from persona.prospects.runs.work import WorkFolder
from tests.conftest import complaint


def test_a_list_that_fits_passes(tmp_path: Path) -> None:
    work = WorkFolder.open(tmp_path / "not" / "yet" / "there")
    check_room(tmp_path / "new" / "list.csv", work, 1_000, 50_000)


def test_needs_on_one_disk_add_up(tmp_path: Path) -> None:
    work = WorkFolder.open(tmp_path / "list.run")
    free = shutil.disk_usage(tmp_path).free
    rows = free // (OUTPUT_BYTES + RESULT_BYTES + SCRATCH_BYTES)
    check_room(tmp_path / "list.csv", work, rows // 2, 1_000)
    with pytest.raises(OutputError) as caught:
        check_room(tmp_path / "list.csv", work, rows * 2, 1_000)
    complaint(caught.value, tmp_path, "GB free", "--work", "TMPDIR")


def test_what_is_done_or_elsewhere_needs_no_room(tmp_path: Path) -> None:
    free = shutil.disk_usage(tmp_path).free
    rows = free // (OUTPUT_BYTES + SCRATCH_BYTES + RESULT_BYTES // 2)
    near = WorkFolder.open(tmp_path / "list.run")
    far = WorkFolder(pafs._MockFileSystem(), "bucket", "s3://bucket")
    with pytest.raises(OutputError):
        check_room(tmp_path / "list.csv", near, rows, 0)
    check_room(tmp_path / "list.csv", near, rows, 0, left=1_000)
    check_room(tmp_path / "list.csv", far, rows, 0)


def test_a_compressed_output_is_not_as_long_as_its_list(tmp_path: Path) -> None:
    work = WorkFolder.open(tmp_path / "list.run")
    size = 2 * shutil.disk_usage(tmp_path).free
    check_room(tmp_path / "list.parquet", work, 1_000, size)
    with pytest.raises(OutputError):
        check_room(tmp_path / "list.csv", work, 1_000, size)
