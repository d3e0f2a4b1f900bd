"""A list that stays as it is while its rows go by: a torn one would lose rows without a word."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from persona.errors import ListError

_Stamp = tuple[int, int, int, int]


@contextmanager
def steady(path: Path) -> Iterator[None]:
    """Raise ListError at the end of the block where a file was changed or removed meanwhile.

    Told by its size, its time of change and which file it is. An error in the block that such a
    change may have brought about gives way to that.
    """
    before = _stamp(path)
    try:
        yield
    except Exception:
        _check(path, before)
        raise
    _check(path, before)


def _check(path: Path, before: _Stamp | None) -> None:
    if before is None or _stamp(path) != before:
        raise ListError(f"{path}: has changed while it was read; start again")


def _stamp(path: Path) -> _Stamp | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns
