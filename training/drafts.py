"""A company in the making: what the rows read so far say of it, and what contradicts what."""

import math
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple, cast

from persona.observations import WORD_PARTS, Wording
from persona.training.columns import Column, Kind, Value
from persona.training.companies import Company
from persona.training.wordcells import shortened
from persona.vocabulary import PERSONAS, UNDECIDED, Reason

DECIDED_FROM: Final = 0.5
"""Share of the points from which a company with points and no label counts as decided."""
_TOLERANCE: Final = 0.01
_ROUNDING: Final = 1e-9
_FIRST_COUNTS: Final[frozenset[Kind]] = frozenset({"source", "control"})


def key_of(company: str) -> str:
    """Return what rows of one company have in common, however they write its name."""
    return company.strip().casefold()


class _Place(NamedTuple):
    kind: Kind
    name: str
    informant: str


@lru_cache(maxsize=4096)
def _place(kind: Kind, name: str = "", informant: str = "") -> _Place:
    """Return the place of a value; the same object each time, for there are millions."""
    return _Place(kind, name, informant)


class Draft:
    """What is said of one company; ``differing`` names what was said in two ways and let pass."""

    __slots__ = ("differing", "name", "said")

    def __init__(self, name: str) -> None:
        self.name = name
        self.said: dict[_Place, Value] = {}
        self.differing: frozenset[Kind] = frozenset()

    def put(self, column: Column, cell: str, informant: str) -> int:
        """Add a cell; return how many values are new, 0 for what was known already.

        ``informant`` is whose answers the row holds, where the column does not say it. Raises
        ValueError with the problem: a cell that makes no sense or contradicts an earlier one.
        """
        value = column.parse(cell)
        who = informant if column.informant is None else column.informant
        place = _place(column.kind, column.name, who if column.kind == "answer" else "")
        if place not in self.said:
            self.said[place] = value
            return max(1, len(value)) if isinstance(value, dict) else 1
        if self.said[place] != value:
            if column.kind not in _FIRST_COUNTS:
                raise ValueError(self._contradiction(place, cell))
            self.differing |= {column.kind}
        return 0

    def _contradiction(self, place: _Place, cell: str) -> str:
        before = self.said[place]
        told = "other words" if isinstance(before, dict) else shortened(str(before))
        now = "these" if isinstance(before, dict) else shortened(cell)
        if place.kind != "answer":
            return f"{self.name} has {told} in an earlier row and {now} here; keep one"
        who = f"informant {shortened(place.informant)}" if place.informant else "the informant"
        return (
            f"{who} of {self.name} answered {told} in an earlier row and {now} here; keep one, "
            "or name two informants apart in a column 'informant'"
        )

    def check_points(self) -> None:
        """Raise ValueError where points are incomplete or do not add to 1 within a hundredth."""
        points = [self.said.get(_place("points", persona)) for persona in PERSONAS]
        known = [float(cast(float, value)) for value in points if value is not None]
        if len(known) < len(PERSONAS):
            raise ValueError(f"{len(known)} of the three points_ columns given; give all or none")
        if abs(math.fsum(known) - 1) > _TOLERANCE:
            raise ValueError(f"the points add to {math.fsum(known):.4g}; they must add to 1")

    @property
    def label_from_points(self) -> bool:
        """True when there are points to take the label from, and no label."""
        return _place("points", PERSONAS[0]) in self.said and _place("label") not in self.said

    def company(self) -> Company:
        """Return the company that was drafted.

        Where only points are given the label is the persona with most, undecided as mixed below
        half of them; where only a persona is given it has all points.
        """
        label, reason, points = self._label()
        return Company(
            company=self.name,
            informants=self._informants(),
            signals={name: float(cast(float, value)) for name, value in self._all("signal")},
            controls={name: str(value) for name, value in self._all("control")},
            wording=self._wording(),
            gate=cast("Reason | None", self.said.get(_place("gate"))),
            points=points,
            label=label,
            reason=reason,
            source=str(self.said.get(_place("source"), "")),
            weight=float(cast(float, self.said.get(_place("weight"), 1.0))),
        )

    def _label(self) -> tuple[str | None, str | None, tuple[float, float, float] | None]:
        label = cast(str | None, self.said.get(_place("label")))
        reason = cast(str | None, self.said.get(_place("reason")))
        points = self._points()
        if points and label is None:
            most = max(points)
            label = PERSONAS[points.index(most)] if most >= DECIDED_FROM else UNDECIDED
            reason = reason or "mixed"
        elif label in PERSONAS and not points:
            sales, passive, dynamic = (float(label == persona) for persona in PERSONAS)
            points = (sales, passive, dynamic)
        return label, reason if label == UNDECIDED else None, points

    def _points(self) -> tuple[float, float, float] | None:
        given = {name: float(cast(float, value)) for name, value in self._all("points")}
        if not given:
            return None
        total = math.fsum(given.values())
        scale = 1 / total if abs(total - 1) > _ROUNDING else 1.0
        sales, passive, dynamic = (given[persona] * scale for persona in PERSONAS)
        return sales, passive, dynamic

    def _informants(self) -> dict[str, dict[str, str]]:
        answers = sorted(place for place in self.said if place.kind == "answer")
        found: dict[str, dict[str, str]] = {place.informant: {} for place in answers}
        for place in answers:
            found[place.informant][place.name] = str(self.said[place])
        return dict(sorted(found.items()))

    def _wording(self) -> Wording | None:
        words = {name: cast(dict[str, int], value) for name, value in self._all("words")}
        return Wording(*(words.get(part, {}) for part in WORD_PARTS)) if words else None

    def _all(self, kind: Kind) -> Iterator[tuple[str, Value]]:
        """Yield names and values of one kind, in alphabetical order of the names."""
        for place in sorted(place for place in self.said if place.kind == kind):
            yield place.name, self.said[place]
