"""What the commands share: printing a page or JSON, and the words for a method."""

import sys

from persona.reports.result import Result, encode_result


def print_json(result: Result) -> None:
    """Print a result as JSON on standard output."""
    sys.stdout.write(encode_result(result).decode())
    sys.stdout.flush()


def print_report(result: Result, *, plain: bool = False) -> None:
    """Print the terminal report of a result on standard output."""
    from persona.layout import paper_for, print_page
    from persona.reports.terminal import write_report

    paper = paper_for(sys.stdout, plain=plain)
    write_report(paper, result)
    print_page(paper)
