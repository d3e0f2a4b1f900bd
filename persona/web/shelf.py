"""Where the browser application keeps results: ordinary result files in one folder."""

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from threading import RLock
from typing import Any, Final

import msgspec
from msgspec.structs import replace

from persona.errors import FileError, OutputError, ResultError
from persona.files import decode, encode, read_bytes
from persona.home import make_folder
from persona.reports.result import Result, load_result, save_result
from persona.vocabulary import Label

_ID: Final = re.compile(r"[a-z0-9-]{1,80}", re.ASCII)
_REMEMBERED: Final = 512


class _Site(msgspec.Struct, frozen=True):
    address: str


class _Person(msgspec.Struct, frozen=True):
    role: str | None = None


class _Head(msgspec.Struct, frozen=True):
    company: str | None
    assessed_on: str
    label: Label
    option_order: dict[str, tuple[str, ...]] = {}
    website: _Site | None = None
    respondent: _Person | None = None


class Entry(msgspec.Struct, frozen=True):
    """What a list of results shows of one.

    ``address`` is the website read, if one was; ``drawn`` tells which questionnaire it stems from,
    "" for none.
    """

    id: str
    company: str | None
    role: str | None
    assessed_on: str
    label: Label
    address: str | None
    drawn: str


class ResultShelf:
    """The results kept in one folder, each under an id that is its file's name."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._writing = RLock()

    def save(self, result: Result) -> str:
        """Keep a result and return its id.

        The same assessment, seen again on the same day, takes the place of what was kept of it;
        what was recorded of its plan stays. A damaged file gives way, under another name. Raises
        OutputError when the folder cannot be written to.
        """
        id_ = id_of(result)
        make_folder(self.folder)
        with self._writing:
            try:
                before = self.load(id_) if self.has(id_) else None
            except ResultError:
                before = None
                self._set_aside(id_)
            if before is not None and not result.progress:
                result = replace(result, progress=before.progress)
            save_result(result, self.path(id_))
        return id_

    def add(self, result: Result) -> str:
        """Keep a result from elsewhere and return its id; none that is kept gives way to it.

        Raises ResultError for a result without a day, and OutputError.
        """
        id_ = id_of(result)
        if _ID.fullmatch(id_) is None:
            raise ResultError(f"{result.assessed_on[:40]!r} is not a day, so it is not a result")
        make_folder(self.folder)
        content = encode(result)
        with self._writing:
            if self.has(id_) and read_bytes(self.path(id_)) != content:
                id_ = f"{id_}-{hashlib.sha256(content).hexdigest()[:8]}"
            save_result(result, self.path(id_))
        return id_

    def change(self, id_: str, move: Callable[[Result], Result]) -> None:
        """Write what ``move`` makes of a result in its place; errors as in ``load`` and ``save``.

        Nothing is written where ``move`` raises.
        """
        with self._writing:
            save_result(move(self.load(id_)), self.path(id_))

    def load(self, id_: str) -> Result:
        """Return a result; ResultError when there is none of this id, or it is damaged."""
        path = self.path(id_)
        if not path.is_file():
            raise ResultError(f"no such result is kept here ({id_})")
        return load_result(path)

    def has(self, id_: str) -> bool:
        """Return whether a result is kept under this id; False for what is no id."""
        return _ID.fullmatch(id_) is not None and self.path(id_).is_file()

    def entries(self) -> list[Entry]:
        """Return all results, the latest day first; files that cannot be read are left out."""
        found = sorted(self._entries(), key=lambda entry: ((entry.company or "").lower(), entry.id))
        return sorted(found, key=lambda entry: entry.assessed_on, reverse=True)

    def remove(self, id_: str) -> None:
        """Delete a result; nothing happens when it is gone already. OutputError if it stays."""
        path = self.path(id_)
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise OutputError(f"{path}: cannot be removed ({error.strerror})") from None

    def path(self, id_: str) -> Path:
        """Return the file of an id; ResultError for what could not be one."""
        if _ID.fullmatch(id_) is None:
            raise ResultError("no such result is kept here")
        return self.folder / f"{id_}.json"

    def _set_aside(self, id_: str) -> None:
        """Rename a file, to a name under which no result is looked for."""
        path = self.path(id_)
        number = 1
        while (aside := path.with_suffix(f".{number}.old")).exists():
            number += 1
        with suppress(OSError):
            path.rename(aside)

    def _entries(self) -> Iterator[Entry]:
        if not self.folder.is_dir():
            return
        for path in self.folder.glob("*.json"):
            if _ID.fullmatch(path.stem):
                with suppress(FileError, OSError):
                    yield _entry(path, path.stat().st_mtime_ns)


@lru_cache(_REMEMBERED)
def _entry(path: Path, changed: int) -> Entry:
    """Read the head of a result file; ``changed`` makes a file that was written anew another."""
    head = decode(read_bytes(path), _Head)
    return Entry(
        path.stem,
        head.company,
        head.respondent.role if head.respondent else None,
        head.assessed_on,
        head.label,
        head.website.address if head.website else None,
        drawn_by_lot(head.option_order),
    )


def drawn_by_lot(option_order: Mapping[str, tuple[str, ...]]) -> str:
    """Return what tells one questionnaire from others: how its options were shuffled."""
    return hashlib.sha256(encode(option_order)).hexdigest() if option_order else ""


def id_of(result: Result) -> str:
    """Return the id of a result: readable, and different for different assessments.

    Two results are of one assessment when they are of one day, company, role and website and
    stem from the same questionnaire. The order in which its options were shown, drawn by lot,
    tells a questionnaire from others; where there is none the answers do.
    """
    role = result.respondent.role if result.respondent else None
    address = result.website.address if result.website else None
    drawn: Any = drawn_by_lot(result.option_order) or result.row.given
    what = [result.company, role, result.assessed_on, address, drawn]
    digest = hashlib.sha256(encode(what)).hexdigest()[:10]
    name = re.sub(r"[^a-z0-9]+", "-", (result.company or "").lower())[:40].strip("-")
    return "-".join(filter(None, (name or "unnamed", result.assessed_on, digest)))
