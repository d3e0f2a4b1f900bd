"""The outside view for the page: the website beside the answers, and what it shows by itself."""

from typing import Any, Final

from persona.layout import clean
from persona.model.outside import Difference, Sighting
from persona.model.words import known_words
from persona.observations import Signal
from persona.reports.dimensions import about
from persona.reports.html.company_profile import (
    method_of,
    name_of,
    resembles,
    sightings_of,
)
from persona.reports.html.links import quote
from persona.reports.result import Opinion, Result, Website
from persona.reports.sentences import in_a_row, sentence
from persona.reports.website import (
    CLAIMS,
    SIGNS,
    UNTRAINED_BESIDE,
    found_on,
    mark_of,
    opinion_in_words,
)
from persona.reports.words import PART_NAMES, lean_of, leaning_words

_QUOTES: Final = 1
_GRADES: Final = {"●": "clear", "◐": "some", "○": "faint"}


def outside_view(result: Result) -> dict[str, Any] | None:
    """Return the inside view beside the outside one; None where there is one of them only."""
    website = result.website
    if website is None or website.answers_alone is None:
        return None
    both = Opinion(result.label, result.reason, result.leader, result.probabilities)
    sides = (
        ("The answers alone", website.answers_alone),
        ("The website alone", website.website_alone),
        ("Both together", both),
    )
    differ = {each.dimension: each for each in website.differences}
    seen = sightings_of(result)
    return {
        "sides": [{"name": name, "opinion": sentence(opinion_in_words(x))} for name, x in sides],
        "note": _weak(website),
        "differences": [_difference(result, each) for each in website.differences],
        "alike": [
            name_of(standing.dimension)
            for standing in result.profile.standings
            if standing.level is not None
            and (sighting := seen.get(standing.dimension)) is not None
            and sighting.level == standing.level
            and standing.dimension not in differ
        ],
        "answers_only": _one_sided(result, seen),
    }


def _weak(website: Website) -> str:
    """Return why the website says little, if it does."""
    if website.gate is not None:
        return f"The website gives no verdict by itself: {website.gate.words}."
    return UNTRAINED_BESIDE if website.untrained else ""


def _difference(result: Result, difference: Difference) -> dict[str, Any]:
    dimension = difference.dimension
    levels = {
        level
        for each in result.profile.standings
        if each.dimension == dimension
        for level in each.levels
    }
    inside = sorted(levels) or [difference.answers]
    artefacts = dict.fromkeys(
        clean(answer.verify_with)
        for answer in result.row.of_kind("persona")
        if answer.dimension == dimension and answer.verify_with
    )
    return {
        "name": name_of(dimension),
        "about": about(dimension),
        "inside": [resembles(dimension, each) for each in inside],
        "outside": resembles(dimension, difference.website),
        "reading": CLAIMS[difference.kind],
        "look_at": in_a_row(artefacts),
    }


def _one_sided(result: Result, seen: dict[str, Sighting]) -> list[str]:
    """Return the dimensions on which the answers lean and the website shows nothing."""
    return [
        name_of(standing.dimension)
        for standing in result.profile.standings
        if standing.level is not None
        and (standing.dimension not in seen or seen[standing.dimension].level is None)
    ]


def seen_view(result: Result) -> dict[str, Any] | None:
    """Return what the website shows by dimension, and which way its words lean."""
    website = result.website
    if website is None or not website.pages:
        return None
    dimensions = [_shown(sighting, found) for sighting, found in found_on(result, website)]
    words = _words(result)
    if not dimensions and words is None:
        return None
    return {"dimensions": dimensions, "words": words}


def _shown(sighting: Sighting, found: list[Signal]) -> dict[str, Any]:
    method = method_of(sighting.level)
    return {
        "name": name_of(sighting.dimension),
        "about": about(sighting.dimension),
        "lean": f"resembles {method}" if method else "too faint to lean",
        "signals": [
            {
                "says": sentence(signal.says),
                "id": signal.id,
                "kind": _GRADES[mark_of(signal)],
                "grade": SIGNS[mark_of(signal)],
                "quotes": [quote(each) for each in signal.quotes[:_QUOTES]],
            }
            for signal in found
        ],
    }


def _words(result: Result) -> dict[str, Any] | None:
    """Return which way each part of the wording leans; None where it would be chance."""
    parts = result.verdict.from_words
    if not parts or not result.verdict.enough:
        return None
    rows = []
    for part in parts:
        toward = lean_of(part)
        lean = "to no method" if toward is None else f"toward {method_of(toward + 1)}"
        found = [
            {"method": sentence(method_of(index + 1)), "words": ", ".join(words)}
            for index, words in leaning_words(part)
        ]
        rows.append({"name": PART_NAMES[part.item], "lean": lean, "found": found})
    return {"known": f"{known_words(parts):,}", "parts": rows}
