"""The additive model: each answer adds its weight to the log-odds of each persona.

    logit(k) = intercept(k) / T + sum over answers of weight(answer, k) / T
    P(k)     = exp(logit(k)) / sum over personas of exp(logit)

``T`` is the model's temperature. A missing answer adds nothing. Sums are correctly rounded
(``math.fsum``), so the order of answers changes no bit of the outcome.
"""

import math
from collections.abc import Iterable, Sequence

import msgspec

from persona.model.artefact import Model, Weights
from persona.observations import ObservationRow
from persona.vocabulary import PERSONAS, Persona


class Evidence(msgspec.Struct, frozen=True):
    """One answer with what it adds to the logit of each persona, in nats."""

    item: str
    option: str
    weights: Weights

    def toward(self, persona: Persona) -> float:
        """Return what this answer adds to the logit of ``persona``, in nats."""
        return self.weights[PERSONAS.index(persona)]


def tempered(weights: Weights, model: Model) -> Weights:
    """Return weights on the scale of the logits."""
    sales, passive, dynamic = weights
    t = model.temperature
    return (sales / t, passive / t, dynamic / t)


def weigh(row: ObservationRow, model: Model) -> tuple[Evidence, ...]:
    """Return the evidence of every answer on method that has a weight, in row order.

    Answers on execution and context are not even looked up, so no model can let them count.
    """
    return tuple(
        Evidence(answer.item, answer.option, tempered(weights, model))
        for answer in row.of_kind("persona")
        if (weights := model.answers.get(answer.item, {}).get(answer.option)) is not None
    )


def logits(evidence: Iterable[Evidence], model: Model) -> Weights:
    """Return the logit of each persona: tempered intercept plus all contributions."""
    return add([tempered(model.intercept, model), *(one.weights for one in evidence)])


def add(rows: Sequence[Weights]) -> Weights:
    """Return the correctly rounded sum of the rows, persona by persona."""
    return (
        math.fsum(row[0] for row in rows),
        math.fsum(row[1] for row in rows),
        math.fsum(row[2] for row in rows),
    )


def probabilities(of: Weights) -> Weights:
    """Return the softmax of three logits; the result adds to 1 within rounding."""
    top = max(of)
    odds = [math.exp(value - top) for value in of]
    total = math.fsum(odds)
    return (odds[0] / total, odds[1] / total, odds[2] / total)


def ranked(of: Weights) -> list[int]:
    """Return the indices of the personas, likeliest first; ties in the order of ``PERSONAS``."""
    return sorted(range(len(of)), key=lambda index: -of[index])
