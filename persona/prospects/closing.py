"""What the terminal says when a list is scored: how it ended, and how to go on."""

from pathlib import Path
from typing import Final

from persona.layout import Paper, clean, counted, percent
from persona.prospects.summary import ListSummary
from persona.prospects.summary_tables import REASON_NAMES
from persona.vocabulary import PERSONA_NAMES, PERSONAS

_MOST_FAILURES: Final = 6
_NAME, _BAR, _SHARE, _INTERVAL, _COUNT = 18, 22, 6, 14, 12
_INDENT: Final = 2


def write_closing(paper: Paper, summary: ListSummary, report: str = "") -> None:
    """Write in at most 25 lines (on 80 columns) how the rows of a list ended.

    ``report`` names the HTML report, if one was written.
    """
    paper.title(Path(summary.source).name, f"{summary.rows:,} {_row(summary.rows)}")
    paper.blank()
    _write_shares(paper, summary)
    if summary.undecided:
        paper.paragraph(f"{summary.undecided:,} undecided: {_reasons(summary.reasons)}")
    if summary.duplicate:
        paper.paragraph(f"{summary.duplicate:,} repeating an earlier row")
    _write_failures(paper, summary)
    paper.blank()
    for label, place in (("List", summary.output), ("Report", report)):
        if place:
            paper.labelled(label, place, label_width=8)


def _reasons(counts: dict[str, int]) -> str:
    """Return reasons in words, with how many rows each has where there are several."""
    names = {REASON_NAMES.get(reason, reason).lower(): rows for reason, rows in counts.items()}
    if len(names) == 1:
        return next(iter(names))
    return ", ".join(f"{name} {rows:,}" for name, rows in names.items())


def _write_shares(paper: Paper, summary: ListSummary) -> None:
    if not summary.scored:
        paper.paragraph("No row with a verdict")
        return
    paper.paragraph(f"{summary.scored:,} with a verdict (in brackets: 95% intervals of the shares)")
    for persona in PERSONAS:
        share = summary.personas[persona]
        filled = round(share.value * (_BAR - 2))
        bar = "" if paper.plain else "█" * filled + "░" * (_BAR - 2 - filled)
        paper.row(
            (
                ("", _INDENT, False),
                (PERSONA_NAMES[persona], _NAME, False),
                (bar, 0 if paper.plain else _BAR, True),
                (percent(share.value).rjust(_SHARE - 1), _SHARE, False),
                (f"({percent(share.low)} to {percent(share.high)})", _INTERVAL + 2, True),
                (f"{share.count:,}".rjust(_COUNT), _COUNT, False),
            )
        )
    paper.blank()


def _write_failures(paper: Paper, summary: ListSummary) -> None:
    if not summary.failed:
        return
    paper.paragraph(f"{summary.failed:,} failed:")
    commonest = list(summary.failures.items())
    width = len(f"{max(summary.failures.values(), default=0):,}") + 2
    for why, count in commonest[:_MOST_FAILURES]:
        paper.labelled(f"{count:,}".rjust(width - 2), why, label_width=width, indent=_INDENT)
    rest = commonest[_MOST_FAILURES:]
    if rest:
        rows = sum(count for _, count in rest)
        paper.paragraph(f"and {rows:,} for {counted(len(rest), 'other reason')}", indent=_INDENT)
    if summary.retry:
        paper.blank()
        paper.paragraph("To read again what failed:")
        paper.lines.append(f"    {clean(summary.retry)}")


def _row(count: int) -> str:
    return "row" if count == 1 else "rows"
