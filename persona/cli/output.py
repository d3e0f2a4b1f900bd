"""What the commands share: printing a report, and JSON in any encoding."""

import sys
from collections.abc import Callable
from pathlib import Path

from persona.errors import UsageError
from persona.files import check_writable, same_file
from persona.reports.result import Result, encode_result, without_name


def print_json(result: Result) -> None:
    """Print a result as JSON on standard output, without the respondent's name."""
    write_json(encode_result(without_name(result)))


def write_json(document: bytes) -> None:
    """Write JSON to standard output, escaped where the encoding there lacks characters."""
    text = document.decode()
    if not (sys.stdout.encoding or "ascii").lower().startswith("utf"):
        import json

        text = json.dumps(json.loads(text), indent=2) + "\n"
    sys.stdout.write(text)
    sys.stdout.flush()


def print_report(
    result: Result, *, plain: bool = False, pause: Callable[[], None] | None = None
) -> None:
    """Print the terminal report of a result on standard output.

    ``pause`` is called between pages; without it the report is printed in one piece.
    """
    from persona.layout import paper_for, print_text
    from persona.reports.terminal import write_report

    paper = paper_for(sys.stdout, plain=plain)
    write_report(paper, result)
    for number, page in enumerate(paper.pages()):
        if number and pause is not None:
            pause()
        print_text(page, sys.stdout)


def check_report(report: Path | None, *others: str | Path | None) -> None:
    """Raise OutputError or UsageError now if a report could not be written later.

    It needs a file of its own: none of the ``others`` that are read or written.
    """
    if report is None:
        return
    if any(same_file(report, Path(other)) for other in others if other is not None):
        raise UsageError(f"{report}: the report needs a file of its own")
    check_writable(report)


def write_html(report: Path | None, result: Result) -> None:
    """Write the report of a result as an HTML file, where one is asked for."""
    if report is None:
        return
    from persona.files import write_atomically
    from persona.reports.html.company import company_report

    write_atomically(report, company_report(result))
