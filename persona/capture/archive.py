"""Captures from what was saved before: JSON Lines, WARC files, a folder of pages.

Whatever of it cannot be used is left out and told to ``on_skip``; only when nothing can be used
is that an error.
"""

import gzip
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO, Final, cast

from persona.capture.folder import is_saved_page, read_folder, read_saved_page
from persona.capture.jsonlines import DAMAGE, entry, lines, written
from persona.capture.records import Capture, CapturedPage
from persona.capture.saved import Facts, Grouped, Skip, Spool, site_of
from persona.capture.warc import read_warc
from persona.errors import CaptureError
from persona.files import replacing

_GZIP: Final = b"\x1f\x8b"
_WARC: Final = b"WARC/"
_LEVEL: Final = 6
_WANTED: Final = (
    'give a WARC file, a folder of .html files, or a file with one {"url": …, "html": …} a line'
)


def read_captures(path: Path, *, on_skip: Skip = lambda _: None) -> Iterator[Capture]:
    """Yield the captures saved in a file or folder, one for each site, in flat memory.

    Takes JSON Lines and WARC files, both also with gzip, folders of saved pages, and one saved
    page; files not named .html are told by their content. ``on_skip`` gets one line for each
    piece that cannot be used. Raises CaptureError when nothing can be: no such file, or no page
    in it.
    """
    if path.is_dir():
        yield read_folder(path, on_skip)
        return
    if is_saved_page(path):
        yield read_saved_page(path)
        return
    skipped = _Skipped(on_skip)
    grouped = Grouped(skipped)
    with ExitStack() as stack:
        file, packed = _opened(path, stack)
        if _starts_as_warc(file, skipped):
            load = _group_warc(file, grouped, skipped, stack.enter_context(Spool()))
        elif packed:
            load = _group_packed(file, grouped, skipped, stack.enter_context(Spool()))
        else:
            load = _group_lines(file, grouped, skipped)
        if not grouped:
            raise CaptureError(f"{path}: no saved page in it ({skipped.first}); {_WANTED}")
        yield from grouped.captures(load)


def save_captures(path: Path, captures: Iterable[Capture]) -> None:
    """Write captures as JSON Lines, with gzip where the name ends in .gz, as they come.

    The file takes its place whole, when the last one is written; the same captures give the same
    bytes. Raises OutputError when the place cannot be written to.
    """
    with replacing(path) as file, ExitStack() as stack:
        target = file
        if path.name.endswith(".gz"):
            packed = gzip.GzipFile("", "wb", _LEVEL, file, mtime=0)
            target = cast(BinaryIO, stack.enter_context(packed))
        for capture in captures:
            target.writelines(written(capture))


class _Skipped:
    """Passes on what was left out, and remembers the first of it."""

    def __init__(self, on_skip: Skip) -> None:
        self._on_skip = on_skip
        self.first = "it is empty"
        self._any = False

    def __call__(self, why: str) -> None:
        if not self._any:
            self._any, self.first = True, why
        self._on_skip(why)


def _opened(path: Path, stack: ExitStack) -> tuple[BinaryIO, bool]:
    """Open a file, unpacked where it is packed; CaptureError when it cannot be read."""
    try:
        file: BinaryIO = stack.enter_context(path.open("rb"))
        packed = file.read(len(_GZIP)) == _GZIP
        file.seek(0)
    except (OSError, ValueError) as error:
        why = (isinstance(error, OSError) and error.strerror) or str(error)
        raise CaptureError(f"{path}: cannot be read ({why.lower()})") from None
    if packed:
        file = cast(BinaryIO, stack.enter_context(gzip.GzipFile(fileobj=file, mode="rb")))
    return file, packed


def _starts_as_warc(file: BinaryIO, skip: Skip) -> bool:
    """Return whether a file is a WARC file, and go back to its beginning."""
    try:
        start = file.read(len(_WARC))
        file.seek(0)
    except DAMAGE as error:
        skip(f"the file is damaged ({error})")
        return False
    return start == _WARC


def _group_warc(
    file: BinaryIO, grouped: Grouped, skip: Skip, spool: Spool
) -> Callable[[int], CapturedPage]:
    for page in read_warc(file, skip):
        grouped.add(site_of(page.url), spool.put(page))
    return spool.get


def _group_packed(
    file: BinaryIO, grouped: Grouped, skip: Skip, spool: Spool
) -> Callable[[int], CapturedPage]:
    for _, found in _entries(file, skip):
        if isinstance(found, Facts):
            grouped.add_facts(found)
        else:
            grouped.add(site_of(found.url), spool.put(found))
    return spool.get


def _group_lines(file: BinaryIO, grouped: Grouped, skip: Skip) -> Callable[[int], CapturedPage]:
    """Note where in the file the pages are; they are read again when their turn comes."""
    for place, found in _entries(file, skip):
        if isinstance(found, Facts):
            grouped.add_facts(found)
        else:
            grouped.add(site_of(found.url), place)

    def load(place: int) -> CapturedPage:
        file.seek(place)
        try:
            return cast(CapturedPage, entry(file.readline()))
        except (ValueError, OSError):
            raise CaptureError("the saved pages were changed while they were read") from None

    return load


def _entries(file: BinaryIO, skip: Skip) -> Iterator[tuple[int, CapturedPage | Facts]]:
    """Yield the place and content of every line that can be used."""
    for line in lines(file, skip):
        try:
            yield line.place, entry(line.content)
        except ValueError as error:
            skip(f"line {line.number}: {error}")
