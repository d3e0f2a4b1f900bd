"""``persona plan``: the plan of a saved result."""

import sys
from pathlib import Path

import click

from persona.cli.output import write_json
from persona.files import encode
from persona.layout import paper_for, print_page


@click.command()
@click.argument("result", metavar="RESULT.json", type=click.Path(path_type=Path))
@click.option("--evolve", is_flag=True, help="Add the path for those who choose to change method.")
@click.option("--json", "as_json", is_flag=True, help="Print the plan as JSON.")
def plan(result: Path, evolve: bool, as_json: bool) -> None:
    """Show the plan of a saved result.

    \b
    Example: persona plan norrland.json
    Example: persona plan norrland.json --evolve
    """
    from persona.pipe import evolve_paths
    from persona.reports.result import load_result
    from persona.reports.terminal import write_plan, write_strengths

    saved = load_result(result)
    paths = evolve_paths(saved) if evolve else None
    if as_json:
        write_json(encode({"schema": saved.schema, "plan": saved.plan, "evolve": paths}))
        return
    paper = paper_for(sys.stdout)
    paper.blank()
    write_strengths(paper, saved.plan)
    write_plan(paper, saved.plan)
    if paths is not None:
        from persona.reports.evolve import write_evolve

        write_evolve(paper, paths)
    print_page(paper)
