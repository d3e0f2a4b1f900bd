"""``persona compare``: one company at several dates, or as several of its people see it."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from persona.cli.output import write_json
from persona.errors import UsageError
from persona.files import check_writable, encode, write_atomically
from persona.layout import paper_for, print_page

if TYPE_CHECKING:
    from persona.reports.comparison.structures import Kind

_HINT = "--as dates or --as people chooses."


@click.command()
@click.argument("results", metavar="A.json B.json [...]", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--as",
    "kind",
    type=click.Choice(["dates", "people"]),
    help="Compare as dates or as people; else days and roles tell.",
)
@click.option("--anyway", is_flag=True, help="Compare although the companies' names differ.")
@click.option(
    "-o",
    "--report",
    type=click.Path(path_type=Path),
    metavar="FILE.html",
    help="Write the comparison as a page for a browser, and to print.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the comparison as JSON.")
@click.option("--plain", is_flag=True, help="No colour, no drawing: for screen readers.")
def compare(
    results: tuple[Path, ...],
    kind: "Kind | None",
    anyway: bool,
    report: Path | None,
    as_json: bool,
    plain: bool,
) -> None:
    """Set saved results of one company side by side.

    Two dates show what moved and what moved it; several people show where each sees another
    company, and what to talk about first. Nobody's name is shown.

    \b
    Example: persona compare spring.json autumn.json
    Example: persona compare chief.json sales.json marketing.json -o views.html
    """
    from persona.pipe import compare as compare_results
    from persona.reports.result import load_result

    _check_files(results, report)
    comparison = compare_results(
        [load_result(path) for path in results],
        kind=kind,
        anyway=anyway,
        called=[str(path) for path in results],
    )
    if report is not None:
        from persona.reports.html.comparison import comparison_report

        write_atomically(report, comparison_report(comparison))
    if as_json:
        write_json(encode(comparison))
        return
    from persona.reports.comparison.terminal import write_comparison

    paper = paper_for(sys.stdout, plain=plain)
    write_comparison(paper, comparison, _HINT if kind is None else "")
    print_page(paper)


def _check_files(results: tuple[Path, ...], report: Path | None) -> None:
    """Raise UsageError for the same file twice, or a report that would overwrite a result."""
    seen: dict[Path, Path] = {}
    for path in results:
        real = path.resolve()
        if real in seen:
            raise UsageError(f"{path}: the same file as {seen[real]}; name each result once")
        seen[real] = path
    if report is None:
        return
    if report.resolve() in seen:
        raise UsageError(f"{report}: the report would overwrite a result; name another file")
    check_writable(report)
