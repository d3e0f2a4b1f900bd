"""Which columns of a list hold what: the website, the company, its industry and size, answers."""

from collections.abc import Mapping
from typing import Final, get_args

import msgspec

from persona.capture.guard import NOTHING, Allowed
from persona.errors import ListError, UsageError
from persona.prospects.headings import Role, observation, rank
from persona.prospects.outcome import PREFIX
from persona.prospects.table.chunk import ProspectList
from persona.prospects.websites import Found, find_website

_SHOWN: Final = 8
"""Headings that a complaint names."""
_LONG: Final = 40


class Columns(msgspec.Struct, frozen=True, kw_only=True):
    """Places of columns, from 0; None where the list has no such column.

    ``answers`` and ``signals`` map ids in upper case ("P05", "E01", "W12") to places. ``words``
    say in one line for the user what was recognised, and by what.
    """

    website: int | None = None
    company: int | None = None
    industry: int | None = None
    size: int | None = None
    answers: dict[str, int] = {}
    signals: dict[str, int] = {}
    words: str = ""


def recognise(
    listed: ProspectList, given: Mapping[str, str] | None = None, allowed: Allowed = NOTHING
) -> Columns:
    """Return what the columns of a list hold, by their headings and by their first rows.

    ``given`` names columns that the user knows better: "website", "company", "industry" or
    "size", each with a heading, or a column's number from 1. ``allowed`` names places off the
    public internet that are websites too. Raises UsageError where that is no
    column of the list, and ListError where neither websites nor answers nor signals are found.
    Columns of an earlier scoring (``persona_…``) are left aside.
    """
    headings = listed.headings
    chosen = {role: _chosen(headings, role, wanted) for role, wanted in (given or {}).items()}
    places = {role: chosen.get(role, _best(headings, role)) for role in get_args(Role)}
    observed = _observed(headings)
    if "website" in chosen:
        website = Found(chosen["website"], "as you said")
    else:
        taken = frozenset(observed.values()) | frozenset(chosen.values())
        aside = taken | _own_output(headings)
        website = find_website(listed, aside, named=bool(observed), allowed=allowed)
    places["website"] = website.place
    if places["company"] == website.place and "company" not in chosen:
        places["company"] = None
    if website.place is None and not observed:
        raise ListError(_nothing(listed))
    return Columns(
        **places,
        answers={name: place for name, place in observed.items() if name[0] != "W"},
        signals={name: place for name, place in observed.items() if name[0] == "W"},
        words=_words(headings, places, website, observed),
    )


def _own_output(headings: tuple[str, ...]) -> frozenset[int]:
    return frozenset(place for place, heading in enumerate(headings) if heading.startswith(PREFIX))


def _best(headings: tuple[str, ...], role: Role) -> int | None:
    """Return the column whose heading says most surely that it has a role; the first of equals."""
    if role == "website":
        return None
    ranks = ((rank(role, heading), place) for place, heading in enumerate(headings))
    return min(((how, place) for how, place in ranks if how is not None), default=(0, None))[1]


def _observed(headings: tuple[str, ...]) -> dict[str, int]:
    """Return the columns of answers and signals by id, in the order of ids; the first counts."""
    found: dict[str, int] = {}
    for place, heading in enumerate(headings):
        name = observation(heading)
        if name is not None:
            found.setdefault(name, place)
    return {name: found[name] for kind in "PEW" for name in sorted(found) if name[0] == kind}


def _chosen(headings: tuple[str, ...], role: str, wanted: str) -> int:
    """Return the place of the column that the user named for a role."""
    if role not in get_args(Role):
        raise UsageError(
            f"--column {role}=…: there is no {role!r}; take {', '.join(get_args(Role))}"
        )
    for alike in (str.strip, lambda text: text.strip().casefold()):
        places = [at for at, heading in enumerate(headings) if alike(heading) == alike(wanted)]
        if len(places) > 1:
            numbers = " and ".join(str(place + 1) for place in places[:_SHOWN])
            raise UsageError(
                f"--column {role}={wanted}: columns {numbers} have this heading; give the number "
                f"of one, as in --column {role}={places[0] + 1}"
            )
        if places:
            return places[0]
    if wanted.strip().isdecimal() and 1 <= int(wanted) <= len(headings):
        return int(wanted) - 1
    raise UsageError(
        f"--column {role}={wanted}: there is no such column; the headings are {_named(headings)}"
    )


def _nothing(listed: ProspectList) -> str:
    if not any(heading.strip() for heading in listed.headings):
        what = f"it has no headings, and none of its {len(listed.headings)} columns holds addresses"
        example = "--column website=1"
    else:
        what = f"the headings are {_named(listed.headings)}"
        example = "--column website=HEADING"
    return (
        f"{listed.path}: no column of websites, and none of answers (p01 to p28) or signals, was "
        f"recognised; {what}; name the websites with {example}"
    )


def _named(headings: tuple[str, ...]) -> str:
    names = ", ".join(_name(headings, place) for place in range(min(_SHOWN, len(headings))))
    more = len(headings) - _SHOWN
    return f"{names} and {more:,} more" if more > 0 else names


def _name(headings: tuple[str, ...], place: int) -> str:
    heading = " ".join(headings[place].split())
    if not heading:
        return f"column {place + 1}"
    return f'"{heading}"' if len(heading) <= _LONG else f'"{heading[:_LONG]}…"'


def _words(
    headings: tuple[str, ...],
    places: Mapping[str, int | None],
    website: Found,
    observed: Mapping[str, int],
) -> str:
    """Return in one line what was recognised, and by what."""
    parts = []
    for role, place in places.items():
        if place is not None:
            why = f" ({website.why})" if role == "website" else ""
            parts.append(f"{role}: {_name(headings, place)}{why}")
    for noun, kinds in (("answer", "PE"), ("signal", "W")):
        names = [name.lower() for name in observed if name[0] in kinds]
        if len(names) == 1:
            parts.append(f"1 {noun} ({names[0]})")
        elif names:
            parts.append(f"{len(names)} {noun}s ({names[0]} to {names[-1]})")
    if website.place is None:
        parts.append("no column is named for websites")
    return "; ".join(parts)
