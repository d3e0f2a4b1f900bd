"""The questionnaire as data: items, options and the probability table, loaded and checked."""

import math
import re
from functools import cached_property
from pathlib import Path
from typing import Any, NoReturn

import msgspec
import rtoml

from persona.errors import FileError, QuestionnaireError
from persona.files import read_text
from persona.observations import Kind
from persona.vocabulary import DIMENSIONS, PERSONAS, Gap

_IDS = {"persona": r"P\d\d", "execution": r"E\d\d", "context": r"C\d\d"}

QUESTIONNAIRE_FILE = Path(__file__).parent.parent / "data" / "questionnaire.toml"


class Option(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One answer that can be chosen.

    ``p`` is P(option | persona) in the order of ``vocabulary.PERSONAS``, each in (0, 1).
    ``level`` is 1 to 3 on the dimension or 0 for neutral. ``score`` is 0 to 3.
    """

    id: str
    text: str
    p: tuple[float, float, float] | None = None
    level: int | None = None
    score: int | None = None
    diagnosis: str | None = None
    opens: tuple[Gap, ...] | None = None


class Item(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One question. ``ordered`` counts the leading options that form one scale."""

    id: str
    kind: Kind
    question: str
    options: tuple[Option, ...]
    dimension: str | None = None
    verify_with: str | None = None
    gaps: tuple[Gap, ...] = ()
    ordered: int = 0

    def option(self, option_id: str) -> Option | None:
        """Return the option with this id, or None."""
        return next((option for option in self.options if option.id == option_id), None)


class Questionnaire(msgspec.Struct, frozen=True, dict=True):
    """All items in the order in which they are asked."""

    version: int
    items: tuple[Item, ...]

    @cached_property
    def by_id(self) -> dict[str, Item]:
        """Items by their id."""
        return {item.id: item for item in self.items}

    def of_kind(self, kind: Kind) -> tuple[Item, ...]:
        """Return the items of one kind, in order."""
        return tuple(item for item in self.items if item.kind == kind)


def load_questionnaire(path: Path = QUESTIONNAIRE_FILE) -> Questionnaire:
    """Load and check a questionnaire.

    Raises QuestionnaireError naming the file, the item and the field that is wrong.
    """
    try:
        document = rtoml.loads(read_text(path))
    except (FileError, rtoml.TomlParsingError) as error:
        raise QuestionnaireError(f"{path.name}: {error}") from None
    unknown = set(document) - {"version", "item"}
    if unknown:
        raise QuestionnaireError(f"{path.name}: unknown field {min(unknown)!r}")
    if document.get("version") != 1:
        raise QuestionnaireError(f"{path.name}: version must be 1")
    raw = document.get("item")
    if not isinstance(raw, list) or not raw:
        raise QuestionnaireError(f"{path.name}: no [[item]] in it")
    items = tuple(_item(path.name, number, entry) for number, entry in enumerate(raw, 1))
    seen: set[str] = set()
    for item in items:
        if item.id in seen:
            raise QuestionnaireError(f"{path.name}: item {item.id}: id is used twice")
        seen.add(item.id)
    return Questionnaire(version=1, items=items)


def _item(file: str, number: int, entry: Any) -> Item:
    name = entry.get("id", f"number {number}") if isinstance(entry, dict) else f"number {number}"
    try:
        item = msgspec.convert(entry, Item)
    except msgspec.ValidationError as error:
        raise QuestionnaireError(f"{file}: item {name}: {_plain(str(error))}") from None
    _Check(file, item).run()
    return item


def _plain(message: str) -> str:
    """Turn msgspec's trailing ``- at `$.options[1].p``` into a leading field name."""
    what, _, place = message.partition(" - at `$.")
    return f"{place.rstrip('`')}: {what}" if place else what


class _Check:
    """What must hold for one item; the first thing that does not is raised."""

    def __init__(self, file: str, item: Item) -> None:
        self.file = file
        self.item = item

    def run(self) -> None:
        if re.fullmatch(_IDS[self.item.kind], self.item.id) is None:
            self.fail("id", f"must look like {_IDS[self.item.kind][0]}01 for kind {self.item.kind}")
        ids = [option.id for option in self.item.options]
        if any(re.fullmatch("[a-e]", option) is None for option in ids):
            self.fail("options", "ids must be letters from a to e")
        if len(ids) < 2:
            self.fail("options", "at least two are needed")
        if len(set(ids)) != len(ids):
            self.fail("options", "an option id is used twice")
        if not 0 <= self.item.ordered <= len(ids):
            self.fail("ordered", f"must be 0 to {len(ids)}")
        if self.item.kind == "context":
            return
        if not self.item.verify_with:
            self.fail("verify_with", "is missing")
        self.probabilities()
        if self.item.kind == "persona":
            self.persona_item()
        else:
            self.execution_item()

    def probabilities(self) -> None:
        for option in self.item.options:
            if option.p is None:
                self.fail(f"option {option.id}, p", "is missing")
            if not all(0 < value < 1 for value in option.p):
                self.fail(f"option {option.id}, p", "every probability must lie between 0 and 1")
        for index, persona in enumerate(PERSONAS):
            total = math.fsum(option.p[index] for option in self.item.options if option.p)
            if abs(total - 1) > 1e-9:
                self.fail("p", f"the probabilities for {persona} add to {total:.4f}, not 1")

    def persona_item(self) -> None:
        if self.item.dimension not in DIMENSIONS:
            self.fail("dimension", f"{self.item.dimension!r} is not one of the fourteen")
        for option in self.item.options:
            if option.level not in (0, 1, 2, 3):
                self.fail(f"option {option.id}, level", "must be 0, 1, 2 or 3")

    def execution_item(self) -> None:
        if not self.item.gaps:
            self.fail("gaps", "is missing")
        for option in self.item.options:
            if option.p and len(set(option.p)) != 1:
                self.fail(
                    f"option {option.id}, p",
                    "must be equal across personas: execution never moves the method",
                )
            if option.score not in (None, 0, 1, 2, 3):
                self.fail(f"option {option.id}, score", "must be 0, 1, 2 or 3, or absent")
            if not option.diagnosis:
                self.fail(f"option {option.id}, diagnosis", "is missing")
            if set(option.opens or ()) - set(self.item.gaps):
                self.fail(f"option {option.id}, opens", "names a gap the item does not have")

    def fail(self, field: str, problem: str) -> NoReturn:
        raise QuestionnaireError(f"{self.file}: item {self.item.id}: {field}: {problem}")
