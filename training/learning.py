"""How much faster a model learns when ``suggest`` chooses what to label, on companies kept apart.

    python -m persona.training.learning TABLE…

Companies are split many times: some are kept apart, the labels of the others are hidden. A first
batch is labelled at random, then more and more, chosen at random or as ``persona suggest`` does;
after each batch a model is fitted to what is labelled and judged on the companies kept apart. Both
ways start from the same split and the same first batch. A company whose label turns out to be
undecided counts as labelled, and teaches nothing.

How ``suggest`` chooses was itself settled by such curves on the tables that ship, so on these its
lead is seen from the hopeful side.
"""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, Literal

import click
import msgspec
import numpy as np
from msgspec.structs import replace

from persona.errors import PersonaError, TableError
from persona.layout import clean
from persona.pipe import shipped_questionnaire
from persona.signals.catalogue import shipped_catalogue
from persona.training.additive import softmax
from persona.training.arrays import Flags, Floats, Whole
from persona.training.calibrate import OutOfFold, judged_weights, least_loss
from persona.training.companies import JUDGED, Company
from persona.training.curves import LearningCurve, LearningPoint
from persona.training.encode import Encoded, encode
from persona.training.landscape import lay_out
from persona.training.predict import places_of
from persona.training.resampling import Interval, kappa
from persona.training.settings import Settings
from persona.training.sides import AnswerFit, SiteFit, fit_answers, fit_site
from persona.training.tables import read_companies, require_trainable
from persona.training.workers import side_by_side
from persona.training.worth import chance_to_decide, choose, closeness
from persona.vocabulary import PERSONAS

SIZES: Final = (40, 80, 120, 160, 240)
REPEATS: Final = 20
KEPT_APART: Final = 0.25
"""Share of the judged companies that are kept apart."""
RESAMPLES: Final = 1000

Side = Literal["answers", "website"]
Way = Literal["random", "suggest"]
WAYS: Final[tuple[Way, ...]] = ("random", "suggest")

_Fit = Callable[[Encoded, Flags, Settings, float], AnswerFit | SiteFit | None]


class Saving(msgspec.Struct, frozen=True):
    """What random choice needs for the kappa that ``suggest`` has with ``labels`` labels.

    ``needed`` is a number of labels, with a 95 % interval over splits; a bound at the largest
    number tried means that or more.
    """

    labels: int
    needed: Interval


class LearningStudy(msgspec.Struct, frozen=True):
    """Learning curves of every way of choosing, and what choosing well saves.

    ``kappa`` and ``log_loss`` hold a curve a way, each point the mean over ``repeats`` splits
    with its 95 % interval; ``ahead`` by how much ``suggest`` is ahead of random choice in kappa
    on the same splits. Log loss is at each model's best temperature, in nats.
    """

    side: Side
    repeats: int
    kept_apart: int
    kappa: tuple[LearningCurve, ...]
    log_loss: tuple[LearningCurve, ...]
    ahead: LearningCurve
    savings: tuple[Saving, ...]


def learning_curves(
    companies: Sequence[Company],
    settings: Settings,
    *,
    side: Side = "website",
    sizes: Sequence[int] = SIZES,
    repeats: int = REPEATS,
    jobs: int = 1,
) -> LearningStudy:
    """Return how models learn from labels chosen at random and chosen by ``suggest``.

    ``side`` is what is taken to be known of companies: their answers alone, or their websites.
    ``sizes`` are rising numbers of labelled companies; those that the data do not reach are left
    out. ``jobs`` processes share the splits; the outcome does not depend on them. Raises
    ValueError where too few companies are labelled for the first batch and a test.
    """
    trial = _Trial(_known_by(companies, side), settings, side)
    sizes = [size for size in sizes if size <= len(trial.hidden) - trial.kept_apart]
    if not sizes or not trial.kept_apart:
        raise ValueError(
            f"{len(trial.hidden)} labelled companies have {_SEEN[side]}: too few to hide labels"
        )
    parts = [(sizes, seed) for seed in range(repeats)]
    found = np.array(side_by_side(trial.split, parts, jobs))
    return _study(found, side, sizes, trial.kept_apart)


_SEEN: Final[dict[Side, str]] = {"answers": "answers", "website": "a website"}
_FITS: Final[dict[Side, _Fit]] = {"answers": fit_answers, "website": fit_site}
_NOTHING: Final = (0.0, float(np.log(len(PERSONAS))))
"""Kappa and log loss of a model that cannot be fitted, and calls all personas equally likely."""


