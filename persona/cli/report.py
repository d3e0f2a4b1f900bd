"""``persona report``: a saved result, shown again."""

from pathlib import Path

import click

from persona.cli.output import print_json, print_report


@click.command()
@click.argument("result", metavar="RESULT.json", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@click.option("--plain", is_flag=True, help="No colour.")
def report(result: Path, as_json: bool, plain: bool) -> None:
    """Show a saved result again, as it was, in the terminal.

    \b
    Example: persona report norrland.json
    """
    from persona.reports.result import load_result

    saved = load_result(result)
    if as_json:
        print_json(saved)
    else:
        print_report(saved, plain=plain)
