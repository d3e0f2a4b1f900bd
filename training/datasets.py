"""Tables of companies: answers and labels, from one file or from several joined by company."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import msgspec

from persona.errors import AnswersError, FileError, TableError
from persona.files import read_text
from persona.questionnaire.answers import check_answers
from persona.questionnaire.items import Questionnaire
from persona.vocabulary import PERSONAS, UNDECIDED

if TYPE_CHECKING:
    from _csv import Reader

MAX_TABLE_BYTES = 512 * 1024 * 1024
_LABELS = (*PERSONAS, UNDECIDED)
_Table = tuple[list[str], list[dict[str, str]]]
"""Column names, and the rows by column name."""


class LabelledRow(msgspec.Struct, frozen=True):
    """One informant's answers about one company, with the company's label if it has one."""

    company: str
    informant: str
    answers: dict[str, str]
    label: str | None


def read_rows(tables: Sequence[Path], questionnaire: Questionnaire) -> list[LabelledRow]:
    """Read tables and return one row per row of answers, in the order of the files.

    A table has a ``company`` column and answer columns (``p01`` …, ``e01`` …), a ``label``
    column, or both; labels are joined to answers by company. Raises TableError naming file, row
    and column.
    """
    read = {path: _read_table(path) for path in tables}
    labels = _labels(read)
    rows: list[LabelledRow] = []
    for path, (header, records) in read.items():
        columns = [name for name in header if name.upper() in questionnaire.by_id]
        if columns:
            rows += _answer_rows(path, records, columns, labels, questionnaire)
    if not rows:
        headings = {name.upper() for header, _ in read.values() for name in header}
        found = not headings.isdisjoint(questionnaire.by_id)
        problem = "no rows under the headings" if found else "no answer column (p01 …) in any table"
        raise TableError(f"{tables[0]}: {problem}")
    return rows


def _read_table(path: Path) -> _Table:
    try:
        text = read_text(path, MAX_TABLE_BYTES)
    except FileError as error:
        raise TableError(str(error)) from None
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = [name.strip().lower() for name in next(reader, [])]
        if "company" not in header:
            raise TableError(f"{path}: {_no_company(header)}")
        if len(set(header)) != len(header):
            raise TableError(f"{path}: two columns have the same name")
        table = [dict(zip(header, _full(path, reader, header, cells), strict=True))
                 for cells in reader if cells]  # fmt: skip
    except csv.Error as error:
        raise TableError(f"{path}: line {reader.line_num}: not a CSV table ({error})") from None
    return header, table


def _no_company(header: list[str]) -> str:
    if not header:
        return "is empty"
    if len(header) == 1 and ";" in header[0]:
        return "its columns are separated by semicolons; save it with commas"
    return "no column named 'company'"


def _full(path: Path, reader: "Reader", header: list[str], cells: list[str]) -> list[str]:
    if len(cells) != len(header):
        raise TableError(
            f"{path}: line {reader.line_num}: {len(cells)} cells under {len(header)} headings"
        )
    return cells


def _labels(tables: Mapping[Path, _Table]) -> dict[str, str]:
    labels: dict[str, str] = {}
    for path, (header, rows) in tables.items():
        if "label" not in header:
            continue
        for number, row in enumerate(rows, 2):
            company, label = row["company"], row["label"]
            if label and label not in _LABELS:
                _fail(path, number, "label", f"{label!r} is not one of {', '.join(_LABELS)}")
            if label and labels.setdefault(company, label) != label:
                _fail(path, number, "label", f"{company} was labelled {labels[company]} before")
    return labels


def _answer_rows(
    path: Path,
    rows: list[dict[str, str]],
    columns: list[str],
    labels: Mapping[str, str],
    questionnaire: Questionnaire,
) -> Iterator[LabelledRow]:
    for number, row in enumerate(rows, 2):
        given = {column: row[column] for column in columns}
        try:
            answers = check_answers(given, questionnaire, f"{path}: row {number}")
        except AnswersError as error:
            raise TableError(str(error)) from None
        company = row["company"]
        yield LabelledRow(company, row.get("informant", ""), answers, labels.get(company))


def _fail(path: Path, row: int, column: str, problem: str) -> NoReturn:
    raise TableError(f"{path}: row {row}, column {column}: {problem}")
