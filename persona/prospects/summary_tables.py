"""The picture of a list as tables, for its report, its workbook and whoever asks."""

from collections.abc import Iterable
from typing import Final, Literal

import msgspec

from persona.prospects.summary import Group, ListSummary, Standing
from persona.prospects.troubles import what_to_do
from persona.vocabulary import PERSONA_NAMES, PERSONAS

Cell = str | int | float | None
Kind = Literal["text", "count", "share"]
"""What a column holds: words, whole numbers, or shares from 0 to 1 to be shown in percent."""

REASON_NAMES: Final = {
    "thin": "Too little to go on",
    "mixed": "Points more ways than one",
    "out_of_scope": "Not a company the methods describe",
    "unreachable": "Could not be read",
    "invalid_address": "No address of a website",
}
REASON_WORDS: Final = {
    "thin": "What was answered or read is too little for a verdict. A few more answers would help "
    "most.",
    "mixed": "Two methods fit almost equally well. A guess would help nobody, so none is made; the "
    "column persona_runner_up names the nearer rival.",
    "out_of_scope": "A public body, a charity, a school, a personal page, or a shop for consumers "
    "without a sales force: the three methods do not describe it.",
    "unreachable": "No page could be read, which says nothing about how the company sells.",
    "invalid_address": "What stands in the row is not the address of a public website.",
}
_COUNT: Final[Kind] = "count"
_COUNTS: Final = (_COUNT,) * (len(PERSONAS) + 3)
NO_REASON: Final = "The row does not say why."


class SummaryTable(msgspec.Struct, frozen=True):
    """A table with a name; ``kinds`` says what each column holds, ``note`` how to read it.

    ``key`` names the table for programs: it does not change with its words.
    """

    key: str
    title: str
    headings: tuple[str, ...]
    kinds: tuple[Kind, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""


def summary_tables(summary: ListSummary) -> list[SummaryTable]:
    """Return the picture of a list as tables with typed cells; empty ones are left out."""
    tables = (
        rows_table(summary),
        personas_table(summary),
        confidence_table(summary),
        reasons_table(summary),
        groups_table("industries", "By industry", "Industry", summary.industries),
        groups_table("sizes", "By size", "Size", summary.sizes),
        telling_table(summary),
        standings_table("surest", "The surest verdicts", summary.surest),
        standings_table("doubtful", "The most doubtful verdicts", summary.doubtful),
        failures_table(summary),
        _remarks_table(summary),
    )
    return [table for table in tables if table.rows]


def rows_table(summary: ListSummary) -> SummaryTable:
    """Return how many rows there are and how they ended, and what was read."""
    rows: list[tuple[str, int]] = [
        ("Rows in the list", summary.rows),
        ("with a verdict", summary.scored),
        ("undecided", summary.undecided),
        ("failed", summary.failed),
        ("repeating an earlier row", summary.duplicate),
    ]
    if summary.troubled:
        rows.append(("judged, though something could not be used", summary.troubled))
    if summary.sites:
        rows.append(("Different websites", summary.sites))
    if summary.websites_read:
        rows += [("Websites read", summary.sites_read), ("Pages read", summary.pages)]
    return SummaryTable(
        "rows", "The list in figures", ("What", "Number"), ("text", "count"), tuple(rows)
    )


def personas_table(summary: ListSummary) -> SummaryTable:
    """Return the share of each persona with its interval."""
    shares = [(PERSONA_NAMES[each], summary.personas[each]) for each in PERSONAS]
    return SummaryTable(
        "personas",
        "Share by method",
        ("Method", "Companies", "Share", "Interval from", "Interval to"),
        ("text", "count", "share", "share", "share"),
        tuple((name, one.count, one.value, one.low, one.high) for name, one in shares if one.of),
        "Of the rows with a verdict.",
    )


def confidence_table(summary: ListSummary) -> SummaryTable:
    """Return how many verdicts there are by tenths of confidence, from the lowest there is."""
    first = next((place for place, rows in enumerate(summary.confidence) if rows), 10)
    return SummaryTable(
        "confidence",
        "How sure the verdicts are",
        ("Probability", "Companies", "Share"),
        ("text", "count", "share"),
        tuple(
            (f"{place * 10}–{place * 10 + 10}%", rows, rows / summary.scored)
            for place, rows in enumerate(summary.confidence)
            if place >= first
        ),
        "Probability of the method named in the verdict.",
    )


def reasons_table(summary: ListSummary) -> SummaryTable:
    """Return the undecided rows by reason, in words."""
    return SummaryTable(
        "reasons",
        "Undecided, by reason",
        ("Reason", "Companies", "Share", "What it means"),
        ("text", "count", "share", "text"),
        tuple(
            (
                REASON_NAMES.get(reason, reason),
                rows,
                rows / summary.undecided,
                REASON_WORDS.get(reason, NO_REASON),
            )
            for reason, rows in summary.reasons.items()
        ),
    )


def groups_table(key: str, title: str, heading: str, groups: Iterable[Group]) -> SummaryTable:
    """Return how the rows of each group ended."""
    names = [PERSONA_NAMES[each] for each in PERSONAS]
    return SummaryTable(
        key,
        title,
        (heading, "Companies", *names, "Undecided", "Failed"),
        ("text", *_COUNTS),
        tuple(
            (
                one.name,
                one.rows,
                *(one.personas.get(each, 0) for each in PERSONAS),
                one.undecided,
                one.failed,
            )
            for one in groups
        ),
    )


def telling_table(summary: ListSummary) -> SummaryTable:
    """Return what speaks most often for each persona."""
    return SummaryTable(
        "telling",
        "Strongest evidence, by method",
        ("Method", "Evidence", "Companies", "Share"),
        ("text", "text", "count", "share"),
        tuple(
            (
                PERSONA_NAMES[persona],
                one.words,
                one.rows,
                one.rows / max(1, summary.personas[persona].count),
            )
            for persona in PERSONAS
            for one in summary.telling.get(persona, ())
        ),
        "Share of the companies with this verdict for which it is among the three strongest.",
    )


def standings_table(key: str, title: str, standings: Iterable[Standing]) -> SummaryTable:
    """Return single rows with their verdicts."""
    return SummaryTable(
        key,
        title,
        ("Company", "Website", "Row", "Verdict", "Probability", "Evidence"),
        ("text", "text", "count", "text", "share", "text"),
        tuple(
            (
                one.company or one.site or f"Row {one.row}",
                one.site,
                one.row,
                PERSONA_NAMES.get(one.leader, one.leader),
                one.confidence,
                one.evidence,
            )
            for one in standings
        ),
    )


def failures_table(summary: ListSummary) -> SummaryTable:
    """Return the failed rows by why, with what to do about it."""
    return SummaryTable(
        "failures",
        "Failed, by reason",
        ("Why", "Rows", "What to do"),
        ("text", "count", "text"),
        tuple((why, rows, what_to_do(why)) for why, rows in summary.failures.items()),
        f"To read again what failed: {summary.retry}" if summary.retry else "",
    )


def _remarks_table(summary: ListSummary) -> SummaryTable:
    return SummaryTable(
        "remarks", "Remarks", ("Remark",), ("text",), tuple((each,) for each in summary.remarks)
    )
