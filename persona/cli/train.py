"""``persona train``: a model fitted to labelled companies, validated and written with its card."""

import io
import re
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from persona.cli.output import write_json
from persona.files import encode
from persona.layout import clean, print_text

if TYPE_CHECKING:
    from rich.console import Console

    from persona.training.measures import Interval
    from persona.training.report import Contender, TrainingReport

_WIDTH = 80
_BAKEOFF = ("", "Kappa, 95 %", "Model minus it", "Loss", "Reading")
_ZERO = re.compile(r"^([+-]?)0\.")
_HOW_TO_READ = (
    "Each company was predicted by a fit that had not seen it. Kappa is agreement with the "
    "labels beyond chance, loss is log loss; the model or another is ahead where the 95 % "
    "interval of their difference leaves out 0.\n"
)


@click.command()
@click.argument(
    "tables", metavar="TABLE...", nargs=-1, required=True, type=click.Path(path_type=Path)
)
@click.option(
    "-o", "--output", "target", metavar="MODEL.json", required=True,
    type=click.Path(path_type=Path), help="The model file; its card is written beside it.",
)  # fmt: skip
@click.option(
    "--captures", metavar="FILE", multiple=True, type=click.Path(path_type=Path),
    help="Saved pages of the companies: signals and words are computed first. Repeatable.",
)  # fmt: skip
@click.option(
    "--against", metavar="OTHER.json", type=click.Path(path_type=Path),
    help="Also compare with an earlier model on the same rows.",
)  # fmt: skip
@click.option(
    "--created", metavar="DATE", type=click.DateTime(["%Y-%m-%d"]),
    help="The date to write into the model, such as 2026-11-22.",
)  # fmt: skip
@click.option(
    "--repeats", default=3, show_default=True, type=click.IntRange(1, 50),
    help="How often companies are dealt out anew into folds.",
)  # fmt: skip
@click.option(
    "--jobs", default=None, type=click.IntRange(1, 256),
    help="Processes to work in; all cores if left out. The outcome is the same.",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print the whole report as JSON.")
def train(
    tables: tuple[Path, ...],
    target: Path,
    captures: tuple[Path, ...],
    against: Path | None,
    created: datetime | None,
    repeats: int,
    jobs: int | None,
    as_json: bool,
) -> None:
    """Fit a model to labelled companies, compare it with others, and write it with its card.

    Tables are CSV files with a company column, labels or points, and answers, signals or words
    (see docs/retraining.md). The same inputs give the same bytes; nothing is written before
    everything is done.

    \b
    Example: persona train data/labelled/*.csv -o mine.json
    """
    from persona.training.train import UNDATED
    from persona.training.train import train as train_model

    report = train_model(
        tables,
        target,
        captures=captures,
        created=created.date().isoformat() if created else UNDATED,
        against=against,
        repeats=repeats,
        jobs=jobs,
        say=_say,
    )
    if as_json:
        write_json(encode(report))
        return
    _print(report, target)


def _say(line: str) -> None:
    click.echo(f"persona: {clean(line)}", err=True)


def _print(report: "TrainingReport", target: Path) -> None:
    from rich.console import Console

    from persona.training.views import VIEW_NAMES

    paper = io.StringIO()
    console = Console(file=paper, highlight=False, markup=False, emoji=False, width=_WIDTH)
    for view, name in VIEW_NAMES.items():
        _print_bakeoff([one for one in report.bakeoff if one.view == view], name, console)
    if report.previous is not None:
        console.print(f"Against {clean(report.previous.name)}, in kappa on the same rows")
        for view, figures in report.previous.views.items():
            if "kappa" in figures:
                console.print(f"  {VIEW_NAMES[view]:20} {_difference(figures['kappa'])}")
        console.print()
    console.print(_HOW_TO_READ)
    console.print(
        f"Written: {clean(str(target))}, and its card {clean(target.stem)}.md beside it.",
        soft_wrap=True,
    )
    print_text(paper.getvalue(), sys.stdout)


def _print_bakeoff(rows: "list[Contender]", name: str, console: "Console") -> None:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    if not rows:
        console.print(f"{name}: not enough labelled companies to judge.\n")
        return
    console.print(f"{name}, {rows[0].measures.companies} companies")
    table = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0), show_edge=False, pad_edge=False)
    for heading in _BAKEOFF:
        table.add_column(heading, no_wrap=True)
    for one in rows:
        table.add_row(
            one.name,
            _interval(one.measures.kappa),
            _difference(one.difference),
            _short(one.measures.log_loss.value),
            _reading(one),
        )
    console.print(table)
    console.print()


def _reading(one: "Contender") -> str:
    if one.difference is None:
        return "the model" if one.loss_difference is None else "not defined"
    if one.difference.low > 0:
        return "model ahead"
    return "it is ahead" if one.difference.high < 0 else "no clear gap"


def _interval(interval: "Interval | None") -> str:
    """Return a figure with its interval, such as ".59 .52–.65"."""
    if interval is None:
        return "not defined"
    return f"{_short(interval.value)} {_short(interval.low)}–{_short(interval.high)}"


def _difference(interval: "Interval | None") -> str:
    """Return a difference with its interval, such as "+.15 +.08 +.21"."""
    if interval is None:
        return ""
    return " ".join(_short(each, "+") for each in (interval.value, interval.low, interval.high))


def _short(value: float, sign: str = "") -> str:
    """Return two decimals without the nought before them."""
    text = f"{value:{sign}.2f}"
    return ".00" if text in ("+0.00", "-0.00") else _ZERO.sub(r"\1.", text)
