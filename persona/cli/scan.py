"""``persona scan``: one website, read and classified from its signals alone."""

from pathlib import Path

import click

from persona.cli.output import check_report, print_json, print_report, write_html
from persona.cli.reading import Reading, reading_options
from persona.files import check_writable


@click.command()
@click.argument("source", metavar="ADDRESS")
@reading_options
@click.option("--company", metavar="NAME", help="The company's name, for the report.")
@click.option(
    "--save", type=click.Path(path_type=Path), metavar="FILE.json", help="Keep the result."
)
@click.option(
    "--report",
    type=click.Path(path_type=Path),
    metavar="FILE.html",
    help="Write the report as a web page, too.",
)
@click.option(
    "--model", type=click.Path(path_type=Path), metavar="FILE.json", help="Another model."
)
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@click.option("--plain", is_flag=True, help="No colour: for screen readers.")
def scan(
    source: str,
    reading: Reading,
    company: str | None,
    save: Path | None,
    report: Path | None,
    model: Path | None,
    as_json: bool,
    plain: bool,
) -> None:
    """Read a company's website and tell its method from what the website shows.

    ADDRESS is a website, a folder of saved pages, a saved page, or a file of captures (.jsonl,
    .jsonl.gz) or WARC records. A site that cannot be read is a result too, with the reason.

    \b
    Example: persona scan example.com
    Example: persona scan example.com --save-pages pages.jsonl.gz --json
    Example: persona scan example.com --report example.html
    Example: persona scan pages.jsonl.gz --site example.com
    """
    from persona.pipe import open_model, scan_reading
    from persona.reports.result import save_result

    if save is not None:
        check_writable(save)
    reading.check(source, save)
    check_report(report, source, save, reading.save_pages)
    loaded = open_model(model) if model is not None else None
    seen = reading.read(source, plain=plain)
    result = scan_reading(seen, company=company, model=loaded)
    if as_json:
        print_json(result)
    else:
        print_report(result, plain=plain)
    reading.keep(seen)
    if save is not None:
        save_result(result, save)
    write_html(report, result)
