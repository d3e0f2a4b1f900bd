"""What the columns of a labelled table mean, by their headings, and how their cells are read."""

import math
import re
import sys
from collections.abc import Callable, Sequence
from functools import partial
from typing import Final, Literal, NamedTuple, get_args

from persona.observations import WORD_PARTS
from persona.questionnaire.items import Questionnaire
from persona.signals.catalogue import shipped_catalogue
from persona.training.controls import CONTROLS
from persona.training.wordcells import parse_words, shortened
from persona.vocabulary import PERSONAS, UNDECIDED, Reason

Kind = Literal["label", "reason", "points", "weight", "source", "answer", "signal", "control",
               "words", "gate", "informant"]  # fmt: skip
Value = str | float | dict[str, int]

LEARNED_FROM: Final[frozenset[Kind]] = frozenset({"answer", "signal", "control", "words"})

SCORED: Final = "persona_"
"""What the columns begin with that scoring a list adds to it."""

_COMPANY: Final = "company"
_SCORED_SITE: Final = ("persona_site", "website", "domain")
_SCORED_NAME: Final = (
    "company name", "company_name", "companyname", "account name", "organization - name",
    "organization", "account", "name",
)  # fmt: skip
_NOTED: Final = frozenset({"passes", "agree", "confidence", "basis", "pages_read"})
"""Columns of the committed tables that say how a row came about; nothing is learned from them."""

_HEAVIEST: Final = 1000.0

_ANSWER = re.compile(r"([pec]\d\d)(?:_(\S.*))?", re.IGNORECASE)


class Column(NamedTuple):
    """One column that is read: what it means, and how a cell of it is read.

    ``at`` is where it stands, from 0. ``name`` is the item, signal, control, part of wording or
    persona that it is about. ``informant`` is the one whose answers it holds; None leaves that to
    the row. ``parse`` raises ValueError with the problem.
    """

    at: int
    heading: str
    kind: Kind
    name: str
    informant: str | None
    parse: Callable[[str], Value]


class Columns(NamedTuple):
    """All columns of a table: where the company stands, those that are read, unknown headings.

    The first filled one of the columns ``company`` names the company of a row.
    """

    company: tuple[int, ...]
    read: tuple[Column, ...]
    unknown: tuple[str, ...]


def understand(headings: Sequence[str], questionnaire: Questionnaire) -> Columns:
    """Return what the columns of a table mean; ValueError where none names the company.

    A heading may be in either case. ``p01_ceo`` holds the answers to P01 of an informant called
    "ceo". A scored list, told by its ``persona_`` columns, may name the company by its site, or
    where a row has none, as CRM exports name it.
    """
    known = _Known(questionnaire)
    read, unknown = [], []
    company = _company(headings)
    for index, heading in enumerate(headings):
        column = known.column(index, heading)
        lower = heading.lower()
        if index in company:
            continue
        if column:
            read.append(column)
        elif heading and lower not in _NOTED and not lower.startswith(SCORED):
            unknown.append(heading)
    return Columns(company, tuple(read), tuple(unknown))


def _company(headings: Sequence[str]) -> tuple[int, ...]:
    lower = [heading.lower() for heading in headings]
    if _COMPANY in lower:
        return (lower.index(_COMPANY),)
    if any(heading.startswith(SCORED) for heading in lower):
        sites = [name for name in _SCORED_SITE if name in lower]
        names = [name for name in _SCORED_NAME if name in lower]
        if found := sites[:1] + names[:1]:
            return tuple(map(lower.index, found))
    raise ValueError("no column named 'company'")


class _Known:
    """Every column that a labelled table may have."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self._questionnaire = questionnaire
        catalogue = shipped_catalogue()
        self._plain: dict[str, tuple[Kind, str, Callable[[str], Value]]] = {
            "label": ("label", "", _label),
            "reason": ("reason", "", _reason),
            "gate": ("gate", "", _reason),
            "weight": ("weight", "", _weight),
            "source": ("source", "", sys.intern),
            "informant": ("informant", "", sys.intern),
        }
        for persona in PERSONAS:
            self._plain[f"points_{persona}"] = ("points", persona, _share)
        for part in WORD_PARTS:
            self._plain[f"words_{part}"] = ("words", part, parse_words)
        for signal in catalogue.signals:
            self._plain[signal.id.lower()] = ("signal", signal.id, _number)
        for control in (*CONTROLS, *(entry.id.lower() for entry in catalogue.controls)):
            self._plain[control] = ("control", control, sys.intern)

    def column(self, index: int, heading: str) -> Column | None:
        plain = self._plain.get(heading.lower())
        if plain:
            kind, name, parse = plain
            return Column(index, heading, kind, name, None, parse)
        found = _ANSWER.fullmatch(heading)
        item = found and self._questionnaire.by_id.get(found[1].upper())
        if not found or not item:
            return None
        options = {option.id: option.id for option in item.options}
        return Column(index, heading, "answer", item.id, found[2], partial(_option, options))


def _option(options: dict[str, str], cell: str) -> str:
    option = options.get(cell.lower())
    if option is None:
        raise ValueError(f"{shortened(cell)} is not one of {', '.join(options)}")
    return option


def _label(cell: str) -> str:
    return _one_of((*PERSONAS, UNDECIDED), cell)


def _reason(cell: str) -> str:
    return _one_of(get_args(Reason), cell)


def _one_of(allowed: Sequence[str], cell: str) -> str:
    for each in allowed:
        if cell.lower() == each:
            return each
    raise ValueError(f"{shortened(cell)} is not one of {', '.join(allowed)}")


def _number(cell: str) -> float:
    try:
        value = float(cell) if cell.isascii() and "_" not in cell else math.nan
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise ValueError(f"{shortened(cell)} is not a finite number")
    return value


def _weight(cell: str) -> float:
    value = _number(cell)
    if value < 0:
        raise ValueError(f"{shortened(cell)} is negative; a weight is 0 or more")
    if value > _HEAVIEST:
        raise ValueError(f"{shortened(cell)} is too much; a weight is at most {_HEAVIEST:g}")
    return value


def _share(cell: str) -> float:
    value = _number(cell)
    if not 0 <= value <= 1.01:
        raise ValueError(f"{shortened(cell)} is no share; points are from 0 to 1")
    return value
