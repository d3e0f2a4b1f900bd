"""Training from tables to a model file with its card: read, check, fit, validate, report, write."""

import dataclasses
import shlex
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple, cast

from joblib import cpu_count
from msgspec.structs import replace

from persona.errors import TableError, UsageError
from persona.files import check_writable, write_atomically
from persona.model.artefact import Model, Training, encode_model
from persona.pipe import open_model, shipped_questionnaire
from persona.signals.catalogue import shipped_catalogue
from persona.training import account
from persona.training.about import read_about
from persona.training.captured import add_captures
from persona.training.card import card_figures, card_files
from persona.training.companies import Company
from persona.training.contenders import BASELINES, fixed
from persona.training.curves import LearningCurve
from persona.training.drafts import key_of
from persona.training.encode import Encoded, encode, everyone
from persona.training.fit import Fitted, NothingToFit, fit_encoded, require_labels
from persona.training.headlines import headlines
from persona.training.leakage import leakage
from persona.training.learning import learning_curves
from persona.training.measures import Measures, compare
from persona.training.package import as_fitted, as_model
from persona.training.prior import judged_prior
from persona.training.report import LeftOut, Previous, TrainingReport
from persona.training.settings import Settings
from persona.training.studies import importance, moves
from persona.training.tables import Dataset, digest, read_companies, require_trainable
from persona.training.threads import one_thread
from persona.training.trials import BLOCKS, TRIALS
from persona.training.validate import (
    ADDITIVE,
    FOLDS,
    cross_validate,
    leave_out,
)
from persona.training.views import VIEWS, View

METHOD = "additive, shrunk toward the prior"
UNDATED = "undated"
_EARLIER = "earlier model"
_BESIDE = (".md", "-calibration.svg", "-coverage.svg", "-learning.svg")
"""Endings of what is written beside the model: its card and charts."""
LEAST_LEFT_OUT = 20
LEAST_TO_HIDE = 200
SPLITS = 40
REPEATS = 3

Say = Callable[[str], None]


def fit_model(companies: Sequence[Company], settings: Settings | None = None) -> Model:
    """Fit to labelled companies and return the model, without figures; for studies.

    Raises ValueError where no side has labels of all three personas.
    """
    settings = settings or Settings()
    data = encode(companies, shipped_questionnaire(), shipped_catalogue())
    fitted = fit_encoded(data, everyone(data), settings)
    return _package(fitted, data, settings)


@one_thread()
def train(
    tables: Sequence[str | Path],
    target: str | Path,
    *,
    captures: Sequence[str | Path] = (),
    created: str = UNDATED,
    against: str | Path | None = None,
    repeats: int = REPEATS,
    jobs: int | None = None,
    say: Say = lambda line: None,
) -> TrainingReport:
    """Fit a model to labelled tables, validate it, and write it with its card.

    ``target`` is the model file; the card and its charts get the same name beside it. ``created``
    is the date written into it: no clock is read, so that the same inputs give the same bytes.
    ``against`` is an earlier model to compare with. ``say`` is told each remark and step. Nothing
    is written before everything is done, and the model last. Raises TableError, CaptureError,
    ModelError, OutputError and UsageError.
    """
    _check_date(created)
    inputs = _Inputs(
        tuple(map(Path, tables)),
        Path(target),
        tuple(map(Path, captures)),
        Path(against) if against else None,
        created,
        repeats,
    )
    return _train(inputs, jobs or cpu_count(), say)


class _Inputs(NamedTuple):
    """What a training run is told; what of it changes the outcome stands in the card."""

    tables: tuple[Path, ...]
    target: Path
    captures: tuple[Path, ...]
    against: Path | None
    created: str
    repeats: int


