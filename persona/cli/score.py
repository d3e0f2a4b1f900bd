"""``persona score``: a list of prospects, every row back with a verdict or why there is none."""

import shlex
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click
from click.core import ParameterSource

from persona.capture.records import MOST_PAGES
from persona.cli.output import write_json
from persona.cli.reading import tell
from persona.errors import UsageError
from persona.files import encode

if TYPE_CHECKING:
    from persona.prospects.options import Backend
    from persona.prospects.summary import ListSummary

_SOME_FAILED = 1
ROLES = ("website", "company", "industry", "size")
_ONCE = ("resume", "restart", "retry_failed")


@click.command()
@click.argument("source", metavar="INPUT", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path),
    metavar="OUTPUT",
    help="Where the scored list goes: .csv, .tsv, .xlsx, .parquet or .jsonl.",
)
@click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="WHAT=HEADING",
    help="Which column holds the website, company, industry or size; can be repeated.",
)
@click.option("--no-websites", is_flag=True, help="Judge by answers in the list alone.")
@click.option(
    "--pages",
    type=click.IntRange(1, MOST_PAGES),
    default=8,
    show_default=True,
    metavar="N",
    help=f"Most pages to read from each website, up to {MOST_PAGES}.",
)
@click.option(
    "--allow-address",
    multiple=True,
    metavar="HOST[:PORT]",
    help="An address off the public internet that may be read; can be repeated.",
)
@click.option("--offline", is_flag=True, help="Take pages from the cache only.")
@click.option("--resume", is_flag=True, help="Go on with a run that was stopped.")
@click.option("--retry-failed", is_flag=True, help="Read again what failed; keep all else.")
@click.option("--restart", is_flag=True, help="Throw an unfinished run away and begin anew.")
@click.option(
    "--workers",
    type=click.IntRange(1, 4096),
    metavar="N",
    help="Processes that read websites.  [default: one a core, or all of a cluster]",
)
@click.option(
    "--backend",
    type=click.Choice(["loky", "dask", "ray"]),
    default="loky",
    show_default=True,
    help="Where they run: this machine, a Dask or a Ray cluster.",
)
@click.option("--scheduler", metavar="ADDRESS", help="The cluster's address; else a local one.")
@click.option(
    "--work",
    metavar="FOLDER",
    help="Where the run is kept until it is finished, also as an address such as s3://…; "
    "workers on other machines must reach it.  [default: beside OUTPUT]",
)
@click.option(
    "--report",
    type=click.Path(path_type=Path),
    metavar="FILE.html",
    help="Also draw the picture of the whole list.",
)
@click.option(
    "--model", type=click.Path(path_type=Path), metavar="FILE.json", help="Another model."
)
@click.option("--json", "as_json", is_flag=True, help="Print the picture of the list as JSON.")
@click.option("--plain", is_flag=True, help="No colour and no progress: for screen readers.")
def score(
    source: Path,
    output: Path,
    columns: tuple[str, ...],
    no_websites: bool,
    pages: int,
    allow_address: tuple[str, ...],
    offline: bool,
    resume: bool,
    retry_failed: bool,
    restart: bool,
    workers: int | None,
    backend: str,
    scheduler: str | None,
    work: str | None,
    report: Path | None,
    model: Path | None,
    as_json: bool,
    plain: bool,
) -> None:
    """Score a list of prospects: every row back, with a verdict or why there is none.

    INPUT is a list as CSV, TSV, XLSX, Parquet or JSON Lines with a column of websites or of
    answers (p01 to p28), or a file of saved pages (captures, WARC). A run that is stopped goes
    on with --resume where it was.

    \b
    Example: persona score prospects.csv -o scored.csv --report scored.html
    Example: persona score prospects.xlsx -o scored.xlsx --column website=Homepage
    Example: persona score prospects.csv -o scored.csv --resume
    """
    from persona.pipe import open_model
    from persona.prospects.options import ScoreOptions
    from persona.prospects.progress import Progress, Silence
    from persona.prospects.score import score as score_list

    options = ScoreOptions(
        columns=_columns(columns),
        websites=not no_websites,
        pages=pages,
        allow=allow_address,
        offline=offline,
        resume=resume,
        retry_failed=retry_failed,
        restart=restart,
        workers=workers,
        backend=cast("Backend", backend),
        scheduler=scheduler,
        work=work,
    )
    _end_like_ctrl_c()
    shown = sys.stderr.isatty() and not plain
    summary = score_list(
        source,
        output,
        options=options,
        report=report,
        model=open_model(model) if model is not None else None,
        say=tell,
        progress=Progress() if shown else Silence(),
        again=_again(click.get_current_context()),
    )
    _print(summary, report, as_json=as_json, plain=plain)
    if summary.failed:
        raise click.exceptions.Exit(_SOME_FAILED)


def _end_like_ctrl_c() -> None:
    """Have SIGTERM, by which services and batch systems end a program, clear up as Ctrl-C does."""
    with suppress(ValueError):  # signals are the main thread's
        signal.signal(signal.SIGTERM, signal.default_int_handler)


def _columns(given: tuple[str, ...]) -> dict[str, str]:
    """Read WHAT=HEADING entries; UsageError for others."""
    columns: dict[str, str] = {}
    for entry in given:
        role, equals, heading = entry.partition("=")
        role = role.strip().lower()
        if not equals or role not in ROLES:
            raise UsageError(
                f"--column {entry[:60]!r}: write WHAT=HEADING, where WHAT is one of "
                f"{', '.join(ROLES)}"
            )
        columns[role] = heading
    return columns


def _again(context: click.Context) -> Callable[[str], str]:
    """Return what gives the command as it was typed, to go on with by another option."""
    words = ["persona", "score"]
    for parameter in context.command.params:
        name = parameter.name or ""
        value: Any = context.params.get(name)
        typed = context.get_parameter_source(name) is ParameterSource.COMMANDLINE
        if not typed or name in _ONCE:
            continue
        if isinstance(parameter, click.Option):
            values = value if parameter.multiple else [value]
            flag = parameter.opts[0]
            words += [flag] if parameter.is_flag else [w for v in values for w in (flag, str(v))]
        else:
            words.append(str(value))
    return lambda option: shlex.join([*words, option])


def _print(summary: "ListSummary", report: Path | None, *, as_json: bool, plain: bool) -> None:
    if as_json:
        write_json(encode(summary))
        return
    from persona.layout import paper_for, print_page
    from persona.prospects.closing import write_closing

    paper = paper_for(sys.stdout, plain=plain)
    write_closing(paper, summary, str(report or ""))
    print_page(paper)
