"""The SHA-256 of a list, by which a run knows that it is still the same."""

import hashlib
from pathlib import Path

from persona.errors import FileError


def fingerprint(path: Path) -> tuple[str, int]:
    """Return a file's SHA-256 in hex and its size in bytes, read once and in constant memory.

    Raises FileError where it cannot be read.
    """
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            return digest, file.tell()
    except OSError as error:
        raise FileError(f"{path}: cannot be read ({(error.strerror or '').lower()})") from None
