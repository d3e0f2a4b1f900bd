"""What is looked at before a workbook is opened: that it fits into memory once unpacked.

A few kilobytes of a workbook can unpack to many gigabytes, and a single cell in the last corner of
a sheet makes a table of seventeen thousand million cells.
"""

import copy
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Final

from persona.errors import ListError

MOST_BYTES: Final = 2 * 1024**3
"""Of a workbook, unpacked."""
MOST_CELLS: Final = 48 * 1024**2
"""Of a sheet, empty ones within its corners included."""

_SHEETS: Final = "xl/worksheets/"
_BLOCK: Final = 1024**2
_LETTERS: Final = re.compile(rb"""r=["']([A-Za-z]+)\d""")
_DIGITS: Final = re.compile(rb"""r=["'][A-Za-z]+(\d+)""")
_VALUELESS: Final = re.compile(rb"""<c [^>]*t=["']e["']|(?:</f>|<f[^>]*/>)(?:<v/>|<v></v>)?</c>""")
_LONGEST: Final = 7
"""Letters and digits of a place beyond which it is on no sheet."""
_DAMAGE: Final = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    OSError,
    ValueError,
)


def check_workbook(path: Path) -> int:
    """Return how many cells hold an error, or a formula of which no value was saved.

    Raises ListError where a workbook in XLSX is damaged, or too large once unpacked. What the
    archive says of its sizes is not believed: everything is unpacked and measured.
    """
    left, valueless = MOST_BYTES, 0
    try:
        with zipfile.ZipFile(path) as archive:
            if "xl/workbook.xml" not in archive.namelist():
                raise ListError(f"{path}: not a workbook that can be read; save it as .xlsx or CSV")
            for entry in archive.infolist():
                honest = copy.copy(entry)
                honest.file_size = left + 4 * _BLOCK
                with archive.open(honest) as file:
                    size, found = _checked(path, entry.filename, file, left)
                    left -= size
                    valueless += found
            return valueless
    except _DAMAGE as error:
        raise ListError(f"{path}: a damaged workbook ({error}); save it again") from None


def _checked(path: Path, name: str, file: IO[bytes], left: int) -> tuple[int, int]:
    """Return how large an entry is, and how many cells of it hold no value.

    ListError where it, or the sheet that it is, is too large.
    """
    size = valueless = 0
    extent = Extent()
    is_sheet = name.startswith(_SHEETS)
    for block in _blocks(file):
        size += len(block)
        if size > left:
            raise ListError(
                f"{path}: larger than {MOST_BYTES // 1024**3} GiB once unpacked; save it as CSV"
            )
        if is_sheet:
            extent.add(block)
            valueless += len(_VALUELESS.findall(block))
            if extent.cells > MOST_CELLS:
                raise ListError(
                    f"{path}: a sheet reaches {extent.rows:,} rows down and {extent.columns:,} "
                    "columns across; delete what is empty, or save it as CSV"
                )
    return size, valueless


def _blocks(file: IO[bytes]) -> Iterator[bytes]:
    """Yield a file in pieces that end where a tag begins, if there is one."""
    rest = b""
    while block := file.read(_BLOCK):
        block = rest + block
        cut = block.rfind(b"<") if len(block) < 2 * _BLOCK else len(block)
        yield block[:cut]
        rest = block[cut:]
    yield rest


class Extent:
    """How far the cells of a sheet reach, counted while its XML goes by."""

    def __init__(self) -> None:
        self.rows = self.columns = 0
        self._begun = self._across = 0

    @property
    def cells(self) -> int:
        """The cells of a table that holds them all."""
        return self.rows * self.columns

    def add(self, block: bytes) -> None:
        """Look at the next piece of the sheet, which ends between tags."""
        rows = map(_number, set(_DIGITS.findall(block)))
        columns = map(_column, set(_LETTERS.findall(block)))
        self.rows = max(self.rows, *rows, 0)
        self.columns = max(self.columns, *columns, 0)
        for number, row in enumerate(block.split(b"<row")):
            if number:
                self._begun += 1
                self._across = 0
            self._across += row.count(b"<c ") + row.count(b"<c>")
            self.columns = max(self.columns, self._across)
        self.rows = max(self.rows, self._begun)


def _number(digits: bytes) -> int:
    return int(digits) if len(digits) <= _LONGEST else MOST_CELLS + 1


def _column(letters: bytes) -> int:
    """Return the number of a column from its letters: 1 for A, 27 for AA."""
    if len(letters) > _LONGEST:
        return MOST_CELLS + 1
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - ord("A") + 1
    return number
