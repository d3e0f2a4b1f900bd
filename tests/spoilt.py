"""Models spoilt on purpose, which no gate may let through."""

from msgspec.structs import replace

from persona.model.artefact import Model, Weights


def negated(model: Model) -> Model:
    """Return a model in which every answer and signal speaks for the opposite."""

    def flip(weights: Weights) -> Weights:
        sales, passive, dynamic = weights
        return (-sales, -passive, -dynamic)

    answers = {item: {option: flip(weights) for option, weights in row.items()}
               for item, row in model.answers.items()}  # fmt: skip
    signals = {id_: replace(entry, weights=tuple(map(flip, entry.weights)))
               for id_, entry in model.signals.items()}  # fmt: skip
    return replace(model, answers=answers, signals=signals)
