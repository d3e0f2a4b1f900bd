"""Verdicts of many rows: which persona, how sure, or why undecided."""

from collections.abc import Sequence
from itertools import product
from typing import Final

import msgspec
import numpy as np

from persona.model.artefact import Model
from persona.model.evidence import intercept_of
from persona.prospects.batch.cells import Codes
from persona.prospects.batch.exact import Numbers, split
from persona.prospects.batch.signals import Flags, SignalTables
from persona.prospects.batch.weights import PAIRS, AnswerTables, Places
from persona.vocabulary import PERSONAS, UNDECIDED, Label

LABELS: Final[tuple[Label, ...]] = (*PERSONAS, UNDECIDED)
REASONS: Final = ("", "thin", "mixed")
OPEN: Final = len(PERSONAS)
_NONE, _THIN, _MIXED = range(len(REASONS))


class Verdicts(msgspec.Struct, frozen=True):
    """What the evidence of some rows says.

    ``pairs`` are places in ``PAIRS``: leader and runner-up. ``labels`` are places in ``LABELS``,
    ``reasons`` in ``REASONS``. ``shares`` are the probabilities, a row for each persona;
    ``confidence`` is the leader's. Only rows that are ``weighed`` have any evidence. ``added`` is
    what each signal adds: signals by personas by rows.
    """

    pairs: Places
    labels: Codes
    reasons: Codes
    shares: Numbers
    confidence: Numbers
    weighed: Flags
    added: Numbers


class Classifier:
    """``persona.model.verdict.classify`` for rows of answers and signals, without words."""

    def __init__(self, answers: AnswerTables, signals: SignalTables, model: Model) -> None:
        self._answers = answers
        self._signals = signals
        self._model = model
        self._least = model.thresholds.min_probability

    def classify(self, ways: Sequence[Places], values: Numbers) -> Verdicts:
        """Return the verdicts of rows.

        ``ways`` are as from ``AnswerTables.ways``; ``values`` has a row for each signal, NaN where
        it is missing. A row without any known signal has no website.
        """
        coarse, rest, weighed = self._answers.sums(ways, values.shape[1])
        enough = weighed >= self._model.thresholds.min_answers
        seen = ~np.isnan(values).all(axis=0)
        decides = ~enough & seen
        added, known = self._heard(values, enough, weighed == 0)
        website = known.any(axis=0)
        for part in (self._intercepts(decides & website), *added.transpose(0, 2, 1)):
            more = split(part)
            coarse += more[0]
            rest += more[1]
        totals = np.ascontiguousarray((coarse + rest).T)
        shares = _softmax(totals)
        confidence = shares.max(axis=0)
        reasons = self._reasons(confidence, enough, decides, added, known)
        pairs = _PAIR_OF.take(_order(totals))
        return Verdicts(
            pairs=pairs,
            labels=np.where(reasons == _NONE, _LEADERS.take(pairs), OPEN).astype(np.uint8),
            reasons=reasons,
            shares=shares,
            confidence=confidence,
            weighed=(weighed > 0) | website,
            added=added,
        )

    def _heard(self, values: Numbers, enough: Flags, alone: Flags) -> tuple[Numbers, Flags]:
        """Return what signals add, and which are known, in the rows in which they count."""
        site = self._model.site
        if site is None:
            return self._signals.weigh(values, np.ones(len(enough)))
        # Without its words, a website is too little for a model fitted to websites: it is heard
        # only where there is no answer beside it.
        heard = np.where(alone, values, np.nan)
        return self._signals.weigh(heard, np.where(enough, site.beside_answers, 1.0))

    def _intercepts(self, website_decides: Flags) -> Numbers:
        """Return the intercept of each row, or the one that all have."""
        intercept = np.array(intercept_of(self._model))
        if not website_decides.any():
            return intercept
        own = np.array(intercept_of(self._model, website_decides=True))
        return np.where(website_decides[:, None], own, intercept)

    def _reasons(
        self, confidence: Numbers, enough: Flags, decides: Flags, added: Numbers, known: Flags
    ) -> Codes:
        thin, mixed = ~enough, confidence < self._least
        if self._model.site is None and decides.any():
            thin = thin & (~decides | self._signals.too_few(added, known))
            mixed = mixed | (decides & self._signals.clash(added))
        reasons = np.where(mixed, _MIXED, _NONE)
        reasons[thin] = _THIN
        return reasons.astype(np.uint8)


def _softmax(totals: Numbers) -> Numbers:
    odds = np.exp(totals - totals.max(axis=0))
    shares: Numbers = odds / (odds[0] + odds[1] + odds[2])
    return shares


def _order(totals: Numbers) -> Places:
    """Return which personas are strictly ahead of which, as a number below 8."""
    first, second, third = totals
    order: Places = (second > first) * np.intp(4) + (third > first) * np.intp(2) + (third > second)
    return order


def _pair_of(second_ahead: bool, third_ahead: bool, third_ahead_of_second: bool) -> int:
    """Return the pair for an outcome of ``_order``; ties go to the persona named first."""
    ranks = (
        second_ahead + third_ahead,
        (not second_ahead) + third_ahead_of_second,
        (not third_ahead) + (not third_ahead_of_second),
    )
    return PAIRS.index((ranks.index(0), ranks.index(1))) if sorted(ranks) == [0, 1, 2] else 0


_PAIR_OF: Final = np.array([_pair_of(*flags) for flags in product((False, True), repeat=3)])
_LEADERS: Final = np.array([leader for leader, _ in PAIRS])
