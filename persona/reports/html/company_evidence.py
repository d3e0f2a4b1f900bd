"""What the verdict rests on, for the page: evidence with its weights, and what would change it."""

import math
from collections.abc import Iterable
from typing import Any, Final

from markupsafe import Markup

from persona.layout import percent
from persona.model.evidence import Evidence
from persona.model.verdict import SLIGHT, Verdict
from persona.reports.html.links import quote
from persona.reports.reasons import signal_in_words, signed, words_of
from persona.reports.result import Alternative, Result
from persona.reports.sentences import (
    NO_CHANGE,
    changes,
    more_answers,
    outcome,
    these_answers,
)
from persona.vocabulary import PERSONA_NAMES

MOST_FOR: Final = 5
MOST_AGAINST: Final = 4
FEWEST: Final = (
    "The fewest answers that would have to be others. Worth a second look before the verdict is "
    "relied on."
)
_QUOTES: Final = 2
_GRADES: Final = ((1.25, "slight"), (1.65, "moderate"), (2.5, "clear"))
"""How many times odds are multiplied or divided, up to which a piece of evidence is called so."""
_STRONGEST: Final = "strong"


def grade(margin: float) -> str:
    """Return in a word how far a piece of evidence moves the odds; ``margin`` is in nats."""
    times = math.exp(min(abs(margin), 50))
    return next((word for most, word in _GRADES if times < most), _STRONGEST)


def evidence_view(result: Result) -> dict[str, Any] | None:
    """Return the strongest evidence for and against the leader, all of it, and how it adds up."""
    verdict = result.verdict
    if not verdict.enough or not verdict.evidence:
        return None
    most = max(abs(verdict.margin(each)) for each in verdict.evidence)
    weighty = [each for each in verdict.evidence if abs(verdict.margin(each)) > SLIGHT]
    leader, rival = (PERSONA_NAMES[each] for each in (result.leader, result.runner_up))

    def pieces(chosen: Iterable[Evidence]) -> list[dict[str, Any]]:
        return [_piece(result, each, most) for each in chosen]

    return {
        "leader": leader.lower(),
        "rival": rival.lower(),
        "for_it": pieces(verdict.for_leader(MOST_FOR)),
        "against_it": pieces(verdict.against_leader(MOST_AGAINST)),
        "all": pieces(sorted(weighty, key=lambda each: -verdict.margin(each))),
        "weightless": len(verdict.evidence) - len(weighty),
        "sum": _sum(result),
    }


def _piece(result: Result, evidence: Evidence, most: float) -> dict[str, Any]:
    """Return one piece: its weight in a figure and a word, and what was answered or found."""
    margin = result.verdict.margin(evidence)
    return {
        "figure": signed(margin),
        "grade": grade(margin),
        "chart": _weight_bar(margin, most),
        "quotes": [],
        "question": "",
        "item": evidence.item,
        **_told(result, evidence),
    }


def _told(result: Result, evidence: Evidence) -> dict[str, Any]:
    if evidence.is_wording:
        return {"text": words_of(result.verdict, evidence), "item": "", "kind": "words"}
    signal = result.row.signal(evidence.item)
    if signal is not None:
        quotes = [quote(each) for each in signal.quotes[:_QUOTES]]
        return {"text": signal_in_words(signal), "quotes": quotes, "kind": "signal"}
    answer = result.row.answer(evidence.item)
    if answer is None:
        return {"text": "", "kind": "answer"}
    return {"text": answer.text, "question": answer.question, "kind": "answer"}


def _weight_bar(margin: float, most: float) -> Markup:
    """Return a small bar as long as a weight is heavy; the figure beside it says the same."""
    width = 100 * abs(margin) / most if most else 0.0
    side = "against" if margin < 0 else "for"
    return Markup(
        '<svg class="weight" width="100%" height="6" aria-hidden="true" focusable="false">'
        f'<rect class="{side}" x="0" y="0" width="{width:.2f}%" height="6" rx="2"/></svg>'
    )


def _sum(result: Result) -> dict[str, Any]:
    """Return how all evidence adds up to the lead of the first method over the next, exactly."""
    verdict = result.verdict
    start = verdict.intercept[verdict.leader] - verdict.intercept[verdict.runner_up]
    rows = [("Where the model starts, before it knows anything", signed(start))]
    rows += [
        (name, signed(total))
        for name, found in _groups(verdict)
        if abs(total := sum(verdict.margin(each) for each in found)) >= SLIGHT
    ]
    ahead, behind = (percent(result.probabilities[x]) for x in (result.leader, result.runner_up))
    return {
        "rows": rows,
        "total": signed(verdict.lead),
        "outcome": f"which is {ahead} against {behind}",
    }


def _groups(verdict: Verdict) -> list[tuple[str, list[Evidence]]]:
    leader = PERSONA_NAMES[verdict.leader].lower()
    groups = []
    for name, found in (
        ("Answers", verdict.from_answers),
        ("Signs on the website", verdict.from_signals),
        ("Words of the website", verdict.from_words),
    ):
        speak_for = [each for each in found if verdict.margin(each) > 0]
        against = [each for each in found if verdict.margin(each) < 0]
        groups += [
            (f"{name} that speak for {leader}", speak_for),
            (f"{name} that speak against it", against),
        ]
    return groups


def change_view(result: Result) -> dict[str, Any] | None:
    """Return what would change the verdict; None where no question was answered."""
    if not result.row.answers and result.website is not None:
        return None
    if not result.verdict.enough:
        return {"none": more_answers(result), "ways": [], "notes": []}
    ways = [_way(result, each) for each in changes(result)]
    return {"none": "" if ways else NO_CHANGE, "ways": ways, "notes": [FEWEST] if ways else []}


def _way(result: Result, alternative: Alternative) -> dict[str, Any]:
    only = "Only with" if len(alternative.swaps) > 1 else "With"
    return {
        "title": f"{only} {these_answers(alternative)} different, {outcome(result, alternative)}",
        "swaps": alternative.swaps,
    }
