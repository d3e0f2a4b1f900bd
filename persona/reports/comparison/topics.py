"""What to talk about first: the disagreements that matter most, each with an open question.

A disagreement is a dimension on which people stand a level or more apart. It is ranked by

    weight = spread in levels * (reach + hinges + finding)

``reach`` is how far answers on the dimension can move the lead of the joint verdict, as a share
of the farthest reaching dimension (0 to 1); ``hinges`` is 1 where a recommended action of a
method that somebody sees holds for one person and not for another; ``finding`` is 1 where people
of one company should know the same. On a tie, the order of ``vocabulary.DIMENSIONS``.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Final

import msgspec

from persona.advice.plan import Because
from persona.advice.playbook import Play, Playbook
from persona.advice.triggers import Facts, conditions, matches
from persona.model.artefact import Model, Weights
from persona.model.evidence import ranked, tempered
from persona.observations import Answer
from persona.reports.comparison.structures import Agreement, Joint, Place, Side, Topic, View
from persona.reports.comparison.talking import shipped_talking_points
from persona.reports.dimensions import pole
from persona.reports.result import Result
from persona.reports.sentences import in_a_row
from persona.vocabulary import CORE_ITEMS, DIMENSIONS, GAP_NAMES, PERSONAS, Gap

MOST_TOPICS: Final = 3
_A_LEVEL: Final = 1.0
_STEPS: Final = 2
"""Points of an execution score from which on two people see a different company."""

BOTH_ENDS: Final = "both: one answer stands at either end"
_SALES: Final = frozenset(("sales", "selling", "seller", "sellers", "rep", "reps"))
_MARKETING: Final = frozenset(("marketing", "marketer", "marketers", "cmo"))


class Seen(msgspec.Struct, frozen=True):
    """Everybody's answers, in one order, and what their weight is judged by."""

    results: Sequence[Result]
    people: Sequence[View]
    joint: Joint
    model: Model
    playbook: Playbook


def topics_of(dimensions: Sequence[Agreement], seen: Seen) -> tuple[Topic, ...]:
    """Return at most three disagreements on method, the one to begin with first."""
    reach = _reach(seen)
    found = [
        _topic(one, seen, (one.spread or 0) * (reach[one.dimension] + _hinges(one, seen)))
        for one in dimensions
        if one.spread is not None and one.spread >= _A_LEVEL
    ]
    return tuple(sorted(found, key=lambda topic: -topic.weight)[:MOST_TOPICS])


def _reach(seen: Seen) -> dict[str, float]:
    """Return how far each dimension can move the joint lead, the farthest being 1."""
    of = {answer.item: answer.dimension for each in seen.results for answer in each.row.answers}
    shares = seen.joint.opinion.probabilities
    first, second, _ = ranked(tuple(shares[each] for each in PERSONAS))  # type: ignore[arg-type]
    reach = dict.fromkeys(DIMENSIONS, 0.0)
    for item in sorted(seen.model.answers):
        dimension = of.get(item)
        if dimension in reach:
            reach[dimension] += _range(seen.model.answers[item].values(), first, second, seen.model)
    farthest = max(reach.values()) or 1.0
    return {code: one / farthest for code, one in reach.items()}


def _range(options: Iterable[Weights], first: int, second: int, model: Model) -> float:
    margins = [
        weights[first] - weights[second] for each in options for weights in [tempered(each, model)]
    ]
    return max(margins) - min(margins)


def _hinges(one: Agreement, seen: Seen) -> int:
    """Return 0 to 2: whether advice differs between people, and whether this is a finding."""
    methods = {seen.joint.opinion.leader, *(each.opinion.leader for each in seen.people)}
    known = [
        Facts(each.row, each.profile)
        for each, place in zip(seen.results, one.places, strict=True)
        if place.mean is not None
    ]
    subjects = {one.dimension, *(answer.item for each in one.places for answer in each.answers)}
    differs = any(
        len({bool(matches(condition, facts)) for facts in known}) > 1
        for play in seen.playbook.plays
        if isinstance(play, Play) and play.persona in methods
        for condition in conditions(seen.playbook.triggers[play.id])
        if condition.subject in subjects
    )
    return differs + one.finding


