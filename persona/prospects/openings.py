"""How to open a conversation with a company, by its method and what most speaks for it."""

import math
from functools import cache
from pathlib import Path
from typing import Annotated, Final

import msgspec
import rtoml

from persona.errors import FileError, OpeningsError
from persona.files import read_text
from persona.model.verdict import Verdict
from persona.observations import ObservationRow
from persona.vocabulary import DIMENSIONS, PERSONAS, Label, Persona, Reason

OPENINGS_FILE: Final = Path(__file__).parent.parent / "data" / "openings.toml"
FEWER_WORDS_THAN: Final = 40

Text = Annotated[str, msgspec.Meta(min_length=1)]


class Opening(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Advice to whoever contacts a company, each part under 40 words.

    ``start`` says how to begin, ``offer`` names a small next step, ``avoid`` what not to lead with.
    """

    start: Text
    offer: Text
    avoid: Text

    def __str__(self) -> str:
        """Return all three parts as they stand in a cell."""
        return f"Start: {self.start} Offer: {self.offer} Avoid: {self.avoid}"


class Openings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All openings: by method and dimension, by method, between two methods, and for the rest."""

    version: int
    unknown: Opening
    general: dict[Persona, Opening]
    between: dict[Persona, dict[Persona, Opening]]
    dimension: dict[Persona, dict[str, Opening]]


@cache
def opening(
    label: Label,
    reason: Reason | None,
    leader: Persona,
    runner_up: Persona,
    dimension: str | None,
) -> str:
    """Return the opening for a verdict as one line of text.

    ``dimension`` is the one that most speaks for the leader, None where none does. A row that is
    out of scope has no opening.
    """
    openings = shipped_openings()
    if reason == "mixed":
        first, second = sorted((leader, runner_up), key=PERSONAS.index)
        return str(openings.between[first][second])
    if reason == "thin":
        return str(openings.unknown)
    if label not in PERSONAS:
        return ""
    if dimension is None:
        return str(openings.general[leader])
    return str(openings.dimension[leader][dimension])


def strongest_dimension(verdict: Verdict, row: ObservationRow) -> str | None:
    """Return the dimension whose answers and signals add most to the leader's lead.

    None where no dimension adds any. On a tie, the first in the order of
    ``vocabulary.DIMENSIONS``. Words are of no dimension.
    """
    of: dict[str, str | None] = {signal.id: signal.dimension for signal in row.signals}
    of |= {answer.item: answer.dimension for answer in row.answers}
    margins: dict[str | None, list[float]] = {dimension: [] for dimension in DIMENSIONS}
    for one in verdict.evidence:
        if not one.is_wording:
            margins.setdefault(of.get(one.item), []).append(verdict.margin(one))
    sums = {each: math.fsum(margins[each]) for each in DIMENSIONS}
    best = max(sums, key=sums.__getitem__)
    return best if sums[best] > 0 else None


@cache
def shipped_openings() -> Openings:
    """Return the openings that ship with the program, loaded once."""
    return load_openings()


def load_openings(path: Path = OPENINGS_FILE) -> Openings:
    """Load and check openings; OpeningsError says in one line what is wrong with them."""
    try:
        openings = msgspec.convert(rtoml.loads(read_text(path)), Openings)
    except (FileError, rtoml.TomlParsingError, msgspec.ValidationError) as error:
        raise OpeningsError(f"{path.name}: {error}") from None
    _check_complete(path.name, openings)
    _check_texts(path.name, openings)
    return openings


def _check_complete(file: str, openings: Openings) -> None:
    if openings.version != 1:
        raise OpeningsError(f"{file}: version must be 1")
    wanted = {f"general.{persona}" for persona in PERSONAS}
    wanted |= {f"dimension.{persona}.{code}" for persona in PERSONAS for code in DIMENSIONS}
    wanted |= {
        f"between.{first}.{second}"
        for place, first in enumerate(PERSONAS)
        for second in PERSONAS[place + 1 :]
    }
    there = set(_by_place(openings)) - {"unknown"}
    if missing := wanted - there:
        raise OpeningsError(f"{file}: {min(missing)} is missing")
    if surplus := there - wanted:
        raise OpeningsError(f"{file}: {min(surplus)} is not one that is looked for")


def _check_texts(file: str, openings: Openings) -> None:
    seen: dict[str, str] = {}
    for place, one in _by_place(openings).items():
        for part, text in msgspec.structs.asdict(one).items():
            where = f"{file}: {place}: {part}"
            if len(text.split()) >= FEWER_WORDS_THAN:
                raise OpeningsError(f"{where}: {len(text.split())} words, must be under 40")
            if not text.isprintable() or text.strip() != text or text[-1:] not in ".?!":
                raise OpeningsError(f"{where}: must be one line that ends like a sentence")
            if text in seen:
                raise OpeningsError(f"{where}: is the same text as {seen[text]}")
            seen[text] = f"{place}: {part}"


def _by_place(openings: Openings) -> dict[str, Opening]:
    """Return every opening by its heading in the file."""
    places = {"unknown": openings.unknown}
    places |= {f"general.{persona}": one for persona, one in openings.general.items()}
    for name, tables in (("between", openings.between), ("dimension", openings.dimension)):
        for persona, entries in tables.items():
            places |= {f"{name}.{persona}.{key}": one for key, one in entries.items()}
    return places
