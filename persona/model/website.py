"""When a website may decide: it was read, says enough, and does not point both ways."""

import math
from collections.abc import Iterable, Sequence
from typing import Final

from persona.model.artefact import Model
from persona.model.evidence import Evidence, weigh_signals
from persona.model.words import known_words, weigh_words
from persona.observations import Gate, ObservationRow
from persona.vocabulary import PERSONAS

TOO_LITTLE: Final = "there is too little to read"
"""How the words of a gate begin that is about the amount of text alone."""


def has_website(row: ObservationRow) -> bool:
    """Return whether a website was looked at, whatever was found."""
    return bool(row.signals) or row.wording is not None


def weigh_website(
    row: ObservationRow, model: Model, beside_answers: bool = False
) -> tuple[Evidence, ...]:
    """Return the evidence of signals, then of words.

    Beside answers that are enough for a verdict, only the model's share of it counts.
    """
    share = model.site.beside_answers if beside_answers and model.site is not None else 1.0
    return (*weigh_signals(row, model, share), *weigh_words(row, model, share))


def closed(gate: Gate | None, evidence: Sequence[Evidence], model: Model) -> Gate | None:
    """Return why a website gives no verdict by itself, or None if it may.

    ``gate`` is what was found out in reading it. A model fitted to websites judges by the words
    that it knows whether there is enough, so that it overrules a gate "thin", and says by itself
    what is too little.
    """
    if gate is not None and (model.site is None or gate.reason != "thin"):
        return gate
    short = seen_too_little(evidence, model)
    if gate is None or short is None or short.reason != "thin":
        return short
    return short if gate.words.startswith(TOO_LITTLE) else gate


def counts_beside_answers(gate: Gate | None, evidence: Sequence[Evidence], model: Model) -> bool:
    """Return whether a website counts beside answers that are enough for a verdict."""
    if model.site is None:
        return gate is None
    shut = closed(gate, evidence, model)
    return shut is None or shut.reason == "mixed"


def seen_too_little(evidence: Iterable[Evidence], model: Model) -> Gate | None:
    """Return why what was seen on a website gives no verdict, or None if it may."""
    found = tuple(evidence)
    signals = [one for one in found if not one.is_wording]
    if model.site is None:
        return _too_few_signals(signals, model) or _clash(signals, model)
    known = known_words(found)
    if known < model.site.min_words:
        return Gate(
            "thin",
            f"{known} of its words and links are known to the model, and a verdict takes "
            f"{model.site.min_words}",
        )
    return _clash(signals, model) if len(signals) >= model.thresholds.min_signals else None


def _too_few_signals(signals: Sequence[Evidence], model: Model) -> Gate | None:
    limits = model.thresholds
    families = {model.signals[one.item].family for one in signals}
    if len(signals) < limits.min_signals:
        return Gate(
            "thin",
            f"{len(signals)} signals could be judged, and a verdict takes {limits.min_signals}",
        )
    if len(families) < limits.min_families:
        return Gate("thin", "all that could be judged is of one or two kinds")
    if max(_support(signals)) < limits.min_support:
        return Gate("thin", "little of what was looked for was found")
    return None


def _clash(signals: Sequence[Evidence], model: Model) -> Gate | None:
    support = _support(signals)
    first, last = support[0], support[-1]
    most = max(first, last)
    if most == max(support) and min(first, last) > model.thresholds.clash * most:
        return Gate("mixed", "signs of the sales-driven and of the dynamic method are both strong")
    return None


def _support(signals: Sequence[Evidence]) -> list[float]:
    """Return what signals add toward each persona; what they take away is left out."""
    return [
        math.fsum(max(0.0, one.weights[index]) for one in signals) for index in range(len(PERSONAS))
    ]