def _known_by(companies: Sequence[Company], side: Side) -> list[Company]:
    """Return the labelled companies that have a side, with nothing but that side, by name."""
    labelled = [one for one in companies if one.label is not None and one.weight >= JUDGED]
    if side == "website":
        kept = [replace(one, informants={}) for one in labelled if one.has_website]
    else:
        kept = [replace(one, signals={}, wording=None) for one in labelled if one.informants]
    return sorted(kept, key=lambda one: one.company)


class _Trial:
    """Companies whose labels can be hidden and shown again, and models fitted to what is shown."""

    def __init__(self, companies: Sequence[Company], settings: Settings, side: Side) -> None:
        data = encode(companies, shipped_questionnaire(), shipped_catalogue())
        self._data, self._settings = data, settings
        self._space = lay_out(data, settings)
        shrinkages = settings.answer_shrinkages if side == "answers" else settings.site_shrinkages
        self._shrinkage = shrinkages[len(shrinkages) // 2]
        self._fit = _FITS[side]
        self._places = places_of(data, side)
        self.hidden: Whole = np.arange(len(companies))
        self._judged: Whole = np.flatnonzero(data.judged)
        self.kept_apart = round(KEPT_APART * len(self._judged))

    def split(self, sizes: Sequence[int], seed: int) -> Floats:
        """Return kappa and log loss, shape (ways, sizes, 2), on one split of the companies."""
        generator = np.random.default_rng(seed)
        apart = generator.permutation(self._judged)[: self.kept_apart]
        pool = self.hidden[~np.isin(self.hidden, apart)]
        first = generator.choice(pool, sizes[0], replace=False)
        rest = generator.permutation(pool[~np.isin(pool, first)])
        return np.array([self._course(way, sizes, apart, pool, first, rest) for way in WAYS])

    def _course(
        self, way: Way, sizes: Sequence[int], apart: Whole, pool: Whole, first: Whole, rest: Whole
    ) -> list[tuple[float, float]]:
        """Return the figures after each batch; ``rest`` is the order of random choice."""
        shown = first
        logits: Floats | None = None
        course = []
        for size in sizes:
            more = size - len(shown)
            if more and way == "random":
                shown = np.concatenate([first, rest[: size - len(first)]])
            elif more:
                shown = np.concatenate([shown, self._suggested(pool, shown, logits, more)])
            logits, figures = self._learn(shown, apart)
            course.append(figures)
        return course

    def _suggested(self, pool: Whole, shown: Whole, logits: Floats | None, more: int) -> Whole:
        decided = self._data.labels[shown] >= 0
        promise = chance_to_decide(self._space, shown, decided)
        if logits is not None:
            promise = promise * closeness(softmax(logits), self._places, len(promise))
        left = pool[~np.isin(pool, shown)]
        weights = self._data.weights[shown] * decided
        picks = choose(self._space, promise, left, shown, weights, more)
        return np.array([pick.place for pick in picks], dtype=np.int64)

    def _learn(self, shown: Whole, apart: Whole) -> tuple[Floats | None, tuple[float, float]]:
        """Return logits for all, and kappa and log loss on the companies kept apart."""
        fitted = self._fit(self._data, self._flags(shown), self._settings, self._shrinkage)
        if fitted is None:
            return None, _NOTHING
        data, places = self._data, self._places
        evidence = fitted.evidence(data)
        intercepts = np.tile(fitted.intercept, (len(evidence), 1))
        weights = judged_weights(data, self._flags(apart), places)
        out = OutOfFold(intercepts, evidence, places, data.labels[places], weights)
        confusion = np.zeros((len(PERSONAS), len(PERSONAS)))
        rows = weights > 0
        np.add.at(confusion, (out.labels[rows], out.logits[rows].argmax(axis=1)), weights[rows])
        return out.logits, (float(kappa(confusion)), least_loss(out))

    def _flags(self, places: Whole) -> Flags:
        flags = np.zeros(len(self._data.companies), dtype=bool)
        flags[places] = True
        return flags


def _study(found: Floats, side: Side, sizes: Sequence[int], kept_apart: int) -> LearningStudy:
    """Sum up figures of shape (repeats, ways, sizes, 2)."""
    repeats = len(found)
    draws = np.random.default_rng(0).integers(repeats, size=(RESAMPLES, repeats))
    drawn = np.concatenate([found.mean(axis=0)[None], found[draws].mean(axis=1)])
    ahead = drawn[:, WAYS.index("suggest"), :, 0] - drawn[:, WAYS.index("random"), :, 0]
    return LearningStudy(
        side=side,
        repeats=repeats,
        kept_apart=kept_apart,
        kappa=tuple(_curve(way, sizes, drawn[:, at, :, 0]) for at, way in enumerate(WAYS)),
        log_loss=tuple(_curve(way, sizes, drawn[:, at, :, 1]) for at, way in enumerate(WAYS)),
        ahead=_curve("suggest less random", sizes, ahead),
        savings=tuple(
            Saving(size, _interval(_needed(drawn[..., 0], sizes, index)))
            for index, size in enumerate(sizes)
            if index
        ),
    )  # fmt: skip


def _curve(name: str, sizes: Sequence[int], drawn: Floats) -> LearningCurve:
    intervals = [_interval(drawn[:, index]) for index in range(len(sizes))]
    points = [LearningPoint(size, one.value, one.low, one.high)
              for size, one in zip(sizes, intervals, strict=True)]  # fmt: skip
    return LearningCurve(name, tuple(points))


def _interval(drawn: Floats) -> Interval:
    low, high = np.quantile(drawn[1:], [0.025, 0.975])
    return Interval(float(drawn[0]), float(low), float(high))


def _needed(kappas: Floats, sizes: Sequence[int], index: int) -> Floats:
    """Return the labels at which random choice has the kappa that ``suggest`` has at a size.

    Read off its curve, straight between sizes and never falling, in every draw.
    """
    rising = np.maximum.accumulate(kappas[:, WAYS.index("random")], axis=1)
    reached = kappas[:, WAYS.index("suggest"), index]
    return np.array(
        [np.interp(one, curve, sizes) for one, curve in zip(reached, rising, strict=True)]
    )


def as_markdown(study: LearningStudy) -> str:
    """Return the curves as a Markdown table, with what they come to in a sentence."""
    random, suggest = study.kappa
    losses = zip(*(curve.points for curve in study.log_loss), strict=True)
    lines = [
        f"Kappa and log loss on {study.kept_apart} companies kept apart ({study.side}), mean of "
        f"{study.repeats} splits; in brackets 95 % intervals over splits.",
        "",
        "| Labels | Kappa, random | Kappa, suggest | Ahead | Loss, random | Loss, suggest | "
        "Random needs |",
        "|---:|---|---|---|---:|---:|---|",
    ]
    needed = {one.labels: one.needed for one in study.savings}
    largest = random.points[-1].labels
    for one, other, ahead, loss in zip(random.points, suggest.points, study.ahead.points, losses,
                                       strict=True):  # fmt: skip
        saving = needed.get(one.labels)
        lines.append(
            f"| {one.labels} | {_shown(one)} | {_shown(other)} | {_shown(ahead, '+.3f')} | "
            f"{loss[0].value:.3f} | {loss[1].value:.3f} | "
            + (f"{_needs(saving, largest)} |" if saving else "|")
        )
    return "\n".join(lines) + "\n"


def _needs(needed: Interval, largest: int) -> str:
    value, low, high = (
        f"{labels:.0f}" if labels < largest else f"{largest} or more"
        for labels in (needed.value, needed.low, needed.high)
    )
    return f"{value} ({low} to {high})"


def _shown(point: LearningPoint, form: str = ".3f") -> str:
    return f"{point.value:{form}} ({point.low:{form}} to {point.high:{form}})"


@click.command()
@click.argument("tables", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--side", type=click.Choice(["website", "answers"]), default="website")
@click.option("--repeats", type=click.IntRange(2, 1000), default=REPEATS)
@click.option("--jobs", type=click.IntRange(1, 64), default=1)
def main(tables: tuple[Path, ...], side: Side, repeats: int, jobs: int) -> None:
    """Print the learning curves on labelled tables as Markdown."""
    dataset = read_companies(tables, shipped_questionnaire())
    require_trainable(dataset)
    try:
        study = learning_curves(
            dataset.companies, Settings(), side=side, repeats=repeats, jobs=jobs
        )
    except ValueError as error:
        raise TableError(str(error)) from None
    click.echo(as_markdown(study), nl=False)


if __name__ == "__main__":
    try:
        main()
    except PersonaError as error:
        click.echo(f"persona.training.learning: {clean(str(error))}", err=True)
        sys.exit(error.exit_code)
