"""The verdict: which persona, how sure, on what evidence, or an honest ``undecided``."""

import msgspec

from persona.model.artefact import Model, Thresholds, Weights
from persona.model.evidence import Evidence, logits, probabilities, ranked, tempered, weigh
from persona.observations import ObservationRow
from persona.vocabulary import PERSONAS, UNDECIDED, Label, Persona, Reason


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
    def total(self) -> Weights:
        """The logits in the order of ``vocabulary.PERSONAS``."""
        sales, passive, dynamic = (self.logits[persona] for persona in PERSONAS)
        return (sales, passive, dynamic)

    @property
    def lead(self) -> float:
        """How far the leader is ahead of the runner-up: ln(p / p of runner-up), at least 0."""
        return self.logits[self.leader] - self.logits[self.runner_up]

    def margin(self, evidence: Evidence) -> float:
        """Return what one answer adds to the lead over the runner-up, in nats."""
        return evidence.toward(self.leader) - evidence.toward(self.runner_up)

    def for_leader(self, most: int = 3) -> tuple[Evidence, ...]:
        """Return the evidence that adds most to the lead, strongest first."""
        found = [one for one in self.evidence if self.margin(one) > 0]
        return tuple(sorted(found, key=lambda one: -self.margin(one))[:most])

    def against_leader(self, most: int = 2) -> tuple[Evidence, ...]:
        """Return the evidence that takes most from the lead, strongest first."""
        found = [one for one in self.evidence if self.margin(one) < 0]
        return tuple(sorted(found, key=self.margin)[:most])


def classify(row: ObservationRow, model: Model) -> Verdict:
    """Weigh the answers of a row and return the verdict.

    Execution and context items have no weights and cannot move it. Ties go to the persona
    named first in ``vocabulary.PERSONAS``.
    """
    evidence = weigh(row, model)
    totals = logits(evidence, model)
    shares = probabilities(totals)
    order = ranked(totals)
    label, reason = decide(shares, len(evidence), model.thresholds)
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
    top = max(shares)
    if top < thresholds.min_probability:
        return UNDECIDED, "mixed"
    return PERSONAS[shares.index(top)], None