def _train(inputs: _Inputs, jobs: int, say: Say) -> TrainingReport:
    tables, target, captures, against, created, repeats = inputs
    _check_target(target, (*tables, *captures))
    dataset = _read(tables, captures)
    settings = Settings()
    data = encode(dataset.companies, shipped_questionnaire(), shipped_catalogue())
    earlier = open_model(against).model if against else None
    if earlier is not None:
        as_fitted(earlier, data)  # refuses it now, and not after the long work
    try:
        require_labels(data, everyone(data))
    except NothingToFit as error:
        raise TableError(f"{tables[0]}: {error}") from None
    for remark in (*dataset.remarks, *(leak.words for leak in leakage(dataset.companies))):
        say(remark)
    say("fitting")
    fitted = fit_encoded(data, everyone(data), settings)
    about = read_about(tables)
    model = _package(
        fitted,
        data,
        settings,
        name=target.stem,
        created=created,
        sha256=dataset.sha256,
        labelled_by=about.labelled_by,
    )
    report = TrainingReport(
        name=target.stem,
        created=created,
        method=model.notes,
        data_sha256=dataset.sha256,
        data=account.data_in_short(data),
        folds=FOLDS,
        repeats=repeats,
        about=about,
        commands=_commands(inputs),
        chosen=_chosen(fitted),
        moved=moves(fitted, data, shipped_questionnaire()),
        importance=importance(fitted, data, shipped_questionnaire(), shipped_catalogue()),
        **_validated(fitted, data, settings, earlier, repeats, jobs, say),
    )
    model = replace(
        model,
        metrics=headlines(cast(dict[View, Measures], report.views)),
        card=card_figures(report),
    )
    for name, content in card_files(report).items():
        write_atomically(target.parent / name, content)
    write_atomically(target, encode_model(model))
    return report


def _check_date(created: str) -> None:
    """Raise UsageError for what is no date such as 2026-11-22."""
    if created != UNDATED:
        try:
            date.fromisoformat(created)
        except ValueError:
            raise UsageError(f"{created!r} is no date; write it as 2026-11-22") from None


def _check_target(target: Path, inputs: Sequence[Path]) -> None:
    """Raise UsageError or OutputError now for what could not be written after all the work."""
    if target.suffix != ".json":
        raise UsageError(f"{target}: a model file ends in .json")
    for path in (target, *(target.with_name(target.stem + end) for end in _BESIDE)):
        if any(_same(path, given) for given in inputs):
            raise UsageError(f"{path}: this is an input; write the model to another file")
        check_writable(path)


def _same(path: Path, given: Path) -> bool:
    try:
        return path.samefile(given)
    except OSError:  # one of them is not there
        return False


def _read(tables: Sequence[Path], captures: Sequence[Path]) -> Dataset:
    """Read tables and captures; companies by name, so that no order of rows matters."""
    dataset = read_companies(tables, shipped_questionnaire())
    if captures:
        found = add_captures(dataset.companies, captures)
        remarks = (*dataset.remarks, *found.remarks)
        dataset = Dataset(found.companies, remarks, digest(found.companies))
    require_trainable(dataset)
    ordered = sorted(dataset.companies, key=lambda one: key_of(one.company))
    return Dataset(tuple(ordered), dataset.remarks, dataset.sha256)


def _validated(
    fitted: Fitted,
    data: Encoded,
    settings: Settings,
    earlier: Model | None,
    repeats: int,
    jobs: int,
    say: Say,
) -> dict[str, Any]:
    """Return the fields of the report that rest on companies left out of the fit."""
    times = "once" if repeats == 1 else f"{repeats} times"
    say(f"cross-validation, {FOLDS} folds dealt out {times}, with the bake-off")
    contenders = {**BASELINES, **TRIALS, **BLOCKS}
    if earlier is not None:
        contenders[_EARLIER] = partial(fixed, model=earlier)
    validation = cross_validate(data, settings, repeats=repeats, jobs=jobs, contenders=contenders)
    found = validation.predictions
    views = account.agreement(found)
    return {
        "views": views,
        "curves": account.curves_of(found),
        "bakeoff": account.bakeoff(found, views),
        "known": account.known_answers(found),
        "groups": account.group_tables(data, found),
        "undecided": account.undecided_study(fitted, validation, settings),
        "blocks": account.blocks(found, views),
        "geometry": account.geometry(found, views),
        "tried": account.tried(found),
        "left_out": _left_out(fitted, data, settings, jobs, say),
        "previous": _previous(found, earlier),
        "learning": _learning(data, settings, jobs, say),
    }


