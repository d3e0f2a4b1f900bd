"""Which unlabelled companies to label next, why, and what to ask about each."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

import msgspec
import numpy as np

from persona.model.artefact import LoadedModel, Model
from persona.model.outside import view_from_outside
from persona.model.profile import build_profile
from persona.pipe import current_model, shipped_questionnaire
from persona.reports.result import ModelName
from persona.signals.catalogue import shipped_catalogue
from persona.training.additive import softmax
from persona.training.arrays import Floats, Whole
from persona.training.codebook import Gate, Pair, Question, questions_between, shipped_codebook
from persona.training.companies import Company
from persona.training.drafts import key_of
from persona.training.encode import Counts, Encoded, encode
from persona.training.landscape import Landscape, lay_out
from persona.training.package import as_fitted
from persona.training.pools import Pool
from persona.training.rows import as_row
from persona.training.settings import Settings
from persona.training.worth import Pick, chance_to_decide, choose, closeness
from persona.vocabulary import DIMENSIONS, PERSONA_NAMES, PERSONAS, Persona

MOST_QUESTIONS: Final = 6
ALIKE: Final = 0.35
"""Likeness from which on companies read alike: about one pair in a hundred of those labelled."""
UNLIKE: Final = 0.23
"""Likeness below which a company is unlike another: of the labelled companies nineteen in twenty
have a neighbour that is liker."""
NEAR: Final = 0.15
"""Two methods whose probabilities differ by less are near each other."""
_BATCH: Final = 1000


class Suggestion(msgspec.Struct, frozen=True):
    """One company to label.

    ``worth`` is how many labels of average companies of the pool its label is worth, counted
    after those suggested before it. ``between`` are the two likeliest personas; ``why`` says in
    words what makes it worth so much; ``ask`` are the dimensions to ask about, best first. ``same``
    is a company, labelled or suggested before, that is nearly the same, and ``nearest`` the
    labelled company that is likest, with its ``likeness`` from 0 to 1; ``alike`` counts other
    companies of the pool that read alike.
    """

    rank: int
    company: str
    worth: float
    probabilities: dict[Persona, float]
    between: tuple[Persona, Persona]
    why: tuple[str, ...]
    ask: tuple[str, ...]
    alike: int
    nearest: str | None
    likeness: float
    same: str | None


class Suggestions(msgspec.Struct, frozen=True):
    """The companies to label next, in order, and what the codebook says on them.

    ``questions`` and ``tests`` hold each question and each test that any of them calls for once.
    """

    model: ModelName
    pool: int
    labelled: int
    remarks: tuple[str, ...]
    suggested: tuple[Suggestion, ...]
    gates: tuple[Gate, ...]
    questions: tuple[Question, ...]
    tests: tuple[Pair, ...]
    points: str


def suggest(pool: Pool, model: LoadedModel | None = None, *, top: int = 10) -> Suggestions:
    """Return the ``top`` companies of a pool whose labels are worth most to the model.

    ``pool`` comes from ``persona.read_pool``, ``model`` is the one in use if left out.
    The order of companies in files does not matter. See :mod:`persona.training.worth` for how
    worth is reckoned.
    """
    model = model or current_model()
    companies = (*_in_order(pool.companies), *_in_order(pool.labelled))
    data = encode(companies, shipped_questionnaire(), shipped_catalogue())
    shares = probabilities(model.model, data)
    unlabelled, labelled = np.split(np.arange(len(companies)), [len(pool.companies)])
    space = lay_out(data, Settings())
    decided = data.labels[labelled] >= 0
    promise = chance_to_decide(space, labelled, decided)
    promise = promise * closeness(shares, np.arange(len(companies)), len(companies))
    weights = data.weights[labelled] * decided
    picks = choose(space, promise, unlabelled, labelled, weights, top)
    suggested = tuple(_suggestions(picks, model.model, companies, shares, space, labelled))
    book = shipped_codebook()
    asked = {dimension for one in suggested for dimension in one.ask}
    pairs = {frozenset(one.between) for one in suggested}
    return Suggestions(
        model=ModelName.of(model),
        pool=len(pool.companies),
        labelled=len(pool.labelled),
        remarks=pool.remarks,
        suggested=suggested,
        gates=book.gate,
        questions=tuple(question for question in book.dimension if question.id in asked),
        tests=tuple(pair for pair in book.pair if frozenset(pair.between) in pairs),
        points=book.points,
    )


def _in_order(companies: Sequence[Company]) -> list[Company]:
    return sorted(companies, key=lambda one: (key_of(one.company), one.company))


def probabilities(model: Model, data: Encoded) -> Floats:
    """Return the model's probabilities of every company, shape (companies, personas).

    They rest on answers, the mean over informants, and website, as far as either is known.
    """
    places = np.arange(len(data.companies))
    parts = [_of_part(model, _part(data, places[start : start + _BATCH]))
             for start in range(0, len(places), _BATCH)]  # fmt: skip
    return np.concatenate([np.zeros((0, len(PERSONAS))), *parts])


def _of_part(model: Model, data: Encoded) -> Floats:
    fitted = as_fitted(model, data)
    shares = softmax(fitted.site_logits(data))
    places = data.row_company
    beside = data.has_website[places][:, None]
    rows = softmax(np.where(beside, fitted.both_logits(data), fitted.answer_logits(data)))
    answered = np.unique(places)
    shares[answered] = 0
    np.add.at(shares, places, rows / np.bincount(places)[places][:, None])
    return shares


def _part(data: Encoded, places: Whole) -> Encoded:
    """Return some consecutive companies of a data set, so that little is unpacked at a time."""
    first, last = int(places[0]), int(places[-1])
    rows = (data.row_company >= first) & (data.row_company <= last)
    return replace(
        data,
        companies=data.companies[first : last + 1],
        answers=data.answers[rows],
        row_company=data.row_company[rows] - first,
        signals=data.signals[places],
        counts={part: Counts(one.words, one.matrix[places]) for part, one in data.counts.items()},
    )


def _suggestions(
    picks: Sequence[Pick],
    model: Model,
    companies: Sequence[Company],
    shares: Floats,
    space: Landscape,
    labelled: Whole,
) -> Iterator[Suggestion]:
    pool = np.arange(len(companies) - len(labelled))
    places = np.array([pick.place for pick in picks], dtype=np.int64)
    nearest, likeness = space.nearest(places, labelled)
    alike = (space.likeness(places, pool) >= ALIKE).sum(axis=1) - 1
    for index, pick in enumerate(picks):
        company = companies[pick.place]
        order = np.argsort(-shares[pick.place], kind="stable")
        between = (PERSONAS[order[0]], PERSONAS[order[1]])
        same = None if pick.like is None else companies[pick.like].company
        like = float(likeness[index])
        others = int(alike[index])
        near = companies[nearest[index]].company if len(labelled) else None
        why = (
            _in_doubt(shares[pick.place][order], order),
            *(["unlike any labelled company"] if near is not None and like < UNLIKE else []),
            _crowd(others) if same is None else f"nearly the same as {same}: label one of them",
        )
        yield Suggestion(
            rank=index + 1,
            company=company.company,
            worth=round(pick.worth, 3),
            probabilities={each: round(float(share), 4)
                           for each, share in zip(PERSONAS, shares[pick.place], strict=True)},
            between=between,
            why=why,
            ask=questions_between(shipped_codebook(), shipped_questionnaire(), between,
                                  settled(company, model), MOST_QUESTIONS),
            alike=others,
            nearest=near,
            likeness=round(like, 3),
            same=same,
        )  # fmt: skip


def _in_doubt(shares: Floats, order: Whole) -> str:
    numbers = "/".join(f"{share:.2f}".lstrip("0") for share in shares)
    names = [PERSONA_NAMES[PERSONAS[index]].lower() for index in order]
    if shares[0] - shares[2] < NEAR:
        return f"three methods are near each other: {', '.join(names)} {numbers}"
    if shares[0] - shares[1] < NEAR:
        return f"two methods are near each other: {names[0]}, {names[1]} {numbers}"
    return f"the model leans to {names[0]}: {numbers}"


def _crowd(alike: int) -> str:
    if alike == 0:
        return "no other company in the pool reads like it"
    return f"reads like {alike} other{'s' if alike > 1 else ''} in the pool"


def settled(company: Company, model: Model) -> frozenset[str]:
    """Return the dimensions on which all that is known of a company agrees.

    Known are the levels of each informant's answers and of what the website shows.
    """
    levels: dict[str, set[int]] = {dimension: set() for dimension in DIMENSIONS}
    for informant in company.informants:
        profile = build_profile(as_row(company, informant, website=False))
        for standing in profile.standings:
            levels[standing.dimension].update(standing.levels)
    for sighting in view_from_outside(as_row(company, None, website=True), model):
        if sighting.level is not None:
            levels[sighting.dimension].add(sighting.level)
    return frozenset(dimension for dimension, found in levels.items() if len(found) == 1)
