"""The catalogue: every signal and every control, declared once in ``data/signals.toml``."""

from functools import cache
from pathlib import Path
from typing import Annotated, Final, Literal

import msgspec

from persona.errors import CatalogueError, FileError
from persona.files import read_text
from persona.vocabulary import DIMENSIONS, Zone

DATA: Final = Path(__file__).parent.parent / "data"
CATALOGUE: Final = DATA / "signals.toml"
SIGNALS: Final = 58
CONTROLS: Final = 10

Kind = Literal["share", "rate", "count", "flag", "index", "code"]
Family = Literal[
    "paths", "style", "partners", "jobs", "leaders", "news", "events", "material", "care"
]
Lean = Annotated[int, msgspec.Meta(ge=-2, le=2)]


class SignalEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One signal as declared: what it is, where it is looked for, and which way it leans.

    ``directions`` is the lean of a high value toward each persona, in the order of
    ``vocabulary.PERSONAS``; ``full`` the value from which on it counts fully; ``absence`` the
    least number of pages of its zones for a value of 0 to mean anything; ``codes`` what each
    value of a code says.
    """

    id: Annotated[str, msgspec.Meta(pattern=r"^W\d\d$")]
    name: str
    dimension: str
    family: Family
    zones: tuple[Zone, ...]
    kind: Kind
    unit: str
    directions: tuple[Lean, Lean, Lean]
    strength: Literal["H", "M", "L"]
    full: Annotated[float, msgspec.Meta(gt=0)]
    absence: Annotated[int, msgspec.Meta(ge=1)]
    says: str
    why: str
    confounds: str
    missing: str
    needs: Literal["", "corpus", "history"] = ""
    codes: dict[str, str] = {}


class ControlEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One control as declared."""

    id: Annotated[str, msgspec.Meta(pattern=r"^K\d\d$")]
    name: str
    type: Literal["text", "number"]
    unit: str
    use: str


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    signal: tuple[SignalEntry, ...]
    control: tuple[ControlEntry, ...]


class Catalogue(msgspec.Struct, frozen=True):
    """All signals and controls, in order of their ids."""

    signals: tuple[SignalEntry, ...]
    controls: tuple[ControlEntry, ...]

    def __getitem__(self, signal: str) -> SignalEntry:
        """Return one signal's entry; KeyError for an unknown id."""
        for entry in self.signals:
            if entry.id == signal:
                return entry
        raise KeyError(signal)


def load_catalogue(path: Path = CATALOGUE) -> Catalogue:
    """Load and check a catalogue; CatalogueError says in one line what is wrong with it."""
    import rtoml

    try:
        file = msgspec.convert(rtoml.loads(read_text(path)), _File)
    except (FileError, rtoml.TomlParsingError, msgspec.ValidationError) as error:
        raise CatalogueError(f"{path}: {error}") from None
    expected = [f"W{number:02}" for number in range(1, SIGNALS + 1)]
    if [entry.id for entry in file.signal] != expected:
        raise CatalogueError(f"{path}: the signals must be W01 to W{SIGNALS}, in order")
    expected = [f"K{number:02}" for number in range(1, CONTROLS + 1)]
    if [entry.id for entry in file.control] != expected:
        raise CatalogueError(f"{path}: the controls must be K01 to K{CONTROLS}, in order")
    for entry in file.signal:
        if entry.dimension not in DIMENSIONS:
            raise CatalogueError(f"{path}: {entry.id}: no dimension {entry.dimension!r}")
    return Catalogue(file.signal, file.control)


@cache
def shipped_catalogue() -> Catalogue:
    """Return the catalogue that ships with the program, loaded once."""
    return load_catalogue()
