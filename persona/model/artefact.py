"""The model file: readable JSON, checked against a schema and a SHA-256 before use.

The file is an envelope ``{"schema", "sha256", "model"}``. The hash covers the bytes of
``model`` exactly as they stand in the file, so that no canonical form has to be agreed on.
Nothing in the file is ever executed.
"""

import re
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any, NoReturn

import msgspec

from persona.digest import sha256
from persona.errors import FileError, ModelError
from persona.files import decode, read_bytes, write_atomically
from persona.observations import WordPart
from persona.vocabulary import PERSONAS, Persona

SCHEMA = "persona-model/1"
MODELS = Path(__file__).parent.parent / "models"
_LARGEST_WEIGHT = 1000.0
_METHOD_ITEM = re.compile(r"P\d\d")
_SIGNAL = re.compile(r"W\d\d")
_WORD = re.compile(r"[a-z]{3,24}")
_LABEL = re.compile(r"[a-z]{3,24}(?:_[a-z]{3,24})*")
_MOST_WORDS = 50_000
SHIPPED_MODEL = MODELS / "persona-1.json"
PRIOR_MODEL = MODELS / "persona-0.json"
"""Fitted to nothing: the judgement that training begins with."""


_PROGRAMS = (b"\x80", b"PK", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"x\x9c", b"x\xda", b"\x04\x22M\x18")
"""How pickles and packed files begin: those of pickle, joblib and others."""

_NEVER_LOADED = "a pickle or an archive is never loaded, because a model is a JSON file"

_INNERMOST_LIST = re.compile(rb"\[[^\[\]{}]*\]")
_EDGES = re.compile(rb"(?<=\[)\n *|\n *(?=\])")
_BREAKS = re.compile(rb"\n *")
"""Line breaks stand between members only, never inside a string."""

_NOT_ON_ANSWERS = ("site", "card")
"""Fields of a model that answers are weighed without; left out of the file when empty."""

Weights = tuple[float, float, float]
"""One number per persona, in the order of ``vocabulary.PERSONAS``, in nats before tempering."""


