"""A list of prospects in, the same list out: every row with a verdict, or why there is none."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from persona.capture.guard import Allowed
from persona.capture.live import Reading
from persona.errors import Paused, UsageError
from persona.files import check_writable, same_file
from persona.model.artefact import LoadedModel
from persona.pipe import current_model
from persona.prospects.assignment import Assignment
from persona.prospects.columns import Columns, recognise
from persona.prospects.options import ScoreOptions
from persona.prospects.progress import Silence
from persona.prospects.saved import SavedSites
from persona.prospects.steady import stamp
from persona.prospects.summary import ListSummary
from persona.prospects.table import check_output, is_captures, open_list
from persona.prospects.table.chunk import ProspectList

SCORED: Final = "persona_label"
"""The heading by which a list is known that was scored before."""


def score(
    source: str | Path,
    output: str | Path,
    *,
    options: ScoreOptions | None = None,
    report: str | Path | None = None,
    model: LoadedModel | None = None,
    reading: Reading | None = None,
    say: Callable[[str], None] = lambda _: None,
    progress: Silence | None = None,
    again: Callable[[str], str] | None = None,
) -> ListSummary:
    """Score a list of prospects and write it, in the same order, with columns of its own after.

    ``source`` is a list (CSV, TSV, XLSX, Parquet, JSON Lines) or a file of saved pages;
    ``output`` tells by its ending what is written. ``report`` is where the picture of the list is
    drawn, as HTML. ``model`` comes from ``open_model`` (the one in use if left out). ``reading``
    is how websites are read, in place of what ``options`` says of that. ``say`` is told in lines
    what was recognised in the list, ``progress`` how it goes on. ``again`` gives the command to
    go on with, by an option such as "--resume".

    Rows that cannot be judged are no error: their status and error say why. Raises ListError for
    a list that cannot be used, CaptureError for saved pages, UsageError for options that do not
    go together, RunError for an unfinished run that cannot be gone on with, OutputError,
    EngineError, and Paused when stopped by Ctrl-C.
    """
    source, output = Path(source), Path(output)
    options, progress = options or ScoreOptions(), progress or Silence()
    report = Path(report) if report is not None else None
    _check(source, output, report, options)
    again = again or _as_typed(source, output)
    before = stamp(source)
    with _stoppable(), _listed(source, options, say) as (listed, columns, remarks):
        task = Assignment(
            listed=listed,
            columns=columns,
            output=output,
            model=model or current_model(),
            options=options,
            reading=reading or _reading(options),
            progress=progress,
            again=again,
            stamp=before,
            remarks=remarks,
        )
        try:
            summary = _scored(task)
        finally:
            progress.end()
    if report is not None:
        from persona.prospects.report import write_list_report

        write_list_report(report, summary)
    return summary


@contextmanager
def _stoppable() -> Iterator[None]:
    """Say on Ctrl-C that nothing was done yet; what can be gone on with says so itself."""
    try:
        yield
    except KeyboardInterrupt:
        raise Paused("stopped; nothing was written; type the same command to begin again") from None


def _check(source: Path, output: Path, report: Path | None, options: ScoreOptions) -> None:
    """Raise now what would be raised after hours of reading."""
    check_output(source, output)
    if options.restart and (options.resume or options.retry_failed):
        raise UsageError("--restart begins anew, and does not go with --resume or --retry-failed")
    if options.scheduler and options.backend == "loky":
        raise UsageError("--scheduler is the address of a cluster; name its kind with --backend")
    if report is None:
        return
    if any(same_file(report, other) for other in (source, output)):
        raise UsageError(f"{report}: --report needs a file of its own")
    check_writable(report)


@contextmanager
def _listed(
    source: Path, options: ScoreOptions, say: Callable[[str], None]
) -> Iterator[tuple[ProspectList, Columns, list[str]]]:
    """Open a list, and tell what is recognised in it; remarks on it are collected."""
    remarks: list[str] = []

    def remark(line: str) -> None:
        remarks.append(line)
        say(line)

    if is_captures(source):
        skipped: list[str] = []
        listed = SavedSites(source, skipped.append)
        if skipped:
            remark(f"{source}: {len(skipped)} pieces left out; the first: {skipped[0]}")
        yield listed, Columns(website=0, company=0), remarks
        return
    with open_list(source) as opened:
        for line in opened.remarks:
            remark(line)
        if SCORED in opened.headings:
            remark(f"{source}: was scored before; its old persona_ columns stay, ours stand last")
        columns = recognise(opened, options.columns, Allowed.parse(options.allow))
        say(columns.words)
        yield opened, columns, remarks


def _scored(task: Assignment) -> ListSummary:
    if task.columns.website is None or not task.options.websites:
        from persona.prospects.by_answers import score_by_answers

        return score_by_answers(task)
    from persona.prospects.by_websites import score_by_websites

    return score_by_websites(task)


def _reading(options: ScoreOptions) -> Reading:
    allowed = Allowed.parse(options.allow)
    return Reading(pages=options.pages, allowed=allowed, offline=options.offline)


def _as_typed(source: Path, output: Path) -> Callable[[str], str]:
    import shlex

    return lambda option: shlex.join(["persona", "score", str(source), "-o", str(output), option])
