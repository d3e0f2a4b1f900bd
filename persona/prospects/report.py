"""The picture of a list as one HTML file that needs nothing else."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

from msgspec.structs import replace

from persona.files import write_atomically
from persona.layout import percent
from persona.prospects.summary import Group, ListSummary
from persona.prospects.summary_tables import (
    SummaryTable,
    confidence_table,
    failures_table,
    groups_table,
    personas_table,
    reasons_table,
    rows_table,
    standings_table,
    telling_table,
)
from persona.prospects.wording import (
    confidence_notes,
    lede,
    limits_of,
    reading_notes,
    share_notes,
)
from persona.reports.html.charts import (
    Column,
    Part,
    columns_chart,
    interval_bar,
    stacked_bar,
    swatch,
)
from persona.reports.html.kinds import ABOUT, KINDS
from persona.reports.html.page import render
from persona.vocabulary import PERSONA_NAMES, PERSONAS

_MOST_FAILURES: Final = 25
_MOST_REMARKS: Final = 40
_SURE: Final = 8
"""The tenth from which on a verdict is called sure."""


def write_list_report(path: Path, summary: ListSummary) -> None:
    """Write the report of a list, whole or not at all; OutputError where it cannot be written."""
    write_atomically(path, list_report(summary))


def list_report(summary: ListSummary) -> bytes:
    """Return the report of a list as one HTML file; equal summaries give equal bytes."""
    name = Path(summary.source).name
    views: dict[str, Any] = {
        "made_of": made_of(summary),
        "personas": _personas(summary),
        "confidence": _confidence(summary),
        "reasons": _reasons(summary),
        "group_views": _group_views(summary),
        "telling": _telling(summary),
        "surest": standings_table("surest", "The surest", summary.surest),
        "doubtful": standings_table("doubtful", "The most doubtful", summary.doubtful),
        "failures": _failures(summary),
        "read": _read(summary),
    }
    return render(
        "list.html.j2",
        title=f"{name}: which method each company runs on",
        source=name,
        output=Path(summary.output).name,
        model=summary.model,
        retry=summary.retry,
        lede=lede(summary),
        contents=_contents(views),
        limits=limits_of(summary),
        **views,
    )


def _contents(views: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the sections there are, by key, with short names."""
    groups = [(view["table"].key, view["table"].title) for view in views["group_views"]]
    places = [
        ("personas", "Share by method", True),
        ("confidence", "How sure", views["confidence"]),
        ("reasons", "Undecided", views["reasons"]),
        *((key, title, True) for key, title in groups),
        ("telling", "Evidence", views["telling"]),
        ("surest", "Surest and most doubtful", views["surest"].rows),
        ("failures", "Failed", views["failures"]),
        ("read", "What was read", True),
        ("limits", "How far to trust this", True),
    ]
    return [(key, name) for key, name, there in places if there]


def _parts(summary: ListSummary) -> list[Part]:
    methods = [
        Part(KINDS[each], PERSONA_NAMES[each], summary.personas[each].count) for each in PERSONAS
    ]
    return [
        *methods,
        Part("undecided", "Undecided", summary.undecided),
        Part("failed", "Failed", summary.failed),
        Part("repeated", "Repeating", summary.duplicate),
    ]


def _legend(parts: Iterable[Part], counted: bool) -> list[dict[str, Any]]:
    return [
        {"swatch": swatch(each.kind), "name": each.name, "count": each.count if counted else None}
        for each in parts
    ]


def made_of(summary: ListSummary) -> dict[str, Any] | None:
    """Return a picture of what became of a list's rows, with its legend; None without rows."""
    if not summary.rows:
        return None
    parts = _parts(summary)
    return {
        "chart": stacked_bar("whole", "What the list is made of", parts, height=44),
        "legend": _legend((each for each in parts if each.count), counted=True),
    }


def _personas(summary: ListSummary) -> dict[str, Any]:
    bars = []
    for persona in PERSONAS:
        share, name = summary.personas[persona], PERSONA_NAMES[persona]
        if share.of:
            chart = interval_bar(
                f"share-{KINDS[persona]}", name, KINDS[persona], share.value, share.low, share.high
            )
            bars.append(
                {"name": name, "about": ABOUT[persona], "share": percent(share.value),
                 "chart": chart}
            )  # fmt: skip
    return {"bars": bars, "table": personas_table(summary), "notes": share_notes(summary)}


