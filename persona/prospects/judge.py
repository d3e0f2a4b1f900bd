"""One row of a list judged: by its answers, its website, or both."""

from functools import cache
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from persona.advice.plan import first_step, step_against
from persona.model.artefact import LoadedModel
from persona.model.profile import build_profile
from persona.model.verdict import Verdict, classify
from persona.observations import ObservationRow
from persona.pipe import shipped_playbook, shipped_questionnaire
from persona.prospects.openings import opening, strongest_dimension
from persona.prospects.outcome import Outcome
from persona.prospects.phrases import phrases_of, telling_id
from persona.prospects.shard import Prospect
from persona.questionnaire.answers import observe
from persona.vocabulary import UNDECIDED, Reason

if TYPE_CHECKING:
    from persona.signals.extract import SiteReading

NO_WEBSITE: Final = "the row names no website"
NOT_READ: Final = "its website was not read"
SHOWN_FOR: Final = 3
SHOWN_AGAINST: Final = 2
DECIMALS: Final = 4
_LONGEST_SHOWN: Final = 20


def judge(prospect: Prospect, website: "SiteReading | None", loaded: LoadedModel) -> Outcome:
    """Return what is found out about one row.

    ``website`` is what was read of the row's site; None where it names none, or where nothing
    came of reading it. Answers that are enough decide beside a website, and alone where there is
    none. A row that should name a website, and has neither, has failed; of a list without
    websites it is one of which too little is known. The verdict is that of ``persona.assess``.
    """
    row = _observed(prospect, website)
    troubles = (_trouble_of(website), prospect.nowhere, prospect.error)
    error = "; ".join(filter(None, troubles))
    if prospect.nowhere and not row.of_kind("persona"):
        return _failed(prospect, loaded, "invalid_address", error)
    verdict = classify(row, loaded.model, _gate(prospect, website))
    if verdict.reason == "unreachable":
        return _failed(prospect, loaded, verdict.reason, error or NOT_READ)
    outcome = _judged(prospect, loaded, row, verdict, website)
    return replace(outcome, pages_read=len(website.pages) if website else 0, error=error)


def as_duplicate(outcome: Outcome) -> Outcome:
    """Return the outcome of a later row with the same site and the same answers."""
    return replace(outcome, status="duplicate")


def _observed(prospect: Prospect, website: "SiteReading | None") -> ObservationRow:
    row = observe(prospect.answers, shipped_questionnaire())
    if website is None:
        return row
    return ObservationRow(row.answers, website.signals, website.controls, website.wording)


def _gate(prospect: Prospect, website: "SiteReading | None") -> Reason | None:
    if website is None:
        return "unreachable" if prospect.site else None
    return website.gate.reason if website.gate is not None else None


def _trouble_of(website: "SiteReading | None") -> str:
    """Return why no page of a website could be read, "" where one was."""
    if website is None or website.pages or website.gate is None:
        return ""
    return website.gate.words


def _failed(prospect: Prospect, loaded: LoadedModel, reason: Reason, error: str) -> Outcome:
    return Outcome(
        label=UNDECIDED,
        reason=reason,
        status="failed",
        error=error,
        site=prospect.site,
        model=loaded.model.name,
    )


def _judged(
    prospect: Prospect,
    loaded: LoadedModel,
    row: ObservationRow,
    verdict: Verdict,
    website: "SiteReading | None",
) -> Outcome:
    strongest = verdict.for_leader(SHOWN_FOR)
    outcome = Outcome(
        label=verdict.label,
        reason=verdict.reason or "",
        evidence=phrases_of(verdict, row, strongest),
        counter_evidence=phrases_of(verdict, row, verdict.against_leader(SHOWN_AGAINST)),
        first_play=_first_play(row, verdict, website),
        opening=opening(
            verdict.label,
            verdict.reason,
            verdict.leader,
            verdict.runner_up,
            strongest_dimension(verdict, row),
        ),
        status="undecided" if verdict.label == UNDECIDED else "scored",
        site=prospect.site,
        model=loaded.model.name,
        telling=" ".join(map(telling_id, strongest)),
    )
    return _with_figures(outcome, verdict) if verdict.evidence else outcome


def _with_figures(outcome: Outcome, verdict: Verdict) -> Outcome:
    shares = verdict.probabilities
    return replace(
        outcome,
        confidence=round(verdict.confidence, DECIMALS),
        p_sales_driven=round(shares["sales_driven"], DECIMALS),
        p_passive_marketer=round(shares["passive_marketer"], DECIMALS),
        p_dynamic_marketer=round(shares["dynamic_marketer"], DECIMALS),
        runner_up=verdict.runner_up,
    )


def _first_play(row: ObservationRow, verdict: Verdict, website: "SiteReading | None") -> str:
    """Return the first play of the row's plan with its first action, "" where there is none.

    Without answers it is the play against the first gap that the website shows to be open.
    """
    step, label, playbook = None, verdict.label, shipped_playbook()
    if row.answers:
        step = first_step(row, label, build_profile(row), playbook)
    elif website is not None and verdict.enough:
        gaps = (trace.gap for trace in website.traces if trace.open)
        step = next((step_against(gap, label, playbook) for gap in gaps), None)
    return f"{step.name}: {step.first_action}" if step else ""


@cache
def _options(item: str) -> tuple[str, ...]:
    return tuple(option.id for option in shipped_questionnaire().by_id[item].options)


def clean_answer(item: str, cell: str) -> tuple[str | None, str]:
    """Return the option that a cell names and "", or None and what is wrong with the cell.

    Takes "a" in either case, also as "a)", "a." or "(a)"; an empty cell is no answer and nothing
    wrong. Raises KeyError for an id that is no item's.
    """
    options = _options(item)
    text = cell.strip()
    if not text:
        return None, ""
    option = text.strip("().").lower() if len(text) <= len("(a)") else text
    if option in options:
        return option, ""
    shown = text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"
    return None, f"{item}: {shown!r} is none of its options ({options[0]} to {options[-1]})"
