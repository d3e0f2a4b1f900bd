"""Where half-finished questionnaires are kept, written at every answer.

One file a company and role: several people of one company keep theirs side by side. A
questionnaire without a role has the file that a company alone has always had.
"""

import hashlib
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from persona.errors import FileError, OutputError, SessionError
from persona.files import decode, encode, read_bytes, write_atomically
from persona.home import HOME_VARIABLE, make_folder, state_folder
from persona.questionnaire.items import Questionnaire
from persona.questionnaire.session import Session, check_session

_KEY = re.compile(r"[a-z0-9-]{1,80}", re.ASCII)
_RETRY = 0.01
"""Seconds between two tries to hold a session."""


def sessions_folder() -> Path:
    """Return the folder of half-finished questionnaires, in the user's folder."""
    return state_folder() / "sessions"


class Store:
    """The questionnaires kept in one folder."""

    def __init__(self, folder: Path, questionnaire: Questionnaire) -> None:
        self.folder = folder
        self.questionnaire = questionnaire

    def path_for(self, company: str | None, role: str | None = None) -> Path:
        """Return the file of a company and role: readable, and different for different ones."""
        name, part = company or "", role or ""
        digest = hashlib.sha256(_bytes(name))
        readable = _slug(name, 40) or "unnamed"
        if part:
            digest = hashlib.sha256(digest.digest() + _bytes(part))
            readable = f"{readable[:24].strip('-')}-{_slug(part, 15)}".strip("-")
        return self.folder / f"{readable}-{digest.hexdigest()[:10]}.json"

    def load(self, company: str | None, role: str | None = None) -> Session | None:
        """Return the session of a company and role, or None; SessionError when it is damaged."""
        path = self.path_for(company, role)
        return self._read(path) if path.exists() else None

    def key_of(self, session: Session) -> str:
        """Return the short name under which a session is kept; :meth:`at` finds it again."""
        return self.path_for(session.company, session.role).stem

    def at(self, key: str) -> Session | None:
        """Return the session of a key, or None; SessionError when it is damaged."""
        path = self.folder / f"{key}.json"
        if _KEY.fullmatch(key) is None or not path.is_file():
            return None
        session = self._read(path)
        return session if self.key_of(session) == key else None

    def kept(self) -> list[Session]:
        """Return all sessions, the last changed first.

        Files that cannot be read are left out; asking for them by company and role says why.
        """
        if not self.folder.is_dir():
            return []
        sessions = []
        for path in sorted(self.folder.glob("*.json"), key=_changed, reverse=True):
            with suppress(SessionError):
                sessions.append(self._read(path))
        return sessions

    def save(self, session: Session) -> None:
        """Write a session so that a crash at any instant leaves the old or the new one whole."""
        make_folder(self.folder)
        write_atomically(self.path_for(session.company, session.role), encode(session))

    def set_aside(self, company: str | None, role: str | None = None) -> Path | None:
        """Rename a kept session so that a new one can start; return where it went."""
        path = self.path_for(company, role)
        if not path.exists():
            return None
        number = 1
        while (aside := path.with_suffix(f".{number}.old")).exists():
            number += 1
        path.rename(aside)
        return aside

    @contextmanager
    def hold(
        self, company: str | None, role: str | None = None, *, wait: float = 0.0
    ) -> Iterator[None]:
        """Keep a session to the caller, among all processes and threads.

        SessionError if another one still holds it after ``wait`` seconds.
        """
        path = self.path_for(company, role).with_suffix(".lock")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            lock = path.open("a")
        except OSError as error:
            raise OutputError(
                f"{self.folder}: cannot be written ({error.strerror}); "
                f"set {HOME_VARIABLE} to a folder to keep answers in"
            ) from None
        with lock:
            if not _taken(lock, wait):
                whose = ", ".join(filter(None, (company, role))) or "this questionnaire"
                raise SessionError(f"{whose} is being answered in another window")
            yield

    def _read(self, path: Path) -> Session:
        try:
            session = decode(read_bytes(path), Session)
            check_session(session, self.questionnaire)
        except (FileError, SessionError) as error:
            raise SessionError(
                f"{path}: the answers kept here are damaged ({error}); the file was left "
                "as it is; --restart sets it aside and starts again"
            ) from None
        return session


def _taken(file: IO[str], wait: float) -> bool:
    """Lock an open file, trying for ``wait`` seconds; return whether it is the caller's now."""
    try:
        import fcntl
    except ImportError:  # pragma: no cover - systems without file locks
        return True
    until = time.monotonic() + wait
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            if time.monotonic() >= until:
                return False
            time.sleep(_RETRY)
        else:
            return True


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _slug(text: str, most: int) -> str:
    """Return at most so many plain characters of a text, for the name of a file."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:most]


def _changed(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0
