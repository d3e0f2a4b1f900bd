"""The codebook: the questions that tell annotators how to label a company, from a TOML file."""

from collections.abc import Collection, Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Final, Literal

import msgspec
import numpy as np
import rtoml

from persona.errors import CodebookError, FileError
from persona.files import read_text
from persona.questionnaire.items import Questionnaire
from persona.vocabulary import DIMENSIONS, PERSONAS, Persona, Reason

CODEBOOK: Final = Path(__file__).parent.parent / "data" / "codebook.toml"

Visible = Literal["usually", "sometimes", "hardly"]
Words = Annotated[str, msgspec.Meta(min_length=1)]

_WEIGHT: Final[Mapping[Visible, float]] = {"usually": 1.0, "sometimes": 0.6, "hardly": 0.0}
"""How far a question counts for how often a website answers it; judged, not measured."""


class Gate(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A question asked before all others, and when it makes the label undecided."""

    reason: Reason
    question: Words
    undecided_if: Words


class Question(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is asked on one dimension, and what speaks for each method."""

    id: str
    visible: Visible
    question: Words
    look_at: Words
    sales_driven: Words
    passive_marketer: Words
    dynamic_marketer: Words
    beware: Words


class Pair(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Tests that tell two methods apart."""

    between: tuple[Persona, Persona]
    tests: Annotated[tuple[Words, ...], msgspec.Meta(min_length=1)]


class Codebook(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All questions, tests and gates, and how points are given."""

    version: Literal[1]
    points: Words
    gate: tuple[Gate, ...]
    dimension: tuple[Question, ...]
    pair: tuple[Pair, ...]

    def __getitem__(self, dimension: str) -> Question:
        """Return the question on one dimension; KeyError for an unknown code."""
        for question in self.dimension:
            if question.id == dimension:
                return question
        raise KeyError(dimension)

    def tests(self, pair: Collection[Persona]) -> Pair:
        """Return the tests between two personas, in either order."""
        return next(each for each in self.pair if set(each.between) == set(pair))


def load_codebook(path: Path = CODEBOOK) -> Codebook:
    """Load and check a codebook; CodebookError says in one line what is wrong with it."""
    try:
        book = msgspec.convert(rtoml.loads(read_text(path)), Codebook)
    except (FileError, rtoml.TomlParsingError, msgspec.ValidationError) as error:
        raise CodebookError(f"{path}: {error}") from None
    asked = [question.id for question in book.dimension]
    if sorted(asked) != sorted(DIMENSIONS):
        odd = sorted(set(asked).symmetric_difference(DIMENSIONS)) or ["one is asked twice"]
        raise CodebookError(f"{path}: each of the 14 dimensions takes one question: {odd[0]}")
    pairs = {frozenset(pair.between) for pair in book.pair}
    if len(pairs) != len(PERSONAS) or any(len(pair) != 2 for pair in pairs):
        raise CodebookError(f"{path}: each two personas take one [[pair]] of tests")
    return book


@cache
def shipped_codebook() -> Codebook:
    """Return the codebook that ships with the program, loaded once."""
    return load_codebook()


def questions_between(
    book: Codebook,
    questionnaire: Questionnaire,
    pair: tuple[Persona, Persona],
    settled: Collection[str],
    most: int,
) -> tuple[str, ...]:
    """Return the dimensions to ask about that tell two personas apart best, best first.

    Left out are those ``settled`` and those that websites hardly show. How far a dimension tells
    two personas apart is the divergence (Jeffreys 1946) of the answers that the questionnaire's
    table expects of them, times how often websites show it.
    """
    apart = {
        question.id: _WEIGHT[question.visible] * _divergence(questionnaire, question.id, pair)
        for question in book.dimension
        if question.id not in settled and _WEIGHT[question.visible] > 0
    }
    return tuple(sorted(apart, key=lambda each: (-apart[each], each))[:most])


def _divergence(
    questionnaire: Questionnaire, dimension: str, pair: tuple[Persona, Persona]
) -> float:
    one, other = (PERSONAS.index(persona) for persona in pair)
    total = 0.0
    for item in questionnaire.of_kind("persona"):
        shares = [option.p for option in item.options if option.p]
        if item.dimension == dimension:
            p, q = (np.array([share[index] for share in shares]) for index in (one, other))
            total += float(((p - q) * np.log(p / q)).sum())
    return total
