"""The result: everything about one company, saved in one file."""

from pathlib import Path
from typing import Annotated

import msgspec
from msgspec.structs import replace

from persona.advice.execution import Execution
from persona.advice.plan import Plan
from persona.advice.progress import Record
from persona.advice.verify import Check
from persona.capture.records import Unread
from persona.drawn import Drawn
from persona.errors import FileError, ResultError, UsageError
from persona.files import decode, encode, read_bytes, write_atomically
from persona.layout import company_name
from persona.model.artefact import LoadedModel
from persona.model.evidence import Evidence
from persona.model.outside import Difference, Sighting
from persona.model.profile import Profile
from persona.model.verdict import Verdict
from persona.observations import Gate, ObservationRow, PageRead, Revision, Trace
from persona.vocabulary import PERSONAS, Label, Persona, Reason

SCHEMA = 1
LONGEST_NAME = 80
"""In characters, of a respondent's role or name."""

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


class Respondent(msgspec.Struct, frozen=True, omit_defaults=True):
    """Who answered; both are optional.

    ``role`` ("Head of sales") names a person's view in comparisons and reports. ``name`` is kept
    in the saved file alone: nothing that is shown, sent or written elsewhere holds it.
    """

    role: str | None = None
    name: str | None = None

    @classmethod
    def of(cls, role: str | None, name: str | None) -> "Respondent | None":
        """Return a respondent from what was typed, None where nothing was.

        Raises UsageError for a role or name of more than 80 characters.
        """
        role, name = _typed("role", role), _typed("name", name)
        return cls(role, name) if role or name else None


def _typed(what: str, text: str | None) -> str | None:
    shown = company_name(text)
    if shown is not None and len(shown) > LONGEST_NAME:
        raise UsageError(
            f"the respondent's {what} has {len(shown)} characters; at most {LONGEST_NAME} are taken"
        )
    return shown


class Result(Drawn, frozen=True, kw_only=True):
    """Everything about one company at one time.

    The fields of the verdict stand at the top level, as in :class:`persona.model.verdict.Verdict`.
    ``row`` keeps the words of the questions, so that a result can be shown again after the
    questionnaire has been reworded. ``label_changes`` and ``leader_changes`` are the smallest
    sets of other answers that would change the label, and the leading persona. ``asked`` counts
    the items on method there are, ``needed`` how many answers to them a verdict takes.
    ``website`` is there when a website was read. ``progress`` holds what was recorded of the
    plan's metrics, in the order in which it was recorded.
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
    option_order: dict[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
    revisions: tuple[Revision, ...] = ()
    website: Website | None = None
    respondent: Respondent | None = None
    progress: tuple[Record, ...] = ()

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


def without_name(result: Result) -> Result:
    """Return the result as it may leave its file: without the respondent's name."""
    who = result.respondent
    if who is None or who.name is None:
        return result
    return replace(result, respondent=Respondent(who.role) if who.role else None)


def save_result(result: Result, path: str | Path) -> None:
    """Write a result atomically; OutputError when the place cannot be written to."""
    write_atomically(Path(path), encode_result(result))


def load_result(path: str | Path) -> Result:
    """Read a saved result; ResultError says in one line why it cannot be used."""
    try:
        content = read_bytes(Path(path))
    except FileError as error:
        raise ResultError(str(error)) from None
    return decode_result(content, str(path))


def decode_result(content: bytes, where: str) -> Result:
    """Return a result from what a file of it holds; ResultError names ``where`` it came from."""
    try:
        version = decode(content, _Version).schema
        if version < 1:
            raise FileError(f"schema {version} never was")
        if version > SCHEMA:
            raise ResultError(
                f"{where}: written by a newer version (schema {version}); update persona to read it"
            )
        result = decode(content, Result)
    except FileError as error:
        raise ResultError(f"{where}: not a saved result ({error})") from None
    website = result.website
    opinions = (website.website_alone, website.answers_alone) if website is not None else ()
    shares = [each.probabilities for each in (result, *opinions) if each is not None]
    for by_persona in (*shares, result.logits, result.intercept):
        if set(by_persona) != set(PERSONAS):
            raise ResultError(f"{where}: not a saved result (a persona is missing)")
    return result