def _learning(data: Encoded, settings: Settings, jobs: int, say: Say) -> tuple[LearningCurve, ...]:
    """Return what more labels are worth on websites, where enough are labelled to hide some."""
    if int((data.judged & data.has_website).sum()) < LEAST_TO_HIDE:
        return ()
    say(f"learning curves, labels hidden in {SPLITS} ways")
    return learning_curves(data.companies, settings, repeats=SPLITS, jobs=jobs).kappa


def _left_out(
    fitted: Fitted, data: Encoded, settings: Settings, jobs: int, say: Say
) -> tuple[LeftOut, ...]:
    """Return the agreement on sources and industries left out, at the shrinkages chosen."""
    at = _as_chosen(settings, fitted)
    kinds = {
        "source": [one.source for one in data.companies],
        "industry": [one.controls.get("k_industry", "") for one in data.companies],
    }
    rows: list[LeftOut] = []
    for kind, groups in kinds.items():
        if len(set(groups)) > 1:
            say(f"leaving out one {kind} after another")
            found, pooled = leave_out(data, at, groups, least=LEAST_LEFT_OUT, jobs=jobs)
            names = [one.company for one in data.companies]
            rows += account.left_out(kind, found, dict(zip(names, pooled, strict=True)))
    return tuple(rows)


def _as_chosen(settings: Settings, fitted: Fitted) -> Settings:
    """Return settings that try no other shrinkages than those chosen."""
    answers = (fitted.answers.shrinkage,) if fitted.answers else settings.answer_shrinkages
    site = (fitted.site.shrinkage,) if fitted.site else settings.site_shrinkages
    return dataclasses.replace(settings, answer_shrinkages=answers, site_shrinkages=site)


def _previous(found: account.Found, earlier: Model | None) -> Previous | None:
    if earlier is None:
        return None
    views = {
        view: compare(found[ADDITIVE, view], found[_EARLIER, view])
        for view in VIEWS
        if (ADDITIVE, view) in found and (_EARLIER, view) in found
    }
    return Previous(earlier.name, {str(view): figures for view, figures in views.items()})


def _package(
    fitted: Fitted,
    data: Encoded,
    settings: Settings,
    *,
    name: str = "",
    created: str = UNDATED,
    sha256: str = "",
    labelled_by: str = "",
) -> Model:
    """Return the model without its figures."""
    rows = sum(one.is_judged for one in data.companies)
    training = Training(METHOD, rows, sha256, labelled_by)
    model = as_model(fitted, data, judged_prior(), training, settings.min_words)
    return replace(model, name=name, created=created, notes=_notes(fitted, rows))


def _notes(fitted: Fitted, companies: int) -> str:
    sides = []
    if fitted.answers is not None:
        sides.append("weights of answers, shrunk toward the questionnaire's table")
    if fitted.site is not None:
        sides.append(
            "weights of website signals, shrunk toward their catalogue, and of the words of "
            "links and pages"
        )
    return f"Additive model fitted to {companies} labelled companies: {'; '.join(sides)}."


def _chosen(fitted: Fitted) -> dict[str, float]:
    limits = fitted.together
    chosen = {}
    if fitted.answers is not None:
        chosen["shrinkage of answers"] = fitted.answers.shrinkage
        chosen["scale of the prior table"] = fitted.answers.scale
        chosen["temperature of answers"] = limits.answer_temperature
    if fitted.site is not None:
        chosen["shrinkage of websites"] = fitted.site.shrinkage
        chosen["temperature of websites"] = limits.site_temperature
    if fitted.answers is not None and fitted.site is not None:
        chosen["share of a website beside answers"] = limits.beside_answers
    return {name: round(value, 4) for name, value in chosen.items()}


def _commands(inputs: _Inputs) -> tuple[str, ...]:
    """Return the command that makes the same model again, without folders of this machine."""
    tables, target, captures, against, created, repeats = inputs
    words = ["persona train", *map(_told, tables)]
    words += [f"--captures {_told(path)}" for path in captures]
    words += [f"--against {_told(against)}"] if against else []
    words += [f"--created {created}"] if created != UNDATED else []
    words += [f"--repeats {repeats}"] if repeats != REPEATS else []
    return (" ".join([*words, f"-o {target.name}"]),)


def _told(path: Path) -> str:
    """Return a path within the folder one is in as given, and any other by its name."""
    return shlex.quote(path.name if path.is_absolute() or ".." in path.parts else path.as_posix())
