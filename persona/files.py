"""Reading what a user points at and writing so that nothing is lost."""

import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO, NoReturn, TypeVar

import msgspec

from persona.errors import FileError, OutputError

T = TypeVar("T")

MAX_BYTES = 8 * 1024 * 1024
"""Largest answers, session, result or model file that is read, in bytes."""

_LONGEST_NAME = 255
"""In bytes; what common file systems take."""

# The mask can be read only by setting it, for all threads at once: done here, while there is one.
_MASK = os.umask(0)
os.umask(_MASK)


def read_bytes(path: Path, limit: int = MAX_BYTES) -> bytes:
    """Return the content of a regular file of at most ``limit`` bytes.

    Raises FileError when the path is absent, a folder, unreadable or too large.
    """
    try:
        with path.open("rb") as file:
            content = file.read(limit + 1)
    except FileNotFoundError:
        raise FileError(f"{path}: no such file") from None
    except IsADirectoryError:
        raise FileError(f"{path}: this is a folder; name a file") from None
    except (OSError, ValueError) as error:
        raise FileError(f"{path}: cannot be read ({_why(error)})") from None
    if len(content) > limit:
        raise FileError(f"{path}: larger than {limit // 1024} KiB; this is not the file you meant")
    return content


def as_text(content: bytes, where: str) -> str:
    """Decode UTF-8, with or without a byte-order mark; FileError names ``where`` otherwise."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileError(
            f"{where}: not UTF-8 text (byte {error.start + 1}); save it as UTF-8 and try again"
        ) from None


def read_text(path: Path, limit: int = MAX_BYTES) -> str:
    """Return a UTF-8 file's text; errors as in :func:`read_bytes` and :func:`as_text`."""
    return as_text(read_bytes(path, limit), str(path))


def parse_json(text: str, where: str) -> Any:
    """Parse strict JSON: repeated keys, NaN, infinities and deep nesting raise FileError."""

    def unique(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
        members: dict[str, Any] = {}
        for key, value in pairs:
            if key in members:
                raise FileError(f"{where}: {key!r} is given twice; keep one")
            members[key] = value
        return members

    def refuse(constant: str) -> NoReturn:
        raise FileError(f"{where}: {constant} is not a JSON value")

    try:
        return json.loads(text, object_pairs_hook=unique, parse_constant=refuse)
    except json.JSONDecodeError as error:
        raise FileError(
            f"{where}: not valid JSON (line {error.lineno}, column {error.colno}: {error.msg})"
        ) from None
    except (RecursionError, ValueError) as error:
        raise FileError(f"{where}: not usable as JSON ({error})") from None


def decode(content: bytes, type_: type[T]) -> T:
    """Decode JSON into a checked type; FileError says what does not fit, and where in it."""
    try:
        return msgspec.json.decode(content, type=type_)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise FileError(str(error)) from None
    except RecursionError:
        raise FileError("nested too deeply") from None


def encode(value: object) -> bytes:
    """Return a value as readable JSON with a final newline; equal values give equal bytes."""
    return msgspec.json.format(msgspec.json.encode(value), indent=2) + b"\n"


def write_atomically(path: Path, content: bytes) -> None:
    """Write ``content`` to ``path`` so that a reader sees the old file or the new one, whole.

    Errors as in :func:`replacing`.
    """
    with replacing(path) as file:
        file.write(content)


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """Give a file to write to, which takes the place of ``path`` when the block ends well.

    A link is followed. Raises OutputError when the place cannot be written to; the old file then
    stands untouched, as it does when the block raises.
    """
    import tempfile

    path = _plain_file(path)
    handle, temporary = -1, ""
    try:
        handle, temporary = tempfile.mkstemp(prefix=f".{path.name[:40]}.", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(_mode(path))
        Path(temporary).replace(path)
    except BaseException as error:
        if temporary:
            with suppress(OSError):
                Path(temporary).unlink()
        if isinstance(error, (OSError, ValueError)):
            raise OutputError(f"{path}: cannot be written ({_why(error)})") from None
        raise


def check_writable(path: Path) -> None:
    """Raise OutputError now if ``path`` could not be written later; leaves nothing behind."""
    import tempfile

    path = _plain_file(path)
    try:
        with tempfile.TemporaryFile(dir=path.parent):
            pass
    except (OSError, ValueError) as error:
        raise OutputError(f"{path}: cannot be written ({_why(error)})") from None


def same_file(one: Path, other: Path) -> bool:
    """Return whether two paths lead to one file, also by links, or would if it were there."""
    try:
        return one.samefile(other)
    except (OSError, ValueError):
        with suppress(OSError, ValueError, RuntimeError):
            return one.resolve() == other.resolve()
    return False


def _plain_file(path: Path) -> Path:
    """Return the file behind a path, which exists as a plain file or not at all."""
    try:
        target = path.resolve()
        exists = target.exists() or target.is_symlink()
        plain, folder = target.is_file(), target.is_dir()
        fits = len(os.fsencode(target.name)) <= _LONGEST_NAME
    except (OSError, ValueError, RuntimeError) as error:
        raise OutputError(f"{path}: cannot be written ({_why(error)})") from None
    if folder:
        raise OutputError(f"{path}: cannot be written (this is a folder; name a file)")
    if exists and not plain:
        raise OutputError(f"{path}: cannot be written (not a plain file)")
    if exists and not target.stat().st_mode & 0o222:
        raise OutputError(f"{path}: cannot be written (the file is read-only)")
    if not fits:
        raise OutputError(f"{path}: cannot be written (the file name is too long)")
    return target


def _mode(path: Path) -> int:
    """Return the permissions the file has, or would have had from a plain ``open``."""
    try:
        return path.stat().st_mode & 0o777
    except OSError:
        return 0o666 & ~_MASK


def _why(error: Exception) -> str:
    """Return the operating system's words for an error, without numbers or paths."""
    strerror = error.strerror if isinstance(error, OSError) else None
    return (strerror or str(error)).lower()
