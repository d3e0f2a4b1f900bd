"""``persona evaluate``: a model judged on labelled companies."""

import io
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from persona.cli.output import write_json
from persona.files import encode
from persona.layout import clean, print_text

if TYPE_CHECKING:
    from rich.console import Console

    from persona.training.against import Comparison
    from persona.training.evaluate import Evaluation, ViewFigures
    from persona.training.measures import Interval, Measures
    from persona.training.views import View

_WIDTH = 80
_VIEWS = {"answers": "Answers", "website": "Website", "both": "Both"}
_FIGURES = {
    "kappa": "Kappa",
    "quadratic_kappa": "Kappa, quadratic",
    "accuracy": "Right",
    "macro_f1": "F1, mean of classes",
    "top2_accuracy": "Among likeliest two",
    "certain_half": "Right, surest half",
    "log_loss": "Log loss",
    "soft_log_loss": "Log loss on points",
    "brier": "Brier score",
    "calibration_error": "Calibration error",
    "coverage": "Decided",
    "kappa_decided": "Kappa, where decided",
    "accuracy_decided": "Right, where decided",
}
_INFORMANTS = ("Informant", "Rows", "Kappa, 95 %", "Right", "Loss", "Decided", "Kappa, decided")
_CLASSES = ("Persona", "Companies", "Precision", "Recall", "F1")
_UNDECIDED = ("Labelled", "View", "Rows", "Decided", "Thin", "Mixed", "Out of scope", "Other")
_STOPPING = ("Accepted risk", "Median asked", "Quartiles", "Same label", "Same leader")
_REASONS = ("decided", "thin", "mixed", "out_of_scope")


