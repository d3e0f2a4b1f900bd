"""The cache of pages on disk: one SQLite file that several processes may share.

It only ever saves requests. Whatever is wrong with it (damaged, locked, read-only, disk full)
costs one line of warning; reading websites goes on without it.
"""

import os
import sqlite3
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

import msgspec

from persona.capture.limits import MIB
from persona.capture.records import Failure
from persona.errors import OutputError
from persona.home import HOME_VARIABLE

if TYPE_CHECKING:
    from zstandard import ZstdCompressor, ZstdDecompressor

FRESH_SECONDS: Final = 24 * 3600.0
"""Age up to which a page is served without asking the server."""
KEPT_SECONDS: Final = 90 * 24 * 3600.0
"""Age up to which a page is served when the server says that it has not changed, or offline."""
LARGEST: Final = 512 * MIB
"""Size in bytes from which the pages that were not used for longest are removed."""

_FILE: Final = "pages-1.sqlite"
"""The number changes with the layout, so that two versions of the program do not collide."""

_BATCH: Final = 64
_BATCH_CHARS: Final = 4_000_000
_WAITING: Final = 1024
_WAITING_CHARS: Final = 40_000_000
"""Pages written at once, and pages held while the disk cannot keep up; their texts' length too."""

_PATIENCE: Final = 5.0
"""Seconds to wait for another process that is writing."""
_MOMENT: Final = 0.01

_CLOCKS_DIFFER: Final = 3600.0
"""In seconds: how far ahead the clock of another machine that shares the file may be."""

_LEVEL: Final = 3
_LAYOUT: Final = (
    "CREATE TABLE IF NOT EXISTS pages "
    "(key TEXT PRIMARY KEY, used REAL NOT NULL, body BLOB NOT NULL) WITHOUT ROWID",
    "CREATE INDEX IF NOT EXISTS by_use ON pages (used)",
)


class Kept(msgspec.Struct, frozen=True, omit_defaults=True):
    """One answer of a server: a page's ``text``, or where else it is, or why there is none.

    ``fetched`` is in seconds since 1970.
    """

    url: str
    status: int
    fetched: float
    content_type: str = ""
    text: str = ""
    location: str = ""
    failure: Failure | None = None
    detail: str = ""
    etag: str = ""
    modified: str = ""


def cache_file() -> Path:
    """Return where the cache is.

    ``PERSONA_HOME`` comes first, then the system's place for caches: ``XDG_CACHE_HOME``,
    ``%LOCALAPPDATA%`` or ``~/.cache``. Raises OutputError where there is no home folder.
    """
    own = os.environ.get(HOME_VARIABLE)
    if own:
        return Path(own) / "cache" / _FILE
    cache = os.environ.get("LOCALAPPDATA" if sys.platform == "win32" else "XDG_CACHE_HOME")
    try:
        base = Path(cache) if cache else Path.home() / ".cache"
    except RuntimeError:
        raise OutputError(f"no home folder; set {HOME_VARIABLE} to a folder for it") from None
    return base / "persona" / _FILE


def _to_stderr(line: str) -> None:
    print(line, file=sys.stderr)


