"""Which column of a list holds the companies' websites, by its heading and by what is in it."""

import re
from collections.abc import Callable
from contextlib import closing
from functools import cache, lru_cache
from typing import Final, NamedTuple

from persona.capture.address import LONGEST, parse_address
from persona.capture.guard import NOTHING, Allowed
from persona.capture.profiles import ELSEWHERE
from persona.errors import AddressError
from persona.prospects.headings import CRM, folded, names_mail, names_other_links, website_rank
from persona.prospects.table.chunk import ROWS, Chunk, ProspectList

_LOOKED_AT: Final = 200
"""Filled cells of a column by which it is judged."""
_CELLS: Final = 2 * 1024**2
"""About as many as are looked through for those."""
_ENOUGH: Final = 0.6
"""Share of cells that must be addresses where no heading says so."""
_NEARLY: Final = 0.25
"""A column with fewer addresses than this share of the best one's is passed over."""
_SERVICE: Final = 5
"""Different links for each website from which a column is of links into a few services."""
_FIRST: Final = 20
"""Cells among which there must be an address for more to be looked at."""
_LIKELY: Final = re.compile(r"\.[^\W\d_]{2}|\.xn--", re.IGNORECASE)
"""What every address has and numbers do not: a dot with letters after it."""


class Found(NamedTuple):
    """The column of websites, None where there is none, and by what it was told."""

    place: int | None
    why: str = ""


class _Look(NamedTuple):
    """What the first cells of a column show.

    ``density`` is the share of rows with an address, ``share`` the share of filled cells that
    are one and nothing else. ``mails`` counts addresses of e-mail. ``varied`` is False where all
    lead to few websites, as links into a CRM do.
    """

    filled: int
    addresses: int
    density: float
    share: float
    mails: int
    varied: bool


def find_website(
    listed: ProspectList,
    aside: frozenset[int],
    *,
    named: bool = False,
    allowed: Allowed = NOTHING,
) -> Found:
    """Return the column of a list that holds websites, leaving some aside.

    ``allowed`` names places off the public internet that are websites too.

    A column that is named for websites is preferred to one of e-mail addresses (whose domains
    are taken), and that to one which only holds addresses; but one that is nearly empty, or holds
    none, gives way to the next. With ``named`` only a column that is named for websites counts:
    so it is where answers are there to go by, lest websites be read that nobody spoke of.
    """
    places = [place for place in range(len(listed.headings)) if place not in aside]
    look = _looker(listed, allowed)
    ranked = _named_for_websites(listed.headings, places)
    mails = [place for place in places if names_mail(listed.headings[place])]
    candidates = ranked if named else ranked + [place for place in mails if place not in ranked]
    best = max((look(place).density for place in candidates), default=0.0)
    for place in candidates:
        if best and look(place).density >= _NEARLY * best:
            return Found(place, _why(listed, place, ranked, look))
    rest = [] if named else [place for place in places if place not in candidates]
    by_content = _by_content(listed, rest, look)
    if by_content is not None:
        return Found(by_content, _why(listed, by_content, ranked, look))
    return Found(ranked[0], _heading_words(listed, ranked[0])) if ranked else Found(None)


def _named_for_websites(headings: tuple[str, ...], places: list[int]) -> list[int]:
    """Return the columns that are named for websites, the surest first."""
    ranked = ((website_rank(headings[place]), place) for place in places)
    return [place for _, place in sorted((how, at) for how, at in ranked if how is not None)]


def _by_content(
    listed: ProspectList, places: list[int], look: Callable[[int], _Look]
) -> int | None:
    """Return the column with the largest share of addresses, websites before e-mail; or None."""
    best: tuple[bool, float] = (False, _ENOUGH)
    found = None
    for place in places:
        if names_other_links(listed.headings[place]):
            continue
        seen = look(place)
        if not seen.varied or seen.share < _ENOUGH:
            continue
        value = (2 * seen.mails <= seen.addresses, seen.share)
        if found is None or value > best:
            best, found = value, place
    return found


def _why(listed: ProspectList, place: int, ranked: list[int], look: Callable[[int], _Look]) -> str:
    """Return in words by what a column was told, and what a surer heading lacked."""
    if place in ranked:
        words = _heading_words(listed, place)
    elif names_mail(listed.headings[place]):
        words = "the domains of e-mail addresses"
    else:
        seen = look(place)
        words = f"{seen.addresses} of its first {seen.filled} cells are addresses"
    passed = ranked[: ranked.index(place)] if place in ranked else ranked
    if not passed:
        return words
    lacks = "is nearly empty" if look(passed[0]).addresses else "holds no addresses"
    return f'{words}; "{listed.headings[passed[0]].strip()}" {lacks}'


def _heading_words(listed: ProspectList, place: int) -> str:
    return CRM.get(folded(listed.headings[place]), "by its heading")


def _looker(listed: ProspectList, allowed: Allowed) -> Callable[[int], _Look]:
    """Return a function that looks at the beginning of a column, at each only once."""
    rows = max(_LOOKED_AT, min(ROWS, _CELLS // max(1, len(listed.headings))))
    with closing(listed.chunks(rows)) as chunks:  # type: ignore[type-var]
        first: Chunk | None = next(chunks, None)
    return cache(lambda place: _look(first, place, allowed))


def _look(chunk: Chunk | None, place: int, allowed: Allowed) -> _Look:
    """Look at the first filled cells of a column; at a few only, where those hold no address."""
    rows, filled = _first_filled(chunk, place)
    sites: list[tuple[str, str]] = []
    likely = [
        cell for cell in filled if len(cell) <= LONGEST and (allowed.places or _LIKELY.search(cell))
    ]
    for number, cell in enumerate(likely):
        if number == _FIRST and not sites:
            break
        site = _site(cell, allowed)
        if site is not None:
            sites.append((cell.strip(), site))
    alone = sum(len(cell.split()) == 1 for cell, _ in sites)
    cells, different = {cell for cell, _ in sites}, {site for _, site in sites}
    return _Look(
        filled=len(filled),
        addresses=len(sites),
        density=len(sites) / max(1, rows),
        share=alone / max(1, len(filled)),
        mails=sum("@" in cell for cell, _ in sites),
        varied=len(cells) < _SERVICE * max(1, len(different)),
    )


def _first_filled(chunk: Chunk | None, place: int) -> tuple[int, list[str]]:
    """Return the first filled cells of a column, and how many rows they are found in."""
    filled: list[str] = []
    cells = chunk.texts(place).to_pylist() if chunk is not None else []
    for number, cell in enumerate(cells, 1):
        if cell and not cell.isspace():
            filled.append(cell)
            if len(filled) == _LOOKED_AT:
                return number, filled
    return len(cells), filled


@lru_cache(8192)
def _site(cell: str, allowed: Allowed) -> str | None:
    """Return the site that a cell names, if it is one that a company may own."""
    try:
        site = parse_address(cell, allowed).domain
    except AddressError:
        return None
    return None if site in ELSEWHERE else site
