"""Temporary files that are gone with the process, however it ends."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final, cast

from persona.errors import OutputError
from persona.prospects.runs.work import complaint

_BUFFER: Final = 65_536


def scratch_file(folder: Path | None = None) -> BinaryIO:
    """Return an empty file without a name, in a folder or the system's place for such files."""
    with scratch_complaints(folder):
        return cast(BinaryIO, tempfile.TemporaryFile(buffering=_BUFFER, dir=folder))


def scratch_place(folder: Path | None = None) -> Path:
    """Return the folder that scratch files are in."""
    return folder or Path(tempfile.gettempdir())


@contextmanager
def scratch_complaints(folder: Path | None = None) -> Iterator[None]:
    """Turn what goes wrong with scratch files into an OutputError that says where they are."""
    try:
        yield
    except OSError as error:
        hint = "" if folder else "; TMPDIR names another place for temporary files"
        place = scratch_place(folder)
        raise OutputError(f"{place}: {complaint(error, 'written')}{hint}") from None
