"""Evidence in a cell of a list: one short phrase a piece."""

import textwrap
from collections.abc import Iterable
from functools import cache
from typing import Final

from persona.layout import clean
from persona.model.evidence import Evidence
from persona.model.verdict import Verdict
from persona.observations import WORD_PARTS, ObservationRow, Signal
from persona.pipe import shipped_questionnaire
from persona.reports.words import AS_EVIDENCE, named_words
from persona.signals.catalogue import shipped_catalogue
from persona.vocabulary import DIMENSIONS, PERSONAS

JOINER: Final = "; "
"""What stands between two phrases."""

_LONGEST: Final = 90
"""Characters of an answer's own words."""


def phrases_of(verdict: Verdict, row: ObservationRow, chosen: Iterable[Evidence]) -> str:
    """Return some of a verdict's evidence in words, as one line without control characters.

    ``row`` is the one that was weighed, so that a signal can say where it was seen.
    """
    leader, rival = PERSONAS.index(verdict.leader), PERSONAS.index(verdict.runner_up)
    phrases = []
    for one in chosen:
        if one.is_wording:
            phrases.append(named_words(one, leader, rival, verdict.margin(one) > 0))
        elif one.option is not None:
            phrases.append(answer_phrase(one.item, one.option))
        else:
            phrases.append(_seen(one, row.signal(one.item)))
    return clean(JOINER.join(phrases))


def _seen(evidence: Evidence, signal: Signal | None) -> str:
    """Return what a signal says, with the page on which it was seen."""
    if signal is None or not signal.quotes:
        return signal_phrase(evidence.item, evidence.value)
    return f"{signal.says} ({signal.id}, {signal.quotes[0].url})"


@cache
def answer_phrase(item: str, option: str) -> str:
    """Return what an answer is about and its words, cut at a word: "Planning horizon: … (P01)".

    Raises KeyError where the questionnaire has no such answer.
    """
    asked = shipped_questionnaire().by_id[item]
    found = asked.option(option)
    if found is None:
        raise KeyError(f"{item}{option}")
    words = textwrap.shorten(found.text, _LONGEST, placeholder=" …")
    about = f"{DIMENSIONS[asked.dimension]}: " if asked.dimension else ""
    return f"{about}{words} ({item})"


def signal_phrase(signal: str, value: float | None = None) -> str:
    """Return what a signal says, without the page where it was seen: "… (W12)".

    ``value`` matters for signals whose value is a code. Raises KeyError for an unknown id.
    """
    entry = shipped_catalogue()[signal]
    code = "" if value is None else str(round(value))
    return f"{entry.codes.get(code, entry.says)} ({signal})"


def telling_id(evidence: Evidence) -> str:
    """Return a short id of a piece of evidence: "P05a", "W12", or a part of the wording."""
    return f"{evidence.item}{evidence.option or ''}"


@cache
def telling_words(telling: str) -> str:
    """Return what an id of ``telling_id`` stands for, in words.

    Raises KeyError for what is none.
    """
    if telling in WORD_PARTS:
        return AS_EVIDENCE[telling]
    if telling.startswith("W"):
        return signal_phrase(telling)
    return answer_phrase(telling[:-1], telling[-1:])
