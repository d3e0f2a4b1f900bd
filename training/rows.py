"""From labelled companies to the rows of observations that a model reads."""

import math
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from msgspec.structs import replace

from persona.observations import Control, ObservationRow, Signal
from persona.pipe import shipped_questionnaire
from persona.questionnaire.answers import observe
from persona.signals.catalogue import shipped_catalogue
from persona.training.companies import Company

_UNREAD: Final = "the table does not say"


def decided(companies: Iterable[Company]) -> list[Company]:
    """Return the companies on which verdicts are judged, in order.

    Their label names a persona and their weight is ``companies.JUDGED`` or more.
    """
    return [company for company in companies if company.is_judged]


def answer_rows(companies: Iterable[Company]) -> list[tuple[Company, str]]:
    """Return every company with each of its informants, informants in alphabetical order."""
    return [(company, name) for company in companies for name in sorted(company.informants)]


def as_row(company: Company, informant: str | None, *, website: bool) -> ObservationRow:
    """Return what is known of a company as one row of observations.

    The row holds the answers of one informant, none where ``informant`` is None, and with
    ``website`` the signals, controls and words of the website where one was read. Raises KeyError
    for an informant that the company does not have.
    """
    answers = company.informants[informant] if informant is not None else {}
    row = observe(answers, shipped_questionnaire())
    if not website or not company.has_website:
        return row
    return replace(
        row,
        signals=tuple(_signals(company.signals)),
        controls=tuple(_controls(company.controls)),
        wording=company.wording,
    )


def _signals(known: Mapping[str, float]) -> Iterator[Signal]:
    for entry in shipped_catalogue().signals:
        value = known.get(entry.id)
        yield Signal(
            entry.id,
            entry.dimension,
            entry.family,
            entry.says if value is None else entry.codes.get(str(round(value)), entry.says),
            value=value,
            missing=_UNREAD if value is None else None,
            unit=entry.unit,
            clarity=None if value is None else round(min(1.0, value / entry.full), 3),
        )


def _controls(known: Mapping[str, str]) -> Iterator[Control]:
    for entry in shipped_catalogue().controls:
        cell = known.get(entry.id.lower())
        yield Control(entry.id, _number(cell) if entry.type == "number" else cell, entry.name)


def _number(cell: str | None) -> float | None:
    """Return a control as a number; None where it is not known, or is none."""
    try:
        value = math.nan if cell is None else float(cell)
    except ValueError:
        return None
    return value if math.isfinite(value) else None
