"""The line on which people, or days, stand on a dimension, drawn in characters."""

from collections.abc import Iterable, Sequence

from persona.layout import Paper
from persona.reports.comparison.structures import Place
from persona.reports.comparison.words import where
from persona.vocabulary import DIMENSIONS

_SLOTS = 5
"""Sales, half way, passive, half way, dynamic."""
_WIDE = 74


def write_track_head(paper: Paper) -> None:
    """Write what the places of a track stand for."""
    if not paper.plain:
        name, slot, _ = _widths(paper)
        both = 2 * slot
        heads = [("sales", both, True), ("passive", both, True), ("dynamic", 8, True)]
        paper.row([("", name or 2, True), *heads])


def write_track(paper: Paper, dimension: str, places: Sequence[Place], words: str) -> None:
    """Write one dimension: who stands where, and ``words`` beside it."""
    title = DIMENSIONS.get(dimension, dimension)
    if paper.plain:
        said = "; ".join(f"{each.letter} {where(each)}" for each in places)
        paper.paragraph(f"{title}: {said}. {words}.")
        return
    name, slot, end = _widths(paper)
    known = any(each.mean is not None for each in places)
    if not known:
        drawn = [("neutral" if any(each.known for each in places) else "", _SLOTS * slot, True)]
    else:
        drawn = [(_sign(places, place, slot), slot, False) for place in range(_SLOTS)]
    if name:
        paper.row([(title, name, not known), *drawn, (words, end, True)])
        return
    paper.row([(title, paper.room, not known)])
    paper.row([("  ", 2, True), *drawn, (words, end, True)])


def write_track_foot(paper: Paper, lines: Iterable[Sequence[Place]], words: str) -> None:
    """Write how to read the tracks: ``words``, and what else the signs on them mean."""
    split = any(each.split for places in lines for each in places)
    small = " A small letter stands for one answer at either end." if split else ""
    if not paper.plain:
        paper.blank()
        paper.paragraph(f"{words}{small}", dim=True)


def _widths(paper: Paper) -> tuple[int, int, int]:
    """Return the columns of the name, of each slot, and of the words; a name of 0 stands above."""
    if paper.room >= _WIDE:
        slot = 5 if paper.room > _WIDE + 2 else 4
        return 32, slot, paper.room - 32 - _SLOTS * slot
    return 0, 4, max(0, paper.room - 2 - _SLOTS * 4)


def _sign(places: Sequence[Place], slot: int, width: int) -> str:
    """Return the letters of those who stand on a place, or how many they are."""
    here = [
        each.letter.lower() if each.split else each.letter
        for each in places
        if each.mean is not None and _slot(each.mean) == slot
    ]
    letters = "".join(here)
    if not here:
        return "·"
    return letters if len(letters) < width else f"×{len(here)}"


def _slot(mean: float) -> int:
    return max(0, min(_SLOTS - 1, round((mean - 1) * 2)))
