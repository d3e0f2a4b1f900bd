"""A table in a file as rows of text: CSV, TSV or semicolons, gzip, Parquet; read as it streams.

A file that is not UTF-8 is read in the encoding that it seems to have, and a remark says which.
"""

import codecs
import csv
import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO, Final, NamedTuple, cast

from persona.encodings import SAMPLE, likely_encoding
from persona.errors import TableError

MOST_BYTES: Final = 2 * 1024**3
"""Of a file, as it is on disk and unpacked."""
MOST_CELL: Final = 16 * 1024**2
"""Characters of one cell; a cell that is longer was never closed."""

_GZIP: Final = b"\x1f\x8b"
_PARQUET: Final = b"PAR1"
_ZIP: Final = b"PK\x03\x04"
_UTF8: Final = "utf-8-sig"
_TOO_LARGE: Final = f"larger than {MOST_BYTES // 1024**3} GiB; split it"
_UTF16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_DELIMITERS: Final = ",;\t"
_DAMAGE: Final = (OSError, EOFError, zlib.error)
_BATCH: Final = 4096


class Row(NamedTuple):
    """One row below the headings: its number as a spreadsheet shows it, and its cells."""

    number: int
    cells: list[str]


class Table(NamedTuple):
    """An open table: headings as written, the rows as they stream, what is to be remarked."""

    headings: list[str]
    rows: Iterator[Row]
    remarks: tuple[str, ...]


@contextmanager
def open_table(path: Path) -> Iterator[Table]:
    """Open a table; its rows can be read until the block ends.

    Raises TableError with the file, and the row where there is one: no such file, empty, too
    large, no text table, mixed encodings, two columns of one name, a row with too many or too
    few cells. Rows that are blank are left out.
    """
    limit = csv.field_size_limit(MOST_CELL)
    try:
        with _opened(path) as file:
            start = file.read(len(_PARQUET))
            file.seek(0)
            if start == _PARQUET:
                yield _checked(path, _parquet_rows(path), ())
            elif start == _ZIP:
                raise TableError(f"{path}: this is a workbook or an archive; save it as CSV")
            else:
                encoding = _encoding(path, file)
                remarks = () if encoding == _UTF8 else (f"{path}: read as {encoding}",)
                with _decoded(file, encoding) as text:
                    yield _checked(path, _text_rows(path, text), remarks)
    finally:
        csv.field_size_limit(limit)


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    """Open a file, unpacked where it is packed; damage met while it is read is told too."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise TableError(f"{path}: {_TOO_LARGE}")
        with path.open("rb") as file:
            packed = file.read(len(_GZIP)) == _GZIP
            file.seek(0)
            yield cast(BinaryIO, gzip.GzipFile(fileobj=file)) if packed else file
    except FileNotFoundError:
        raise TableError(f"{path}: no such file") from None
    except IsADirectoryError:
        raise TableError(f"{path}: this is a folder; name a file") from None
    except _DAMAGE as error:
        why = (isinstance(error, OSError) and error.strerror) or str(error)
        raise TableError(f"{path}: cannot be read ({why.lower()})") from None


def _encoding(path: Path, file: BinaryIO) -> str:
    """Return the encoding of a text file, and go back to its beginning.

    TableError where it has several, holds no text, or is too large.
    """
    wide = file.read(len(codecs.BOM_UTF16_LE)) in _UTF16
    file.seek(0)
    sample = bytearray()
    size = valid = broken = 0
    for number, line in enumerate(iter(lambda: file.readline(MOST_CELL), b""), 1):
        size += len(line)
        if size > MOST_BYTES:
            raise TableError(f"{path}: {_TOO_LARGE}")
        if wide:
            continue
        if b"\0" in line:
            raise TableError(f"{path}: line {number}: not text; save the table as CSV")
        if not line.isascii():
            if _is_utf8(line):
                valid = valid or number
            else:
                broken = broken or number
                sample += line[: max(0, SAMPLE - len(sample))]
        if valid and broken:
            raise TableError(
                f"{path}: mixed encodings: line {valid} is UTF-8 and line {broken} is not; "
                "save it again as UTF-8"
            )
    file.seek(0)
    return "utf-16" if wide else likely_encoding(bytes(sample)) if broken else _UTF8


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


@contextmanager
def _decoded(file: BinaryIO, encoding: str) -> Iterator[io.TextIOWrapper]:
    """Give a file as text, and leave closing it to whoever opened it."""
    text = io.TextIOWrapper(file, encoding=encoding, newline="")
    try:
        yield text
    finally:
        text.detach()


def _text_rows(path: Path, text: io.TextIOWrapper) -> Iterator[Row]:
    try:
        first = text.readline(MOST_CELL)
        text.seek(0)
        reader = csv.reader(text, delimiter=_delimiter(first), strict=True)
        for number, cells in enumerate(reader, 1):
            if any(cells):
                yield Row(number, cells)
    except csv.Error as error:
        raise TableError(f"{path}: line {reader.line_num}: not a CSV table ({error})") from None
    except UnicodeError:
        raise TableError(f"{path}: not all {text.encoding}; save it again as UTF-8") from None


def _delimiter(line: str) -> str:
    """Return the delimiter that makes the most headings of a line, a comma if all are alike."""

    def headings(delimiter: str) -> int:
        return len(next(csv.reader([line], delimiter=delimiter), []))

    return max(_DELIMITERS, key=headings)


def _parquet_rows(path: Path) -> Iterator[Row]:
    try:
        parquet: Any = import_module("pyarrow.parquet")
        faults = (import_module("pyarrow").ArrowException, OSError, ValueError, TypeError)
    except ImportError:
        raise TableError(f"{path}: reading Parquet takes pyarrow; save it as CSV") from None
    try:
        file = parquet.ParquetFile(path)
        yield Row(1, list(file.schema_arrow.names))
        batches = file.iter_batches(_BATCH)
        columns = ((column.to_pylist() for column in batch.columns) for batch in batches)
        rows = (row for batch in columns for row in zip(*batch, strict=True))
        for number, cells in enumerate(rows, 2):
            yield Row(number, [_as_text(cell) for cell in cells])
    except faults as error:
        raise TableError(f"{path}: not a Parquet table ({error})") from None


def _as_text(cell: object) -> str:
    missing = cell is None or cell != cell
    return "" if missing else str(cell)


def _checked(path: Path, rows: Iterator[Row], remarks: tuple[str, ...]) -> Table:
    """Take the headings off the rows, and check that the others are as wide as they are."""
    first = next(rows, None)
    if first is None:
        raise TableError(f"{path}: is empty")
    headings = [heading.strip() for heading in first.cells]
    seen: set[str] = set()
    for name in filter(None, map(str.casefold, headings)):
        if name in seen:
            raise TableError(f"{path}: two columns have the same name, {name!r}; keep one")
        seen.add(name)

    def whole() -> Iterator[Row]:
        for row in rows:
            if len(row.cells) != len(headings):
                raise TableError(
                    f"{path}: row {row.number}: {len(row.cells)} cells under "
                    f"{len(headings)} headings"
                )
            yield row

    return Table(headings, whole(), remarks)
