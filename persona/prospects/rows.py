"""The first pass over a list: what judging each row needs, and no more."""

from collections.abc import Iterator
from functools import lru_cache, partial
from typing import Final

from persona.capture.address import parse_address
from persona.capture.guard import NOTHING, Allowed
from persona.errors import AddressError
from persona.prospects.columns import Columns
from persona.prospects.judge import NO_WEBSITE, clean_answer
from persona.prospects.shard import Prospect
from persona.prospects.table.chunk import Chunk, ProspectList

_REMEMBERED: Final = 65_536
"""Cells whose reading is kept: lists repeat themselves."""


def prospects_of(
    listed: ProspectList, columns: Columns, allowed: Allowed = NOTHING
) -> Iterator[Prospect]:
    """Yield a prospect for each row of a list, in order.

    ``allowed`` names places off the public internet that may be read. An address that is none is
    told in the prospect's ``nowhere``, an answer that is no option in its ``error``.
    """
    read = lru_cache(_REMEMBERED)(partial(_read_address, allowed=allowed))
    clean = lru_cache(_REMEMBERED)(clean_answer)
    for chunk in listed.chunks():
        addresses = _cells(chunk, columns.website)
        answers = {item: _cells(chunk, place) for item, place in columns.answers.items()}
        for index in range(len(chunk)):
            site, nowhere = read(addresses[index])
            given, troubles = {}, []
            for item, cells in answers.items():
                option, trouble = clean(item, cells[index])
                if option is not None:
                    given[item] = option
                elif trouble:
                    troubles.append(trouble)
            yield Prospect(
                row=chunk.start + index,
                address=addresses[index] if site else "",
                site=site,
                nowhere=nowhere,
                answers=given,
                error="; ".join(troubles),
            )


def _cells(chunk: Chunk, place: int | None) -> list[str]:
    if place is None:
        return [""] * len(chunk)
    cells: list[str] = chunk.texts(place).to_pylist()
    return cells


def _read_address(cell: str, allowed: Allowed) -> tuple[str, str]:
    """Return the site that a cell names and "", or "" and why it names none."""
    if not cell.strip():
        return "", NO_WEBSITE
    try:
        return parse_address(cell, allowed).domain, ""
    except AddressError as error:
        return "", str(error)
