"""The worked borderline cases of the codebook: captures of their sites, and readings."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

from persona.capture.records import Capture, CapturedPage
from persona.signals.extract import SiteReading, extract
from persona.vocabulary import Reason
from tests.integration.loopback import SITES

TODAY: Final = date(2026, 11, 1)
READ_AT: Final = f"{TODAY}T09:00:00Z"


@dataclass(frozen=True)
class Case:
    """One worked case: its number in the codebook, its folder, what it is and its label."""

    number: int
    site: str
    what: str
    label: str
    gate: Reason | None = None

    def __str__(self) -> str:
        return self.site


CASES: Final = (
    Case(1, "harrowpike", "valve distributor", "S"),
    Case(2, "corrowdale", "valve distributor, other", "D"),
    Case(3, "tarnholt", "packaging-machine builder", "P"),
    Case(4, "peoplewick", "HR software firm", "P"),
    Case(5, "tallybridge", "CRM rival", "S"),
    Case(6, "lindqvarn", "acoustics consultancy", "D"),
    Case(7, "skarnholt", "sensor maker", "D"),
    Case(8, "gannickforge", "forge", "CT-thin", "thin"),
    Case(9, "vossgrave", "listed chemicals group", "P"),
    Case(10, "quarrymount", "economic-research boutique", "CT-mixed"),
    Case(11, "orvelle", "new venture", "CT-thin", "thin"),
    Case(12, "wexmoor", "IT reseller", "P"),
    Case(13, "sparrowgate", "contract cleaner", "S"),
    Case(14, "pellbrook", "tool hire after a merger", "CT-transition"),
)


def address_of(folder: Path, file: Path) -> str:
    """Return the address at which a file of a site's folder is served."""
    path = file.relative_to(folder).as_posix().removesuffix(".html")
    path = "" if path == "index" else path.removesuffix("/index")
    return f"https://{folder.name}.example/{path}"


def pages_of(folder: Path) -> tuple[CapturedPage, ...]:
    """Return every page of a site's folder, the home page first, then by address."""
    pages = (
        CapturedPage(address_of(folder, file), file.read_text("utf-8"), READ_AT, 200)
        for file in folder.rglob("*.html")
    )
    return tuple(sorted(pages, key=lambda page: page.url))


def capture_of(pages: Iterable[CapturedPage]) -> Capture:
    """Return pages of one site as a capture; the first gives the site its name."""
    taken = tuple(pages)
    host = taken[0].url.split("/")[2]
    return Capture(host, host, taken)


@cache
def capture(site: str) -> Capture:
    """Return the capture of a worked case's site, all pages."""
    return capture_of(pages_of(SITES / site))


@cache
def reading(site: str) -> SiteReading:
    """Return the reading of a worked case's site as on the day of the tests."""
    return extract(capture(site), today=TODAY)


def shown(read: SiteReading) -> dict[str, float]:
    """Return the signals that have a value, by id."""
    return {s.id: s.value for s in read.signals if s.value is not None}
