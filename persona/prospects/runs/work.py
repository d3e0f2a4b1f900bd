"""The work folder: where workers on one machine or many leave what they have done.

A folder on any of pyarrow's file systems. Every file in it is there whole or not at all.
"""

import errno
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.fs as pafs

from persona.errors import OutputError, PersonaError
from persona.layout import shorten

_WHOLE_PUTS: Final = frozenset({"s3", "gcs", "abfs"})
"""File systems on which a file appears when it is closed, and that have no folders to make."""

_NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_LONGEST_REASON: Final = 200
_PART: Final = ".part"


class WorkFolder:
    """A folder by its ``place``, which any process opens again with :meth:`open`.

    Names in it are relative, with "/" between folder and file. ``shown`` is the place as it may
    be printed, without passwords. Methods raise OutputError, in one line that names the place.
    """

    def __init__(self, files: pafs.FileSystem, path: str, place: str) -> None:
        self._files = files
        self._path = path.rstrip("/")
        self._puts = files.type_name in _WHOLE_PUTS
        self.place = place
        self.shown = _without_secrets(place)

    @classmethod
    def open(cls, place: str | Path) -> "WorkFolder":
        """Return the folder at a path or at an address like "s3://bucket/folder".

        Nothing is written yet. Raises OutputError where pyarrow does not know the kind of address.
        """
        if "://" not in str(place):
            path = Path(place).absolute()
            return cls(pafs.LocalFileSystem(), path.as_posix(), str(path))
        try:
            files, path = pafs.FileSystem.from_uri(str(place))
        except (OSError, pa.ArrowException, ImportError) as error:
            shown = _without_secrets(str(place))
            why = _why(error).replace(str(place), shown)
            raise OutputError(f"{shown}: cannot be used as a work folder ({why})") from None
        return cls(files, path, str(place))

    @property
    def local(self) -> Path | None:
        """The folder's path where it is on this machine, else None."""
        return Path(self._path) if self._files.type_name == "local" else None

    def write(self, name: str, content: bytes, *, lasting: bool = True) -> None:
        """Write a file whole, in the place of an older one, making its folder where needed.

        ``lasting`` files on this machine are on the disk, not only on their way to it, when this
        returns; other files also need their folder to be there already.
        """
        with self._complaints("written"):
            try:
                self._put(name, content, lasting)
            except FileNotFoundError:
                if not lasting:
                    raise
                self._files.create_dir(self._full(name).rpartition("/")[0], recursive=True)
                self._put(name, content, lasting)

    def read(self, name: str) -> bytes | None:
        """Return a file's content, or None where there is no such file."""
        with self._complaints("read"):
            try:
                with self._files.open_input_stream(self._full(name)) as stream:
                    return bytes(stream.read())
            except FileNotFoundError:
                return None

    def sizes(self, folder: str = "") -> dict[str, int]:
        """Return the files in a folder, by name without the folder, with their bytes, sorted."""
        with self._complaints("read"):
            found = self._files.get_file_info(
                pafs.FileSelector(self._full(folder), allow_not_found=True)
            )
        files = {one.base_name: one.size for one in found if one.type == pafs.FileType.File}
        return {name: files[name] for name in sorted(files) if not _is_part(name)}

    def names(self, folder: str = "") -> list[str]:
        """Return the names of the files in a folder, sorted, without the folder."""
        return list(self.sizes(folder))

    def folders(self) -> list[str]:
        """Return the names of the folders in this one, sorted."""
        with self._complaints("read"):
            found = self._files.get_file_info(pafs.FileSelector(self._path, allow_not_found=True))
        return sorted(one.base_name for one in found if one.type == pafs.FileType.Directory)

    def delete(self, name: str) -> None:
        """Remove a file; nothing happens where there is none."""
        with self._complaints("written"):
            _ignoring_absence(self._files.delete_file, self._full(name))

    def delete_folder(self, name: str) -> None:
        """Remove a folder in this one with all that is in it; it need not be there."""
        with self._complaints("written"):
            _ignoring_absence(self._files.delete_dir, self._full(name))

    def vanish(self) -> None:
        """Remove the folder itself where nothing is left in it."""
        with self._complaints("written"):
            here = pafs.FileSelector(self._path, allow_not_found=True)
            if not self._files.get_file_info(here):
                _ignoring_absence(self._files.delete_dir, self._path)

    def sweep(self) -> None:
        """Remove what writers that were killed left half-written; only while nobody writes."""
        if self._puts:
            return
        with self._complaints("written"):
            everything = pafs.FileSelector(self._path, allow_not_found=True, recursive=True)
            for one in self._files.get_file_info(everything):
                if one.type == pafs.FileType.File and _is_part(one.base_name):
                    _ignoring_absence(self._files.delete_file, one.path)

    def _put(self, name: str, content: bytes, lasting: bool) -> None:
        target = self._full(name)
        if self._puts:
            self._send(target, content, lasting)
            return
        folder, _, base = target.rpartition("/")
        part = f"{folder}/.{base}.{secrets.token_hex(4)}{_PART}"
        try:
            self._send(part, content, lasting)
            self._move(part, target)
        except BaseException:
            with suppress(OSError, pa.ArrowException):
                self._files.delete_file(part)
            raise

    def _send(self, path: str, content: bytes, lasting: bool) -> None:
        with self._files.open_output_stream(path) as stream:
            stream.write(content)
        if lasting and self.local:
            with Path(path).open("rb") as file:
                os.fsync(file.fileno())

    def _move(self, part: str, target: str) -> None:
        try:
            self._files.move(part, target)
        except OSError:
            # Some file systems, HDFS among them, do not put one file in the place of another.
            if self.local or self._files.get_file_info(target).type != pafs.FileType.File:
                raise
            self._files.delete_file(target)
            self._files.move(part, target)

    def _full(self, name: str) -> str:
        return f"{self._path}/{name}" if name else self._path

    @contextmanager
    def _complaints(self, done: str) -> Iterator[None]:
        try:
            yield
        except PersonaError:
            raise
        except (OSError, pa.ArrowException) as error:
            raise OutputError(f"{self.shown}: {complaint(error, done)}") from None


def complaint(error: Exception, done: str) -> str:
    """Return why a place cannot be read or written (``done`` says which), with what to do."""
    if isinstance(error, OSError) and error.errno in _NO_ROOM:
        return "no room left on the disk; what is done is kept: make room and go on with --resume"
    return f"cannot be {done} ({_why(error)})"


def _why(error: Exception) -> str:
    """Return why something failed in one short line, without numbers and paths."""
    if isinstance(error, OSError) and error.errno:
        return os.strerror(error.errno).lower()
    return shorten(str(error).partition("\n")[0].strip(), _LONGEST_REASON)


def _ignoring_absence(remove: Callable[[str], Any], path: str) -> None:
    with suppress(FileNotFoundError):
        remove(path)


def _is_part(name: str) -> bool:
    return name.startswith(".") and name.endswith(_PART)


def _without_secrets(place: str) -> str:
    """Return an address without user, password and what follows a question mark."""
    scheme, between, rest = place.partition("://")
    if not between:
        return place
    host, slash, path = rest.partition("?")[0].partition("/")
    return f"{scheme}://{host.rpartition('@')[2]}{slash}{path}"