def _topic(one: Agreement, seen: Seen, weight: float) -> Topic:
    known = [each for each in one.places if each.level is not None]
    kinds = sorted({(each.level or 0, each.split) for each in known})
    between = shipped_talking_points().dimension[one.dimension]
    ends = [
        level for each in known for level in (each.levels if each.split else (each.level or 0,))
    ]
    return Topic(
        subject=one.dimension,
        name=DIMENSIONS[one.dimension],
        sides=tuple(
            _side(one.dimension, [each for each in known if (each.level, each.split) == kind])
            for kind in kinds
        ),
        question=between.question(min(ends), max(ends)),
        bring=_bring(
            answer
            for each in seen.results
            for answer in each.row.of_kind("persona")
            if answer.dimension == one.dimension
        ),
        distance=one.spread or 0.0,
        weight=weight,
    )


def _side(dimension: str, places: Sequence[Place]) -> Side:
    levels = sorted({level for each in places for level in each.levels})
    answers = dict.fromkeys(answer for each in places for answer in each.answers)
    return Side(
        letters=tuple(each.letter for each in places),
        sees=BOTH_ENDS
        if places[0].split
        else "; also ".join(pole(dimension, level) for level in levels),
        answers=tuple(answers),
    )


def _bring(answers: Iterable[Answer]) -> str:
    """Return the documents that would back one answer or another."""
    return in_a_row(dict.fromkeys(each.verify_with for each in answers if each.verify_with))


def execution_topics(seen: Seen) -> tuple[Topic, ...]:
    """Return the questions on execution where people see a different company.

    That is where scores are two points or more apart, or where two answers leave different gaps
    open. First come those that part people in sales from people in marketing, then the farthest
    apart, then what counts doubly for the joint leader's method, then questionnaire order.
    """
    items = sorted({one.item for each in seen.results for one in each.row.of_kind("execution")})
    found = [topic for item in items if (topic := _execution_topic(item, seen)) is not None]
    core = CORE_ITEMS[seen.joint.opinion.leader]
    return tuple(
        sorted(
            found,
            key=lambda one: (not one.between_functions, -one.distance, one.subject not in core),
        )
    )


def _execution_topic(item: str, seen: Seen) -> Topic | None:
    given = [
        (person, answer)
        for person, each in zip(seen.people, seen.results, strict=True)
        if (answer := each.row.answer(item)) is not None and answer.score is not None
    ]
    answers = [answer for _, answer in given]
    scores = [answer.score or 0 for answer in answers]
    if not scores or not (max(scores) - min(scores) >= _STEPS or _other_gaps(answers)):
        return None
    question = shipped_talking_points().execution.get(item)
    if question is None:
        return None
    by_option = {answer.option: answer for answer in sorted(answers, key=_by_score)}
    sides = tuple(
        Side(
            letters=tuple(person.letter for person, said in given if said.option == option),
            sees=answer.diagnosis or answer.text,
            answers=(Because(answer.item, answer.question, answer.text),),
        )
        for option, answer in by_option.items()
    )
    distance = float(max(scores) - min(scores))
    return Topic(
        subject=item,
        name="; ".join(GAP_NAMES[gap] for gap in answers[0].gaps),
        sides=sides,
        question=question,
        bring=_bring(answers),
        distance=distance,
        weight=distance,
        between_functions=_parts_functions(given),
    )


def _by_score(answer: Answer) -> tuple[int, str]:
    return (answer.score or 0, answer.option)


def _other_gaps(answers: Sequence[Answer]) -> bool:
    """Return whether two answers leave gaps open, and not the same ones."""
    opened: set[tuple[Gap, ...]] = {answer.opens for answer in answers if answer.opens}
    return len(opened) > 1


def _parts_functions(given: Sequence[tuple[View, Answer]]) -> bool:
    """Return whether nobody in sales answered as anybody in marketing did."""
    sales = {answer.option for person, answer in given if function_of(person.called) == "sales"}
    marketing = {
        answer.option for person, answer in given if function_of(person.called) == "marketing"
    }
    return bool(sales) and bool(marketing) and sales.isdisjoint(marketing)


def function_of(role: str) -> str | None:
    """Return "sales" or "marketing" for a role that names one of them and not the other."""
    words = set(re.findall(r"\w+", role.casefold()))
    sales, marketing = not words.isdisjoint(_SALES), not words.isdisjoint(_MARKETING)
    if sales == marketing:
        return None
    return "sales" if sales else "marketing"
