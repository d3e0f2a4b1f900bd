"""``persona report``: a saved result, shown again."""

from pathlib import Path

import click

from persona.cli.output import check_report, print_json, print_report, write_html


@click.command()
@click.argument("result", metavar="RESULT.json", type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), metavar="FILE.html", help="Write a web page."
)
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@click.option("--plain", is_flag=True, help="No colour.")
def report(result: Path, output: Path | None, as_json: bool, plain: bool) -> None:
    """Show a saved result again, as it was: in the terminal, or as a web page in one file.

    \b
    Example: persona report norrland.json
    Example: persona report norrland.json -o norrland.html
    """
    from persona.reports.result import load_result

    check_report(output, result)
    saved = load_result(result)
    write_html(output, saved)
    if as_json:
        print_json(saved)
    elif output is None:
        print_report(saved, plain=plain)
