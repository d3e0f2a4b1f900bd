"""Companies as numbers: one-hot answers, signals by their catalogue, counts of words.

Rows of answers are informants, so that a company may have several; everything else has one row a
company. NaN is missing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.sparse import csc_matrix, csr_matrix, hstack

from persona.observations import WORD_PARTS, WordPart
from persona.questionnaire.items import Questionnaire
from persona.signals.catalogue import Catalogue, SignalEntry
from persona.training.arrays import Flags, Floats, Whole
from persona.training.companies import Company
from persona.training.prior import log_likelihood_ratios
from persona.training.signal_prior import signal_prior
from persona.vocabulary import PERSONAS


@dataclass(frozen=True)
class Column:
    """One feature: an option of an item, or a signal at a value."""

    of: str
    at: str | float


@dataclass(frozen=True)
class Counts:
    """How often each company's website uses each word of one part, shape (companies, words)."""

    words: tuple[str, ...]
    matrix: csr_matrix

    @cached_property
    def used(self) -> csr_matrix:
        """1 where a company uses a word."""
        return (self.matrix > 0).astype(np.float64)

    @cached_property
    def damped(self) -> csc_matrix:
        """1 + ln count where a company uses a word; the last column, of no word, is empty."""
        logs = self.matrix.copy()
        logs.data = 1 + np.log(logs.data)
        return csc_matrix(hstack([logs, csr_matrix((logs.shape[0], 1))]))

    @cached_property
    def place(self) -> dict[str, int]:
        """The column of every word."""
        return {word: index for index, word in enumerate(self.words)}

    def places(self, words: Sequence[str]) -> Whole:
        """Return the columns of words in ``damped``, the last for those that no company uses."""
        last = len(self.words)
        return np.array([self.place.get(word, last) for word in words], dtype=np.int64)


@dataclass(frozen=True)
class Encoded:
    """All companies of a data set as numbers.

    ``row_company`` gives the company (its place) of every row of ``answers``, ``informants`` the
    informant's name; ``families`` the family of every signal. ``labels`` is the place of the label
    in PERSONAS, -1 where it names none.
    """

    companies: tuple[Company, ...]
    answer_columns: tuple[Column, ...]
    answer_prior: Floats
    answers: Floats
    row_company: Whole
    informants: tuple[str, ...]
    signal_columns: tuple[Column, ...]
    signal_prior: Floats
    signals: Floats
    families: Mapping[str, str]
    counts: Mapping[WordPart, Counts]
    points: Floats
    labels: Whole
    weights: Floats

    @cached_property
    def item_starts(self) -> Whole:
        """The first column of every item."""
        items = [column.of for column in self.answer_columns]
        return np.array([place for place, item in enumerate(items) if items.index(item) == place])

    @property
    def known_items(self) -> Whole:
        """How many items are answered in every row of answers."""
        return np.asarray((~np.isnan(self.answers[:, self.item_starts])).sum(axis=1))

    @cached_property
    def has_website(self) -> Flags:
        """Which companies have a website that was read."""
        return np.array([one.has_website for one in self.companies], dtype=bool)

    @cached_property
    def judged(self) -> Flags:
        """Which companies' verdicts are compared with their label."""
        return np.array([one.is_judged for one in self.companies], dtype=bool)


def everyone(data: Encoded) -> Flags:
    """Return a flag for each company: all of them."""
    return np.ones(len(data.companies), dtype=bool)


def encode(
    companies: Sequence[Company], questionnaire: Questionnaire, catalogue: Catalogue
) -> Encoded:
    """Return companies as numbers, in their order."""
    options = [(item.id, option) for item in questionnaire.of_kind("persona")
               for option in item.options]  # fmt: skip
    columns = tuple(Column(item, option.id) for item, option in options)
    asked = {item for item, _ in options}
    rows = [(place, name) for place, one in enumerate(companies) for name in sorted(one.informants)
            if not asked.isdisjoint(one.informants[name])]  # fmt: skip
    given = [companies[place].informants[name] for place, name in rows]
    signal_columns = _signal_columns(catalogue)
    return Encoded(
        companies=tuple(companies),
        answer_columns=columns,
        answer_prior=np.array([log_likelihood_ratios(option) for _, option in options]),
        answers=_one_hot(given, columns),
        row_company=np.array([place for place, _ in rows], dtype=np.int64),
        informants=tuple(name for _, name in rows),
        signal_columns=signal_columns,
        signal_prior=_prior_of(signal_columns, catalogue),
        signals=_signal_rows(companies, signal_columns, catalogue),
        families={entry.id: entry.family for entry in catalogue.signals},
        counts={part: _counts(companies, part) for part in WORD_PARTS},
        points=np.array([_points(one) for one in companies]).reshape(-1, len(PERSONAS)),
        labels=np.array([one.place for one in companies], dtype=np.int64),
        weights=np.array([one.weight for one in companies], dtype=np.float64),
    )


def _one_hot(given: Sequence[Mapping[str, str]], columns: Sequence[Column]) -> Floats:
    """Return 1 for the option chosen, 0 for the others, NaN where the item is not answered."""
    values = np.full((len(given), len(columns)), np.nan)
    for row, answers in enumerate(given):
        for place, column in enumerate(columns):
            option = answers.get(column.of)
            if option is not None:
                values[row, place] = option == column.at
    return values


def _signal_columns(catalogue: Catalogue) -> tuple[Column, ...]:
    return tuple(
        Column(entry.id, at) for entry in catalogue.signals for at in _knots(entry)
    )  # fmt: skip


def _knots(entry: SignalEntry) -> list[float]:
    """Return the values at which a signal has weights of its own; at 0 it adds nothing."""
    if entry.kind == "code":
        return [index + 1.0 for index, lean in enumerate(entry.directions) if lean]
    return [entry.full]


def _prior_of(columns: Sequence[Column], catalogue: Catalogue) -> Floats:
    known = signal_prior(catalogue)
    return np.array(
        [known[column.of].weights[known[column.of].at.index(float(column.at))]
         for column in columns]
    )  # fmt: skip


def _signal_rows(
    companies: Sequence[Company], columns: Sequence[Column], catalogue: Catalogue
) -> Floats:
    codes = {entry.id for entry in catalogue.signals if entry.kind == "code"}
    values = np.full((len(companies), len(columns)), np.nan)
    for row, company in enumerate(companies):
        for place, column in enumerate(columns):
            value = company.signals.get(column.of)
            if value is not None:
                values[row, place] = share_of(value, column, column.of in codes)
    return values


def share_of(value: float, column: Column, code: bool) -> float:
    """Return how much of a signal's weight a value has: winsorised to 0 and 1, a code exactly."""
    at = float(column.at)
    return float(value == at) if code else min(max(value / at, 0.0), 1.0)


def _counts(companies: Sequence[Company], part: WordPart) -> Counts:
    found = [one.wording.part(part) if one.wording else {} for one in companies]
    words = sorted({word for counts in found for word in counts})
    place = {word: index for index, word in enumerate(words)}
    columns = [place[word] for counts in found for word in counts]
    values = [float(count) for counts in found for count in counts.values()]
    starts = np.cumsum([0, *(len(counts) for counts in found)])
    matrix = csr_matrix((values, columns, starts), shape=(len(found), len(words)))
    matrix.eliminate_zeros()
    matrix.sort_indices()
    return Counts(tuple(words), matrix)


def _points(company: Company) -> tuple[float, ...]:
    if company.points is not None:
        return company.points
    return tuple(float(company.label == persona) for persona in PERSONAS)
