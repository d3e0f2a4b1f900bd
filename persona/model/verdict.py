"""The verdict: which persona, how sure, on what evidence, or an honest ``undecided``."""

from collections.abc import Sequence

from msgspec.structs import replace

from persona.drawn import Drawn
from persona.model.artefact import Model, Thresholds, Weights
from persona.model.evidence import Evidence, intercept_of, logits, probabilities, ranked, weigh
from persona.model.website import (
    closed,
    counts_beside_answers,
    has_website,
    seen_too_little,
    weigh_website,
)
from persona.observations import Gate, ObservationRow
from persona.vocabulary import PERSONAS, UNDECIDED, Label, Persona, Reason

SLIGHT = 0.005
"""In nats: evidence below it would be shown as nought."""


class Verdict(Drawn, frozen=True):
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
        return tuple(one for one in self.from_website if not one.is_wording)

    @property
    def from_words(self) -> tuple[Evidence, ...]:
        """The contributions of the website's words, part by part."""
        return tuple(one for one in self.from_website if one.is_wording)

    @property
    def from_website(self) -> tuple[Evidence, ...]:
        """The contributions of signals and words."""
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
        found = [one for one in self.evidence if self.margin(one) > SLIGHT]
        return tuple(sorted(found, key=lambda one: -self.margin(one))[:most])

    def against_leader(self, most: int = 2) -> tuple[Evidence, ...]:
        """Return the evidence that takes most from the lead, strongest first."""
        found = [one for one in self.evidence if self.margin(one) < -SLIGHT]
        return tuple(sorted(found, key=self.margin)[:most])


def classify(row: ObservationRow, model: Model, gate: Reason | None = None) -> Verdict:
    """Weigh the answers and the website of a row and return the verdict.

    ``gate`` is the reason why the website gives no verdict by itself, if there is one; it then
    counts for nothing beside answers that are enough for a verdict. Where answers are too few, a
    website decides, by its own intercept and least probability if the model has them. Execution
    and context items and controls have no weights and cannot move the verdict. Ties go to the
    persona named first in ``vocabulary.PERSONAS``.
    """
    shut = Gate(gate, "") if gate is not None else None
    answers = weigh(row, model)
    enough = len(answers) >= model.thresholds.min_answers
    website = seen = weigh_website(row, model, beside_answers=enough)
    if not _is_heard(shut, answers, website, model):
        website = ()
    evidence = (*answers, *website)
    site_decides = not enough and has_website(row)
    starts_there = site_decides and bool(website)
    totals = logits(evidence, model, starts_there)
    shares = probabilities(totals)
    label, reason = decide(shares, len(answers), model.thresholds)
    if site_decides:
        label, reason = _by_website(shares, closed(shut, seen, model), model)
    elif reason == "thin":
        reason = gate or reason
    first, second, _ = ranked(totals)
    return Verdict(
        label=label,
        reason=reason,
        leader=PERSONAS[first],
        runner_up=PERSONAS[second],
        confidence=shares[first],
        probabilities=_by_persona(shares),
        logits=_by_persona(totals),
        intercept=_by_persona(intercept_of(model, starts_there)),
        evidence=evidence,
    )


def _is_heard(
    shut: Gate | None, answers: Sequence[Evidence], website: Sequence[Evidence], model: Model
) -> bool:
    """Return whether a website counts: too little of it says nothing beside answers."""
    if model.site is None and len(answers) < model.thresholds.min_answers:
        return True
    return not answers or counts_beside_answers(shut, website, model)


def _by_persona(values: Weights) -> dict[Persona, float]:
    return dict(zip(PERSONAS, values, strict=True))


def decide(shares: Weights, known: int, thresholds: Thresholds) -> tuple[Label, Reason | None]:
    """Return label and reason for three probabilities resting on ``known`` answers."""
    if known < thresholds.min_answers:
        return UNDECIDED, "thin"
    return _leading(shares, thresholds.min_probability)


def limits_of(verdict: Verdict, model: Model) -> Thresholds | None:
    """Return what other answers must reach for another label: the website's where it decides.

    None where no other answers could: there are too few of them, and no website that may decide.
    """
    limits = model.thresholds
    if len(verdict.from_answers) >= limits.min_answers:
        return limits
    if not verdict.enough or seen_too_little(verdict.from_website, model) is not None:
        return None
    return replace(limits, min_probability=_least_of_website(model), min_answers=0)


def _by_website(shares: Weights, shut: Gate | None, model: Model) -> tuple[Label, Reason | None]:
    if shut is not None:
        return UNDECIDED, shut.reason
    return _leading(shares, _least_of_website(model))


def _least_of_website(model: Model) -> float:
    return (model.site or model.thresholds).min_probability


def _leading(shares: Weights, min_probability: float) -> tuple[Label, Reason | None]:
    top = max(shares)
    if top < min_probability:
        return UNDECIDED, "mixed"
    return PERSONAS[shares.index(top)], None
