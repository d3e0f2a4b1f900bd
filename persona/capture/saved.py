"""Saved pages of many sites, in any order, brought together site by site in little memory."""

import re
import tempfile
from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO, Final, Self, TypeVar
from urllib.parse import urlsplit

import msgspec

from persona.capture.address import registrable_domain
from persona.capture.failures import of_status
from persona.capture.kinds import kind_of
from persona.capture.limits import MIB
from persona.capture.links import key
from persona.capture.records import Capture, CapturedPage, Unread
from persona.capture.walls import wall

MOST_PER_SITE: Final = 500
"""Pages of one site that are held at a time; further ones are left out."""
MOST_TEXT: Final = 256 * MIB
"""Characters of the pages of one site that are held at a time."""
LONGEST_URL: Final = 2000
LARGEST_PAGE: Final = 10 * MIB
"""In characters or bytes; larger pages are left out."""

T = TypeVar("T")
Skip = Callable[[str], None]
"""Called with one line about each piece of an archive that could not be used."""

_WHEN = re.compile(
    r"(?:19|20)\d\d(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01])(?:[T ]\d\d:\d\d[\d:.]{0,10}"
    r"(?:Z|[+-]\d\d:?\d\d)?)?)?)?(?!\d)"
)


class Facts(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is known of a capture beside its pages."""

    site: str
    address: str
    unread: tuple[Unread, ...] = ()


def site_of(url: str) -> str:
    """Return the registrable domain of an http(s) address; ValueError for any other text."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("no address of a web page")
    return registrable_domain(parts.hostname)


def when(given: object) -> str | None:
    """Return as much of a time as is ISO 8601, None when nothing is."""
    found = _WHEN.match(given.strip()) if isinstance(given, str) else None
    return found[0].replace(" ", "T") if found else None


class Spool:
    """Pages put aside in a temporary file, to be taken out again site by site.

    A context manager; the file is gone when the block ends.
    """

    def __init__(self) -> None:
        import zstandard

        self._file: BinaryIO = tempfile.TemporaryFile(prefix="persona-")  # noqa: SIM115
        self._end = 0
        self._squeeze = zstandard.ZstdCompressor(level=1).compress
        self._unsqueeze = zstandard.ZstdDecompressor().decompress

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self._file.close()

    def put(self, page: CapturedPage) -> int:
        """Put a page aside and return its place."""
        place, packed = self._end, self._squeeze(msgspec.msgpack.encode(page))
        self._file.write(len(packed).to_bytes(4, "big") + packed)
        self._end += 4 + len(packed)
        return place

    def get(self, place: int) -> CapturedPage:
        """Return the page at a place."""
        self._file.seek(place)
        size = int.from_bytes(self._file.read(4), "big")
        return msgspec.msgpack.decode(self._unsqueeze(self._file.read(size)), type=CapturedPage)


class Grouped:
    """Where the pages of each site are; sites come in the order of their first page."""

    def __init__(self, skip: Skip) -> None:
        self._places: dict[str, list[int]] = {}
        self._facts: dict[str, Facts] = {}
        self._skip = skip

    def __bool__(self) -> bool:
        """Return whether there is any site."""
        return bool(self._places)

    def add(self, site: str, place: int) -> None:
        """Note the place of a page of a site."""
        places = self._places.setdefault(site, [])
        if len(places) < MOST_PER_SITE:
            places.append(place)
        else:
            self._skip(f"{site}: more than {MOST_PER_SITE} pages; the others were left out")

    def add_facts(self, facts: Facts) -> None:
        """Note what is known of a site beside its pages; the first to say it counts."""
        self._places.setdefault(facts.site, [])
        self._facts.setdefault(facts.site, facts)

    def captures(self, load: Callable[[int], CapturedPage]) -> Iterator[Capture]:
        """Yield one capture for each site; ``load`` reads the page at a place."""
        for site, places in self._places.items():
            pages = within(map(load, places), lambda page: page.html, site, self._skip)
            yield capture_of(site, pages, self._facts.get(site))


def within(pages: Iterable[T], html: Callable[[T], str], site: str, skip: Skip) -> Iterator[T]:
    """Yield pages until their text is more than is held of one site."""
    room = MOST_TEXT
    for page in pages:
        room -= len(html(page))
        if room < 0:
            skip(f"{site}: more than {MOST_TEXT // MIB} MiB of pages; the others were left out")
            return
        yield page


def capture_of(site: str, pages: Iterable[CapturedPage], facts: Facts | None = None) -> Capture:
    """Return the capture of one site from its saved pages, in the order in which they came.

    Of several readings of an address the newest counts, the others are in ``earlier``. Error
    pages, log-ins, checks and parked names are in ``unread``, as in a live reading.
    """
    unread = {entry.url: entry for entry in facts.unread} if facts else {}
    newest: dict[str, tuple[int, CapturedPage]] = {}
    older: list[tuple[int, CapturedPage]] = []
    for place, page in enumerate(pages):
        failure = (of_status(page.status) if page.status else None) or wall(page.url, page.html)
        if failure:
            unread.setdefault(page.url, Unread(page.url, failure))
            continue
        before = newest.get(key(page.url))
        if before and (before[1].fetched_at or "") > (page.fetched_at or ""):
            older.append((place, page))
            continue
        if before:
            older.append(before)
        newest[key(page.url)] = (place, page)
    read = [page for _, page in sorted(newest.values(), key=lambda entry: entry[0])]
    read.sort(key=lambda page: kind_of(page.url) != "home")
    older.sort(key=lambda entry: entry[0])
    return Capture(
        site=site,
        address=facts.address if facts else site,
        pages=tuple(read),
        unread=tuple(unread.values()),
        earlier=tuple(page for _, page in older),
    )
