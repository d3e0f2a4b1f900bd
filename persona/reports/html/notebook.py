"""What a notebook shows of a verdict, a profile, a plan or a whole result."""

from functools import singledispatch
from typing import Any, Final

from persona.advice.plan import Plan
from persona.layout import percent
from persona.model.evidence import Evidence
from persona.model.profile import Profile, Standing
from persona.model.verdict import Verdict
from persona.reports.headline import headline
from persona.reports.html.page import fragment
from persona.reports.reasons import signed
from persona.reports.result import Result
from persona.reports.sentences import day, plan_heading
from persona.reports.website import WHY_OPEN
from persona.vocabulary import DIMENSIONS, PERSONA_NAMES, PERSONAS, UNDECIDED, Persona

COLOURS: Final[dict[Persona, str]] = {
    "sales_driven": "#4a86cf",
    "passive_marketer": "#bf6f1d",
    "dynamic_marketer": "#2a9484",
}
"""Seen well enough on a light and on a dark ground alike; names and places say the same."""

_BAR: Final = 220
"""Pixels that a probability of 1 takes."""
_TEMPLATE: Final = "notebook.html.j2"


@singledispatch
def draw(value: object) -> str:
    """Return a value as a fragment of HTML with its styles inline; TypeError if it has no picture.

    Text in it is inert, it holds no script, and it reads well on light and dark grounds.
    """
    raise TypeError(f"{type(value).__name__} has no picture")


@draw.register
def _of_result(value: Result) -> str:
    enough = value.verdict.enough
    return fragment(
        _TEMPLATE,
        kind="result",
        company=value.company or "Your company",
        assessed_on=day(value.assessed_on),
        headline=headline(value),
        bars_of=_bars(value.verdict) if enough else [],
        steps_of=value.plan.steps,
        plan_heading=plan_heading(value.plan),
    )


@draw.register
def _of_verdict(value: Verdict) -> str:
    chosen = [*value.for_leader(3), *value.against_leader(2)] if value.enough else []
    return fragment(
        _TEMPLATE,
        kind="verdict",
        of={
            "label": PERSONA_NAMES[value.label],
            "said": _said(value),
            "bars": _bars(value) if value.enough else [],
            "leader": PERSONA_NAMES[value.leader].lower(),
            "rival": PERSONA_NAMES[value.runner_up].lower(),
            "evidence": [
                {
                    "figure": signed(value.margin(each)),
                    "text": _words(each),
                    "id": "" if each.is_wording else each.item,
                }
                for each in chosen
            ],
        },
    )


@draw.register
def _of_profile(value: Profile) -> str:
    rows = [
        {
            "name": DIMENSIONS.get(each.dimension, each.dimension),
            "marks": [
                COLOURS[persona] if level in each.levels else ""
                for level, persona in enumerate(PERSONAS, 1)
            ],
            "state": _state(each),
        }
        for each in value.standings
    ]
    remarks = any(row["state"] for row in rows)
    return fragment(_TEMPLATE, kind="profile", rows=rows, remarks=remarks)


@draw.register
def _of_plan(value: Plan) -> str:
    return fragment(
        _TEMPLATE,
        kind="plan",
        heading=plan_heading(value),
        steps_of=value.steps,
        note=value.note or "",
    )


def _said(verdict: Verdict) -> str:
    if verdict.label == UNDECIDED:
        return WHY_OPEN[verdict.reason or "mixed"]
    return f"probability {percent(verdict.confidence)}"


def _bars(verdict: Verdict) -> list[dict[str, Any]]:
    return [
        {
            "name": PERSONA_NAMES[each],
            "share": percent(verdict.probabilities[each]),
            "width": f"{_BAR * verdict.probabilities[each]:.1f}",
            "colour": COLOURS[each],
            "leads": each == verdict.leader,
        }
        for each in PERSONAS
    ]


def _state(standing: Standing) -> str:
    if not standing.levels:
        return "leans nowhere" if standing.known else "not known"
    return "split" if standing.split else ""


def _words(evidence: Evidence) -> str:
    """Return a piece of evidence in the words of the shipped questionnaire and catalogue.

    A verdict holds ids alone; one that ships no longer is shown by its id.
    """
    if evidence.is_wording:
        from persona.reports.words import AS_EVIDENCE

        return f"On the website: {AS_EVIDENCE[evidence.item]}"
    if evidence.option is None:
        from persona.signals.catalogue import shipped_catalogue

        says = {each.id: each.says for each in shipped_catalogue().signals}
        return says.get(evidence.item, "")
    from persona.questionnaire.items import load_questionnaire

    item = load_questionnaire().by_id.get(evidence.item)
    option = item.option(evidence.option) if item is not None else None
    return option.text if option is not None else evidence.option
