"""How the method is carried out, for the page: gaps, the plan with what was recorded, checks."""

from typing import Any, Final

from markupsafe import Markup

from persona.advice.execution import GapReading, State
from persona.advice.plan import Step
from persona.advice.progress import Record, of_play, target_met
from persona.reports.dimensions import GAP_ABOUT
from persona.reports.html.charts import share_bar
from persona.reports.html.links import quote
from persona.reports.result import Result
from persona.reports.sentences import day, joined, plan_heading, sentence, spelled
from persona.vocabulary import GAP_NAMES, TARGETS

_ORDER: Final[tuple[State, ...]] = ("open", "partly", "closed", "not applicable", "unknown")
_STATES: Final[dict[State, str]] = {
    "open": "Open",
    "partly": "Partly closed",
    "closed": "Closed",
    "not applicable": "Does not apply",
    "unknown": "Not known",
}
_QUOTES: Final = 1


def execution_view(result: Result) -> dict[str, Any] | None:
    """Return the gaps by state, the one figure over them, and traces seen on the website."""
    execution = result.execution
    traces = _traces(result)
    if not execution.known and not traces:
        return None
    gaps = [_gap(result, each) for each in execution.gaps] if execution.known else []
    groups = [
        {"state": _STATES[state], "sign": state_sign(state),
         "gaps": [each for each in gaps if each["state"] == state]}
        for state in _ORDER
    ]  # fmt: skip
    return {
        "groups": [each for each in groups if each["gaps"]],
        "score": None if execution.score is None else f"{execution.score:.0%}",
        "chart": None
        if execution.score is None
        else share_bar("carried-out", "Carried out", "ink", execution.score),
        "answered": f"{execution.known} of {execution.asked} questions on it answered",
        "core": any(each.core for each in execution.gaps),
        "traces": traces,
    }


def _gap(result: Result, reading: GapReading) -> dict[str, Any]:
    answer = result.row.answer(reading.item) if reading.item else None
    return {
        "name": GAP_NAMES[reading.gap],
        "about": GAP_ABOUT[reading.gap],
        "state": reading.state,
        "core": reading.core,
        "diagnosis": reading.diagnosis or "",
        "question": answer.question if answer else "",
        "text": answer.text if answer else "",
        "item": reading.item or "",
    }


def state_sign(state: State) -> Markup:
    """Return the small drawing of a gap's state: a ring that is empty, half or quite full."""
    ring = '<circle class="ring" cx="8" cy="8" r="6"/>'
    drawings: dict[State, str] = {
        "open": ring,
        "partly": ring + '<path class="fill" d="M8 2a6 6 0 0 0 0 12Z"/>',
        "closed": ring + '<circle class="fill" cx="8" cy="8" r="6"/>',
        "not applicable": '<line class="dash" x1="2" x2="14" y1="8" y2="8"/>',
        "unknown": '<circle class="ring unknown" cx="8" cy="8" r="6"/>',
    }
    return Markup(
        '<svg class="state-sign" width="16" height="16" aria-hidden="true" focusable="false">'
        f"{drawings[state]}</svg>"
    )


def _traces(result: Result) -> list[dict[str, Any]]:
    if result.website is None:
        return []
    return [
        {
            "name": GAP_NAMES[trace.gap],
            "words": sentence(trace.words),
            "speaks": "speaks for a gap" if trace.open else "speaks against a gap",
            "quotes": [quote(each) for each in trace.quotes[:_QUOTES]],
        }
        for trace in result.website.traces
    ]


def plan_view(result: Result) -> dict[str, Any]:
    """Return the plan's steps, each with what was recorded of its metric."""
    plan = result.plan
    return {
        "heading": "What to do next" if _scanned(result) else plan_heading(plan),
        "steps": [_step(result, each) for each in plan.steps],
        "targets": TARGETS if plan.steps else "",
        "note": "" if _scanned(result) else plan.note or "",
        "progress": _progress(result),
    }


def _scanned(result: Result) -> bool:
    """Return whether a website was read and nobody asked, so that there is no plan to speak of."""
    return result.website is not None and not result.row.answers


def _step(result: Result, step: Step) -> dict[str, Any]:
    return {
        "id": step.id,
        "name": step.name,
        "what": step.what,
        "how": step.how or "",
        "because": step.because,
        "also_when": step.also_when or "",
        "first_action": step.first_action,
        "owner": step.owner,
        "metric": step.metric,
        "target": step.target,
        "measure": step.measure,
        "records": [_record(each) for each in of_play(result.progress, step.id)],
    }


def _record(record: Record) -> dict[str, str]:
    states = {True: "target met", False: "target not met", None: "still open"}
    kinds = {True: "met", False: "missed", None: "waiting"}
    return {
        "on": day(record.on),
        "iso": record.on,
        "value": record.value,
        "state": states[record.met],
        "kind": kinds[record.met],
        "note": record.note or "",
    }


def _progress(result: Result) -> str:
    """Return how far the plan has come in one sentence, "" while nothing is recorded."""
    steps = result.plan.steps
    recorded = [found for step in steps if (found := of_play(result.progress, step.id))]
    if not recorded:
        return ""
    met = [target_met(found) for found in recorded]
    counts = (
        ("met", met.count(True)),
        ("not met", met.count(False)),
        ("recorded and still open", met.count(None)),
        ("not recorded", len(steps) - len(recorded)),
    )
    told = joined(f"{spelled(count)} {name}" for name, count in counts if count)
    targets = "The one target" if len(steps) == 1 else f"Of {spelled(len(steps))} targets"
    return f"{targets}: {told.removeprefix('one ') if len(steps) == 1 else told}."


def checks_view(result: Result) -> dict[str, Any] | None:
    """Return the documents that would back, or refute, the weightiest answers."""
    if not result.verify:
        return None
    rests = "The verdict rests most on these answers."
    return {
        "notes": [
            f"{rests if result.verdict.enough else 'These answers weigh most so far.'} Each can be "
            "backed, or refuted, by something in the house."
        ],
        "entries": result.verify,
    }
