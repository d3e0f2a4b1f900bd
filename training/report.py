"""Everything that is reported of a training run; the model card prints nothing else.

What was not measured is left at its default and is said to be so. All figures but counts come
from companies that played no part in the fit they judge.
"""

import msgspec

from persona.model.artefact import Weights
from persona.training.about import About
from persona.training.curves import CalibrationBin, CoveragePoint, LearningCurve
from persona.training.measures import GroupMeasures, Interval, Measures


class DataInShort(msgspec.Struct, frozen=True, kw_only=True):
    """How much there was to learn from, counted in companies unless said otherwise.

    ``labels`` counts labelled companies by persona or "undecided", ``reasons`` the latter by
    reason; ``weak`` those that help fitting and are never judged. ``answered`` and ``websites``
    count labelled companies with either, ``answer_rows`` rows of answers, ``sources`` websites by
    where their pages are from.
    """

    companies: int
    labels: dict[str, int]
    reasons: dict[str, int] = {}
    weak: int = 0
    answered: int = 0
    answer_rows: int = 0
    websites: int = 0
    sources: dict[str, int] = {}


class Contender(msgspec.Struct, frozen=True):
    """One model, block of features or geometry in one view, beside the shipped model.

    ``difference`` is the kappa of the shipped model minus that of this one on the same rows,
    ``loss_difference`` the same in log loss; both are None for the shipped model itself.
    """

    name: str
    view: str
    measures: Measures
    difference: Interval | None = None
    loss_difference: Interval | None = None


class KnownAnswers(msgspec.Struct, frozen=True):
    """The shipped model where at most ``known`` answers of a row were left."""

    known: int
    view: str
    measures: Measures


class LeftOut(msgspec.Struct, frozen=True):
    """A source or industry judged by a model fitted to all others; ``group`` "all" is the sum.

    ``kind`` is "source" or "industry"; ``controls_kappa`` is what industry, size and kind of
    customer alone reach on the same rows.
    """

    kind: str
    group: str
    view: str
    rows: int
    kappa: Interval | None
    controls_kappa: Interval | None = None


class GroupTable(msgspec.Struct, frozen=True):
    """Agreement by "industry", "size" or "source" in one view, by name of the group."""

    kind: str
    view: str
    groups: dict[str, GroupMeasures]


class ReasonSaid(msgspec.Struct, frozen=True):
    """Companies the annotators left undecided for one reason: how often the model said what.

    ``said`` counts by persona where a verdict was given, else by the model's reason.
    """

    reason: str
    rows: int
    said: dict[str, int]


class UndecidedStudy(msgspec.Struct, frozen=True, kw_only=True):
    """When no verdict is given.

    ``stated_error`` is the share of rows decided by answers that
    may be wrong, ``site_error`` that of rows decided by a website alone.

    The thresholds were chosen on predictions for companies not fitted to. None is "not fitted".
    """

    stated_error: float
    site_error: float
    min_answers: int
    min_probability: float | None
    min_words: int | None
    min_site_probability: float | None
    view: str = "website"
    reasons: tuple[ReasonSaid, ...] = ()


class Moved(msgspec.Struct, frozen=True):
    """The option of an item whose weights the data moved most from the table they began with.

    ``change`` is the largest change of a difference between two personas, in nats; ``words``
    those of the option.
    """

    item: str
    option: str
    words: str
    change: float
    prior: Weights
    fitted: Weights


class Importance(msgspec.Struct, frozen=True):
    """How much an item, a signal or a word matters, and the persona that more of it speaks for.

    ``spread`` is the standard deviation over companies of what it adds to the difference between
    two personas, of the pair for which it is largest, in nats. ``kind`` is "item", "signal" or
    the part of a website's words.
    """

    kind: str
    name: str
    words: str
    spread: float
    toward: str


class Previous(msgspec.Struct, frozen=True):
    """The model minus an earlier one on the same rows: by view, the figures of ``compare``."""

    name: str
    views: dict[str, dict[str, Interval]]


class ViewCurves(msgspec.Struct, frozen=True):
    """What the charts draw of one view."""

    calibration: tuple[CalibrationBin, ...]
    coverage: tuple[CoveragePoint, ...]


class TrainingReport(msgspec.Struct, frozen=True, kw_only=True):
    """One training run. Views are "answers", "website" and "both".

    ``chosen`` holds what cross-validation chose, by name; ``blocks`` the website with some of its
    features only, ``geometry`` one ladder of three steps against three classes, ``tried`` one
    sentence for each thing that did not help, ``commands`` what makes the same model again.
    """

    name: str
    created: str
    method: str
    data_sha256: str
    data: DataInShort
    folds: int
    repeats: int
    commands: tuple[str, ...]
    views: dict[str, Measures]
    about: About = About()
    curves: dict[str, ViewCurves] = {}
    chosen: dict[str, float] = {}
    bakeoff: tuple[Contender, ...] = ()
    known: tuple[KnownAnswers, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    groups: tuple[GroupTable, ...] = ()
    undecided: UndecidedStudy | None = None
    moved: tuple[Moved, ...] = ()
    importance: tuple[Importance, ...] = ()
    blocks: tuple[Contender, ...] = ()
    geometry: tuple[Contender, ...] = ()
    tried: tuple[str, ...] = ()
    learning: tuple[LearningCurve, ...] = ()
    previous: Previous | None = None
