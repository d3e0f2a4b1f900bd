"""The two sides of the model, each fitted by itself: weights of answers, weights of websites.

Answers are shrunk toward the probability table's log-likelihood ratios, signals toward the
directions of their catalogue, words toward nought.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csc_matrix

from persona.observations import WORD_PARTS, WordPart
from persona.training.additive import AdditiveClassifier, Directions
from persona.training.arrays import Flags, Floats, Whole
from persona.training.encode import Encoded
from persona.training.settings import Settings
from persona.training.signal_prior import family_scale
from persona.vocabulary import PERSONAS

Tables = dict[WordPart, tuple[tuple[str, ...], Floats]]
"""The words of each part that count, with their rarity."""


@dataclass(frozen=True)
class AnswerFit:
    """Weights of answers, before tempering: (columns, personas)."""

    intercept: Floats
    coef: Floats
    scale: float
    moved: Floats
    shrinkage: float

    def evidence(self, data: Encoded) -> Floats:
        """Return what each row of answers adds to the logits, shape (rows, personas)."""
        return np.asarray(np.nan_to_num(data.answers) @ self.coef)


@dataclass(frozen=True)
class WordFit:
    """The words of one part that count: rarity (words), weights (words, personas)."""

    words: tuple[str, ...]
    rarity: Floats
    coef: Floats


@dataclass(frozen=True)
class SiteFit:
    """Weights of signals (columns, personas) and words, before tempering."""

    intercept: Floats
    signals: Floats
    words: dict[WordPart, WordFit]
    scale: float
    shrinkage: float

    def evidence(self, data: Encoded) -> Floats:
        """Return what each website adds to the logits, shape (companies, personas)."""
        total = np.nan_to_num(data.signals) @ self.signals
        for part, fitted in self.words.items():
            total = total + _shares(data, part, fitted.words, fitted.rarity) @ fitted.coef
        return np.asarray(total)

    def known_words(self, data: Encoded) -> Whole:
        """Return how many different words of the table each website uses."""
        known = np.zeros(len(data.companies), dtype=np.int64)
        for part, fitted in self.words.items():
            known += _shares(data, part, fitted.words, np.ones(len(fitted.words))).getnnz(axis=1)
        return known


def row_weights(data: Encoded, within: Flags) -> Floats:
    """Return the weight of every row of answers; the rows of one company add to its weight."""
    usable = within & (data.labels >= 0)
    rows = np.bincount(data.row_company, minlength=len(data.companies))
    share = np.where(usable, data.weights, 0) / np.maximum(rows, 1)
    return np.asarray(share[data.row_company])


def answers_to_fit(data: Encoded, within: Flags) -> Flags:
    """Return which rows of answers can be fitted to: none without labels of all personas."""
    return _of_all(row_weights(data, within) > 0, data.labels[data.row_company])


def sites_to_fit(data: Encoded, within: Flags) -> Flags:
    """Return which websites can be fitted to: none without labels of all personas."""
    used = within & data.has_website & (data.labels >= 0) & (data.weights > 0)
    return _of_all(used, data.labels)


def _of_all(used: Flags, labels: Whole) -> Flags:
    return used & (len(np.unique(labels[used])) == len(PERSONAS))


def fit_answers(
    data: Encoded, within: Flags, settings: Settings, shrinkage: float
) -> AnswerFit | None:
    """Fit the weights of answers; None where the labels are not of all three personas."""
    return next(iter(answer_fits(data, within, settings, (shrinkage,))), None)


def answer_fits(
    data: Encoded, within: Flags, settings: Settings, shrinkages: Sequence[float]
) -> list[AnswerFit]:
    """Fit the weights of answers at each shrinkage; none without labels of all three personas."""
    used = answers_to_fit(data, within)
    if not used.any():
        return []
    weights, place = row_weights(data, within), data.row_company[used]
    fits = []
    for shrinkage in shrinkages:
        model = AdditiveClassifier(
            shrinkage, data.answer_prior, settings.balance, prior_scale=settings.answer_prior_scale
        )
        model.fit(data.answers[used], data.labels[place], weights[used], data.points[place])
        fits.append(AnswerFit(model.intercept_, model.coef_, model.scale_, model.moved_, shrinkage))
    return fits


def fit_site(data: Encoded, within: Flags, settings: Settings, shrinkage: float) -> SiteFit | None:
    """Fit the weights of websites; None where the labels are not of all three personas."""
    return next(iter(site_fits(data, within, settings, (shrinkage,))), None)


def site_fits(
    data: Encoded, within: Flags, settings: Settings, shrinkages: Sequence[float]
) -> list[SiteFit]:
    """Fit the weights of signals and words at each shrinkage.

    None are returned without labels of all three personas.
    """
    used = sites_to_fit(data, within)
    if not used.any():
        return []
    tables = {
        part: choose_words(data, part, used, settings)
        for part in WORD_PARTS
        if part in settings.blocks
    }
    signals, ease = len(data.signal_columns), settings.signal_ease
    features = site_features(data, tables, ease if "signals" in settings.blocks else 0.0)[used]
    prior = np.zeros((features.shape[1], len(PERSONAS)))
    prior[:signals] = data.signal_prior / ease
    spanned = Directions.of(features)
    fits = []
    for shrinkage in shrinkages:
        model = AdditiveClassifier(
            shrinkage,
            spanned.narrow(prior),
            settings.balance,
            prior_scale=settings.signal_prior_scale,
        )
        model.fit(spanned.rows, data.labels[used], data.weights[used], data.points[used])
        coef = model.scale_ * prior + spanned.widen(model.moved_)
        coef[:signals] *= ease if "signals" in settings.blocks else 0.0
        fits.append(_site_fit(data, model, coef, tables, shrinkage))
    return fits


def site_features(data: Encoded, tables: Tables, ease: float) -> Floats:
    """Return signals and shares of the words of the tables, shape (companies, columns).

    Signals are multiplied by ``ease``, so that their weights are shrunk more strongly than words'.
    """
    known = np.nan_to_num(data.signals) * ease
    shares = [word_shares(data, part, *table) for part, table in tables.items()]
    return np.hstack([known, *shares])


def _site_fit(
    data: Encoded,
    model: AdditiveClassifier,
    coef: Floats,
    tables: Tables,
    shrinkage: float,
) -> SiteFit:
    end = len(data.signal_columns)
    signals = _capped(data, coef[:end])
    words = {}
    for part, (names, rarity) in tables.items():
        words[part] = WordFit(names, rarity, coef[end : end + len(names)])
        end += len(names)
    return SiteFit(model.intercept_, signals, words, model.scale_, shrinkage)


def choose_words(
    data: Encoded, part: WordPart, among: Flags, settings: Settings
) -> tuple[tuple[str, ...], Floats]:
    """Return the words that enough companies use, and their rarity.

    Rarity is ln((1 + n) / (1 + users)) + 1 for n companies, as in scikit-learn's smoothed inverse
    document frequency.
    """
    counts = data.counts[part]
    users = np.asarray(counts.used[among].sum(axis=0)).ravel()
    companies = int(among.sum())
    least = max(settings.fewest, settings.least_use[part] * companies)
    chosen = np.flatnonzero(users >= least)
    rarity = np.log((1 + companies) / (1 + users[chosen])) + 1
    return tuple(counts.words[index] for index in chosen), rarity


def word_shares(data: Encoded, part: WordPart, words: Sequence[str], rarity: Floats) -> Floats:
    """Return the share of every word on every website, shape (companies, words).

    The definition stands in ``persona.model.artefact.SiteModel``.
    """
    return np.asarray(_shares(data, part, words, rarity).toarray(order="C"))


def _shares(data: Encoded, part: WordPart, words: Sequence[str], rarity: Floats) -> csc_matrix:
    counts = data.counts[part]
    shares = counts.damped[:, counts.places(words)]
    shares.data = shares.data * np.repeat(rarity, np.diff(shares.indptr))
    squares = np.bincount(shares.indices, shares.data**2, minlength=shares.shape[0])
    shares.data = shares.data / np.sqrt(np.where(squares > 0, squares, 1))[shares.indices]
    return shares


def _capped(data: Encoded, coef: Floats) -> Floats:
    """Return weights of signals in which no family holds more than its share of all weight."""
    reach: dict[str, float] = {}
    total: dict[str, float] = {}
    for column, row in zip(data.signal_columns, coef, strict=True):
        reach[column.of] = max(reach.get(column.of, 0.0), float(row.max() - row.min()))
    for signal, most in reach.items():
        family = data.families[signal]
        total[family] = total.get(family, 0.0) + most
    scale = family_scale({family: weight for family, weight in total.items() if weight > 0})
    factors = [scale.get(data.families[column.of], 1.0) for column in data.signal_columns]
    return np.asarray(coef * np.array(factors)[:, None])
