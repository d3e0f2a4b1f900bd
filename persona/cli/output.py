"""What the commands share: printing a page or JSON, and the words for a method."""

import sys

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


def print_report(result: Result, *, plain: bool = False) -> None:
    """Print the terminal report of a result on standard output."""
    from persona.layout import paper_for, print_page
    from persona.reports.terminal import write_report

    paper = paper_for(sys.stdout, plain=plain)
    write_report(paper, result)
    print_page(paper)
