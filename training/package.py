"""From what was fitted to a model file, and back from a model file to numbers."""

from collections.abc import Mapping, Sequence

import numpy as np
from msgspec.structs import replace

from persona.errors import ModelError
from persona.model.artefact import Model, SignalWeights, SiteModel, Training, Weights
from persona.observations import WORD_PARTS, WordPart
from persona.training.arrays import Floats
from persona.training.calibrate import Together
from persona.training.encode import Column, Encoded
from persona.training.fit import Fitted
from persona.training.sides import AnswerFit, SiteFit, WordFit

_DECIMALS = 4
_WHOLE: Weights = (0.0, 0.0, 0.0)


def as_model(
    fitted: Fitted, data: Encoded, base: Model, training: Training, least_words: int
) -> Model:
    """Return the model file's content; what was not fitted stays as in ``base``.

    Weights are rounded to four decimals. A website decides from ``least_words`` words on.
    """
    model = replace(base, training=training, metrics={}, card={})
    if fitted.answers is not None:
        model = _with_answers(model, fitted, data.answer_columns)
    if fitted.site is not None:
        rows = int((data.judged & data.has_website).sum())
        model = replace(
            model,
            signals=_signals(fitted.site, data, base.signals),
            signal_rows=rows,
            site=_site(fitted.site, fitted.together, least_words),
        )
    return model


def _with_answers(model: Model, fitted: Fitted, columns: Sequence[Column]) -> Model:
    answers, together = fitted.answers, fitted.together
    assert answers is not None
    weights: dict[str, dict[str, Weights]] = {}
    for column, row in zip(columns, answers.coef, strict=True):
        weights.setdefault(column.of, {})[str(column.at)] = _rounded(row)
    return replace(
        model,
        intercept=_rounded(answers.intercept),
        temperature=round(together.answer_temperature, _DECIMALS),
        thresholds=replace(
            model.thresholds,
            min_probability=together.answer_threshold,
            min_answers=fitted.min_answers,
        ),
        answers=weights,
    )


def _signals(
    site: SiteFit, data: Encoded, base: Mapping[str, SignalWeights]
) -> dict[str, SignalWeights]:
    found: dict[str, list[tuple[float, Weights]]] = {}
    for column, row in zip(data.signal_columns, site.signals, strict=True):
        found.setdefault(column.of, []).append((float(column.at), _rounded(row)))
    signals = {}
    for name, old in base.items():
        knots = found[name] if old.at[0] > 0 else [(0.0, _WHOLE), *found[name]]
        at, weights = zip(*knots, strict=True)
        signals[name] = replace(old, at=at, weights=weights)
    return signals


def _site(site: SiteFit, together: Together, least_words: int) -> SiteModel:
    return SiteModel(
        intercept=_rounded(site.intercept),
        temperature=round(together.site_temperature, _DECIMALS),
        beside_answers=round(together.beside_answers, _DECIMALS),
        min_probability=together.site_threshold,
        min_words=least_words,
        words={part: _words(fitted) for part, fitted in site.words.items()},
    )


def _words(fitted: WordFit) -> dict[str, tuple[float, float, float, float]]:
    rarity = (round(float(each), _DECIMALS) for each in fitted.rarity)
    rows = zip(fitted.words, rarity, fitted.coef, strict=True)
    return {word: (rare, *_rounded(row)) for word, rare, row in rows}


def _rounded(row: Floats) -> Weights:
    sales, passive, dynamic = (round(float(each), _DECIMALS) + 0.0 for each in row)
    return (sales, passive, dynamic)


def as_fitted(model: Model, data: Encoded) -> Fitted:
    """Return a model's weights as numbers that predict for ``data``, whatever it was fitted to.

    Raises ModelError where it weighs a signal at other values than the catalogue's. A model
    without weights for websites predicts for them by its signals and its own intercept.
    """
    site = model.site
    return Fitted(
        min_answers=model.thresholds.min_answers,
        answers=AnswerFit(
            intercept=np.array(model.intercept),
            coef=_answer_coef(model, data.answer_columns),
            scale=0.0,
            moved=np.zeros((len(data.answer_columns), len(_WHOLE))),
            shrinkage=0.0,
        ),
        site=SiteFit(
            intercept=np.array(site.intercept if site else model.intercept),
            signals=_signal_coef(model, data.signal_columns),
            words={part: _word_fit(site, part) for part in WORD_PARTS if site and site.words},
            scale=0.0,
            shrinkage=0.0,
        ),
        together=Together(
            answer_temperature=model.temperature,
            site_temperature=site.temperature if site else model.temperature,
            beside_answers=site.beside_answers if site else 1.0,
            answer_threshold=model.thresholds.min_probability,
            site_threshold=site.min_probability if site else model.thresholds.min_probability,
        ),
    )


def _answer_coef(model: Model, columns: Sequence[Column]) -> Floats:
    return np.array([model.answers.get(each.of, {}).get(str(each.at), _WHOLE) for each in columns])


def _signal_coef(model: Model, columns: Sequence[Column]) -> Floats:
    rows = []
    for column in columns:
        known = model.signals.get(column.of)
        rows.append(_at_knot(model.name, column, known) if known else _WHOLE)
    return np.array(rows)


def _at_knot(name: str, column: Column, signal: SignalWeights) -> Weights:
    """Return the weights at a column's value; ModelError where others are needed than columns."""
    knots = dict(zip(signal.at, signal.weights, strict=True))
    if knots.get(0.0, _WHOLE) != _WHOLE or float(column.at) not in knots:
        raise ModelError(
            f"model {name}: weighs {column.of} at other values than this version's catalogue; "
            "compare it by persona evaluate --against"
        )
    return knots[float(column.at)]


def _word_fit(site: SiteModel | None, part: WordPart) -> WordFit:
    words = site.words.get(part, {}) if site else {}
    rows = np.array(list(words.values())).reshape(-1, 4)
    return WordFit(tuple(words), rows[:, 0], rows[:, 1:])
