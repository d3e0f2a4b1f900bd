"""Lists in JSON Lines: one object a line, whose keys are the headings."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import msgspec
import pyarrow as pa

from persona.errors import ListError
from persona.layout import counted
from persona.prospects.table.chunk import MOST_CHUNK, MOST_COLUMNS, ROWS, Chunk, ProspectList
from persona.prospects.table.decoding import Coding, Strays, coding_of, line_blocks, on_strays

_SPACE: Final = b" \t\r\n"
_SURROGATES: Final = re.compile(
    rb"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\[^u]"
    rb"|(?P<lone>\\u[dD][89a-fA-F][0-9a-fA-F]{2})"
)
_DECODER: Final = msgspec.json.Decoder(dict[str, msgspec.Raw])
_TEXT: Final = msgspec.json.Decoder(str)

Object = dict[str, msgspec.Raw]


class JsonChunk(Chunk):
    """Rows of JSON Lines, which keep how they were written."""

    def __init__(self, start: int, lines: list[bytes], headings: tuple[str, ...]) -> None:
        super().__init__(start)
        self.lines = lines
        self._headings = headings
        self._objects: list[Object] | None = None

    def __len__(self) -> int:
        """Return how many rows there are."""
        return len(self.lines)

    def texts(self, place: int) -> pa.Array:
        """Return the values under one key: numbers as written, objects and lists as JSON.

        What is null or missing is "".
        """
        if self._objects is None:
            self._objects = [read_object(line) for line in self.lines]
        key = self._headings[place]
        return pa.array([_as_text(row.get(key)) for row in self._objects], pa.string())


class JsonList(ProspectList):
    """A list in JSON Lines; headings are all its keys, in the order in which they first appear.

    ``marked`` says whether it begins with a byte-order mark, ``line_end`` how its first line ends.
    """

    def __init__(self, path: Path, coding: Coding) -> None:
        self.path = path
        self._coding = coding
        strays = Strays()
        keys: dict[str, None] = {}
        self.line_end, self.rows, blank = "", 0, 0
        for number, line in enumerate(self._lines(strays), 1):
            if not line.strip(_SPACE):
                blank += 1
                continue
            self.rows += 1
            self.line_end = self.line_end or line[len(line.rstrip(b"\r\n")) :].decode()
            keys |= dict.fromkeys(_checked(path, number, line))
            if len(keys) > MOST_COLUMNS:
                raise ListError(
                    f"{path}: line {number}: more than {MOST_COLUMNS:,} different keys; "
                    "this is not a list with one prospect a line"
                )
        if not self.rows:
            raise ListError(f"{path}: is empty")
        self._coding = msgspec.structs.replace(coding, strays=strays.codec())
        self.line_end = self.line_end or "\n"
        self.marked = bool(coding.mark) and coding.codec == "utf-8"
        self.headings = tuple(keys)
        self.remarks = on_strays(strays.lines, self._coding)
        if blank:
            self.remarks += (f"{counted(blank, 'blank line')} left out",)

    def chunks(self, rows: int = ROWS) -> Iterator[JsonChunk]:
        """Yield all rows in order, so many at a time, fewer where they are very long."""
        lines: list[bytes] = []
        start = size = 0
        for line in self._lines():
            if line.strip(_SPACE):
                lines.append(line)
                size += len(line)
                if len(lines) == rows or size >= MOST_CHUNK:
                    yield JsonChunk(start, lines, self.headings)
                    start, lines, size = start + len(lines), [], 0
        if lines:
            yield JsonChunk(start, lines, self.headings)

    def _lines(self, strays: Strays | None = None) -> Iterator[bytes]:
        for block in line_blocks(self.path, self._coding, strays):
            yield from block.splitlines(keepends=True)


@contextmanager
def open_json_lines(path: Path) -> Iterator[JsonList]:
    """Open a list in JSON Lines.

    Raises ListError with the line: one that is no JSON object, is too long, or has too many keys.
    """
    yield JsonList(path, coding_of(path))


def read_object(line: bytes) -> Object:
    """Return the members of a JSON object as they are written.

    Raises ValueError or RecursionError where the line is none. Half of a surrogate pair, which
    programs that cut text leave behind, is read as U+FFFD.
    """
    try:
        return _DECODER.decode(line)
    except msgspec.DecodeError:
        mended = _SURROGATES.sub(lambda found: rb"\ufffd" if found["lone"] else found[0], line)
        if mended == line:
            raise
        return _DECODER.decode(mended)


def _checked(path: Path, number: int, line: bytes) -> Object:
    try:
        return read_object(line)
    except RecursionError:
        why = "nested too deeply"
    except ValueError as error:
        why = str(error).replace("JSON is malformed: ", "")
    raise ListError(
        f"{path}: line {number}: not a JSON object ({why.lower()}); give one object a line"
    )


def _as_text(value: msgspec.Raw | None) -> str:
    if value is None:
        return ""
    written = bytes(value)
    if written.startswith(b'"'):
        return _TEXT.decode(written)
    return "" if written == b"null" else written.decode()
