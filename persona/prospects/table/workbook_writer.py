"""Scored lists as Excel workbooks: the list with filters and frozen headings, and a summary."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO, Final

import pyarrow as pa
import pyarrow.types as kinds
import xlsxwriter
from xlsxwriter.exceptions import XlsxWriterException

from persona.errors import OutputError
from persona.files import replacing
from persona.layout import counted
from persona.prospects.outcome import OUTCOMES, WRITTEN
from persona.prospects.summary import ListSummary
from persona.prospects.table.cells import harmless, on_values
from persona.prospects.table.chunk import MOST_COLUMNS, Chunk, ListWriter, ProspectList
from persona.prospects.table.sheet_cells import sheet_cells
from persona.prospects.table.summary_sheet import add_summary

MOST_ROWS: Final = 1_048_575
"""Rows of a sheet below its headings."""

_NARROWEST, _WIDEST = 8, 60
_LOOKED_AT: Final = 200
"""Rows by which the width of columns is set."""
_MADE: Final = datetime(2000, 1, 1)
"""When every workbook says it was made, so that equal lists are equal bytes."""
_DATES: Final[dict[type, str]] = {
    datetime: "yyyy-mm-dd hh:mm:ss",
    date: "yyyy-mm-dd",
    time: "hh:mm:ss",
    timedelta: "[h]:mm:ss",
}


class WorkbookWriter(ListWriter):
    """Writes a workbook row by row; ``remarks`` say what could not be written whole."""

    def __init__(self, file: BinaryIO, path: Path, source: ProspectList, folder: str) -> None:
        self._path = path
        self._own = len(source.headings)
        options = {
            "constant_memory": True,
            "tmpdir": folder,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        self._book = xlsxwriter.Workbook(file, options)
        self._book.set_properties({"created": _MADE})
        self._sheet = self._book.add_worksheet("Prospects")
        self._percent = self._book.add_format({"num_format": "0.0%_)"})
        self._dates = {
            kind: self._book.add_format({"num_format": shown, "align": "left"})
            for kind, shown in _DATES.items()
        }
        self._rows = self._cut = 0
        self.finished = False
        self._write_headings([*source.headings, *WRITTEN])

    @property
    def remarks(self) -> tuple[str, ...]:
        """What the user should know of how the list was written."""
        if not self._cut:
            return ()
        return (f"{counted(self._cut, 'cell')} cut to the 32,767 characters that Excel takes",)

    def write(self, chunk: Chunk, outcomes: pa.RecordBatch) -> None:
        """Write the rows of a chunk, each with its outcome (schema ``OUTCOMES``).

        Raises OutputError where the sheet is full.
        """
        _check_rows(self._path, self._rows + len(chunk))
        columns = [sheet_cells(chunk, place) for place in range(self._own)]
        columns += [_ours(outcomes.column(name)) for name in WRITTEN]
        self._widen(columns)
        shares = {self._own + place for place, name in enumerate(WRITTEN) if _is_share(name)}
        for row in zip(*columns, strict=True):
            self._rows += 1
            for place, cell in enumerate(row):
                if cell is not None and cell != "":
                    self._put(place, cell, self._percent if place in shares else None)

    def finish(self, summary: ListSummary) -> None:
        """Add the sheet with the summary, and end the workbook."""
        for place, width in enumerate(self._widths):
            self._sheet.set_column(place, place, min(max(width, _NARROWEST), _WIDEST))
        self._sheet.autofilter(0, 0, self._rows, self._own + len(WRITTEN) - 1)
        add_summary(self._book, summary, self.remarks)
        self._book.close()
        self.finished = True

    def abandon(self) -> None:
        """Let go of the files that hold the rows, ended or not."""
        for sheet in self._book.worksheets():
            sheet.row_data_fh.close()

    def _put(self, place: int, cell: Any, shape: Any) -> None:
        """Write a cell of the present row by its type."""
        if isinstance(cell, str):
            self._put_text(place, cell)
        elif isinstance(cell, bool):
            self._sheet.write_boolean(self._rows, place, cell)
        elif isinstance(cell, int | float):
            self._sheet.write_number(self._rows, place, cell, shape)
        else:
            self._sheet.write_datetime(self._rows, place, cell, self._dates[type(cell)])

    def _put_text(self, place: int, text: str, shape: Any = None) -> None:
        """Write text, cut to what a cell holds.

        The library takes text between <r> and </r> for formatting, unless it has two parts.
        """
        if text.startswith("<r>") and text.endswith("</r>"):
            parts = (self._dates[date], text[0], self._dates[date], text[1:])
            code = self._sheet.write_rich_string(self._rows, place, *parts)
        else:
            code = self._sheet.write_string(self._rows, place, text, shape)
        self._cut += code != 0

    def _write_headings(self, headings: Sequence[str]) -> None:
        theirs = self._book.add_format({"bold": True, "bottom": 1})
        ours = self._book.add_format({"bold": True, "bottom": 1, "bg_color": "#DCE9F5"})
        for place, heading in enumerate(headings):
            self._put_text(place, heading, theirs if place < self._own else ours)
        self._sheet.freeze_panes(1, 0)
        self._sheet.set_landscape()
        last = f"XFD{MOST_ROWS + 1}"
        self._sheet.ignore_errors({"number_stored_as_text": f"A1:{last}"})
        self._widths = [len(heading) + 3 for heading in headings]

    def _widen(self, columns: Sequence[Sequence[Any]]) -> None:
        """Take the first cells of the columns into account for how wide they become."""
        left = max(0, _LOOKED_AT - self._rows)
        for place, cells in enumerate(columns):
            lengths = (len(str(cell)) + 1 for cell in cells[:left] if cell is not None)
            self._widths[place] = max(chain(lengths, (self._widths[place],)))


@contextmanager
def workbook_writer(path: Path, source: ProspectList) -> Iterator[WorkbookWriter]:
    """Give a writer of a scored list, which takes its place at ``path`` when the block ends.

    Raises OutputError where the place cannot be written to, the list is too long or wide for a
    workbook, or it was not finished; an older file then stands untouched.
    """
    check_size(path, source.rows, len(source.headings))
    with replacing(path) as file, TemporaryDirectory(dir=path.parent, prefix=".rows.") as folder:
        writer = WorkbookWriter(file, path, source, folder)
        try:
            yield writer
        except XlsxWriterException as error:
            raise OutputError(f"{path}: cannot be written ({error})") from None
        finally:
            writer.abandon()
        if not writer.finished:
            raise OutputError(f"{path}: was not written, as the list was not finished")


def check_size(path: Path, rows: int | None, columns: int) -> None:
    """Raise OutputError where a list of so many rows (None: not known) and columns is too large."""
    if columns + len(WRITTEN) > MOST_COLUMNS:
        raise OutputError(
            f"{path}: {columns:,} columns and {len(WRITTEN)} of the result are more than the "
            f"{MOST_COLUMNS:,} of a workbook; write .csv or .parquet"
        )
    _check_rows(path, rows or 0)


def _check_rows(path: Path, rows: int) -> None:
    if rows > MOST_ROWS:
        raise OutputError(
            f"{path}: a workbook has room for {MOST_ROWS:,} rows and the list has more; "
            "write .csv or .parquet"
        )


def _is_share(name: str) -> bool:
    return bool(kinds.is_floating(OUTCOMES.field(name).type))


def _ours(column: pa.Array) -> list[Any]:
    """Return a column of outcomes as cells, texts so that none can be taken for a formula."""
    texts = kinds.is_string(column.type) or kinds.is_dictionary(column.type)
    cells: list[Any] = (on_values(column, harmless) if texts else column).to_pylist()
    return cells
