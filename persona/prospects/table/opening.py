"""Which kind of list a file is, told by its content first and then by its name."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from itertools import islice
from pathlib import Path
from typing import Final

from persona.errors import ListError
from persona.prospects.table.chunk import ProspectList
from persona.prospects.table.decoding import coding_of, line_blocks, opened

_PARQUET: Final = b"PAR1"
_ZIP: Final = b"PK\x03\x04"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_GZIP: Final = b"\x1f\x8b"
_WARC: Final = b"WARC/"
_HEAD: Final = 512
_LINES: Final = 5
_JSON_LINES: Final = (".jsonl", ".ndjson")


def open_list(path: Path) -> AbstractContextManager[ProspectList]:
    """Open a list of prospects: CSV, TSV or JSON Lines, also with gzip, a workbook or Parquet.

    Raises ListError when it is none of these or cannot be used; some of that only when the
    block is entered.
    """
    head = _head(path)
    if head.startswith(_PARQUET):
        from persona.prospects.table.parquet import open_parquet

        return open_parquet(_unpacked(path))
    if head.startswith((_ZIP, _OLE)):
        from persona.prospects.table.workbook import open_workbook

        return open_workbook(_unpacked(path))
    if _is_json(path, head):
        from persona.prospects.table.jsonlist import open_json_lines

        return open_json_lines(path)
    from persona.prospects.table.textlist import open_text

    return open_text(path)


def is_captures(path: Path) -> bool:
    """Return whether a file holds saved pages: WARC, or objects with "url" and "html".

    Raises ListError when the file cannot be read.
    """
    head = _head(path)
    if head.startswith(_WARC):
        return True
    if head.startswith((_PARQUET, _ZIP, _OLE)) or not _text(head).startswith(b"{"):
        return False
    from persona.prospects.table.jsonlist import read_object

    try:
        return any({"url", "html"} <= read_object(line).keys() for line in _first_lines(path))
    except (ValueError, RecursionError):
        return False


def _head(path: Path) -> bytes:
    with opened(path) as file:
        return file.read(_HEAD)


def _is_json(path: Path, head: bytes) -> bool:
    text = _text(head)
    if text.startswith(b"[") and text[1:].lstrip().startswith(b"{"):
        raise ListError(f"{path}: one JSON array; give JSON Lines, with one object a line")
    named = path.name.lower().removesuffix(".gz").endswith(_JSON_LINES)
    return named or text.startswith(b"{")


def _text(head: bytes) -> bytes:
    """Return the beginning of a text without marks, zeros of wide characters, and space."""
    return head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")


def _first_lines(path: Path) -> Iterator[bytes]:
    """Yield the first lines of a text: saved pages follow a line with what is known of a site."""
    blocks = line_blocks(path, coding_of(path))
    lines = (line for block in blocks for line in block.splitlines() if line.strip())
    return islice(lines, _LINES)


def _unpacked(path: Path) -> Path:
    """Return the path; ListError where gzip is around what is not read as it streams."""
    with path.open("rb") as file:
        if file.read(len(_GZIP)) == _GZIP:
            raise ListError(f"{path}: packed with gzip; unpack it first")
    return path
