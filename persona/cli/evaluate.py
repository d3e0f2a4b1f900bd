"""``persona evaluate``: a model judged on labelled companies."""

import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from persona.cli.output import write_json
from persona.files import encode
from persona.layout import print_text

if TYPE_CHECKING:
    from rich.console import Console

    from persona.training.agreement import Interval
    from persona.training.evaluate import Evaluation

_WIDTH = 80
_AGREEMENT = ("Informant", "Rows", "Kappa, 95 %", "Right", "Loss", "Decided",
              "Kappa, decided", "Right")  # fmt: skip
_CLASSES = ("Persona", "Rows", "Precision", "Recall", "F1")
_STOPPING = ("Accepted risk", "Median asked", "Quartiles", "Same label", "Same leader")


@click.command()
@click.argument("model", metavar="MODEL.json", type=click.Path(path_type=Path))
@click.argument(
    "tables", metavar="TABLE...", nargs=-1, required=True, type=click.Path(path_type=Path)
)
@click.option("--stopping", is_flag=True, help="Also replay quick questionnaires on the answers.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
def evaluate(model: Path, tables: tuple[Path, ...], stopping: bool, as_json: bool) -> None:
    """Judge a model on labelled companies.

    Tables are CSV files with a company column and answer columns (p01 ...), a label column,
    or both; labels are joined to answers by company.

    \b
    Example: persona evaluate models/persona-0.json answers.csv labels.csv
    """
    from persona.training.evaluate import evaluate as evaluate_model

    evaluation = evaluate_model(model, tables, stopping=stopping)
    if as_json:
        write_json(encode(evaluation))
        return
    from rich.console import Console

    console = Console(file=io.StringIO(), highlight=False, width=_WIDTH)
    _print(evaluation, console)
    print_text(console.file.getvalue(), sys.stdout)  # type: ignore[attr-defined]


def _print(evaluation: "Evaluation", console: "Console") -> None:
    judged = evaluation.agreement["all"].rows
    console.print(
        f"Model {evaluation.model.name}, {evaluation.rows} rows of answers, {judged} of them with "
        "a label that names a persona\n"
    )
    _print_agreement(evaluation, console)
    _print_classes(evaluation, console)
    counts = ", ".join(f"{label} {count}" for label, count in evaluation.verdicts.items())
    console.print(f"Verdicts on all rows: {counts}.")
    labels, kept = evaluation.undecided_labels
    console.print(f"Rows labelled undecided: {labels}, of which left undecided: {kept}.")
    plans = evaluation.plans
    console.print(
        f"Plans: {plans.with_plan} of {plans.rows} rows have one, {plans.different_plans} "
        f"different ({plans.different_plays} different plays), the commonest on "
        f"{plans.commonest_share:.0%} of rows; of {plans.recommended} recommended plays, "
        f"{len(plans.unearned)} without a true trigger, {len(plans.foreign)} of another method."
    )
    if evaluation.stopping:
        _print_stopping(evaluation, console)


def _print_agreement(evaluation: "Evaluation", console: "Console") -> None:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    table = Table(box=SIMPLE_HEAD, title="Agreement with the labels", padding=(0, 1, 0, 0))
    for heading in _AGREEMENT:
        table.add_column(heading, no_wrap=True)
    for name, figures in evaluation.agreement.items():
        table.add_row(
            name,
            str(figures.rows),
            _interval(figures.kappa),
            f"{figures.accuracy:.0%}",
            f"{figures.log_loss:.2f}",
            f"{figures.coverage:.0%}",
            _interval(figures.kappa_decided),
            f"{figures.accuracy_decided:.0%}",
        )
    console.print(table)


def _print_classes(evaluation: "Evaluation", console: "Console") -> None:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    table = Table(*_CLASSES, box=SIMPLE_HEAD, title="By class, all informants, likeliest persona")
    for one in evaluation.agreement["all"].classes:
        table.add_row(
            one.persona, str(one.rows), f"{one.precision:.2f}", f"{one.recall:.2f}", f"{one.f1:.2f}"
        )
    console.print(table)


def _print_stopping(evaluation: "Evaluation", console: "Console") -> None:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    table = Table(*_STOPPING, box=SIMPLE_HEAD, title="Quick questionnaires against the full form")
    for one in evaluation.stopping:
        table.add_row(
            f"{one.risk:.0%}",
            f"{one.median_asked:g}",
            f"{one.lower_quartile:g} to {one.upper_quartile:g}",
            f"{one.same_label:.1%}",
            f"{one.same_leader:.1%}",
        )
    console.print(table)


def _interval(interval: "Interval | None") -> str:
    if interval is None:
        return "not defined"
    return f"{interval.value:.2f} {interval.low:.2f}–{interval.high:.2f}"
