"""Generated answer sets, and the verdict computed the plain way to compare with.

The reference functions here follow the formula in the design page and share no code with
``persona.model``: weights from the file, divided by the temperature, summed, softmax.
"""

import itertools
import math
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec
from hypothesis import strategies as st

from persona.model.artefact import Model, Thresholds
from persona.model.verdict import Verdict, classify
from persona.observations import ObservationRow
from persona.questionnaire.answers import observe
from persona.questionnaire.items import load_questionnaire
from persona.vocabulary import PERSONAS

QUESTIONNAIRE = load_questionnaire()
OPTIONS = {item.id: tuple(option.id for option in item.options) for item in QUESTIONNAIRE.items}
PERSONA_IDS = tuple(item.id for item in QUESTIONNAIRE.of_kind("persona"))
OTHER_IDS = tuple(item for item in OPTIONS if item not in PERSONA_IDS)
EXECUTION_IDS = tuple(item.id for item in QUESTIONNAIRE.of_kind("execution"))

TYPICAL = {
    persona: {
        item.id: max(item.options, key=lambda option: option.p[index] if option.p else 0.0).id
        for item in QUESTIONNAIRE.of_kind("persona")
    }
    for index, persona in enumerate(PERSONAS)
}
"""The likeliest answer of each persona to each item on method."""

Answers = dict[str, str]
Triple = tuple[float, float, float]


def any_option(item: str) -> st.SearchStrategy[str]:
    return st.sampled_from(OPTIONS[item])


def _leaning_option(item: str, persona: str, rival: str) -> st.SearchStrategy[str]:
    own, other = TYPICAL[persona][item], TYPICAL[rival][item]  # type: ignore[index]
    return st.sampled_from((own, own, own, own, other, *OPTIONS[item]))


@st.composite
def persona_only(draw: st.DrawFn) -> Answers:
    """Answer every item on method, at random or leaning to one persona or to two."""
    persona, rival = draw(st.sampled_from(PERSONAS)), draw(st.sampled_from(PERSONAS))
    if draw(st.booleans()):
        return {item: draw(_leaning_option(item, persona, rival)) for item in PERSONA_IDS}
    return {item: draw(any_option(item)) for item in PERSONA_IDS}


@st.composite
def full(draw: st.DrawFn) -> Answers:
    """Answer every item."""
    return draw(persona_only()) | {item: draw(any_option(item)) for item in OTHER_IDS}


@st.composite
def partial(draw: st.DrawFn) -> Answers:
    """Answer some items of any kind, possibly none."""
    answers = draw(full())
    kept = draw(st.sets(st.sampled_from(tuple(answers))))
    return {item: option for item, option in answers.items() if item in kept}


@st.composite
def with_unknown(draw: st.DrawFn) -> dict[str, str | None]:
    """Go through every item on method, some of them with "not sure" (None)."""
    unknown = draw(st.sets(st.sampled_from(PERSONA_IDS), max_size=10))
    return {
        item: None if item in unknown else option for item, option in draw(persona_only()).items()
    }


@st.composite
def few(draw: st.DrawFn, most: int, among: Sequence[str] = PERSONA_IDS) -> Answers:
    """Answer one to ``most`` items on method."""
    items = draw(st.lists(st.sampled_from(among), unique=True, min_size=1, max_size=most))
    return {item: draw(any_option(item)) for item in items}


@st.composite
def small_models(draw: st.DrawFn, model: Model, items: Sequence[str]) -> Model:
    """Give the options of a few items weights of any kind, also such as lean one way only.

    A little is added to each, so that no two sums are equal: ties are tested by hand.
    """
    weight = st.sampled_from((-2.0, -1.0, -0.6, -0.25, 0.0, 0.3, 0.7, 1.1, 1.9))
    little = random.Random(draw(st.integers(min_value=0, max_value=99)))
    triple = st.tuples(weight, weight, weight).map(
        lambda of: (of[0] + little.random() / 9, of[1] + little.random() / 9, of[2])
    )
    return msgspec.structs.replace(
        model,
        intercept=draw(triple),
        temperature=draw(st.sampled_from((0.9, 2.3, 5.0))),
        thresholds=Thresholds(
            min_probability=draw(st.sampled_from((0.52, 0.63, 0.81))),
            min_answers=draw(st.integers(min_value=0, max_value=3)),
        ),
        answers={item: {option: draw(triple) for option in OPTIONS[item]} for item in items},
    )


def any_set() -> st.SearchStrategy[Answers]:
    return st.one_of(full(), partial(), persona_only())


def row_of(answers: Mapping[str, str]) -> ObservationRow:
    return observe(answers, QUESTIONNAIRE)


def verdict_of(answers: Mapping[str, str], model: Model) -> Verdict:
    return classify(row_of(answers), model)


def deciding_from(
    model: Model, answers: int, probability: float = 0.65, temperature: float | None = None
) -> Model:
    """Return the model with other thresholds or another temperature."""
    return msgspec.structs.replace(
        model,
        thresholds=Thresholds(min_probability=probability, min_answers=answers),
        temperature=temperature or model.temperature,
    )


def reference_logits(answers: Mapping[str, str], model: Model) -> Triple:
    rows = [model.intercept]
    rows += [model.answers[item][option] for item, option in answers.items() if item[0] == "P"]
    t = model.temperature
    sums = [math.fsum(row[k] / t for row in rows) for k in range(3)]
    return sums[0], sums[1], sums[2]


def reference_shares(answers: Mapping[str, str], model: Model) -> Triple:
    logits = reference_logits(answers, model)
    odds = [1 / math.fsum(math.exp(min(600, other - own)) for other in logits) for own in logits]
    return odds[0], odds[1], odds[2]


def reference_label(answers: Mapping[str, str], model: Model) -> str:
    shares = reference_shares(answers, model)
    known = sum(item[0] == "P" for item in answers)
    decided = known >= model.thresholds.min_answers
    decided = decided and max(shares) >= model.thresholds.min_probability
    return PERSONAS[shares.index(max(shares))] if decided else "undecided"


def reference_leader(answers: Mapping[str, str], model: Model) -> str:
    shares = reference_shares(answers, model)
    return PERSONAS[shares.index(max(shares))]


def completions(answers: Mapping[str, str], open_items: Sequence[str]) -> Iterator[Answers]:
    """Yield every way of answering ``open_items``, each of them possibly left unanswered."""
    for chosen in itertools.product(*((None, *OPTIONS[item]) for item in open_items)):
        new = zip(open_items, chosen, strict=True)
        yield {**answers, **{item: option for item, option in new if option is not None}}


def other_answers(answers: Mapping[str, str], size: int) -> Iterator[Answers]:
    """Yield every answer set that differs from ``answers`` in exactly ``size`` given answers."""
    for items in itertools.combinations(answers, size):
        others = ([each for each in OPTIONS[item] if each != answers[item]] for item in items)
        for chosen in itertools.product(*others):
            yield {**answers, **dict(zip(items, chosen, strict=True))}


def labels(sets: Iterable[Mapping[str, str]], model: Model) -> set[str]:
    return {reference_label(answers, model) for answers in sets}
