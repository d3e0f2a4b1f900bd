"""The parts of a form as they are found while it arrives: fields are kept, files are written.

The form's hidden field must come before the first file, so that nothing is stored for a page of
another site.
"""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO, Final

import msgspec
from python_multipart.multipart import parse_options_header
from starlette.exceptions import HTTPException

from persona.errors import OutputError

MIB: Final = 1024 * 1024
_MOST_FIELDS: Final = 200
_LONGEST_FIELD: Final = 10_000
_LARGEST_HEAD: Final = 8 * 1024


class Arrived(msgspec.Struct, frozen=True):
    """A file that was sent: what its user calls it, and where it is now."""

    name: str
    path: Path
    bytes: int


class Limits(msgspec.Struct, frozen=True):
    """What may be sent: the bytes of one file, how many files there may be, and what they are."""

    bytes: int
    files: int
    noun: str


def not_whole() -> HTTPException:
    """Return what says that a form is cut short or damaged."""
    return HTTPException(400, "The form did not arrive whole; send it again.")


def _not_kept(error: OSError) -> OutputError:
    return OutputError(f"the file could not be kept ({error.strerror})")


class Parts:
    """Takes a form's parts as the parser finds them."""

    def __init__(self, folder: Path, limits: Limits, check_token: Callable[[str], None]) -> None:
        self.fields: list[tuple[str, str]] = []
        self.files: list[Arrived] = []
        self._folder = folder
        self._limits = limits
        self._check_token = check_token
        self._checked = False
        self._whole = False
        self._header: tuple[bytearray, bytearray] = (bytearray(), bytearray())
        self._headers: dict[bytes, bytes] = {}
        self._name = ""
        self._file_name: str | None = None
        self._path: Path | None = None
        self._stream: BinaryIO | None = None
        self._pending = bytearray()
        self._size = 0

    @property
    def callbacks(self) -> Any:
        """What the parser calls."""
        return {
            "on_part_begin": self._part_begin,
            "on_header_field": lambda data, start, end: self._add(0, data[start:end]),
            "on_header_value": lambda data, start, end: self._add(1, data[start:end]),
            "on_header_end": self._header_end,
            "on_headers_finished": self._headers_end,
            "on_part_data": lambda data, start, end: self._data(data[start:end]),
            "on_part_end": self._part_end,
            "on_end": self._end,
        }

    @property
    def gathered(self) -> int:
        """Bytes of a file that wait to be written."""
        return len(self._pending) if self._stream else 0

    def flush(self) -> None:
        """Write what has been gathered; OutputError when there is no room for it."""
        if self._stream is None:
            return
        try:
            self._stream.write(self._pending)
            self._stream.flush()
        except OSError as error:
            raise _not_kept(error) from None
        self._pending.clear()

    def drop(self) -> None:
        """Let go of the file that was being written."""
        if self._stream is not None:
            # Where there was no room, closing tries to write what is left once more.
            with suppress(OSError):
                self._stream.close()
            self._stream = None

    def check(self) -> None:
        """Raise HTTPException unless the form is whole and came from a page of this server."""
        self._check_origin()
        if not self._whole:
            raise not_whole()

    def _check_origin(self) -> None:
        if not self._checked:
            self._check_token("")

    def _end(self) -> None:
        self._whole = True

    def _part_begin(self) -> None:
        self._headers = {}
        self._pending = bytearray()
        self._size = 0
        if len(self.fields) + len(self.files) >= _MOST_FIELDS:
            raise HTTPException(400, "The form has too many fields.")

    def _add(self, which: int, data: bytes) -> None:
        self._header[which].extend(data)
        if len(self._header[which]) > _LARGEST_HEAD:
            raise HTTPException(400, "The form could not be read.")

    def _header_end(self) -> None:
        name, value = self._header
        self._headers[bytes(name).lower()] = bytes(value)
        self._header = (bytearray(), bytearray())

    def _headers_end(self) -> None:
        _, options = parse_options_header(self._headers.get(b"content-disposition"))
        self._name = options.get(b"name", b"").decode("utf-8", "replace")
        file_name = options.get(b"filename")
        self._file_name = None if file_name is None else file_name.decode("utf-8", "replace")
        if self._file_name:
            self._open()

    def _open(self) -> None:
        self._check_origin()
        if len(self.files) >= self._limits.files:
            most = self._limits.files
            raise HTTPException(413, f"At most {most} files can be sent at once.")
        self._path = self._folder / str(len(self.files))
        try:
            self._stream = self._path.open("xb")
        except OSError as error:
            raise _not_kept(error) from None

    def _data(self, data: bytes) -> None:
        self._size += len(data)
        most = self._limits.bytes if self._stream else _LONGEST_FIELD
        if self._size > most:
            raise HTTPException(413, self._too_large())
        self._pending.extend(data)

    def _too_large(self) -> str:
        if self._stream:
            noun, most = self._limits.noun, self._limits.bytes // MIB
            return f"This {noun} is larger than {most:,} MiB, the most that is taken."
        return f"A field holds more than {_LONGEST_FIELD:,} characters."

    def _part_end(self) -> None:
        if self._stream is not None and self._path is not None:
            self.flush()
            self.drop()
            self.files.append(Arrived(self._file_name or "", self._path, self._size))
        elif self._file_name is None:
            value = self._pending.decode("utf-8")
            self.fields.append((self._name, value))
            if self._name == "csrf":
                self._check_token(value)
                self._checked = True
