"""``persona models``: which models are at hand, which is in use, and how to change that."""

import sys
from typing import TYPE_CHECKING

import click

from persona.cli.output import write_json
from persona.errors import ModelError, UsageError
from persona.files import encode
from persona.layout import clean, counted, paper_for, percent, print_page

if TYPE_CHECKING:
    from persona.choosing import Description, Entry
    from persona.layout import Paper
    from persona.model.shelf import Named, Switch

_HEADLINES = ("answers", "website", "both")
_SHORT = 12
_COLUMNS = (("Model", 24), ("", 8), ("From", 9), ("Made", 12), ("Trained on", 15), ("SHA-256", 12))


@click.group(invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="Print the list as JSON.")
@click.pass_context
def models(context: click.Context, as_json: bool) -> None:
    """List the models at hand; show, check and switch them.

    A model is a JSON file. Those that ship with the program are always at hand; others are
    copied to a folder of yours when they are put in use.

    \b
    Example: persona models
    Example: persona models use trained/persona-2.json
    Example: persona models rollback
    """
    if context.invoked_subcommand is not None:
        if as_json:
            raise UsageError(f"put --json behind {context.invoked_subcommand}")
        return
    from persona.choosing import models as models_at_hand

    overview = models_at_hand()
    if as_json:
        write_json(encode(overview))
    else:
        _print_entries(overview.models)
    if overview.problem is not None:
        click.echo(f"persona: {clean(overview.problem)}", err=True)


@models.command()
@click.argument("name", metavar="NAME|PATH")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def show(name: str, as_json: bool) -> None:
    """Show a model's card in short.

    \b
    Example: persona models show persona-0
    """
    from persona.choosing import describe_model

    description = describe_model(name)
    if as_json:
        write_json(encode(description))
        return
    paper = paper_for(sys.stdout)
    _write_description(paper, description)
    print_page(paper)


@models.command()
@click.argument("names", metavar="[NAME|PATH]...", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="Print the outcome as JSON.")
def verify(names: tuple[str, ...], as_json: bool) -> None:
    """Check models: all at hand, or those named.

    Checked are the hash, the format, and that every weight has its question or signal.

    \b
    Example: persona models verify
    Example: persona models verify trained/persona-2.json
    """
    from persona.choosing import verify_models

    checked = verify_models(names)
    if as_json:
        write_json(encode(checked))
    else:
        _print_checks(checked)
    failed = [entry for entry in checked if entry.problem is not None]
    if failed:
        raise ModelError(
            f"{len(failed)} of {len(checked)} models cannot be used; the first: {failed[0].problem}"
        )


@models.command()
@click.argument("name", metavar="NAME|PATH")
def use(name: str) -> None:
    """Put another model in use from now on.

    A file elsewhere is checked and copied to your models first.

    \b
    Example: persona models use persona-0
    Example: persona models use trained/persona-2.json
    """
    from persona.choosing import use_model

    switch = use_model(name)
    if not switch.changed:
        click.echo(f"{_named(switch.after)} is in use already.")
        return
    _print_switch(switch)


@models.command()
def rollback() -> None:
    """Go back to the model in use before.

    Used again, it goes to the one before that, and in the end to the shipped one.

    \b
    Example: persona models rollback
    """
    from persona.choosing import rollback_model

    _print_switch(rollback_model())


def _print_switch(switch: "Switch") -> None:
    for file in switch.passed_over:
        click.echo(f"persona: {clean(file)} cannot be used any more; passed over", err=True)
    before = _named(switch.before) if switch.before else "a model that cannot be used"
    arrow = "→" if (sys.stdout.encoding or "ascii").lower().startswith("utf") else "->"
    click.echo(f"In use: {before} {arrow} {_named(switch.after)}")


def _named(model: "Named") -> str:
    return f"{clean(model.name)} ({model.sha256[:_SHORT]})"


def _print_entries(entries: "tuple[Entry, ...]") -> None:
    paper = paper_for(sys.stdout)
    paper.blank()
    paper.row([(name, width, True) for name, width in _COLUMNS])
    for entry in entries:
        _write_entry(paper, entry)
    print_page(paper)


def _write_entry(paper: "Paper", entry: "Entry") -> None:
    cells = (
        entry.name,
        "in use" if entry.in_use else "",
        "shipped" if entry.shipped else "yours",
        entry.created,
        _trained_on(entry),
        entry.sha256[:_SHORT],
    )
    paper.row([(cell, width, False) for cell, (_, width) in zip(cells, _COLUMNS, strict=True)])
    if entry.problem is not None:
        paper.paragraph(f"cannot be used: {entry.problem}", indent=2)
    elif figures := _headlines(entry.metrics):
        paper.paragraph(f"agreement with labels, kappa: {figures}", indent=2, dim=True)


def _trained_on(entry: "Entry") -> str:
    if entry.problem is not None:
        return ""
    return f"{entry.rows} companies" if entry.trained else "nothing"


def _headlines(metrics: dict[str, float]) -> str:
    found = [(view, metrics.get(f"{view}.kappa")) for view in _HEADLINES]
    return ", ".join(f"{view} {value:.2f}" for view, value in found if value is not None)


def _print_checks(entries: "tuple[Entry, ...]") -> None:
    for entry in entries:
        outcome = "sound" if entry.problem is None else "cannot be used"
        click.echo(f"{clean(entry.name)}: {outcome} ({clean(entry.file)})")


def _write_description(paper: "Paper", of: "Description") -> None:
    entry = of.entry
    paper.heading(entry.name + (" (in use)" if entry.in_use else ""))
    limits = of.thresholds
    facts = {
        "Made": f"{entry.created}, method: {entry.method}",
        "Trained on": _trained_on(entry),
        "Website": _website(of),
        "Decides": f"from a probability of {percent(limits.min_probability)} and "
        f"{counted(limits.min_answers, 'answer')}; {_decides_on_website(of)}",
        "SHA-256": entry.sha256,
        "Data": of.data_sha256,
        "File": entry.file,
        "Card": of.card or "none beside the file",
    }
    for name, fact in facts.items():
        paper.labelled(name, fact, label_width=12)
    paper.blank()
    paper.paragraph(of.notes)
    if entry.metrics:
        paper.heading("Measured when it was trained")
    for name, value in entry.metrics.items():
        paper.labelled(f"{value:.3f}", name, label_width=12)


def _website(of: "Description") -> str:
    weights = f"{counted(of.signals, 'signal')} and {counted(of.words, 'word')} carry weight"
    if not of.signal_rows:
        return f"{weights}, fitted to no website"
    return f"{weights}, fitted to {counted(of.signal_rows, 'website')}"


def _decides_on_website(of: "Description") -> str:
    if of.site_min_words is None or of.site_min_probability is None:
        signals = counted(of.thresholds.min_signals, "signal")
        return f"from a website alone, {signals} known"
    words = counted(of.site_min_words, "known word")
    return f"from a website alone, {percent(of.site_min_probability)} and {words}"
