"""A list that stays as it is while its rows go by: a torn one would lose rows without a word."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from persona.errors import ListError

Stamp = tuple[int, int, int, int]
"""Which file it is, its size and its time of change."""


def stamp(path: Path) -> Stamp | None:
    """Return by what a change of a file can be told later; None where there is no such file."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns


@contextmanager
def steady(path: Path, before: Stamp | None) -> Iterator[None]:
    """Raise ListError at the end of the block where a file is no longer as it was ``before``.

    An error in the block that such a change may have brought about gives way to that.
    """
    try:
        yield
    except Exception:
        _check(path, before)
        raise
    _check(path, before)


def _check(path: Path, before: Stamp | None) -> None:
    if before is None or stamp(path) != before:
        raise ListError(f"{path}: has changed while it was read; start again")
