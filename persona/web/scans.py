"""Websites read in the background: an address in, a result out."""

from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from persona.capture.address import parse_address
from persona.capture.guard import Allowed
from persona.capture.records import MOST_PAGES, PAGES
from persona.errors import UsageError
from persona.model.artefact import LoadedModel
from persona.pipe import assess, scan_reading
from persona.reports.result import Result
from persona.web.jobs import Job, Stopped, Work

if TYPE_CHECKING:
    from persona.signals.extract import SiteReading
    from persona.web.desk import Desk


class Scan(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be read, and how.

    ``address`` is as a person typed it, ``pages`` the most that is read, 1 to 60. ``allow`` names
    addresses off the public internet that may be read. ``beside`` is a result of answers to which
    the website is added, ``beside_id`` its id on the shelf. ``kept`` tells that the result goes to
    the shelf, under an id which is then the job's result; without it the job's result is the
    Result itself.
    """

    address: str
    pages: int = PAGES
    company: str | None = None
    allow: tuple[str, ...] = ()
    beside: Result | None = None
    beside_id: str = ""
    kept: bool = True

    def check(self) -> None:
        """Raise AddressError or UsageError now for what could not be read at all."""
        if not 1 <= self.pages <= MOST_PAGES:
            raise UsageError(f"pages: {self.pages} is none of 1 to {MOST_PAGES}")
        parse_address(self.address, Allowed.parse(self.allow))


class Seen:
    """What a scan has read so far: addresses in order, and whether it is weighing them now."""

    def __init__(self) -> None:
        self.pages: list[str] = []
        self.weighing = False


def begin_scan(desk: "Desk", wanted: Scan) -> Job:
    """Begin reading a website in the background.

    Raises AddressError or UsageError for what cannot be read, and BusyError where there are too
    many scans; a refused address counts for none.
    """
    wanted.check()
    desk.jobs.scan_rate.take()
    return desk.jobs.scans.begin(_work(desk, wanted), wanted)


def _work(desk: "Desk", wanted: Scan) -> Work:
    def work(job: Job) -> str | Result:
        job.progress = seen = Seen()
        reading = _read(wanted, job, seen)
        seen.weighing = True
        result = _result(wanted, reading, desk.model)
        return desk.results.save(result) if wanted.kept else result

    return work


def _read(wanted: Scan, job: Job, seen: Seen) -> "SiteReading":
    """Read a live website, never a file: what a browser sends names no path of this machine."""
    from persona.capture.live import Reading, read_sites
    from persona.signals.extract import extract

    how = Reading(
        pages=wanted.pages, allowed=Allowed.parse(wanted.allow), on_page=seen.pages.append
    )
    captures = list(read_sites([wanted.address], how, at_once=1, go_on=job.go_on))
    if not captures:
        raise Stopped
    return extract(captures[0])


def _result(wanted: Scan, reading: "SiteReading", model: LoadedModel) -> Result:
    before = wanted.beside
    if before is None:
        return scan_reading(reading, company=wanted.company, model=model)
    result = assess(
        before.row.given,
        company=wanted.company or before.company,
        model=model,
        option_order=before.option_order,
        revisions=before.revisions,
        website=reading,
    )
    return replace(result, respondent=before.respondent)


def counted_pages(given: str, usual: int = PAGES) -> int:
    """Return a number of pages as a form gives it, the usual one where it is left empty."""
    text = given.strip()
    if not text:
        return usual
    if not (text.isascii() and text.isdecimal() and 1 <= int(text[:9]) <= MOST_PAGES):
        raise UsageError(f"the number of pages: give one from 1 to {MOST_PAGES}")
    return int(text)
