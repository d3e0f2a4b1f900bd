"""The report of one company as one HTML file that needs nothing else.

``company_view`` holds what the templates ``company_head.html.j2`` (sentence, summary, contents)
and ``company_body.html.j2`` (the sections) name; another page can include them too.
"""

from collections.abc import Mapping
from typing import Any

from persona.layout import counted, percent
from persona.reports.headline import LONG_NAME, headline, runner_up
from persona.reports.html.charts import share_bar
from persona.reports.html.company_evidence import change_view, evidence_view
from persona.reports.html.company_execution import checks_view, execution_view, plan_view
from persona.reports.html.company_limits import limits_view
from persona.reports.html.company_outside import outside_view, seen_view
from persona.reports.html.company_profile import profile_view
from persona.reports.html.company_reading import reading_view
from persona.reports.html.kinds import ABOUT, KINDS
from persona.reports.html.page import render
from persona.reports.result import Result
from persona.reports.sentences import day
from persona.vocabulary import NONE_IS_BETTER, PERSONA_NAMES, PERSONAS, UNDECIDED

SHEETS = ("company.css",)
"""Style sheets that the templates need besides ``style.css``."""


def company_report(result: Result) -> bytes:
    """Return the report of one company as one HTML file; equal results give equal bytes."""
    name = result.company or "Your company"
    return render(
        "company.html.j2",
        sheets=SHEETS,
        title=f"{name}: go-to-market method",
        **company_view(result),
    )


def company_view(result: Result) -> dict[str, Any]:
    """Return what the templates of the report name; no respondent's name is in it."""
    sections = {
        "shares": _shares(result),
        "profile": profile_view(result),
        "evidence": evidence_view(result),
        "change": change_view(result),
        "outside": outside_view(result),
        "seen": seen_view(result),
        "execution": execution_view(result),
        "press": _press(result),
        "plan": plan_view(result),
        "checks": checks_view(result),
        "reading": reading_view(result),
        "limits": limits_view(result),
    }
    return {
        "company": result.company or "Your company",
        "long_name": len(result.company or "") > LONG_NAME,
        "assessed_on": day(result.assessed_on),
        "seen_by": (result.respondent.role if result.respondent else None) or "",
        "headline": headline(result),
        "in_short": _in_short(result),
        "contents": _contents(sections),
        "model_name": f"{result.model.name} ({result.model.sha256[:12]})",
        **sections,
    }


def _contents(sections: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return the sections there are, by key, with short names."""
    names = {
        "shares": "Three methods",
        "profile": "Profile",
        "evidence": "Evidence",
        "change": "What would change it",
        "outside": "Inside and outside",
        "seen": "On the website",
        "execution": "Carried out",
        "press": "Strengths and guards",
        "plan": "What to do",
        "checks": "To check",
        "reading": "What was read",
        "limits": "Limits",
    }
    return [(key, name) for key, name in names.items() if sections[key]]


def _in_short(result: Result) -> list[dict[str, str]]:
    """Return the summary: a few terms, each with a short text and a remark."""
    entries = [_method(result)]
    if result.verdict.enough:
        entries.append(_how_sure(result))
    entries.append(_foundation(result))
    if result.execution.score is not None:
        entries.append(_carried_out(result))
    if result.plan.steps:
        first = result.plan.steps[0]
        entries.append({"term": "Do first", "text": first.name, "note": first.owner})
    return entries


def _method(result: Result) -> dict[str, str]:
    if result.label == UNDECIDED:
        return {
            "term": "Method",
            "text": "Undecided",
            "note": "an open verdict, not a fourth method",
        }
    return {"term": "Method", "text": PERSONA_NAMES[result.label], "note": NONE_IS_BETTER}


def _how_sure(result: Result) -> dict[str, str]:
    share, note = percent(result.confidence), f"next is {runner_up(result)}"
    if result.label == UNDECIDED:
        nearest = f"{PERSONA_NAMES[result.leader]}, {share}"
        return {"term": "Nearest", "text": nearest, "note": note}
    return {"term": "How sure", "text": share, "note": note}


def _foundation(result: Result) -> dict[str, str]:
    """Return what the verdict rests on: answers first, then pages."""
    website = result.website
    pages = counted(len(website.pages), "page") if website is not None else ""
    site = f"{pages} of {website.site}" if website is not None else ""
    if not result.row.answers and website is not None:
        found = pages if website.pages else "No page"
        return {"term": "Rests on", "text": found, "note": f"of {website.site}"}
    answered = f"{len(result.verdict.from_answers)} of {result.asked} answers on method"
    return {"term": "Rests on", "text": answered, "note": f"and {site}" if site else ""}


def _carried_out(result: Result) -> dict[str, str]:
    known = [gap for gap in result.execution.gaps if gap.state in ("open", "partly", "closed")]
    still_open = sum(gap.state == "open" for gap in known)
    return {
        "term": "Carried out",
        "text": f"{result.execution.score:.0%} of what is possible",
        "note": f"{still_open or 'none'} of {counted(len(known), 'gap')} known "
        f"{'is' if still_open < 2 else 'are'} open",
    }


def _shares(result: Result) -> dict[str, Any]:
    """Return the three probabilities, or why there are none."""
    if not result.verdict.enough:
        return {
            "bars": [],
            "notes": ["A method is what sets a company's commercial work going, and what its "
                      f"marketing is for. {NONE_IS_BETTER}"],
            "methods": [{"name": PERSONA_NAMES[each], "about": ABOUT[each]} for each in PERSONAS],
        }  # fmt: skip
    bars = [
        {
            "name": PERSONA_NAMES[each],
            "about": ABOUT[each],
            "share": percent(result.probabilities[each]),
            "chart": share_bar(
                f"share-{KINDS[each]}", PERSONA_NAMES[each], KINDS[each], result.probabilities[each]
            ),
            "leads": each == result.leader,
        }
        for each in PERSONAS
    ]
    return {"bars": bars, "methods": [], "notes": _share_notes(result)}


def _share_notes(result: Result) -> list[str]:
    notes = [
        "A method is what sets a company's commercial work going, and what its marketing is for. "
        f"{NONE_IS_BETTER} Each can be carried out well or badly.",
    ]
    if result.model.rows:
        sure = 100 * result.confidence
        about = "nearly all" if sure >= 99.5 else f"about {sure:.0f}"
        notes.append(
            f"{percent(result.confidence)} says: of a hundred companies with evidence like this, "
            f"{about} would be labelled {PERSONA_NAMES[result.leader].lower()} as the companies "
            f"were that the model learned from{_by(result)}."
        )
    return notes


def _by(result: Result) -> str:
    return f": by {result.model.labelled_by}" if result.model.labelled_by else ""


def _press(result: Result) -> dict[str, Any] | None:
    """Return what to press and what to guard in the company's method."""
    plan = result.plan
    if not (plan.ambition or plan.strengths or plan.guards):
        return None
    return {"ambition": plan.ambition or "", "strengths": plan.strengths, "guards": plan.guards}
