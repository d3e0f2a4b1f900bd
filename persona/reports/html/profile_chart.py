"""The profile as one picture: where answers and website stand on every dimension.

Every dimension has a track with a place for each method. A filled dot is an answer, a larger one
two or more; a line joins answers that stand apart, a broken one answers at opposite ends. An open
diamond is what the website shows: around a dot where both agree, by itself and joined by dots
where they differ. A dotted track is not known, an outlined one answered and leaning nowhere.
Shape and words carry every meaning; colour repeats the place.
"""

from collections.abc import Iterator, Sequence
from typing import Final

import msgspec
from markupsafe import Markup, escape

from persona.layout import clean
from persona.reports.html.charts import picture, span

_PLACES: Final = (1 / 6, 1 / 2, 5 / 6)
_KINDS: Final = ("sales", "passive", "dynamic")
_HEAD: Final = 34
_ROW: Final = 54
_NAME_AT, _TRACK_AT = 16, 37
_RAIL: Final = 0.1
"""Where the track of a dimension begins, as a share of the width."""
_SMALL, _LARGE, _DIAMOND = 6, 8, 13


class Track(msgspec.Struct, frozen=True):
    """One dimension of the picture.

    ``levels`` are those of the answers, ``website`` the level that the website shows; 1 to 3.
    ``known`` tells "answered, but leaning nowhere" from "not answered". ``state`` is said in a
    few words beside the name.
    """

    name: str
    about: str
    levels: tuple[int, ...]
    known: bool
    website: int | None
    state: str


def profile_chart(key: str, tracks: Sequence[Track], methods: Sequence[str], said: str) -> Markup:
    """Return the picture; ``methods`` names the three places, ``said`` tells it in words."""
    height = _HEAD + _ROW * len(tracks) + 4
    body = "".join((*_heads(methods, height), *(_row(each, at) for at, each in enumerate(tracks))))
    title = f"The profile over {len(tracks)} dimensions"
    return picture(key, title, said, height, body, "chart profile")


def _heads(methods: Sequence[str], height: int) -> Iterator[str]:
    for place, kind, name in zip(_PLACES, _KINDS, methods, strict=True):
        x = span(place)
        yield f'<line class="guide" x1="{x}" x2="{x}" y1="{_HEAD - 8}" y2="{height}"/>'
        yield f'<text class="head {kind}" x="{x}" y="14" text-anchor="middle">{escape(name)}</text>'


def _row(track: Track, number: int) -> str:
    top = _HEAD + _ROW * number
    return (
        f'<text class="name" x="0" y="{top + _NAME_AT}">{escape(clean(track.name))}'
        f'<tspan class="about" dx="9">{escape(clean(track.about))}</tspan></text>'
        f'<text class="state" x="100%" y="{top + _NAME_AT}" text-anchor="end">'
        f"{escape(clean(track.state))}</text>{_track(track, top + _TRACK_AT)}"
    )


def _track(track: Track, y: int) -> str:
    levels, website = sorted(set(track.levels)), track.website
    drawn = [_rail("rail" if levels or website else "neutral", y)]
    if not track.known:
        drawn = [_line("unknown", _RAIL, 1 - _RAIL, y)]
    if len(levels) > 1:
        apart = " apart" if levels[-1] - levels[0] > 1 else ""
        drawn.append(_line(f"joined{apart}", _at(levels[0]), _at(levels[-1]), y))
    if website is not None and levels and website not in levels:
        nearest = min(levels, key=lambda level: abs(level - website))
        drawn.append(_line("differs", _at(nearest), _at(website), y))
    drawn += [_dot(level, track.levels.count(level), y) for level in levels]
    if website is not None:
        drawn.append(_diamond(website, website in levels, y))
    return "".join(drawn)


def _rail(css: str, y: int) -> str:
    x, width = span(_RAIL), span(1 - 2 * _RAIL)
    return f'<rect class="{css}" x="{x}" width="{width}" y="{y - 4}" height="8" rx="4"/>'


def _dot(level: int, count: int, y: int) -> str:
    radius = _LARGE if count > 1 else _SMALL
    return (
        f'<circle class="dot {_KINDS[level - 1]}" cx="{span(_at(level))}" cy="{y}" r="{radius}"/>'
    )


def _diamond(level: int, around: bool, y: int) -> str:
    """Return a square on its corner; ``around`` leaves the dot within to be seen."""
    css = "site around" if around else "site"
    return (
        f'<svg x="{span(_at(level))}" y="{y}" overflow="visible">'
        f'<path class="{css}" d="M0 -{_DIAMOND}L{_DIAMOND} 0L0 {_DIAMOND}L-{_DIAMOND} 0Z"/></svg>'
    )


def _line(css: str, start: float, end: float, y: int) -> str:
    return f'<line class="{css}" x1="{span(start)}" x2="{span(end)}" y1="{y}" y2="{y}"/>'


def key_sign(kind: str) -> Markup:
    """Return the small drawing of a sign for the legend; it says nothing by itself."""
    drawings = {
        "one": '<circle class="dot ink" cx="20" cy="14" r="6"/>',
        "two": '<circle class="dot ink" cx="20" cy="14" r="8"/>',
        "joined": '<line class="joined" x1="6" x2="34" y1="14" y2="14"/>'
        '<circle class="dot ink" cx="6" cy="14" r="5"/><circle class="dot ink" cx="34" cy="14" '
        'r="5"/>',
        "apart": '<line class="joined apart" x1="6" x2="34" y1="14" y2="14"/>'
        '<circle class="dot ink" cx="6" cy="14" r="5"/><circle class="dot ink" cx="34" cy="14" '
        'r="5"/>',
        "site": '<path class="site" d="M20 2L32 14L20 26L8 14Z"/>',
        "agrees": '<circle class="dot ink" cx="20" cy="14" r="6"/>'
        '<path class="site around" d="M20 1L33 14L20 27L7 14Z"/>',
        "differs": '<line class="differs" x1="7" x2="32" y1="14" y2="14"/>'
        '<circle class="dot ink" cx="7" cy="14" r="5"/>'
        '<path class="site" d="M31 6L39 14L31 22L23 14Z"/>',
        "neutral": '<rect class="neutral" x="2" y="10" width="36" height="8" rx="4"/>',
        "unknown": '<line class="unknown" x1="2" x2="38" y1="14" y2="14"/>',
    }
    return Markup(
        f'<svg class="sign" width="40" height="28" aria-hidden="true" focusable="false">'
        f"{drawings[kind]}</svg>"
    )


def _at(level: int) -> float:
    return _PLACES[level - 1]
