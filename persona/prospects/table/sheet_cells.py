"""Cells of any list as a workbook's sheet can hold them: texts, numbers, dates."""

import math
from datetime import date, datetime, time, timedelta
from typing import Final

import pyarrow as pa
import pyarrow.types as kinds

from persona.prospects.table.chunk import Chunk
from persona.prospects.table.parquet import ParquetChunk
from persona.prospects.table.workbook import WorkbookChunk, as_text

SheetCell = str | int | float | bool | date | datetime | time | timedelta | None
"""None and "" where there is none."""

_DIGITS: Final = 10**15
"""Whole numbers from here on lose digits in a sheet."""
_FIRST_YEAR: Final = 1900


def sheet_cells(chunk: Chunk, place: int) -> list[SheetCell]:
    """Return a column as cells of a sheet.

    What a list holds as text stays text. Numbers and dates stay what they are where a sheet can
    hold them, and become text where it cannot: long whole numbers, dates before 1900, dates with
    a time zone or parts of a millisecond.
    """
    if isinstance(chunk, WorkbookChunk):
        cells = [row[place] for row in chunk.cells]
        return [cell if _fits(cell) else as_text(cell) for cell in cells]
    texts: list[SheetCell] = chunk.texts(place).to_pylist()
    if isinstance(chunk, ParquetChunk):
        typed = _typed(chunk.batch.column(place))
        if typed is not None:
            pairs = zip(typed, texts, strict=True)
            return [cell if _fits(cell) else text for cell, text in pairs]
    return texts


def _typed(column: pa.Array) -> list[SheetCell] | None:
    """Return a column as numbers or dates; None where its type is neither, or they overflow."""
    kind = column.type
    if kinds.is_floating(kind):
        numbers: list[SheetCell] = _numbers(column)
        return numbers
    is_date = kinds.is_date32(kind) or (kinds.is_timestamp(kind) and kind.tz is None)
    if not (is_date or kinds.is_integer(kind) or kinds.is_boolean(kind)):
        return None
    try:
        if kinds.is_timestamp(kind):
            column = column.cast(pa.timestamp("us"))
        cells: list[SheetCell] = column.to_pylist()
    except (pa.ArrowInvalid, OverflowError, ValueError):
        return None
    return cells


def _numbers(column: pa.Array) -> list[SheetCell]:
    """Return numbers with the digits that they are written with, whatever their precision."""
    texts = column.cast(pa.string()).to_pylist()
    return [None if text is None else float(text) for text in texts]


def _fits(cell: SheetCell) -> bool:
    """Return whether a sheet can hold a cell."""
    if isinstance(cell, bool):
        return True
    if isinstance(cell, int):
        return abs(cell) < _DIGITS
    if isinstance(cell, float):
        return math.isfinite(cell)
    if isinstance(cell, datetime):
        return cell.year >= _FIRST_YEAR and cell.microsecond % 1000 == 0
    if isinstance(cell, date):
        return cell.year >= _FIRST_YEAR
    return True
