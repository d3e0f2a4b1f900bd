"""The gate: the shipped model's figures may not fall below pinned floors.

    python -m persona.training.gate
    python -m persona.training.gate --pin [--lower]

Three kinds of figures are guarded. Those that begin with ``tables.`` are those of the model file as
it stands on the committed tables: it was trained on them, so they say nothing of other companies,
but a damaged or worse file shows at once. Those that begin with ``recorded.`` are the
cross-validated ones that training wrote into the file, which must belong to the same tables.
Those that begin with ``refitted.`` are cross-validated anew with the fitting code as it is.
"""

import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import click

from persona.errors import ModelError, PersonaError, TableError
from persona.layout import clean
from persona.model.artefact import MODELS, SHIPPED_MODEL, LoadedModel
from persona.pipe import open_model, shipped_questionnaire
from persona.signals.catalogue import shipped_catalogue
from persona.training.drafts import key_of
from persona.training.floors import (
    TOLERANCE,
    Floors,
    lowered,
    misses,
    pinned,
    raised,
    read_floors,
    write_floors,
)
from persona.training.headlines import headlines, is_headline
from persona.training.judging import judged, predictions, say
from persona.training.measures import measure
from persona.training.pools import LABELLED
from persona.training.tables import Dataset, read_companies

FLOORS: Final = MODELS / "floors.json"

_FAILED: Final = 1

Source = Callable[[LoadedModel, Dataset], Mapping[str, float]]
"""Gives figures of a model by name; MORE_IS_BETTER and LESS_IS_BETTER say how they are read."""


def on_tables(model: LoadedModel, dataset: Dataset) -> dict[str, float]:
    """Return how a model's verdicts agree with the labels of the tables, in every view.

    Calibration is left out: toward the companies that it was trained on, a sound model is modest.
    """
    said, _ = say(model, dataset.companies)
    measured = {
        view: measure(predictions(known), resamples=0)
        for view, rows in said.items()
        if (known := judged(rows))
    }
    found = headlines(measured)
    return _prefixed("tables", {name: value for name, value in found.items()
                                if not name.endswith(".calibration_error")})  # fmt: skip


def recorded(model: LoadedModel, dataset: Dataset) -> dict[str, float]:
    """Return the cross-validated figures in a model's file.

    Raises ModelError when the model was trained on other tables.
    """
    if model.model.training.rows == 0:
        return {}
    if model.model.training.data_sha256 != dataset.sha256:
        raise ModelError(
            f"model {model.model.name} was trained on other tables (SHA-256 "
            f"{model.model.training.data_sha256[:12]} instead of {dataset.sha256[:12]}); train it "
            "again, or put the tables back"
        )
    found = {name: value for name, value in model.model.metrics.items() if is_headline(name)}
    return _prefixed("recorded", found)


def refitted(_: LoadedModel, dataset: Dataset) -> dict[str, float]:
    """Return the cross-validated figures of the fitting code as it is now, on one deal of folds."""
    from persona.training import account
    from persona.training.encode import encode
    from persona.training.settings import Settings
    from persona.training.validate import cross_validate

    companies = sorted(dataset.companies, key=lambda one: key_of(one.company))
    data = encode(companies, shipped_questionnaire(), shipped_catalogue())
    found = cross_validate(data, Settings(), repeats=1, jobs=os.cpu_count() or 1)
    return _prefixed("refitted", headlines(account.agreement(found.predictions)))


SOURCES: Final[tuple[Source, ...]] = (on_tables, recorded, refitted)


def figures(model: Path, labelled: Path) -> dict[str, float]:
    """Return all figures that have floors, of a model on the tables in a folder.

    Raises ModelError and TableError.
    """
    loaded = open_model(model)
    tables = sorted(labelled.glob("*.csv"))
    if not tables:
        raise TableError(f"{labelled}: no tables (.csv) in this folder")
    dataset = read_companies(tables, shipped_questionnaire())
    return {name: value for source in SOURCES for name, value in source(loaded, dataset).items()}


def _prefixed(kind: str, found: Mapping[str, float]) -> dict[str, float]:
    return {f"{kind}.{name}": value for name, value in found.items()}


def check(present: Mapping[str, float], floors: Floors) -> int:
    """Print every figure with its floor, and the misses; return the exit code.

    Raises TableError where there are no floors, for then nothing would be guarded.
    """
    bounds = floors.bounds
    if not bounds:
        raise TableError("there are no floors; pin them with --pin")
    for name, value in sorted(present.items()):
        floor = f"{bounds[name]:8.3f}" if name in bounds else "    none"
        click.echo(f"{name:34} {value:8.4f} {floor}")
    missed = [str(one) for one in misses(present, floors)]
    missed += [f"{name} has no floor; pin it with --pin" for name in sorted(present)
               if name not in bounds]  # fmt: skip
    for line in missed:
        click.echo(f"gate: {line}", err=True)
    return _FAILED if missed else 0


def pin(present: Mapping[str, float], path: Path, tolerance: float, lower: bool) -> int:
    """Pin the floors to the present figures less a tolerance; return the exit code.

    Without ``lower`` no floor goes down, and nothing is written when a figure misses its floor.
    """
    before = read_floors(path)
    if not lower and (missed := misses(present, before)):
        for one in missed:
            click.echo(f"gate: {one}; only --lower lowers a floor", err=True)
        return _FAILED
    after = pinned(present, tolerance) if lower else raised(present, before, tolerance)
    for fall in lowered(before, after):
        now = "dropped" if fall.after is None else f"now {fall.after:.3f}"
        click.echo(f"lowered: {fall.name} was {fall.before:.3f}, {now}")
    write_floors(path, after)
    return check(present, after)


@click.command()
@click.option("--pin", "pinning", is_flag=True, help="Raise the floors to the present figures.")
@click.option("--lower", is_flag=True, help="With --pin: lower floors too, and say which.")
@click.option("--tolerance", type=click.FloatRange(0, 0.2), default=TOLERANCE, show_default=True)
@click.option("--model", type=click.Path(path_type=Path), default=SHIPPED_MODEL)
@click.option("--tables", type=click.Path(path_type=Path), default=LABELLED, help="A folder.")
@click.option("--floors", type=click.Path(path_type=Path), default=FLOORS)
def gate(
    pinning: bool, lower: bool, tolerance: float, model: Path, tables: Path, floors: Path
) -> None:
    """Compare the shipped model's figures with their floors; exit 1 when one is missed."""
    if lower and not pinning:
        raise click.UsageError("--lower needs --pin")
    try:
        present = figures(model, tables)
        code = (
            pin(present, floors, tolerance, lower)
            if pinning
            else check(present, read_floors(floors))
        )
    except PersonaError as error:
        click.echo(f"gate: {clean(str(error))}", err=True)
        code = error.exit_code
    sys.exit(code)


if __name__ == "__main__":
    gate()
