"""What the commands share: printing a report, and JSON in any encoding."""

import sys
from collections.abc import Callable

from persona.reports.result import Result, encode_result


def print_json(result: Result) -> None:
    """Print a result as JSON on standard output."""
    write_json(encode_result(result))


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
