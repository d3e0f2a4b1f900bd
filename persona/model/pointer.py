"""Which model the user chose, and those before it: one small file in the user's folder.

Without the file nothing was chosen, and the model that ships with the program is in use.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Final

import msgspec

from persona.errors import FileError, ModelError, OutputError
from persona.files import decode, encode, read_bytes, write_atomically
from persona.home import MODEL_IN_USE, make_folder

_SCHEMA: Final = "persona-model-in-use/1"
_LOCK: Final = "model-in-use.lock"


class Choice(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A model that was chosen: its file's name, the hash it had, and in which folder it is."""

    file: Annotated[str, msgspec.Meta(pattern=r"^[^/\\\x00]{1,255}$")]
    sha256: Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
    shipped: bool


class _Pointer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    schema: str
    chosen: tuple[Choice, ...]


def read_choices(state: Path) -> tuple[Choice, ...]:
    """Return what was chosen, the latest last; nothing when there is no file.

    Raises ModelError when the file is there and cannot be used.
    """
    file = state / MODEL_IN_USE
    if not file.exists():
        return ()
    try:
        pointer = decode(read_bytes(file), _Pointer)
    except FileError as error:
        raise _damaged(file, str(error)) from None
    if pointer.schema != _SCHEMA:
        raise _damaged(file, f"schema {pointer.schema!r} is not {_SCHEMA!r}")
    return pointer.chosen


def _damaged(file: Path, why: str) -> ModelError:
    return ModelError(
        f"{file}: which model is in use cannot be read ({why}); "
        "choose one with: persona models use NAME"
    )


def write_choices(state: Path, chosen: tuple[Choice, ...]) -> None:
    """Keep what was chosen; with nothing the file goes, and the shipped model is in use."""
    file = state / MODEL_IN_USE
    if chosen:
        write_atomically(file, encode(_Pointer(_SCHEMA, chosen)))
        return
    try:
        file.unlink(missing_ok=True)
    except OSError as error:
        raise OutputError(f"{file}: cannot be removed ({error.strerror})") from None


@contextmanager
def held(state: Path) -> Iterator[None]:
    """Wait until no other process is changing what is in use, and keep it from starting."""
    make_folder(state)
    try:
        import fcntl
    except ImportError:  # pragma: no cover - systems without file locks
        yield
        return
    try:
        lock = (state / _LOCK).open("a")
    except OSError as error:
        raise OutputError(f"{state}: cannot be written ({error.strerror})") from None
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
