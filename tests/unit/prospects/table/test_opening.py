"""Which kind of list a file is, whatever it is called."""

import gzip
from pathlib import Path

import pytest

from persona.capture.archive import save_captures
from persona.capture.records import Capture, CapturedPage
from persona.errors import ListError
from persona.prospects.table import is_captures, open_list
from tests.unit.prospects.table.lists import refusal, written

PAGE = '{"url": "https://acme.com/", "html": "<p>", "status": 200}\n'


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (PAGE, True),
        ("\ufeff\n" + PAGE, True),
        ('{"url": "https://acme.com/", "name": "Acme"}\n', False),
        ('{"url": "https://acme.com/", "html"\n', False),
        ("{" * 9, False),
        ('{"a":' * 100_000, False),
        ("url,html\nacme.com,x\n", False),
        ("WARC/1.0\r\nWARC-Type: warcinfo\r\n", True),
        ("", False),
    ],
)
def test_saved_pages_are_told_from_lists(content: str, expected: bool, tmp_path: Path) -> None:
    assert is_captures(written(tmp_path, content)) is expected
    packed = written(tmp_path, gzip.compress(content.encode()), "packed")
    assert is_captures(packed) is expected


@pytest.mark.parametrize("name", ["pages.jsonl", "pages.jsonl.gz"])
def test_pages_that_were_saved_here_are_saved_pages(name: str, tmp_path: Path) -> None:
    page = CapturedPage(url="https://acme.com/", html="<p>Hello")
    save_captures(tmp_path / name, [Capture(site="acme.com", address="acme.com", pages=(page,))])
    assert is_captures(tmp_path / name)


def test_packed_workbooks_are_to_be_unpacked(tmp_path: Path) -> None:
    refusal(written(tmp_path, gzip.compress(b"PK\x03\x04..."), "list.xlsx.gz"), "unpack it first")
    refusal(written(tmp_path, gzip.compress(b"PAR1...")), "unpack it first")


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none.jsonl", tmp_path / ("x" * 300)):
        with pytest.raises(ListError):
            is_captures(path)
        with pytest.raises(ListError), open_list(path):
            pass
