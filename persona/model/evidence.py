"""The additive model: all evidence adds its weight to the log-odds of each persona.

    logit(k) = intercept(k) / T + sum over answers, signals and words of weight(one, k) / T
    P(k)     = exp(logit(k)) / sum over personas of exp(logit)

``T`` is the model's temperature; a model fitted to websites has another for signals and words,
which is the intercept's too where a website decides (:mod:`persona.model.verdict`). What is
missing adds nothing. Sums are correctly rounded (``math.fsum``), so the order of the evidence
changes no bit of the outcome.
"""

import math
from collections.abc import Iterable, Sequence

import msgspec

from persona.model.artefact import Model, SignalWeights, Weights
from persona.observations import WORD_PARTS, ObservationRow
from persona.vocabulary import PERSONAS, Persona


class WordWeight(msgspec.Struct, frozen=True):
    """A word with what it adds to the logit of each persona, in nats."""

    word: str
    weights: Weights


class Evidence(msgspec.Struct, frozen=True, omit_defaults=True):
    """One answer, signal or part of the wording with what it adds to each logit, in nats.

    ``item`` is an item id with the ``option`` chosen, a signal id with its ``value``, or a part
    of the wording with the number of known words as its ``value`` and the ``words`` that tell
    personas apart most.
    """

    item: str
    option: str | None
    weights: Weights
    value: float | None = None
    words: tuple[WordWeight, ...] = ()

    @property
    def is_wording(self) -> bool:
        """True for a part of the wording of a website."""
        return self.item in WORD_PARTS

    def toward(self, persona: Persona) -> float:
        """Return what this adds to the logit of ``persona``, in nats."""
        return self.weights[PERSONAS.index(persona)]


def tempered(weights: Weights, model: Model) -> Weights:
    """Return weights of answers on the scale of the logits."""
    return scaled(weights, model.temperature)


def scaled(weights: Weights, temperature: float, share: float = 1.0) -> Weights:
    """Return weights divided by a temperature, of which a share counts."""
    sales, passive, dynamic = weights
    return (sales / temperature * share, passive / temperature * share,
            dynamic / temperature * share)  # fmt: skip


def site_temperature(model: Model) -> float:
    """Return what divides the weights of signals and words."""
    return model.site.temperature if model.site is not None else model.temperature


def weigh(row: ObservationRow, model: Model) -> tuple[Evidence, ...]:
    """Return the evidence of every answer on method that has a weight, in row order.

    Answers on execution and context are not even looked up, so no model can let them count.
    """
    return tuple(
        Evidence(answer.item, answer.option, tempered(weights, model))
        for answer in row.of_kind("persona")
        if (weights := model.answers.get(answer.item, {}).get(answer.option)) is not None
    )


def weigh_signals(row: ObservationRow, model: Model, share: float = 1.0) -> tuple[Evidence, ...]:
    """Return the evidence of every known signal that has weights, in row order.

    ``share`` is how much of the weight counts. Controls are not even looked up, so no model can
    let them count.
    """
    temperature = site_temperature(model)
    return tuple(
        Evidence(
            signal.id, None, scaled(_at(signal.value, weights), temperature, share), signal.value
        )
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


def logits(evidence: Iterable[Evidence], model: Model, website_decides: bool = False) -> Weights:
    """Return the logit of each persona: tempered intercept plus all contributions."""
    return add([intercept_of(model, website_decides), *(one.weights for one in evidence)])


def intercept_of(model: Model, website_decides: bool = False) -> Weights:
    """Return the tempered intercept: the website's, if it decides and the model has one."""
    if website_decides and model.site is not None:
        return scaled(model.site.intercept, model.site.temperature)
    return tempered(model.intercept, model)


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
