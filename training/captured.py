"""What captures say of companies, put beside what tables say of them."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from persona.capture.address import registrable_domain
from persona.observations import Wording
from persona.signals.extract import SiteReading
from persona.training.companies import Company
from persona.training.drafts import key_of
from persona.training.signal_study import read_sites
from persona.vocabulary import Reason


class Captured(msgspec.Struct, frozen=True):
    """Companies with what captures show of their websites.

    ``remarks`` are single lines on what did not fit together.
    """

    companies: tuple[Company, ...]
    remarks: tuple[str, ...]


class _Seen(NamedTuple):
    """What is kept of a reading; its pages are not."""

    signals: dict[str, float]
    controls: dict[str, str]
    wording: Wording
    gate: Reason | None


def add_captures(companies: Sequence[Company], captures: Sequence[Path]) -> Captured:
    """Read captures, and give each company the signals, controls and words of its website.

    A website belongs to the company that is called by its domain; it takes the place of what the
    tables say of the company's website. Raises CaptureError.
    """
    if not captures:
        return Captured(tuple(companies), ())
    sites = {reading.capture.site: _seen(reading) for reading in read_sites(captures)}
    joined, used = [], set()
    for company in companies:
        site = _site_of(company.company, sites)
        if site is not None:
            used.add(site)
            company = _with(company, sites[site])
        joined.append(company)
    return Captured(tuple(joined), tuple(_remarks(len(sites), len(used))))


def _site_of(company: str, sites: Mapping[str, _Seen]) -> str | None:
    name = key_of(company)
    return next((each for each in (name, registrable_domain(name)) if each in sites), None)


def _seen(reading: SiteReading) -> _Seen:
    return _Seen(
        {one.id: one.value for one in reading.signals if one.value is not None},
        {one.id.lower(): str(one.value) for one in reading.controls if one.value is not None},
        reading.wording,
        reading.gate.reason if reading.gate else None,
    )


def _with(company: Company, seen: _Seen) -> Company:
    controls = {**company.controls, **seen.controls}
    return replace(
        company, signals=seen.signals, controls=controls, wording=seen.wording, gate=seen.gate
    )


def _remarks(read: int, used: int) -> list[str]:
    if used == read:
        return []
    return [f"{read - used} of {read} websites in the captures belong to no company in the tables"]