class Store:
    """The pages kept in one file; a context manager. Used from one thread at a time.

    Pages are written in batches by a thread of its own. No method raises for what is wrong with
    the file: ``warn`` gets one line, once, and nothing is kept from then on.
    """

    def __init__(
        self,
        path: Path | None = None,
        *,
        fresh_seconds: float = FRESH_SECONDS,
        largest: int = LARGEST,
        warn: Callable[[str], None] = _to_stderr,
    ) -> None:
        self._fresh_seconds = fresh_seconds
        self._largest = largest
        self._warn = warn
        self._broken = False
        self.path = Path(_FILE)
        self._reader: sqlite3.Connection | None = None
        self._writer: sqlite3.Connection | None = None
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()
        self._waiting: dict[str, Kept] = {}
        self._chars = 0
        self._writing: dict[str, Kept] = {}
        self._used: dict[str, float] = {}
        try:
            self.path = path or cache_file()
        except OutputError as error:
            self._give_up(error)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def get(self, key: str) -> Kept | None:
        """Return what is kept under ``key`` if it is not older than 90 days, nor of the future."""
        kept = self._waiting.get(key) or self._writing.get(key) or self._read(key)
        if kept is None or not -_CLOCKS_DIFFER <= time.time() - kept.fetched <= KEPT_SECONDS:
            return None
        return kept

    def is_fresh(self, kept: Kept) -> bool:
        """Return whether a page may be used without asking the server whether it changed."""
        return time.time() - kept.fetched <= self._fresh_seconds

    def put(self, key: str, kept: Kept) -> None:
        """Keep an answer under ``key``; it is on disk at the latest after :meth:`flush`."""
        full = len(self._waiting) >= _WAITING or self._chars >= _WAITING_CHARS
        if self._broken or full or len(kept.text) > self._largest // 8:
            return
        self._waiting[key] = kept
        self._chars += len(kept.text)
        if len(self._waiting) >= _BATCH or self._chars >= _BATCH_CHARS:
            self._start_writing()

    def flush(self) -> None:
        """Write what is waiting; returns when it is on disk."""
        while self._thread or self._waiting or self._used:
            if self._thread:
                self._thread.join()
                self._thread = None
            self._start_writing()

    def close(self) -> None:
        """Write what is waiting and close the file."""
        self.flush()
        for connection in (self._reader, self._writer):
            if connection:
                connection.close()
        self._reader = self._writer = None

    def _read(self, key: str) -> Kept | None:
        if self._broken:
            return None
        try:
            if self._reader is None:
                self._reader = _connect(self.path)
            row = self._reader.execute("SELECT body FROM pages WHERE key = ?", (key,)).fetchone()
            if row is None:
                return None
            kept = _unpack(row[0])
        except (sqlite3.Error, OSError, ValueError) as error:
            self._give_up(error)
            return None
        self._used[key] = time.time()
        if len(self._used) >= _WAITING:
            self._start_writing()
        return kept

    def _start_writing(self) -> None:
        """Hand what is waiting to the writing thread, unless it is still busy."""
        if self._thread and self._thread.is_alive():
            return
        self._writing, self._waiting, self._chars = self._waiting, {}, 0
        used, self._used = self._used, {}
        if (self._writing or used) and not self._broken:
            self._thread = threading.Thread(target=self._write, args=(self._writing, used))
            self._thread.start()

    def _write(self, batch: dict[str, Kept], used: dict[str, float]) -> None:
        now = time.time()
        try:
            if self._writer is None:
                self._writer = _connect(self.path)
            rows = [(key, now, _pack(kept)) for key, kept in batch.items()]
            with self._writer as connection:
                connection.execute("BEGIN IMMEDIATE")
                connection.executemany("REPLACE INTO pages VALUES (?, ?, ?)", rows)
                connection.executemany(
                    "UPDATE pages SET used = ? WHERE key = ?",
                    [(moment, key) for key, moment in used.items()],
                )
                _trim(connection, self._largest)
        except (sqlite3.Error, OSError, ValueError) as error:
            self._give_up(error)

    def _give_up(self, error: Exception) -> None:
        with self._lock:
            if self._broken:
                return
            self._broken = True
        why = " ".join(str(error).split()) or type(error).__name__
        self._warn(
            f"the page cache {self.path} cannot be used ({why}); going on without it; "
            "delete the file if this happens again"
        )


def _connect(path: Path) -> sqlite3.Connection:
    """Open the file, made if absent; for use by one thread after another."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    connection = sqlite3.connect(
        path, timeout=_PATIENCE, isolation_level=None, check_same_thread=False
    )
    try:
        _share(connection)
        connection.execute("PRAGMA synchronous=NORMAL")
        for statement in _LAYOUT:
            connection.execute(statement)
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _share(connection: sqlite3.Connection) -> None:
    """Let others read while one writes; SQLite itself does not wait for its turn to set this."""
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(_MOMENT)
        else:
            return


def _trim(connection: sqlite3.Connection, largest: int) -> None:
    """Remove the pages that were not used for longest until the rest fits."""
    while _size(connection) > largest:
        gone = connection.execute(
            "DELETE FROM pages WHERE key IN (SELECT key FROM pages ORDER BY used, key "
            "LIMIT max(8, (SELECT count(*) FROM pages) / 16))"
        )
        if gone.rowcount < 1:
            return


def _size(connection: sqlite3.Connection) -> int:
    """Return the bytes in use, which leaves out those that new pages will fill again."""
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    (free,) = connection.execute("PRAGMA freelist_count").fetchone()
    (size,) = connection.execute("PRAGMA page_size").fetchone()
    return int((pages - free) * size)


def _pack(kept: Kept) -> bytes:
    import zstandard

    compressor: ZstdCompressor = zstandard.ZstdCompressor(level=_LEVEL, write_checksum=True)
    return compressor.compress(msgspec.msgpack.encode(kept))


def _unpack(body: bytes) -> Kept:
    """Return what was packed; ValueError when it is damaged."""
    import zstandard

    decompressor: ZstdDecompressor = zstandard.ZstdDecompressor()
    try:
        if zstandard.frame_content_size(body) > 64 * MIB:
            raise ValueError("an entry is far too large")
        return msgspec.msgpack.decode(decompressor.decompress(body), type=Kept)
    except (zstandard.ZstdError, msgspec.DecodeError) as error:
        raise ValueError(f"an entry is damaged: {error}") from None
