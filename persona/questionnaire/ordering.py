"""What to ask next, and when to stop asking."""

import math
import random
from collections.abc import Sequence

from persona.model.artefact import Model, Weights
from persona.model.evidence import add, probabilities, tempered
from persona.model.reach import is_settled
from persona.model.verdict import Verdict, classify, decide
from persona.questionnaire.answers import observe
from persona.questionnaire.items import Item, Questionnaire
from persona.questionnaire.session import Session
from persona.vocabulary import PERSONAS

_DRAWS = 400
_ONE_SIDED_95 = 1.645
_NOTHING = (0.0, 0.0, 0.0)


def expected_information(item: Item, shares: Sequence[float]) -> float:
    """Return how many bits an answer to ``item`` is expected to tell about the persona.

    Mutual information between persona and option, with ``shares`` as the probabilities of the
    personas: H(sum of shares * p) - sum of shares * H(p). In [0, log2(3)].
    """
    rows = [option.p for option in item.options if option.p is not None]
    mixed = [math.fsum(s * p for s, p in zip(shares, row, strict=True)) for row in rows]
    apart = math.fsum(
        share * _entropy([row[index] for row in rows]) for index, share in enumerate(shares)
    )
    return _entropy(mixed) - apart


def _entropy(distribution: Sequence[float]) -> float:
    return -math.fsum(p * math.log2(p) for p in distribution if p > 0)


def most_informative(items: Sequence[Item], verdict: Verdict) -> Item:
    """Return the item expected to tell most, given what is known; the first one on a tie."""
    shares = [verdict.probabilities[persona] for persona in PERSONAS]
    return max(items, key=lambda item: expected_information(item, shares))


def may_stop(verdict: Verdict, model: Model, open_items: Sequence[Item], risk: float) -> bool:
    """Return True when asking can stop.

    With ``risk`` 0, only when no answers to ``open_items`` could change the label. With a
    greater risk, also when the chance that they would is below it.
    """
    if is_settled(verdict, model, [item.id for item in open_items]):
        return True
    if risk <= 0 or verdict.reason == "thin":
        return False
    return _upper_bound(chance_of_change(verdict, model, open_items)) < risk


def _upper_bound(share: float) -> float:
    """Return Wilson's one-sided 95 % bound for a share seen in ``_DRAWS`` draws."""
    z, n = _ONE_SIDED_95, _DRAWS
    spread = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return (share + z * z / (2 * n) + spread) / (1 + z * z / n)


def chance_of_change(verdict: Verdict, model: Model, open_items: Sequence[Item]) -> float:
    """Return the chance, 0 to 1, that answers to ``open_items`` would change the label.

    Answers are drawn from the questionnaire's probability table, with the personas in the
    proportions of the evidence tempered half as much as for the verdict. The verdict is
    tempered because answers depend on each other; by the same dependence the answers to come
    will resemble those given, so full tempering foretells them too vaguely and none too
    surely. A fitted model's temperature is below 1 and tempers nothing: its verdict is taken as
    it is. The draws are seeded, so the figure is repeatable; it holds as far as the table
    describes the company (``docs/method.md`` has the measured rate of change).
    """
    half = math.sqrt(max(model.temperature, 1.0))
    sales, passive, dynamic = (value * half for value in verdict.total)
    shares = probabilities((sales, passive, dynamic))
    generator = random.Random(0)
    known = len(verdict.from_answers) + len(open_items)
    changed = drawn = 0
    for index, share in enumerate(shares):
        draws = round(_DRAWS * share)
        columns = [_draw(item, index, model, draws, generator) for item in open_items]
        for moves in zip(*columns, strict=True):
            after = probabilities(add([verdict.total, *moves]))
            changed += decide(after, known, model.thresholds)[0] != verdict.label
        drawn += draws
    return changed / drawn if drawn else 0.0


def _draw(
    item: Item, persona: int, model: Model, draws: int, generator: random.Random
) -> list[Weights]:
    """Draw answers to one item as a persona would give them; return what each would add."""
    weights = model.answers.get(item.id, {})
    return generator.choices(
        [tempered(weights.get(option.id, _NOTHING), model) for option in item.options],
        weights=[option.p[persona] for option in item.options if option.p is not None],
        k=draws,
    )


def next_item(session: Session, questionnaire: Questionnaire, model: Model) -> str | None:
    """Return the item to show next, or None when there is nothing left to ask.

    A full questionnaire asks every item in order. A quick one asks the items on method by
    expected information until it may stop, then those on execution; context items are left out.
    """
    shown = set(session.path)
    if session.mode == "full":
        return next((item.id for item in questionnaire.items if item.id not in shown), None)
    method = questionnaire.of_kind("persona")
    verdict = classify(observe(session.given, questionnaire), model)
    unseen = [item for item in method if item.id not in shown]
    open_items = [item for item in method if session.is_open(item.id)]
    if unseen and not may_stop(verdict, model, open_items, session.risk):
        return most_informative(unseen, verdict).id
    execution = questionnaire.of_kind("execution")
    return next((item.id for item in execution if item.id not in shown), None)