class Thresholds(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When a verdict is given rather than ``undecided``.

    ``min_probability`` is the least probability of the leading persona, in [0.5, 1).
    ``min_answers`` is the least number of persona items answered. Where there are fewer, a
    website decides if at least ``min_signals`` of its signals are known, from ``min_families``
    families, and those that found something add at least ``min_support`` nats toward one
    persona; it is ``mixed`` when the weaker of its support for the first and the last persona
    is more than ``clash`` of the stronger.
    """

    min_probability: Annotated[float, msgspec.Meta(ge=0.5, lt=1)]
    min_answers: Annotated[int, msgspec.Meta(ge=0)]
    min_signals: Annotated[int, msgspec.Meta(ge=0)] = 6
    min_families: Annotated[int, msgspec.Meta(ge=0)] = 3
    min_support: Annotated[float, msgspec.Meta(ge=0)] = 0.5
    clash: Annotated[float, msgspec.Meta(ge=0, le=1)] = 0.8


class SignalWeights(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a signal adds, by its value: weights at rising values, linear between, level beyond."""

    family: str
    dimension: str
    at: tuple[float, ...]
    weights: tuple[Weights, ...]


WordWeights = tuple[float, float, float, float]
"""How rare a word is (at least 0), and what it adds toward each persona at its full share."""


class SiteModel(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a website counts, fitted to labelled companies.

    ``intercept`` and ``temperature`` take the place of the model's own where a website decides:
    where fewer answers than ``Thresholds.min_answers`` are known. Beside answers that are enough,
    a website counts with the share ``beside_answers`` of its weight. It decides only if at least
    ``min_words`` different words of the table are found on it, and then with the probability
    ``min_probability`` or more. ``words`` maps part and word to :data:`WordWeights`.

    The share of a word is its rarity times (1 + ln count), divided by the root of the sum of
    squares of these over all the part's words in the table: sites of any size count alike.
    """

    intercept: Weights
    temperature: Annotated[float, msgspec.Meta(ge=0.01, le=1000)]
    beside_answers: Annotated[float, msgspec.Meta(ge=0, le=1)]
    min_probability: Annotated[float, msgspec.Meta(ge=0.34, lt=1)]
    min_words: Annotated[int, msgspec.Meta(ge=1)]
    words: dict[WordPart, dict[str, WordWeights]]


class Training(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What the weights were made from: method, number of labelled companies, hash of the data.

    ``labelled_by`` says in a few words where the labels are from, for every report.
    """

    method: str
    rows: int
    data_sha256: str
    labelled_by: str = ""


class Model(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Weights of the additive model and all that is needed to use and to judge them.

    ``answers`` maps item id and option id to :data:`Weights`, ``signals`` signal id to
    :class:`SignalWeights`; together they are also the column schema. ``signal_rows`` counts the
    labelled rows that the signals' weights were fitted to: 0 says that they are untrained.
    ``site`` says how a website counts once that was fitted. ``card`` holds the model card's
    figures, for readers; nothing in it changes a verdict.
    ``temperature`` divides the sum of intercept and weights: above 1 it makes the model less
    sure of itself.
    """

    name: str
    created: str
    personas: tuple[Persona, ...]
    intercept: Weights
    temperature: Annotated[float, msgspec.Meta(ge=0.01, le=1000)]
    thresholds: Thresholds
    answers: dict[str, dict[str, Weights]]
    training: Training
    metrics: dict[str, float]
    notes: str
    signals: dict[str, SignalWeights] = {}
    signal_rows: int = 0
    site: SiteModel | None = None
    card: dict[str, Any] = {}


class LoadedModel(msgspec.Struct, frozen=True):
    """A checked model together with the hash that identifies it."""

    model: Model
    sha256: str


class _Envelope(msgspec.Struct, forbid_unknown_fields=True):
    schema: str
    sha256: str
    model: msgspec.Raw


def load_model(path: Path = SHIPPED_MODEL, *, website: bool = True) -> LoadedModel:
    """Load and check a model file; ModelError says in one line what is wrong with it.

    Without ``website``, ``site`` and ``card`` are left empty: enough for answers alone, and in a
    fraction of the time, as most of the file is about words.
    """
    try:
        content = read_bytes(path)
    except FileError as error:
        raise ModelError(f"model {error}") from None
    try:
        envelope = decode(content, _Envelope)
    except FileError as error:
        if content.startswith(_PROGRAMS):
            _fail(path, f"not a model file: {_NEVER_LOADED}")
        _fail(path, f"not a model file ({error})")
    if envelope.schema != SCHEMA:
        _fail(path, f"schema {envelope.schema!r} is not {SCHEMA!r}; use the version that wrote it")
    body = bytes(envelope.model)
    if sha256(body).hexdigest() != envelope.sha256:
        _fail(path, "its SHA-256 does not match; it was changed or damaged after it was written")
    try:
        model = decode(body if website else _for_answers(body), Model)
    except FileError as error:
        _fail(path, str(error))
    _check(path, model)
    return LoadedModel(model=model, sha256=envelope.sha256)


def _for_answers(body: bytes) -> bytes:
    members = decode(body, dict[str, msgspec.Raw])
    kept = {name: raw for name, raw in members.items() if name not in _NOT_ON_ANSWERS}
    return msgspec.json.encode(kept)


def _check(path: Path, model: Model) -> None:
    if model.personas != PERSONAS:
        _fail(path, f"personas must be {', '.join(PERSONAS)}, in this order")
    stranger = next((item for item in model.answers if not _METHOD_ITEM.fullmatch(item)), None)
    if stranger is not None:
        _fail(path, f"{stranger!r} is no item on method; only P01 to P28 may carry weights")
    for signal, entry in model.signals.items():
        _check_signal(path, signal, entry)
    if model.site is not None:
        _check_site(path, model.site)
    rows = [
        model.intercept,
        *(row for item in model.answers.values() for row in item.values()),
        *(row for entry in model.signals.values() for row in entry.weights),
    ]
    if any(abs(value) > _LARGEST_WEIGHT for row in rows for value in row):
        _fail(path, f"a weight is larger than {_LARGEST_WEIGHT:g}")


def _check_signal(path: Path, signal: str, entry: SignalWeights) -> None:
    if not _SIGNAL.fullmatch(signal):
        _fail(path, f"{signal!r} is no signal; only W01 to W58 may carry weights")
    if not entry.at or len(entry.at) != len(entry.weights):
        _fail(path, f"{signal} needs one row of weights for each value, and at least one")
    if any(one >= other for one, other in pairwise(entry.at)):
        _fail(path, f"the values of {signal} must rise")


def _check_site(path: Path, site: SiteModel) -> None:
    if max(map(abs, site.intercept)) > _LARGEST_WEIGHT:
        _fail(path, f"a weight in the site's intercept is larger than {_LARGEST_WEIGHT:g}")
    if sum(map(len, site.words.values())) > _MOST_WORDS:
        _fail(path, f"it weighs more than {_MOST_WORDS:,} words")
    for part, words in site.words.items():
        allowed = _LABEL if part == "labels" else _WORD
        for word, numbers in words.items():
            if not allowed.fullmatch(word):
                _fail(path, f"{word!r} is no word of {part}; words are 3 to 24 letters a to z")
            if numbers[0] < 0:
                _fail(path, f"the rarity of {word!r} in {part} is below 0")
            if max(map(abs, numbers)) > _LARGEST_WEIGHT:
                _fail(path, f"a number of {word!r} in {part} is larger than {_LARGEST_WEIGHT:g}")


def _fail(path: Path, problem: str) -> NoReturn:
    raise ModelError(f"model {path}: {problem}")


def encode_model(model: Model) -> bytes:
    """Return the bytes of the model file; equal models give equal bytes."""
    members = msgspec.structs.asdict(model)
    kept = {name: each for name, each in members.items() if each or name not in _NOT_ON_ANSWERS}
    body = _INNERMOST_LIST.sub(
        _on_one_line, msgspec.json.format(msgspec.json.encode(kept), indent=1)
    )
    digest = sha256(body).hexdigest()
    head = f'{{\n"schema": "{SCHEMA}",\n"sha256": "{digest}",\n"model": '
    return head.encode() + body + b"\n}\n"


def _on_one_line(match: re.Match[bytes]) -> bytes:
    return _BREAKS.sub(b" ", _EDGES.sub(b"", match.group()))


def save_model(model: Model, path: Path) -> None:
    """Write the model file atomically; the old file stands if anything goes wrong."""
    write_atomically(path, encode_model(model))
