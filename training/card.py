"""The model card: a page for readers, the charts beside it, and the figures inside the model.

Every figure comes from the report; the prose says how to read it and where it ends.
"""

from collections.abc import Callable
from typing import Any

import msgspec

from persona.training.card_results import RESULTS, view_name
from persona.training.charts import (
    CalibrationSeries,
    CoverageSeries,
    calibration_svg,
    coverage_svg,
    learning_svg,
)
from persona.training.curves import CoveragePoint
from persona.training.markdown import figure, plain, share, table
from persona.training.report import TrainingReport
from persona.vocabulary import PERSONAS, UNDECIDED

_DECIMALS = 4
_WITHOUT_CLASSES = ("bakeoff", "known", "blocks", "geometry")
_NOT_IN_FIGURES = ("about", "curves", "learning", "commands", "name", "created", "data_sha256")


def card_files(report: TrainingReport) -> dict[str, bytes]:
    """Return the card and its charts, by file name; they belong into one folder."""
    files = {f"{report.name}.md": card_markdown(report).encode()}
    if report.curves:
        files[f"{report.name}-calibration.svg"] = calibration_svg(_calibration(report))
        files[f"{report.name}-coverage.svg"] = coverage_svg(_coverage(report))
    if report.learning:
        files[f"{report.name}-learning.svg"] = learning_svg(report.learning)
    return files


def card_markdown(report: TrainingReport) -> str:
    """Return the model card as Markdown; equal reports give equal text."""
    sections: tuple[Callable[[TrainingReport], list[str]], ...] = (
        _in_short, _purpose, _data, *RESULTS, _limits, _reproduce
    )  # fmt: skip
    lines = [f"# Model card: {report.name}", ""]
    for section in sections:
        lines += section(report)
    return "\n".join(lines).rstrip("\n") + "\n"


def card_figures(report: TrainingReport) -> dict[str, Any]:
    """Return the figures for ``Model.card``: rounded, an interval as [value, low, high].

    What was not measured is left out, and so is what the charts draw.
    """
    figures = msgspec.to_builtins(report)
    for name in _WITHOUT_CLASSES:
        for one in figures[name]:
            del one["measures"]["classes"]
    return {name: value for name, value in _compact(figures).items() if name not in _NOT_IN_FIGURES}


def _compact(value: Any) -> Any:
    if isinstance(value, dict):
        if list(value) == ["value", "low", "high"]:
            return [_compact(each) for each in value.values()]
        return {
            name: _compact(each) for name, each in value.items() if each is not None and each != ()
        }
    if isinstance(value, (list, tuple)):
        return [_compact(each) for each in value]
    return round(value, _DECIMALS) + 0.0 if isinstance(value, float) else value


def _calibration(report: TrainingReport) -> list[CalibrationSeries]:
    series = []
    for view, curves in report.curves.items():
        error = report.views[view].calibration_error.value if view in report.views else None
        note = "" if error is None else f"calibration error {plain(error)}"
        series.append(CalibrationSeries(view_name(view), curves.calibration, note))
    return series


def _coverage(report: TrainingReport) -> list[CoverageSeries]:
    series = []
    for view, curves in report.curves.items():
        shipped, found = None, report.views.get(view)
        if found and found.coverage and found.accuracy_decided:
            shipped = CoveragePoint(found.coverage.value, found.accuracy_decided.value)
        series.append(CoverageSeries(view_name(view), curves.coverage, shipped))
    return series


def _in_short(report: TrainingReport) -> list[str]:
    """Return what a reader in a hurry must know, the sobering part included."""
    lines = []
    for view, found in report.views.items():
        lines.append(
            f"- **{view_name(view)}**, {found.companies} companies left out of the fit: kappa "
            f"{figure(found.kappa)}, the label is met on {figure(found.accuracy, percent=True)}."
        )
    for one in report.left_out:
        if one.kind == "source" and one.group == "all" and one.view == "website":
            lines.append(
                "- **Where a whole source of pages was left out, websites reach kappa "
                f"{figure(one.kappa)}; industry, size and kind of customer alone reach "
                f"{figure(one.controls_kappa)} there.** Expect that on a list unlike this one."
            )
    if report.about.labelled_by:
        lines.append(
            f"- Labels are by {report.about.labelled_by}: agreement with them is all that is "
            "measured here."
        )
    return ["## In short", "", *lines, ""] if lines else []


def _purpose(report: TrainingReport) -> list[str]:
    return f"""\
{report.method}

The model says which of three go-to-market methods a company runs on, *{PERSONAS[0]}*,
*{PERSONAS[1]}* or *{PERSONAS[2]}*, from answers to a questionnaire, from its website, or from
both. It adds up what each answer, signal and word speaks for, so that the parts shown in an
explanation are all there is. Where there is too little, or two methods are too close, it says
"undecided" and why.

**It is for** telling a company's own people which method they run on as a start of a
conversation, and for sorting lists of companies by how they are likely to sell, with the evidence
at hand.

**It is not for** ranking companies, as none of the three methods is better than another; for
judging how well a method is carried out, which other questions do; for decisions about people,
credit, employment or insurance; or as the only ground for any decision about a single company.
""".split("\n")


def _data(report: TrainingReport) -> list[str]:
    data = report.data
    total = sum(data.labels.values())
    labels = table(
        ("Label", "Companies"),
        [(label, share(data.labels.get(label, 0), total)) for label in (*PERSONAS, UNDECIDED)],
    )
    counts = [
        f"{data.companies} companies, of which {total} are labelled and used to judge.",
        f"{data.answered} have answers ({data.answer_rows} rows, as a company may have two "
        f"informants), {data.websites} have pages of their website.",
    ]
    if data.weak:
        counts.append(
            f"A further {data.weak} of which mostly one article was at hand help the fit with a "
            "small weight and are never judged."
        )
    return [
        "## Data in short", "", *counts, "", *labels, *_reasons(report),
        *_sources(report), report.about.origin, "",
    ]  # fmt: skip


def _reasons(report: TrainingReport) -> list[str]:
    if not report.data.reasons:
        return []
    reasons = sorted(report.data.reasons.items(), key=lambda one: (-one[1], one[0]))
    words = ", ".join(f"{name} {count}" for name, count in reasons)
    return [f"Undecided because: {words}.", ""]


def _sources(report: TrainingReport) -> list[str]:
    if not report.data.sources:
        return []
    rows = sorted(report.data.sources.items(), key=lambda one: (-one[1], one[0]))
    return table(("Pages from", "Companies"), [(name, str(count)) for name, count in rows])


def _limits(report: TrainingReport) -> list[str]:
    return [
        "## Limits", "", *(f"- {limit}" for limit in report.about.limits),
        "- **English only.** Pages in other languages are not judged.",
        "- **Labels are opinions.** The figures say how far the model agrees with whoever labelled "
        "the companies, and no more.", "",
        "**It must not be used** to say that a company is badly run, to infer anything about its "
        "staff, or to claim that a method causes success: none of this was labelled, and none of "
        "it can be read off these figures.", "",
    ]  # fmt: skip


def _reproduce(report: TrainingReport) -> list[str]:
    chosen = [f"- {name}: {value:g}" for name, value in report.chosen.items()]
    return [
        "## How to make it again", "",
        "The same tables give the same bytes:", "",
        *(f"    {command}" for command in report.commands), "",
        f"Tables: SHA-256 `{report.data_sha256}`. Made on {report.created}.", "",
        *(["Chosen by cross-validation within the training companies:", "", *chosen, ""]
          if chosen else []),
    ]  # fmt: skip
