"""The questions to talk about, as data: loaded and checked."""

from functools import cache
from pathlib import Path
from typing import Annotated, Final

import msgspec
import rtoml

from persona.errors import FileError, TalkingPointsError
from persona.files import read_text
from persona.vocabulary import DIMENSIONS, EXECUTION_ITEMS, PERSONA_NAMES

TALKING_POINTS_FILE: Final = Path(__file__).parent.parent.parent / "data" / "talking_points.toml"
MOST_WORDS: Final = 40
OPENERS: Final = frozenset(("What", "Which", "Who", "Whom", "Whose", "How", "When", "Where", "Why"))
"""Words that open a question which yes or no cannot answer."""

Question = Annotated[str, msgspec.Meta(min_length=1)]


class Between(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The questions on one dimension, by the two methods that two answers resemble."""

    sales_passive: Question
    passive_dynamic: Question
    sales_dynamic: Question

    def question(self, low: int, high: int) -> str:
        """Return the question for two levels, 1 to 3, the lower first."""
        if high - low > 1:
            return self.sales_dynamic
        return self.sales_passive if low == 1 else self.passive_dynamic


class TalkingPoints(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All questions: by dimension, and by item on execution."""

    version: int
    dimension: dict[str, Between]
    execution: dict[str, Question]


@cache
def shipped_talking_points() -> TalkingPoints:
    """Return the questions that ship with the program, loaded once."""
    return load_talking_points()


def load_talking_points(path: Path = TALKING_POINTS_FILE) -> TalkingPoints:
    """Load and check questions; TalkingPointsError says in one line what is wrong with them."""
    try:
        points = msgspec.convert(rtoml.loads(read_text(path)), TalkingPoints)
    except (FileError, rtoml.TomlParsingError, msgspec.ValidationError) as error:
        raise TalkingPointsError(f"{path.name}: {error}") from None
    if points.version != 1:
        raise TalkingPointsError(f"{path.name}: version must be 1")
    _check_complete(path.name, "dimension", set(points.dimension), set(DIMENSIONS))
    items = {f"E{number:02d}" for number in range(1, EXECUTION_ITEMS + 1)}
    _check_complete(path.name, "execution", set(points.execution), items)
    _check_texts(path.name, points)
    return points


def _check_complete(file: str, table: str, there: set[str], wanted: set[str]) -> None:
    if missing := wanted - there:
        raise TalkingPointsError(f"{file}: {table}.{min(missing)} is missing")
    if surplus := there - wanted:
        raise TalkingPointsError(f"{file}: {table}.{min(surplus)} is not one that is looked for")


def _check_texts(file: str, points: TalkingPoints) -> None:
    seen: dict[str, str] = {}
    for where, text in _by_place(points).items():
        if problem := _problem(text):
            raise TalkingPointsError(f"{file}: {where}: {problem}")
        if text in seen:
            raise TalkingPointsError(f"{file}: {where}: is the same question as {seen[text]}")
        seen[text] = where


def _problem(text: str) -> str | None:
    """Return what is wrong with a question, None where nothing is."""
    if not text.isprintable() or text.strip() != text or not text.endswith("?"):
        return "must be one line that ends with a question mark"
    if text.split()[0] not in OPENERS:
        return f"must begin with a question word such as What, not {text.split()[0]!r}"
    if len(text.split()) > MOST_WORDS:
        return f"{len(text.split())} words, and at most {MOST_WORDS} are read out well"
    named = [name for name in PERSONA_NAMES.values() if name.lower() in text.lower()]
    return f"names a method ({named[0]}), which takes a side" if named else None


def _by_place(points: TalkingPoints) -> dict[str, str]:
    """Return every question by its heading in the file."""
    places = {
        f"dimension.{code}.{which}": text
        for code, between in points.dimension.items()
        for which, text in msgspec.structs.asdict(between).items()
    }
    return places | {f"execution.{item}": text for item, text in points.execution.items()}
