"""Lists in Excel workbooks: the first sheet with rows, its numbers, dates and texts as typed."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Final

import pyarrow as pa
from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from persona.errors import ListError
from persona.layout import counted
from persona.prospects.table.chunk import MOST_COLUMNS, ROWS, Chunk, ProspectList
from persona.prospects.table.dialect import has_headings
from persona.prospects.table.workbook_guard import check_workbook

Cell = str | int | float | bool | date | datetime | time | timedelta

_OLE: Final = b"\xd0\xcf\x11\xe0"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_EXACT: Final = 2.0**53
"""Whole numbers below this are exact, and shown with all their digits."""
_SMALLEST, _LARGEST = 1e-6, 1e21
"""Numbers beyond these are shown with an exponent."""
_LOOKED_AT: Final = 20
"""Rows by which it is told whether the first one holds headings."""


class WorkbookChunk(Chunk):
    """Rows of a workbook; ``cells`` holds them as they are typed, "" where there is none."""

    def __init__(self, start: int, cells: Sequence[Sequence[Cell]]) -> None:
        super().__init__(start)
        self.cells = cells

    def __len__(self) -> int:
        """Return how many rows there are."""
        return len(self.cells)

    def texts(self, place: int) -> pa.Array:
        """Return the cells of a column as a string array; see :func:`as_text`."""
        return pa.array([as_text(row[place]) for row in self.cells], pa.string())


class WorkbookList(ProspectList):
    """An open workbook; its rows are in memory."""

    def __init__(self, path: Path, sheet: CalamineSheet, remarks: tuple[str, ...]) -> None:
        self.path = path
        self._sheet = sheet
        self._left = sheet.start[1] if sheet.start else 0
        rows = ((number, row) for number, row in enumerate(self._all_rows()) if _is_filled(row))
        first = list(islice(rows, _LOOKED_AT))
        if not first:
            raise ListError(f"{path}: the workbook has no rows")
        number, top = first[0]
        if len(top) > MOST_COLUMNS:
            raise ListError(f"{path}: more than {MOST_COLUMNS:,} columns; this is not a list")
        texts = [[as_text(cell) for cell in row] for _, row in first]
        headed = has_headings(texts)
        self.headings = tuple(texts[0]) if headed else ("",) * len(top)
        self._first = number + 1 if headed else number
        filled = len(first) + sum(1 for _ in rows)
        self.rows = filled - 1 if headed else filled
        last = sheet.end[0] + 1 if sheet.end else 0
        blank = last - self._first - self.rows
        found = (
            (number, f"{counted(number, 'empty row')} above the first left out"),
            (not headed, "the first row holds no headings; it was read as a row"),
            (blank, f"{counted(blank, 'empty row')} left out"),
        )
        self.remarks = remarks + tuple(words for there, words in found if there)

    def chunks(self, rows: int = ROWS) -> Iterator[WorkbookChunk]:
        """Yield all rows in order, this many at a time; rows without any cell are left out."""
        filled = filter(_is_filled, islice(self._all_rows(), self._first, None))
        start = 0
        while cells := list(islice(filled, rows)):
            yield WorkbookChunk(start, cells)
            start += len(cells)

    def _all_rows(self) -> Iterator[list[Cell]]:
        """Yield the rows of the sheet from the very first, and from its first column."""
        margin: list[Cell] = [""] * self._left
        return (margin + row for row in self._sheet.iter_rows())


@contextmanager
def open_workbook(path: Path) -> Iterator[WorkbookList]:
    """Open a workbook; it can be read until the block ends.

    Read is the first visible sheet that has rows. Formulas count by the values that were saved
    with them. Raises ListError where there is no such file, or it is damaged, protected with a
    password, too large, or none that can be read.
    """
    try:
        valueless = _check(path)
        with CalamineWorkbook.from_path(path) as workbook:
            sheet, remarks = _first_with_rows(path, workbook)
            if valueless:
                remarks += (
                    f"{counted(valueless, 'cell')} with an error such as #N/A, or a formula of "
                    "which no value was saved, come back empty",
                )
            yield WorkbookList(path, sheet, remarks)
    except PasswordError:
        raise ListError(_protected(path)) from None
    except CalamineError as error:
        raise ListError(f"{path}: a damaged workbook ({error}); save it again") from None


def as_text(cell: Cell) -> str:
    """Return a cell as a spreadsheet shows it when it is not formatted.

    Whole numbers have all their digits, others at most fifteen; dates are as in ISO 8601, with a
    space before the time; durations are hours, minutes and seconds.
    """
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return _digits(cell)
    if isinstance(cell, timedelta):
        return _duration(cell)
    return str(cell)


def _digits(number: float) -> str:
    """Return a number in digits, without an exponent unless it is very large or small."""
    if abs(number) < _EXACT:
        short = str(int(number)) if number == int(number) else f"{number:.15g}"
    else:
        short = repr(number).removesuffix(".0")
    return f"{Decimal(short):f}" if _SMALLEST < abs(number) < _LARGEST else short


def _duration(length: timedelta) -> str:
    seconds = abs(length) // timedelta(seconds=1)
    sign = "-" if length < timedelta(0) else ""
    return f"{sign}{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def _check(path: Path) -> int:
    """Return how many cells have no value; ListError for what is no workbook to be read."""
    try:
        with path.open("rb") as file:
            if file.read(len(_OLE)) == _OLE:
                raise ListError(_old_or_protected(path, file.read()))
        return check_workbook(path)
    except FileNotFoundError:
        raise ListError(f"{path}: no such file") from None
    except IsADirectoryError:
        raise ListError(f"{path}: this is a folder; name a file") from None
    except OSError as error:
        raise ListError(f"{path}: cannot be read ({error.strerror or error})") from None


def _old_or_protected(path: Path, content: bytes) -> str:
    if _ENCRYPTED in content:
        return _protected(path)
    return f"{path}: not a workbook in today's format; save it as .xlsx or CSV"


def _protected(path: Path) -> str:
    return f"{path}: protected with a password; save it without one"


def _is_filled(row: Sequence[Cell]) -> bool:
    return any(cell != "" for cell in row)


def _first_with_rows(
    path: Path, workbook: CalamineWorkbook
) -> tuple[CalamineSheet, tuple[str, ...]]:
    """Return the first sheet with rows, visible ones first, and a remark where it is not alone."""
    sheets = [sheet for sheet in workbook.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
    sheets.sort(key=lambda sheet: sheet.visible != SheetVisibleEnum.Visible)
    for entry in sheets:
        sheet = workbook.get_sheet_by_name(entry.name)
        if sheet.start is not None:
            several = len(sheets) > 1
            remark = f"{counted(len(sheets), 'sheet')}; the one read is {entry.name!r}"
            return sheet, (remark,) if several else ()
    raise ListError(f"{path}: the workbook has no rows")
