"""Scratch files have no name, so that nothing is left of them."""

import errno
import tempfile
from pathlib import Path

import pytest

from persona.errors import OutputError
from persona.prospects.runs.scratch import scratch_complaints, scratch_file, scratch_place
from tests.conftest import complaint


def test_a_scratch_file_is_in_its_folder_without_a_name(tmp_path: Path) -> None:
    with scratch_file(tmp_path) as file:
        file.write(b"gone with the process")
        assert list(tmp_path.iterdir()) == []


def test_a_full_disk_names_the_place_and_how_to_change_it() -> None:
    assert scratch_place() == Path(tempfile.gettempdir())
    with pytest.raises(OutputError) as caught, scratch_complaints():
        raise OSError(errno.ENOSPC, "no space")
    complaint(caught.value, tempfile.gettempdir(), "no room left", "TMPDIR")
