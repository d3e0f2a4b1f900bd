"""The result: everything about one company, saved in one file."""

from pathlib import Path
from typing import Annotated

import msgspec

from persona.advice.execution import Execution
from persona.advice.plan import Plan
from persona.advice.verify import Check
from persona.capture.records import Unread
from persona.errors import FileError, ResultError
from persona.files import decode, encode, read_bytes, write_atomically
from persona.model.artefact import LoadedModel
from persona.model.evidence import Evidence
from persona.model.outside import Difference, Sighting
from persona.model.profile import Profile
from persona.model.verdict import Verdict
from persona.observations import Gate, ObservationRow, PageRead, Revision, Trace
from persona.vocabulary import PERSONAS, Label, Persona, Reason

SCHEMA = 1

Share = Annotated[float, msgspec.Meta(ge=0, le=1)]


class ModelName(msgspec.Struct, frozen=True):
    """Which model gave the verdict.

    ``rows`` counts the labelled companies it was fitted to, ``labelled_by`` says by whom.
    """

    name: str
    sha256: str
    rows: int = 0
    labelled_by: str = ""

    @classmethod
    def of(cls, loaded: LoadedModel) -> "ModelName":
        """Return the name of a loaded model."""
        training = loaded.model.training
        return cls(loaded.model.name, loaded.sha256, training.rows, training.labelled_by)


class SwapInWords(msgspec.Struct, frozen=True):
    """One answer that would have to be another, with the words of both."""

    item: str
    given: str
    instead: str
    question: str
    given_text: str
    instead_text: str


class Alternative(msgspec.Struct, frozen=True):
    """A smallest set of other answers, with the label and the leading persona it would give."""

    label: Label
    leader: Persona
    swaps: tuple[SwapInWords, ...]


class Opinion(msgspec.Struct, frozen=True):
    """What one side says by itself: the answers alone, or the website alone."""

    label: Label
    reason: Reason | None
    leader: Persona
    probabilities: dict[Persona, Share]


class Website(msgspec.Struct, frozen=True, kw_only=True):
    """What was read of a website, and what it shows; its signals stand in the result's ``row``.

    ``gate`` says why the website gives no verdict by itself, where it does not. ``untrained`` is
    True while the signals' weights are fitted to no company. ``differences`` are the dimensions
    on which website and answers disagree.
    """

    site: str
    address: str
    pages: tuple[PageRead, ...]
    unread: tuple[Unread, ...]
    gate: Gate | None
    untrained: bool
    sightings: tuple[Sighting, ...]
    traces: tuple[Trace, ...]
    website_alone: Opinion
    answers_alone: Opinion | None
    differences: tuple[Difference, ...]


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """Everything about one company at one time.

    The fields of the verdict stand at the top level, as in :class:`persona.model.verdict.Verdict`.
    ``row`` keeps the words of the questions, so that a result can be shown again after the
    questionnaire has been reworded. ``label_changes`` and ``leader_changes`` are the smallest
    sets of other answers that would change the label, and the leading persona. ``asked`` counts
    the items on method there are, ``needed`` how many answers to them a verdict takes.
    ``website`` is there when a website was read.
    """

    schema: int = SCHEMA
    company: str | None
    assessed_on: str
    model: ModelName
    label: Label
    confidence: Share
    reason: Reason | None
    leader: Persona
    runner_up: Persona
    probabilities: dict[Persona, Share]
    logits: dict[Persona, float]
    intercept: dict[Persona, float]
    evidence: tuple[Evidence, ...]
    asked: int
    needed: int
    label_changes: Alternative | None
    leader_changes: Alternative | None
    profile: Profile
    execution: Execution
    plan: Plan
    verify: tuple[Check, ...]
    row: ObservationRow
    option_order: dict[str, tuple[str, ...]] = {}
    revisions: tuple[Revision, ...] = ()
    website: Website | None = None

    @property
    def verdict(self) -> Verdict:
        """The verdict alone."""
        return Verdict(
            **{field: getattr(self, field) for field in Verdict.__struct_fields__},
        )


class _Version(msgspec.Struct):
    schema: int


def encode_result(result: Result) -> bytes:
    """Return the result as readable JSON; equal results give equal bytes."""
    return encode(result)


def save_result(result: Result, path: Path) -> None:
    """Write a result atomically; OutputError when the place cannot be written to."""
    write_atomically(path, encode_result(result))


def load_result(path: Path) -> Result:
    """Read a saved result; ResultError says in one line why it cannot be used."""
    try:
        content = read_bytes(path)
    except FileError as error:
        raise ResultError(str(error)) from None
    try:
        version = decode(content, _Version).schema
        if version < 1:
            raise FileError(f"schema {version} never was")
        if version > SCHEMA:
            raise ResultError(
                f"{path}: written by a newer version (schema {version}); update persona to read it"
            )
        result = decode(content, Result)
    except FileError as error:
        raise ResultError(f"{path}: not a saved result ({error})") from None
    for shares in (result.probabilities, result.logits, result.intercept):
        if set(shares) != set(PERSONAS):
            raise ResultError(f"{path}: not a saved result (a persona is missing)")
    return result
