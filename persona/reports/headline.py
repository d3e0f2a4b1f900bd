"""The verdict in one sentence that can be forwarded as it is, and what it rests on."""

from typing import Final

from persona.layout import percent
from persona.reports.result import Result, Website
from persona.reports.sentences import joined, none_stands_out, sentence, spelled
from persona.vocabulary import PERSONA_NAMES, PERSONAS, UNDECIDED, Label

LONG_NAME: Final = 60
"""Characters from which on a company's name would swallow the sentence."""

_UNNAMED: Final = "the company"
_VERY: Final = 0.8
AS_ONE: Final[dict[Label, str]] = {
    "sales_driven": "sales-driven",
    "passive_marketer": "a passive marketer",
    "dynamic_marketer": "a dynamic marketer",
    "undecided": "undecided",
}
"""What a company is, at the end of a sentence."""


def headline(result: Result) -> str:
    """Return the verdict in one sentence: the company, its method, how sure, and what that is."""
    if result.label == UNDECIDED:
        return _open(result)
    likely = "very likely" if result.confidence >= _VERY else "most likely"
    told = f"{_subject(result)} is {likely} {AS_ONE[result.leader]} ({percent(result.confidence)})"
    method = (result.plan.method or "").strip()
    return f"{told}: {method[:1].lower()}{method[1:]}" if method else f"{told}."


def _open(result: Result) -> str:
    """Return what is left open, and why, in one sentence."""
    company = _name(result)
    website = result.website
    if result.reason == "unreachable" and website is not None:
        return (
            f"Nothing can be said of {company}: its website could not be read{_because(website)}."
        )
    if not result.verdict.enough:
        return f"It cannot be said yet which method {company} runs on: {_too_little(result)}."
    if none_stands_out(result):
        shares = joined(percent(result.probabilities[each]) for each in PERSONAS)
        return (
            f"It is open which method {company} runs on: none of the three stands out ({shares}), "
            "and a guess would not help."
        )
    first, second = (
        f"{AS_ONE[each]} ({percent(result.probabilities[each])})"
        for each in (result.leader, result.runner_up)
    )
    return (
        f"It is open which method {company} runs on: it could be {first} or {second}, and a guess "
        "would not help."
    )


def _too_little(result: Result) -> str:
    website, known = result.website, len(result.verdict.from_answers)
    if website is not None and not result.row.answers:
        if result.reason == "out_of_scope":
            return f"the website is not one that these methods describe{_because(website)}"
        return f"its website says too little{_because(website)}"
    return (
        f"{known} of {result.asked} questions on method are answered, and a verdict takes at "
        f"least {spelled(result.needed)}"
    )


def _because(website: Website) -> str:
    return f" ({website.gate.words})" if website.gate is not None else ""


def _subject(result: Result) -> str:
    name = _name(result)
    if result.row.answers or result.website is None:
        return sentence(name) if name == _UNNAMED else name
    return f"Judged by its website alone, {name}"


def _name(result: Result) -> str:
    """Return the company's name, or words for it where there is none or it is very long."""
    name = (result.company or "").strip()
    return name if name and len(name) <= LONG_NAME else _UNNAMED


def runner_up(result: Result) -> str:
    """Return the method that comes next, with its probability."""
    share = percent(result.probabilities[result.runner_up])
    return f"{PERSONA_NAMES[result.runner_up].lower()}, {share}"
