"""The lists there are: one folder each, with a small file that says how it stands."""

import re
import secrets
import shutil
from contextlib import suppress
from pathlib import Path
from typing import Final

from msgspec.structs import replace

from persona.errors import FileError, ListError
from persona.files import decode, encode, read_bytes, write_atomically
from persona.home import make_folder
from persona.web.lists.record import ListRecord

REPORT: Final = "report.html"
_RECORD: Final = "list.json"
_ID: Final = re.compile(r"[a-f0-9]{12}")


class ListFolder:
    """The lists kept in one folder; it need not exist yet."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def place(self, id_: str) -> Path:
        """Return the folder of a list; ListError for an id that none can have."""
        if _ID.fullmatch(id_) is None:
            raise ListError("there is no such list")
        return self.folder / id_

    def get(self, id_: str) -> ListRecord:
        """Return how a list stands; ListError where it is gone or damaged."""
        try:
            return decode(read_bytes(self.place(id_) / _RECORD), ListRecord)
        except FileError:
            raise ListError("there is no such list, or it is damaged") from None

    def save(self, record: ListRecord) -> None:
        """Keep how a list stands; one that was removed stays removed."""
        place = self.place(record.id)
        if place.is_dir():
            write_atomically(place / _RECORD, encode(record))

    def entries(self) -> list[ListRecord]:
        """Return all lists that can be read, the last added first."""
        if not self.folder.is_dir():
            return []
        found = []
        for place in self.folder.iterdir():
            with suppress(ListError):
                found.append(self.get(place.name))
        return sorted(found, key=lambda each: (each.added_on, each.id), reverse=True)

    def add(self, arrived: Path, record: ListRecord) -> ListRecord:
        """Take a file in as the list of a record, whose id is chosen here."""
        record = replace(record, id=secrets.token_hex(6))
        place = self.place(record.id)
        make_folder(place)
        arrived.rename(place / record.source)
        self.save(record)
        return record

    def clear(self, record: ListRecord) -> None:
        """Remove what came of a list, and leave the list."""
        for path in self.place(record.id).iterdir():
            if path.name in (_RECORD, record.source):
                continue
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)

    def remove(self, id_: str) -> None:
        """Remove a list with all that came of it; nothing happens where it is gone."""
        place = self.place(id_)
        with suppress(OSError):
            (place / _RECORD).unlink()
        shutil.rmtree(place, ignore_errors=True)
