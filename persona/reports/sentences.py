"""Sentences that every report says alike, on paper, in a terminal and in a browser."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from persona.advice.plan import Plan
from persona.advice.progress import Record
from persona.layout import counted
from persona.model.evidence import add, ranked
from persona.reports.result import Alternative, ModelName, Result
from persona.vocabulary import JUDGED, PERSONA_NAMES, PERSONAS, UNDECIDED

_NOT_FAR_BEHIND: Final = 0.2
_NUMBERS: Final = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
)  # fmt: skip


def day(iso: str) -> str:
    """Return an ISO date as it is read ("21 November 2026"); other text as it is."""
    try:
        read = date.fromisoformat(iso)
    except ValueError:
        return iso
    return f"{read.day} {read:%B %Y}"


def spelled(count: int) -> str:
    """Return a small count in words, a larger one in figures."""
    return _NUMBERS[count] if 0 <= count < len(_NUMBERS) else str(count)


def sentence(words: str) -> str:
    """Return words with a capital at the beginning."""
    return words[:1].upper() + words[1:]


def in_a_row(notes: Iterable[str]) -> str:
    """Return notes that each begin with a capital as one: "Their memo; dates on it"."""
    first, *others = [*notes] or [""]
    return "; ".join((first, *(_uncapped(each) for each in others)))


def _uncapped(words: str) -> str:
    """Return words with a small letter at the beginning, unless an abbreviation stands there."""
    return words if words[:2].isupper() else words[:1].lower() + words[1:]


def joined(parts: Iterable[str]) -> str:
    """Return parts as a list in a sentence: "one, two and three"."""
    *most, end = [*parts] or [""]
    return f"{', '.join(most)} and {end}" if most else end


def fitted_to(model: ModelName) -> str:
    """Return what the weights were fitted to, and so what a probability means."""
    if not model.rows:
        return JUDGED
    whom = f"companies labelled by {model.labelled_by}" if model.labelled_by else "companies"
    labelled = "" if model.labelled_by else " labelled"
    return (
        f"Weights were fitted to {model.rows}{labelled} {whom}: a probability says how often such "
        "labels are met, no more."
    )


def may_name_nearest(result: Result) -> bool:
    """Return whether the evidence itself, and not where the model starts, puts the leader first."""
    if result.verdict.enough:
        return True
    found = add([each.weights for each in result.evidence])
    return max(found) > 0 and PERSONAS[ranked(found)[0]] == result.leader


def none_stands_out(result: Result) -> bool:
    """Return whether all three methods are too near each other to name two."""
    return min(result.probabilities.values()) >= _NOT_FAR_BEHIND


def open_verdict(result: Result) -> str:
    """Return what is left open where the answers give no verdict."""
    if not result.verdict.enough:
        return "Undecided: too little to go on"
    if none_stands_out(result):
        return "Undecided: no method stands out"
    leader, rival = (PERSONA_NAMES[each].lower() for each in (result.leader, result.runner_up))
    return f"Undecided: could be either {leader} or {rival}"


def why_open(result: Result) -> str:
    """Return why the answers give no verdict."""
    if not result.verdict.enough:
        return "Too few questions on method are answered for a verdict."
    if result.website is not None and result.verdict.from_website:
        return "Your answers and the website together point both ways; what each says is below."
    return "Your answers point both ways, and a guess would not help you."


def basis(result: Result) -> str:
    """Return how many questions were answered, and how many pages read beside them."""
    known = len(result.verdict.from_answers)
    read = ""
    if result.website is not None and result.website.pages:
        pages = counted(len(result.website.pages), "page")
        read = f", {pages} of {result.website.site} read"
    return f"{known} of {result.asked} questions on method answered{read}."


def changes(result: Result) -> list[Alternative]:
    """Return the smallest sets of other answers that change label or leader, each once."""
    shown: list[Alternative] = []
    for each in (result.label_changes, result.leader_changes):
        if each and (each.label, each.leader) not in [(one.label, one.leader) for one in shown]:
            shown.append(each)
    return shown


def more_answers(result: Result) -> str:
    """Return how many answers a verdict takes."""
    return f"More answers: a verdict takes at least {spelled(result.needed)} on method."


NO_CHANGE: Final = "No change of the answers you gave would change the verdict."


def outcome(result: Result, alternative: Alternative) -> str:
    """Return what the verdict would be with other answers, as the end of a sentence."""
    leader = PERSONA_NAMES[alternative.leader].lower()
    if alternative.label != UNDECIDED:
        return f"the verdict would be {PERSONA_NAMES[alternative.label].lower()}"
    if alternative.leader == result.leader:
        return "the verdict would be left open"
    return f"{leader} would come nearest, and the verdict be left open"


def these_answers(alternative: Alternative) -> str:
    """Return how many answers are meant: "this answer", "these two answers"."""
    count = len(alternative.swaps)
    return "this answer" if count == 1 else f"these {spelled(count)} answers"


def what_became(record: Record) -> str:
    """Return what was recorded of a plan's step: day, value, whether the target was met, note."""
    met = {True: ", target met", False: ", target not met", None: ""}[record.met]
    note = f". {sentence(record.note)}" if record.note else ""
    return f"{day(record.on)}: {record.value}{met}{note}"


def plan_heading(plan: Plan) -> str:
    """Return how many things there are to do, as a heading."""
    titles = {0: "What to do", 1: "One thing to do"}
    count = len(plan.steps)
    return titles.get(count, f"{sentence(spelled(count))} things to do")
