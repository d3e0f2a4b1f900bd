"""``persona plan``: the plan of a saved result, and what became of it."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from persona.cli.output import write_json
from persona.errors import UsageError
from persona.files import encode
from persona.layout import counted, paper_for, print_page

if TYPE_CHECKING:
    from persona.reports.result import Result


@click.command()
@click.argument("result", metavar="RESULT.json", type=click.Path(path_type=Path))
@click.option("--evolve", is_flag=True, help="Add the path for those who choose to change method.")
@click.option(
    "--record",
    "values",
    multiple=True,
    metavar="PLAY=VALUE",
    help="Note the value of a step's measure in the file; repeatable.",
)
@click.option("--on", "day", metavar="DATE", help="With --record: the day, as 2026-11-22 (today).")
@click.option("--met/--not-met", default=None, help="With --record: was the target met?")
@click.option("--note", metavar="TEXT", help="With --record: a remark.")
@click.option("--json", "as_json", is_flag=True, help="Print the plan as JSON.")
def plan(
    result: Path,
    evolve: bool,
    values: tuple[str, ...],
    day: str | None,
    met: bool | None,
    note: str | None,
    as_json: bool,
) -> None:
    """Show the plan of a saved result, and record what became of it.

    \b
    Example: persona plan norrland.json
    Example: persona plan norrland.json --evolve
    Example: persona plan norrland.json --record "S3=92 % called" --met
    """
    from persona.pipe import evolve_paths
    from persona.reports.result import load_result
    from persona.reports.terminal import write_plan, write_strengths

    saved = load_result(result)
    if values:
        saved = _record(result, saved, values, day, met, note)
    elif day is not None or met is not None or note is not None:
        raise UsageError("--on, --met, --not-met and --note need --record")
    paths = evolve_paths(saved) if evolve else None
    if as_json:
        write_json(
            encode(
                {
                    "schema": saved.schema,
                    "plan": saved.plan,
                    "progress": saved.progress,
                    "evolve": paths,
                }
            )
        )
        return
    paper = paper_for(sys.stdout)
    paper.blank()
    if not values:
        write_strengths(paper, saved.plan)
    write_plan(paper, saved.plan, saved.progress)
    if paths is not None:
        from persona.reports.evolve import write_evolve

        write_evolve(paper, paths)
    if values:
        kept = counted(len(values), "value")
        paper.blank()
        paper.paragraph(f"{kept} recorded in {result}, for the next report and for comparisons.")
    print_page(paper)


def _record(
    path: Path,
    saved: "Result",
    values: tuple[str, ...],
    day: str | None,
    met: bool | None,
    note: str | None,
) -> "Result":
    """Return the result with all values recorded, once they are in its file."""
    from persona.reports.recording import record, record_in_file

    for entry in values:
        play, sign, value = entry.partition("=")
        if not sign:
            raise UsageError(f"--record {entry!r}: write PLAY=VALUE, such as S3=92")
        saved = record(saved, play, value, on=day, met=met, note=note)
    record_in_file(path, saved)
    return saved
