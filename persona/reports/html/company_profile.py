"""The profile for the page: the picture, its legend, and a table that says the same in words."""

from typing import Any, Final

from persona.model.outside import Sighting
from persona.model.profile import Standing
from persona.reports.dimensions import about, pole
from persona.reports.html.profile_chart import Track, key_sign, profile_chart
from persona.reports.result import Result
from persona.reports.sentences import joined, sentence
from persona.vocabulary import DIMENSIONS, PERSONA_NAMES, PERSONAS

_LEVELS: Final = (1, 2, 3)
_METHODS: Final = tuple(PERSONA_NAMES[each] for each in PERSONAS)
_SHORT: Final = ("Sales-driven", "Passive", "Dynamic")
"""The methods as they fit above the picture on a telephone."""


def method_of(level: int | None) -> str:
    """Return the method that a level resembles, "" for no level."""
    return _METHODS[level - 1].lower() if level else ""


def profile_view(result: Result) -> dict[str, Any] | None:
    """Return the picture over all dimensions, its legend, and the same in words."""
    sightings = sightings_of(result)
    if not (result.evidence or sightings) or not (result.row.answers or result.verdict.enough):
        return None
    asked = bool(result.row.answers)
    tracks = [
        _track(each, sightings.get(each.dimension), asked) for each in result.profile.standings
    ]
    return {
        "chart": profile_chart("profile", tracks, _SHORT, _in_words(tracks, asked)),
        "legend": _legend(tracks, asked),
        "rows": [_row(each, sightings.get(each.dimension)) for each in result.profile.standings],
        "answers": asked,
        "website": result.website is not None,
        "notes": _notes(result),
    }


def _notes(result: Result) -> list[str]:
    whose = "answers" if result.row.answers else "website"
    notes = [
        "The methods differ on fourteen things, called dimensions. On each, the picture shows "
        f"which method the {whose} resemble{'' if result.row.answers else 's'}.",
        "Resembling one method here and another there is common: hardly any company is pure.",
    ]
    if result.row.answers:
        notes.append("Two questions are asked on each dimension. A split between them is a finding "
                     "of its own, and worth a talk.")  # fmt: skip
    return notes


def sightings_of(result: Result) -> dict[str, Sighting]:
    """Return what the website shows, by dimension."""
    if result.website is None:
        return {}
    return {each.dimension: each for each in result.website.sightings}


def name_of(dimension: str) -> str:
    """Return a dimension's name, its code where this version does not know it."""
    return DIMENSIONS.get(dimension, dimension)


def _track(standing: Standing, sighting: Sighting | None, asked: bool) -> Track:
    website = sighting.level if sighting is not None else None
    return Track(
        name=name_of(standing.dimension),
        about=about(standing.dimension),
        levels=standing.levels,
        known=standing.known or (not asked and sighting is not None),
        website=website,
        state=_state(standing, sighting, asked),
    )


def _state(standing: Standing, sighting: Sighting | None, asked: bool) -> str:
    """Return what is to be said of a dimension in a word or two; "" where all is plain."""
    level = sighting.level if sighting is not None else None
    if not asked:
        return "" if level else "not seen" if sighting is None else "too faint"
    if not standing.known:
        return "website only" if level else "not known"
    if standing.level is None:
        return "leans nowhere"
    said = ["split"] if standing.split else []
    if level and level != standing.level:
        said.append("differs in part" if level in standing.levels else "website differs")
    return "; ".join(said)


def _in_words(tracks: list[Track], asked: bool) -> str:
    """Return the picture in a few sentences; the table beside it says all."""
    counts = []
    for level, name in zip(_LEVELS, _METHODS, strict=True):
        if asked:
            count = sum(set(each.levels) == {level} for each in tracks)
        else:
            count = sum(each.website == level for each in tracks)
        counts.append(f"{name.lower()} alone on {count}" if asked else f"{name.lower()} on {count}")
    whose = "The answers resemble" if asked else "The website resembles"
    told = [f"{whose} {joined(counts)} of {len(tracks)} dimensions."]
    by_state: dict[str, list[str]] = {}
    for each in tracks:
        if each.state:
            by_state.setdefault(each.state, []).append(each.name)
    told += [f"{sentence(state)}: {', '.join(names)}." for state, names in by_state.items()]
    told.append("A table after the picture says the same in words.")
    return " ".join(told)


def _legend(tracks: list[Track], asked: bool) -> list[dict[str, Any]]:
    """Return the signs that the picture uses, in order, with what each means."""
    lone = any(each.levels.count(level) == 1 for each in tracks for level in _LEVELS)
    two = any(each.levels.count(level) > 1 for each in tracks for level in _LEVELS)
    spread = [max(each.levels) - min(each.levels) for each in tracks if each.levels]
    differ = [each for each in tracks if each.levels and each.website]
    neutral = "answered, leans nowhere" if asked else "seen, too faint to lean"
    unknown = "not known" if asked else "not seen"
    signs = [
        ("one", "one answer", lone),
        ("two", "two answers alike", two),
        ("joined", "answers apart", 1 in spread),
        ("apart", "opposite answers: split", 2 in spread),
        ("site", "what the website shows", any(each.website for each in tracks)),
        ("agrees", "website and answer agree", any(x.website in x.levels for x in differ)),
        ("differs", "website stands elsewhere", any(x.website not in x.levels for x in differ)),
        ("neutral", neutral, any(x.known and not x.levels and not x.website for x in tracks)),
        ("unknown", unknown, any(not x.known for x in tracks)),
    ]  # fmt: skip
    return [{"swatch": key_sign(kind), "name": name} for kind, name, used in signs if used]


def _row(standing: Standing, sighting: Sighting | None) -> dict[str, Any]:
    dimension = standing.dimension
    levels = sorted(set(standing.levels))
    answers = [resembles(dimension, level) for level in levels]
    nothing = "Answered, and leans to no method" if standing.known else "Not known"
    website = sighting.level if sighting is not None else None
    seen = [resembles(dimension, website)] if website else []
    unseen = "Looked at, too faint to lean" if sighting is not None else "Not seen"
    return {
        "name": name_of(dimension),
        "about": about(dimension),
        "answers": answers,
        "no_answers": nothing,
        "website": seen,
        "no_website": unseen,
    }


def resembles(dimension: str, level: int) -> dict[str, str]:
    """Return the method that a level resembles, with what the level stands for."""
    return {"method": sentence(method_of(level)), "pole": pole(dimension, level)}
