"""The additive model: each answer and signal adds its weight to the log-odds of each persona.

    logit(k) = intercept(k) / T + sum over answers and signals of weight(one, k) / T
    P(k)     = exp(logit(k)) / sum over personas of exp(logit)

``T`` is the model's temperature. What is missing adds nothing. Sums are correctly rounded
(``math.fsum``), so the order of the evidence changes no bit of the outcome.
"""

import math
from collections.abc import Iterable, Sequence

import msgspec

from persona.model.artefact import Model, SignalWeights, Weights
from persona.observations import ObservationRow
from persona.vocabulary import PERSONAS, Persona


class Evidence(msgspec.Struct, frozen=True, omit_defaults=True):
    """One answer or signal with what it adds to the logit of each persona, in nats.

    ``item`` is an item id with the ``option`` chosen, or a signal id with its ``value``.
    """

    item: str
    option: str | None
    weights: Weights
    value: float | None = None

    def toward(self, persona: Persona) -> float:
        """Return what this adds to the logit of ``persona``, in nats."""
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


def weigh_signals(row: ObservationRow, model: Model) -> tuple[Evidence, ...]:
    """Return the evidence of every known signal that has weights, in row order.

    Controls are not even looked up, so no model can let them count.
    """
    return tuple(
        Evidence(signal.id, None, tempered(_at(signal.value, weights), model), signal.value)
        for signal in row.signals
        if signal.value is not None and (weights := model.signals.get(signal.id)) is not None
    )


def _at(value: float, signal: SignalWeights) -> Weights:
    """Return the weights at a value: linear between the values given, level beyond them."""
    if not value > signal.at[0]:
        return signal.weights[0]
    for index in range(1, len(signal.at)):
        low, high = signal.at[index - 1], signal.at[index]
        if value <= high:
            share = (value - low) / (high - low)
            before, after = signal.weights[index - 1], signal.weights[index]
            sales, passive, dynamic = (
                one + share * (other - one) for one, other in zip(before, after, strict=True)
            )
            return (sales, passive, dynamic)
    return signal.weights[-1]


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
