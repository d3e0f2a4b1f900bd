"""The fingerprint of a list."""

from hashlib import sha256
from pathlib import Path

import pytest

from persona.errors import FileError
from persona.prospects.runs.fingerprint import fingerprint
from tests.conftest import complaint


def test_is_the_sha256_and_the_size(tmp_path: Path) -> None:
    content = b"website\nexample.com\n" * 100_000
    path = tmp_path / "list.csv"
    path.write_bytes(content)
    assert fingerprint(path) == (sha256(content).hexdigest(), len(content))


def test_a_list_that_is_gone_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(FileError) as caught:
        fingerprint(tmp_path / "list.csv")
    complaint(caught.value, "list.csv", "no such file")
