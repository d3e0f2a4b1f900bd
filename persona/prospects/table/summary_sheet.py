"""The sheet of a workbook that shows the picture of the whole list."""

from collections.abc import Sequence
from textwrap import wrap
from typing import Any, Final

import pyarrow as pa

from persona.prospects.summary import ListSummary
from persona.prospects.summary_tables import Cell, Kind, SummaryTable, summary_tables
from persona.prospects.table.cells import harmless

_WIDTHS: Final = (36, 34, 15, 18, 18, 14, 14)
"""Text in the last column of a table runs on over the free cells to its right, in others it
goes on below."""
_LINE: Final = 15
"""Points, which a line of a cell is high."""
_A4: Final = 9
_SHOWN: Final[dict[Kind, str]] = {"text": "@", "count": "#,##0_)", "share": "0.0%_)"}
_ALIGNED: Final[dict[Kind, dict[str, object]]] = {
    "text": {"align": "left", "indent": 1},
    "count": {"align": "right"},
    "share": {"align": "right"},
}


def add_summary(book: Any, summary: ListSummary, remarks: Sequence[str]) -> None:
    """Add a sheet "Summary" to an xlsxwriter workbook: the tables of a summary, and remarks."""
    _SummarySheet(book).fill(summary, remarks)


class _SummarySheet:
    """A sheet that is filled from the top; ``_row`` is the next row that is free."""

    def __init__(self, book: Any) -> None:
        self._sheet = book.add_worksheet("Summary")
        self._row = 0
        self._title = book.add_format({"bold": True, "font_size": 16})
        self._heading = book.add_format({"bold": True, "font_size": 12, "font_color": "#1F4E79"})
        self._faint = book.add_format({"italic": True, "font_color": "#595959"})
        over = {"bold": True, "bottom": 1, "bg_color": "#DCE9F5"}
        self._over = {kind: book.add_format({**over, **_ALIGNED[kind]}) for kind in _SHOWN}
        shapes = {
            kind: {"num_format": shown, "valign": "top", **_ALIGNED[kind]}
            for kind, shown in _SHOWN.items()
        }
        self._cells = {kind: book.add_format(shape) for kind, shape in shapes.items()}
        self._wrapped = book.add_format({**shapes["text"], "text_wrap": True})

    def fill(self, summary: ListSummary, remarks: Sequence[str]) -> None:
        for place, width in enumerate(_WIDTHS):
            self._sheet.set_column(place, place, width)
        self._sheet.hide_gridlines(2)
        self._sheet.set_landscape()
        self._sheet.set_paper(_A4)
        self._sheet.fit_to_pages(1, 0)
        self._text(0, "Summary", self._title)
        self._sheet.freeze_panes(1, 0)
        self._row += 1
        self._text(0, f"{summary.source}, judged with the model {summary.model}", self._faint)
        self._row += 1
        for table in summary_tables(summary):
            self._table(table)
        for remark in remarks:
            self._row += 1
            self._text(0, remark, self._faint)

    def _table(self, table: SummaryTable) -> None:
        self._row += 1
        self._text(0, table.title, self._heading)
        self._row += 1
        for place, (heading, kind) in enumerate(zip(table.headings, table.kinds, strict=True)):
            self._text(place, heading, self._over[kind])
        for row in table.rows:
            self._row += 1
            self._sheet.set_row(self._row, _LINE * _lines(row))
            for place, (cell, kind) in enumerate(zip(row, table.kinds, strict=True)):
                cramped = kind == "text" and place + 1 < len(row)
                self._cell(place, cell, self._wrapped if cramped else self._cells[kind])
        self._row += 1
        if table.note:
            self._text(0, table.note, self._faint)
            self._row += 1

    def _cell(self, place: int, cell: Cell, shape: Any) -> None:
        if isinstance(cell, str):
            self._text(place, cell, shape)
        elif cell is not None:
            self._sheet.write_number(self._row, place, cell, shape)

    def _text(self, place: int, text: str, shape: Any) -> None:
        """Write text that cannot be taken for a formula, nor for the library's own markup."""
        plain: str = harmless(pa.array([text]))[0].as_py()
        lead = " " if plain.startswith("<r>") else ""
        self._sheet.write_string(self._row, place, lead + plain, shape)


def _lines(row: Sequence[Cell]) -> int:
    """Return how many lines the cells of a row take, each in the width of its column."""
    texts = ((cell, width) for cell, width in zip(row[:-1], _WIDTHS, strict=False))
    return max((len(wrap(cell, width - 2)) for cell, width in texts if isinstance(cell, str)),
               default=1) or 1  # fmt: skip