@click.command()
@click.argument("model", metavar="MODEL.json", type=click.Path(path_type=Path))
@click.argument(
    "tables", metavar="TABLE...", nargs=-1, required=True, type=click.Path(path_type=Path)
)
@click.option(
    "--captures",
    metavar="FILE",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Pages of the companies, to compute signals and words from; may be given again.",
)
@click.option(
    "--against",
    metavar="OTHER.json",
    type=click.Path(path_type=Path),
    help="Another model, judged on the same rows.",
)
@click.option("--stopping", is_flag=True, help="Also replay quick questionnaires on the answers.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
def evaluate(
    model: Path,
    tables: tuple[Path, ...],
    captures: tuple[Path, ...],
    against: Path | None,
    stopping: bool,
    as_json: bool,
) -> None:
    """Judge a model on labelled companies.

    Tables have a company column and any of: a label, answers (p01 ...), signals (w01 ...). Rows
    of all tables are joined by company. Figures say how a model agrees with the labels.

    \b
    Example: persona evaluate models/persona-0.json answers.csv labels.csv
    Example: persona evaluate new.json labelled.csv --against old.json
    """
    from persona.training.evaluate import evaluate as evaluate_model

    evaluation = evaluate_model(
        model, tables, captures=captures, against=against, stopping=stopping
    )
    for remark in evaluation.remarks:
        click.echo(f"persona: {clean(remark)}", err=True)
    if as_json:
        write_json(encode(evaluation))
        return
    from rich.console import Console

    console = Console(file=io.StringIO(), highlight=False, width=_WIDTH)
    _print(evaluation, console)
    print_text(console.file.getvalue(), sys.stdout)  # type: ignore[attr-defined]


def _print(evaluation: "Evaluation", console: "Console") -> None:
    console.print(f"Model {evaluation.model.name}, {evaluation.companies} companies")
    if evaluation.trained_on_these:
        console.print("The model was trained on these companies, so the figures are too kind.")
    console.print()
    shown = {name: view for name, view in evaluation.views.items() if view.measures is not None}
    measures = {name: view.measures for name, view in shown.items() if view.measures}
    _print_measures(measures, "Agreement with the labels, with 95 % intervals", console)
    _print_informants(evaluation.views["answers"], console)
    _print_classes(measures, console)
    _print_undecided(evaluation, console)
    for name, view in evaluation.views.items():
        if view.rows:
            counts = ", ".join(f"{label} {count}" for label, count in view.verdicts.items())
            console.print(f"{_VIEWS[name]}, verdicts on all {view.rows} rows: {counts}.")
    _print_plans(evaluation, console)
    if evaluation.stopping:
        _print_stopping(evaluation, console)
    if evaluation.against is not None:
        _print_against(evaluation.against, console)


def _print_measures(measures: "Mapping[View, Measures]", title: str, console: "Console") -> None:
    rows = [
        ("Rows", *(str(one.rows) for one in measures.values())),
        ("Companies", *(str(one.companies) for one in measures.values())),
    ]
    for field, name in _FIGURES.items():
        rows.append((name, *(_interval(getattr(one, field)) for one in measures.values())))
    _table(("", *(_VIEWS[name] for name in measures)), rows, title, console)


def _print_informants(view: "ViewFigures", console: "Console") -> None:
    rows = [
        (
            name,
            str(one.rows),
            _interval(one.kappa),
            f"{one.accuracy.value:.0%}",
            f"{one.log_loss.value:.2f}",
            f"{one.coverage.value:.0%}" if one.coverage else "",
            _interval(one.kappa_decided),
        )
        for name, one in view.informants.items()
    ]
    if rows:
        _table(_INFORMANTS, rows, "By informant, answers alone", console)


def _print_classes(measures: "Mapping[View, Measures]", console: "Console") -> None:
    for name, view in measures.items():
        rows = [
            (one.persona, str(one.companies), *map(_interval, (one.precision, one.recall, one.f1)))
            for one in view.classes
        ]
        _table(_CLASSES, rows, f"By class, likeliest persona: {_VIEWS[name].lower()}", console)


def _print_undecided(evaluation: "Evaluation", console: "Console") -> None:
    rows = []
    for name, view in evaluation.views.items():
        for one in view.undecided:
            counts = [one.verdicts.get(reason, 0) for reason in _REASONS]
            cells = (*counts, one.rows - sum(counts))
            rows.append((one.reason or "no reason", _VIEWS[name], str(one.rows), *map(str, cells)))
    if rows:
        _table(_UNDECIDED, rows, "Rows labelled undecided, and what the model says", console)


def _print_plans(evaluation: "Evaluation", console: "Console") -> None:
    plans = evaluation.plans
    console.print(
        f"Plans: {plans.with_plan} of {plans.rows} rows have one, {plans.different_plans} "
        f"different ({plans.different_plays} different plays), the commonest on "
        f"{plans.commonest_share:.0%} of rows; of {plans.recommended} recommended plays, "
        f"{len(plans.unearned)} without a true trigger, {len(plans.foreign)} of another method."
    )


def _print_stopping(evaluation: "Evaluation", console: "Console") -> None:
    rows = [
        (
            f"{one.risk:.0%}",
            f"{one.median_asked:g}",
            f"{one.lower_quartile:g} to {one.upper_quartile:g}",
            f"{one.same_label:.1%}",
            f"{one.same_leader:.1%}",
        )
        for one in evaluation.stopping
    ]
    _table(_STOPPING, rows, "Quick questionnaires against the full form", console)


def _print_against(other: "Comparison", console: "Console") -> None:
    theirs = {name: view.measures for name, view in other.views.items()}
    _print_measures(theirs, f"The other model, {other.model.name}, on the same rows", console)
    rows = [
        (name, *(_signed(view.differences.get(field)) for view in other.views.values()))
        for field, name in _FIGURES.items()
    ]
    headings = ("", *(_VIEWS[name] for name in other.views))
    _table(
        headings,
        rows,
        "By how much the first exceeds the other, and from where to where (95 %)",
        console,
    )
    for view in other.views.values():
        for sentence in view.sentences:
            console.print(sentence)


def _table(
    headings: Sequence[str], rows: Iterable[Sequence[str]], title: str, console: "Console"
) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    console.print(title)
    table = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0))
    for heading in headings:
        table.add_column(heading, no_wrap=True)
    for row in rows:
        table.add_row(*row)
    console.print(table)


def _interval(interval: "Interval | None") -> str:
    if interval is None:
        return "not defined"
    return f"{interval.value:.2f} {interval.low:.2f}–{interval.high:.2f}"


def _signed(interval: "Interval | None") -> str:
    if interval is None:
        return "not defined"
    return f"{interval.value:+.2f} {interval.low:+.2f} {interval.high:+.2f}"