def _confidence(summary: ListSummary) -> dict[str, Any] | None:
    table = confidence_table(summary)
    if not table.rows:
        return None
    columns = [
        Column(str(name), rows / summary.scored)
        for (name, *_), rows in zip(table.rows, summary.confidence[-len(table.rows) :], strict=True)
    ]
    return {
        "chart": columns_chart("sure", "How sure the verdicts are", "ink", columns),
        "table": table,
        "notes": confidence_notes(summary, _SURE),
    }


def _reasons(summary: ListSummary) -> dict[str, Any] | None:
    if not summary.undecided:
        return None
    share = summary.undecided / (summary.scored + summary.undecided)
    said = f"{percent(share)} of the rows that could be judged. No verdict is better than a guess."
    return {"table": reasons_table(summary), "notes": [said]}


def _group_views(summary: ListSummary) -> list[dict[str, Any]]:
    views = []
    for key, title, heading, groups in (
        ("industries", "By industry", "Industry", summary.industries),
        ("sizes", "By size", "Size", summary.sizes),
    ):
        if groups:
            table = groups_table(key, title, heading, groups)
            views.append(_group_view(table, groups))
    return views


def _group_view(table: SummaryTable, groups: Sequence[Group]) -> dict[str, Any]:
    """Return a table of groups with a bar for each."""
    legend = [*((KINDS[each], PERSONA_NAMES[each]) for each in PERSONAS)]
    legend += [("undecided", "Undecided"), ("failed", "Failed")]
    bars = []
    for place, group in enumerate(groups):
        counts = [
            *(group.personas.get(each, 0) for each in PERSONAS),
            group.undecided,
            group.failed,
        ]
        parts = [
            Part(kind, name, count) for (kind, name), count in zip(legend, counts, strict=True)
        ]
        chart = stacked_bar(f"{table.key}-{place}", group.name, parts)
        bars.append({"name": group.name, "rows": group.rows, "chart": chart})
    return {
        "table": table,
        "bars": bars,
        "legend": [{"swatch": swatch(kind), "name": name, "count": None} for kind, name in legend],
        "notes": ["As the list itself names it. The verdict never takes it into account.",
                  "Shares of a few companies say little."],
    }  # fmt: skip


def _telling(summary: ListSummary) -> dict[str, Any] | None:
    """Return the strongest evidence, one small table a persona."""
    whole = telling_table(summary)
    if not whole.rows:
        return None
    personas = []
    for persona in PERSONAS:
        name = PERSONA_NAMES[persona]
        rows = tuple((row[1], row[3]) for row in whole.rows if row[0] == name)
        if rows:
            personas.append(
                {"key": f"telling-{KINDS[persona]}", "name": name, "rows": rows,
                 "swatch": swatch(KINDS[persona]), "headings": ("Evidence", "Share"),
                 "kinds": ("text", "share"), "caption": f"Evidence for {name.lower()}"}
            )  # fmt: skip
    notes = [
        whole.note,
        "What speaks most often is not what speaks loudest, and some of it is common to many "
        "companies whatever their method.",
    ]
    return {"personas": personas, "notes": notes}


def _failures(summary: ListSummary) -> dict[str, Any] | None:
    table = failures_table(summary)
    if not table.rows:
        return None
    more = len(table.rows) - _MOST_FAILURES
    notes = [
        "A row that failed says nothing about the company. The column persona_error says why, "
        "in these words."
    ]
    return {
        "table": _first(table, _MOST_FAILURES),
        "more": f"And {more:,} more reasons." if more > 0 else "",
        "notes": notes,
    }


def _read(summary: ListSummary) -> dict[str, Any]:
    more = len(summary.remarks) - _MOST_REMARKS
    remarks = [*summary.remarks[:_MOST_REMARKS], *([f"And {more:,} more."] if more > 0 else [])]
    return {"table": rows_table(summary), "remarks": remarks, "notes": reading_notes(summary)}


def _first(table: SummaryTable, most: int) -> SummaryTable:
    return replace(table, rows=table.rows[:most])
