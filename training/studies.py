"""What a fit says about itself: how far the data moved it, and what matters most in it."""

from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np

from persona.model.artefact import Weights
from persona.questionnaire.items import Questionnaire
from persona.signals.catalogue import Catalogue
from persona.training.arrays import Floats
from persona.training.encode import Column, Encoded
from persona.training.fit import Fitted
from persona.training.prior import EXPONENT
from persona.training.report import Importance, Moved
from persona.training.sides import word_shares
from persona.vocabulary import PERSONAS

_MOST = 12
"""Items, signals and words of each part that are listed."""

_PAIRS = tuple(combinations(range(len(PERSONAS)), 2))


def moves(fitted: Fitted, data: Encoded, questionnaire: Questionnaire) -> tuple[Moved, ...]:
    """Return for every item the option that the data moved most, furthest first.

    Weights are as they act on the logits: the prior's with its exponent, the fitted ones divided
    by the temperature; both centred.
    """
    if fitted.answers is None:
        return ()
    before = _centred(data.answer_prior * EXPONENT)
    after = _centred(fitted.answers.coef / fitted.together.answer_temperature)
    change = after - before
    reach = change.max(axis=1) - change.min(axis=1)
    found = []
    for item, places in by_name(data.answer_columns).items():
        place = max(places, key=lambda each: (reach[each], -each))
        option = questionnaire.by_id[item].option(str(data.answer_columns[place].at))
        found.append(
            Moved(
                item=item,
                option=str(data.answer_columns[place].at),
                words=option.text if option else "",
                change=round(float(reach[place]), 3),
                prior=_weights(before[place]),
                fitted=_weights(after[place]),
            )
        )
    return tuple(sorted(found, key=lambda one: (-one.change, one.item)))


def importance(
    fitted: Fitted, data: Encoded, questionnaire: Questionnaire, catalogue: Catalogue
) -> tuple[Importance, ...]:
    """Return the items, signals and words that matter most, greatest first within their kind."""
    found: list[Importance] = []
    if fitted.answers is not None:
        coef = fitted.answers.coef / fitted.together.answer_temperature
        says = {item.id: item.question for item in questionnaire.items}
        found += _columns("item", data.answers, coef, data.answer_columns, says)
    if fitted.site is not None:
        coef = fitted.site.signals / fitted.together.site_temperature
        says = {entry.id: entry.says for entry in catalogue.signals}
        seen = data.signals[data.has_website]
        found += _columns("signal", seen, coef, data.signal_columns, says)
        found += _words(fitted, data)
    return tuple(found)


def _columns(
    kind: str, values: Floats, coef: Floats, columns: Sequence[Column], says: dict[str, str]
) -> list[Importance]:
    found = []
    for name, places in by_name(columns).items():
        spread = _widest(np.nan_to_num(values[:, places]) @ coef[places])
        toward = PERSONAS[int(coef[places[-1]].argmax())] if kind == "signal" else ""
        found.append(Importance(kind, name, says.get(name, ""), spread, toward))
    found.sort(key=lambda one: (-one.spread, one.name))
    return [one for one in found if one.spread > 0][:_MOST]


def _words(fitted: Fitted, data: Encoded) -> Iterator[Importance]:
    assert fitted.site is not None
    for part, words in fitted.site.words.items():
        shares = word_shares(data, part, words.words, words.rarity)[data.has_website]
        coef = words.coef / fitted.together.site_temperature
        apart = np.stack([coef[:, one] - coef[:, other] for one, other in _PAIRS])
        spread = shares.std(axis=0) * np.abs(apart).max(axis=0)
        for place in np.argsort(-spread, kind="stable")[:_MOST]:
            toward = PERSONAS[int(coef[place].argmax())]
            width = round(float(spread[place]), 3)
            yield Importance(part, words.words[place], "", width, toward)


def _widest(evidence: Floats) -> float:
    """Return the largest standard deviation of a difference between two personas, in nats."""
    spreads = [float((evidence[:, one] - evidence[:, other]).std()) for one, other in _PAIRS]
    return round(max(spreads), 3)


def by_name(columns: Sequence[Column]) -> dict[str, list[int]]:
    """Return the places of the columns of every item or signal."""
    places: dict[str, list[int]] = {}
    for place, column in enumerate(columns):
        places.setdefault(column.of, []).append(place)
    return places


def _centred(weights: Floats) -> Floats:
    return np.asarray(weights - weights.mean(axis=1, keepdims=True))


def _weights(row: Floats) -> Weights:
    sales, passive, dynamic = (round(float(each), 3) + 0.0 for each in row)
    return (sales, passive, dynamic)
