"""What the page of a comparison of dates shows."""

from typing import Any, Final

from persona.advice.progress import Record
from persona.layout import counted, percent
from persona.reports.comparison.structures import DateComparison, Moment, Outcomes, Shift
from persona.reports.comparison.words import is_enough
from persona.reports.comparison.words_dates import (
    GAP_HEADINGS,
    UNSET_SCORES,
    answer_shift,
    lead_notes,
    moved,
    outcome_words,
    score_words,
)
from persona.reports.html.comparison_dimensions import dimensions_view
from persona.reports.html.kinds import KINDS
from persona.reports.html.marks import sign
from persona.reports.html.spread_chart import Mark, spread_chart
from persona.reports.reasons import signed
from persona.reports.sentences import day
from persona.reports.website import opinion_in_words
from persona.vocabulary import GAP_NAMES, PERSONA_NAMES, PERSONAS

_MOST_SHIFTS: Final = 8


def dates_view(comparison: DateComparison) -> dict[str, Any]:
    """Return the sections of a comparison of dates, by key."""
    return {
        "then": _then(comparison),
        "moved": _moved(comparison),
        "dimensions": _dimensions(comparison),
        "gaps": _gaps(comparison),
        "outcomes": [_outcomes(comparison, each) for each in comparison.plans],
    }


def _then(comparison: DateComparison) -> dict[str, Any]:
    shown = [each for each in comparison.moments if is_enough(each.opinion)]
    return {
        "rows": [_moment(number, each) for number, each in enumerate(comparison.moments)],
        "bars": [
            {
                "name": PERSONA_NAMES[persona],
                "said": " → ".join(percent(each.opinion.probabilities[persona]) for each in shown),
                "chart": spread_chart(
                    f"then-{KINDS[persona]}",
                    PERSONA_NAMES[persona],
                    KINDS[persona],
                    [Mark(each.letter, each.opinion.probabilities[persona]) for each in shown],
                ),
            }
            for persona in PERSONAS
            if len(shown) > 1
        ],
    }


def _moment(number: int, moment: Moment) -> dict[str, Any]:
    pages = f", {counted(moment.pages, 'page')} of the website read" if moment.pages else ""
    return {
        "sign": sign(moment.letter, number),
        "letter": moment.letter,
        "on": day(moment.on),
        "role": moment.role or "",
        "opinion": opinion_in_words(moment.opinion),
        "basis": f"{moment.answered} of {moment.asked} questions on method answered{pages}",
        "model": moment.model,
    }


def _moved(comparison: DateComparison) -> dict[str, Any]:
    lead = comparison.lead
    widest = max((abs(each.whole) for each in lead.shifts), default=0.0)
    return {
        "notes": lead_notes(lead) if lead.shifts else [],
        "shifts": [_shift(each, widest) for each in lead.shifts[:_MOST_SHIFTS]],
        "rest": [_shift(each, widest) for each in lead.shifts[_MOST_SHIFTS:]],
        "split": bool(lead.by_model or lead.undivided),
    }


def _shift(shift: Shift, widest: float) -> dict[str, Any]:
    return {
        "figure": signed(shift.whole),
        "length": f"{100 * abs(shift.whole) / widest:.1f}%",
        "kind": "for" if shift.whole > 0 else "against",
        "after": shift.after or ("no answer" if shift.origin == "answer" else "not judged"),
        "before": shift.before or ("no answer" if shift.origin == "answer" else "not judged"),
        "changed": shift.before != shift.after,
        "answer": shift.origin == "answer",
        "words": answer_shift(shift),
        "about": shift.about,
        "item": shift.item if shift.origin in ("answer", "signal") else "",
        "parts": [
            (name, signed(value))
            for name, value in (
                (
                    "other answer" if shift.origin == "answer" else "other reading",
                    shift.by_evidence,
                ),
                ("other model", shift.by_model),
                ("both at once", shift.undivided),
            )
            if value
        ],
    }


def _dimensions(comparison: DateComparison) -> dict[str, Any]:
    return dimensions_view(
        "The dimensions at every date",
        [(each.letter, day(each.on)) for each in comparison.moments],
        [(each, moved(each)) for each in comparison.courses],
        "Moved",
        joined=True,
    )


def _gaps(comparison: DateComparison) -> dict[str, Any] | None:
    if all(each.change is None for each in comparison.gaps):
        return None
    groups = [
        (title, [GAP_NAMES[each.gap] for each in comparison.gaps if each.change == change])
        for change, title in GAP_HEADINGS.items()
    ]
    unknown = [GAP_NAMES[each.gap] for each in comparison.gaps if each.change is None]
    return {
        "groups": [(title, names) for title, names in (*groups, ("Cannot be told", unknown))
                   if names],
        "score": score_words(comparison) or UNSET_SCORES,
    }  # fmt: skip


def _outcomes(comparison: DateComparison, outcomes: Outcomes) -> dict[str, Any]:
    on = next(each.on for each in comparison.moments if each.letter == outcomes.letter)
    return {
        "on": day(on),
        "steps": [
            {
                "id": step.id,
                "name": step.name,
                "target": step.target,
                "metric": step.metric,
                "said": outcome_words(step),
                "records": [_record(each) for each in step.records],
            }
            for step in outcomes.steps
        ],
    }


def _record(record: Record) -> dict[str, str]:
    kinds = {True: ("met", "target met"), False: ("missed", "target not met"), None: ("", "")}
    kind, state = kinds[record.met]
    return {
        "kind": kind,
        "iso": record.on,
        "on": day(record.on),
        "value": record.value,
        "state": state,
        "note": record.note or "",
    }
