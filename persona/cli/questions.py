"""``persona questions``: the questionnaire on paper."""

import sys
from pathlib import Path

import click


@click.command()
@click.argument("result", required=False, metavar="[RESULT.json]", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "as_format",
    type=click.Choice(["text", "csv", "json"]),
    default="text",
    show_default=True,
    help="How to print it.",
)
def questions(result: Path | None, as_format: str) -> None:
    """Print the questionnaire, blank or with the answers of a saved result.

    \b
    Example: persona questions --format json > questions.json
    Example: persona questions norrland.json
    """
    from persona.pipe import shipped_questionnaire
    from persona.reports.questions import print_questions
    from persona.reports.result import load_result

    saved = load_result(result) if result is not None else None
    given = saved.row.given if saved else None
    print_questions(shipped_questionnaire(), given, as_format, sys.stdout)
