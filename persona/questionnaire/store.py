"""Where half-finished questionnaires are kept: one file a company, written at every answer."""

import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from persona.errors import FileError, OutputError, SessionError
from persona.files import decode, encode, read_bytes, write_atomically
from persona.home import HOME_VARIABLE, make_folder, state_folder
from persona.questionnaire.items import Questionnaire
from persona.questionnaire.session import Session, check_session


def sessions_folder() -> Path:
    """Return the folder of half-finished questionnaires, in the user's folder."""
    return state_folder() / "sessions"


class Store:
    """The questionnaires kept in one folder."""

    def __init__(self, folder: Path, questionnaire: Questionnaire) -> None:
        self.folder = folder
        self.questionnaire = questionnaire

    def path_for(self, company: str | None) -> Path:
        """Return the file of a company: readable, and different for different names."""
        name = company or ""
        digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:10]
        slug = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:40] or "unnamed"
        return self.folder / f"{slug}-{digest}.json"

    def load(self, company: str | None) -> Session | None:
        """Return the session kept for a company, or None; SessionError when it is damaged."""
        path = self.path_for(company)
        return self._read(path) if path.exists() else None

    def kept(self) -> list[Session]:
        """Return all sessions, the last changed first.

        Files that cannot be read are left out; asking for their company by name says why.
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
        write_atomically(self.path_for(session.company), encode(session))

    def set_aside(self, company: str | None) -> Path | None:
        """Rename a company's session so that a new one can start; return where it went."""
        path = self.path_for(company)
        if not path.exists():
            return None
        number = 1
        while (aside := path.with_suffix(f".{number}.old")).exists():
            number += 1
        path.rename(aside)
        return aside

    @contextmanager
    def hold(self, company: str | None) -> Iterator[None]:
        """Keep a company's session to this process; SessionError if another one holds it."""
        try:
            import fcntl
        except ImportError:  # pragma: no cover - systems without file locks
            yield
            return
        path = self.path_for(company).with_suffix(".lock")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            lock = path.open("a")
        except OSError as error:
            raise OutputError(
                f"{self.folder}: cannot be written ({error.strerror}); "
                f"set {HOME_VARIABLE} to a folder to keep answers in"
            ) from None
        with lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise SessionError(
                    f"{company or 'this questionnaire'} is being answered in another window"
                ) from None
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


def _changed(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0
