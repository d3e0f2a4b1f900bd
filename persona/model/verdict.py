"""The verdict: which persona, how sure, on what evidence, or an honest ``undecided``."""

import math
from collections.abc import Sequence

import msgspec

from persona.model.artefact import Model, Thresholds, Weights
from persona.model.evidence import (
    Evidence,
    logits,
    probabilities,
    ranked,
    tempered,
    weigh,
    weigh_signals,
)
from persona.observations import Gate, ObservationRow
from persona.vocabulary import PERSONAS, UNDECIDED, Label, Persona, Reason

_SLIGHT = 0.005
"""In nats: evidence below it would be shown as nought."""


class Verdict(msgspec.Struct, frozen=True):
    """What the evidence says.

    ``confidence`` is the probability of ``leader``, the likeliest persona; ``label`` is the
    leader, or ``undecided`` with a ``reason``. ``evidence`` holds every contribution; with
    ``intercept`` they add up to ``logits`` exactly.
    """

    label: Label
    reason: Reason | None
    leader: Persona
    runner_up: Persona
    confidence: float
    probabilities: dict[Persona, float]
    logits: dict[Persona, float]
    intercept: dict[Persona, float]
    evidence: tuple[Evidence, ...]

    @property
    def from_answers(self) -> tuple[Evidence, ...]:
        """The contributions of answers, in row order."""
        return tuple(one for one in self.evidence if one.option is not None)

    @property
    def from_signals(self) -> tuple[Evidence, ...]:
        """The contributions of signals, in row order."""
        return tuple(one for one in self.evidence if one.option is None)

    @property
    def enough(self) -> bool:
        """True when there was enough evidence for a verdict, whether or not one was reached."""
        return self.reason is None or self.reason == "mixed"

    @property
    def total(self) -> Weights:
        """The logits in the order of ``vocabulary.PERSONAS``."""
        sales, passive, dynamic = (self.logits[persona] for persona in PERSONAS)
        return (sales, passive, dynamic)

    @property
    def lead(self) -> float:
        """How far the leader is ahead of the runner-up: ln(p / p of runner-up), at least 0."""
        return self.logits[self.leader] - self.logits[self.runner_up]

    def margin(self, evidence: Evidence) -> float:
        """Return what one piece of evidence adds to the lead over the runner-up, in nats."""
        return evidence.toward(self.leader) - evidence.toward(self.runner_up)

    def for_leader(self, most: int = 3) -> tuple[Evidence, ...]:
        """Return the evidence that adds most to the lead, strongest first."""
        found = [one for one in self.evidence if self.margin(one) > _SLIGHT]
        return tuple(sorted(found, key=lambda one: -self.margin(one))[:most])

    def against_leader(self, most: int = 2) -> tuple[Evidence, ...]:
        """Return the evidence that takes most from the lead, strongest first."""
        found = [one for one in self.evidence if self.margin(one) < -_SLIGHT]
        return tuple(sorted(found, key=self.margin)[:most])


def classify(row: ObservationRow, model: Model, gate: Reason | None = None) -> Verdict:
    """Weigh the answers and signals of a row and return the verdict.

    ``gate`` is the reason why the website gives no verdict by itself, if there is one; its
    signals then count for nothing beside answers that are enough for a verdict. Execution and
    context items and controls have no weights and cannot move the verdict. Ties go to the persona
    named first in ``vocabulary.PERSONAS``.
    """
    answers, signals = weigh(row, model), weigh_signals(row, model)
    if gate is not None and len(answers) >= model.thresholds.min_answers:
        signals = ()
    evidence = (*answers, *signals)
    totals = logits(evidence, model)
    shares = probabilities(totals)
    order = ranked(totals)
    label, reason = decide(shares, len(answers), model.thresholds)
    if reason == "thin" and row.signals:
        short = seen_too_little(signals, model)
        reason = gate or (short.reason if short else None)
        label, reason = _leading(shares, model.thresholds) if reason is None else (label, reason)
    elif reason == "thin":
        reason = gate or reason
    return Verdict(
        label=label,
        reason=reason,
        leader=PERSONAS[order[0]],
        runner_up=PERSONAS[order[1]],
        confidence=shares[order[0]],
        probabilities=dict(zip(PERSONAS, shares, strict=True)),
        logits=dict(zip(PERSONAS, totals, strict=True)),
        intercept=dict(zip(PERSONAS, tempered(model.intercept, model), strict=True)),
        evidence=evidence,
    )


def decide(shares: Weights, known: int, thresholds: Thresholds) -> tuple[Label, Reason | None]:
    """Return label and reason for three probabilities resting on ``known`` answers."""
    if known < thresholds.min_answers:
        return UNDECIDED, "thin"
    return _leading(shares, thresholds)


def _leading(shares: Weights, thresholds: Thresholds) -> tuple[Label, Reason | None]:
    top = max(shares)
    if top < thresholds.min_probability:
        return UNDECIDED, "mixed"
    return PERSONAS[shares.index(top)], None


def seen_too_little(signals: Sequence[Evidence], model: Model) -> Gate | None:
    """Return why what was seen on a website gives no verdict, or None if it may."""
    limits = model.thresholds
    families = {model.signals[one.item].family for one in signals}
    if len(signals) < limits.min_signals:
        return Gate(
            "thin",
            f"{len(signals)} signals could be judged, and a verdict takes {limits.min_signals}",
        )
    if len(families) < limits.min_families:
        return Gate("thin", "all that could be judged is of one or two kinds")
    support = [
        math.fsum(max(0.0, one.weights[index]) for one in signals) for index in range(len(PERSONAS))
    ]
    if max(support) < limits.min_support:
        return Gate("thin", "little of what was looked for was found")
    first, last = support[0], support[-1]
    if max(first, last) == max(support) and min(first, last) > limits.clash * max(first, last):
        return Gate("mixed", "signs of the first and of the last method are both strong")
    return None
