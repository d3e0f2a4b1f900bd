"""The contracts of the design page, for any set of answers."""

import math
import random
from datetime import date

import msgspec
from hypothesis import example, given
from hypothesis import strategies as st

from persona.layout import Paper, cells
from persona.model.evidence import tempered
from persona.pipe import assess, shipped_model
from persona.questionnaire import session as asking
from persona.questionnaire.ordering import next_item
from persona.reports.result import Result, encode_result
from persona.reports.terminal import write_report
from persona.vocabulary import PERSONAS
from tests.strategies import (
    OPTIONS,
    OTHER_IDS,
    PERSONA_IDS,
    QUESTIONNAIRE,
    TYPICAL,
    Answers,
    any_option,
    any_set,
    full,
    partial,
    persona_only,
    with_unknown,
)

DAY = date(2026, 11, 21)
MODEL = shipped_model().model
VERDICT = (
    "label", "reason", "confidence", "leader", "runner_up", "probabilities", "logits",
    "intercept", "evidence", "label_changes", "leader_changes", "profile", "verify",
)  # fmt: skip

others = st.fixed_dictionaries({}, optional={item: any_option(item) for item in OTHER_IDS})


def verdict_bytes(result: Result) -> bytes:
    """Return everything about the method, to the last bit."""
    return msgspec.json.encode({name: getattr(result, name) for name in VERDICT})


def on_method(answers: Answers) -> Answers:
    return {item: option for item, option in answers.items() if item in PERSONA_IDS}


@given(any_set(), others)
@example(dict(TYPICAL["sales_driven"]), dict.fromkeys(OTHER_IDS, "a"))
def test_no_execution_or_context_answer_moves_the_method(answers: Answers, other: Answers) -> None:
    alone = verdict_bytes(assess(on_method(answers), on=DAY))
    assert verdict_bytes(assess(answers, on=DAY)) == alone
    assert verdict_bytes(assess(on_method(answers) | other, on=DAY)) == alone
    assert verdict_bytes(assess(other | on_method(answers), on=DAY)) == alone


@given(partial(), st.sampled_from([None, ""]))
def test_saying_not_sure_is_the_same_as_not_answering(answers: Answers, unsure: str | None) -> None:
    said = {item: answers.get(item, unsure) for item in OPTIONS}
    assert encode_result(assess(said, on=DAY)) == encode_result(assess(answers, on=DAY))


@given(full(), st.sampled_from(PERSONA_IDS))
def test_an_answer_withdrawn_takes_exactly_its_own_evidence_with_it(
    answers: Answers, item: str
) -> None:
    whole = assess(answers, on=DAY)
    less = assess({key: option for key, option in answers.items() if key != item}, on=DAY)
    assert less.evidence == tuple(one for one in whole.evidence if one.item != item)


@given(any_set(), st.randoms(use_true_random=False))
def test_what_is_shown_adds_up_to_the_logits_in_any_order(
    answers: Answers, chance: random.Random
) -> None:
    result = assess(answers, on=DAY)
    evidence = list(result.evidence)
    chance.shuffle(evidence)
    for index, persona in enumerate(PERSONAS):
        assert result.intercept[persona] == tempered(MODEL.intercept, MODEL)[index]
        parts = [result.intercept[persona], *(one.weights[index] for one in evidence)]
        assert math.fsum(parts) == result.logits[persona]
    assert math.isclose(math.fsum(result.probabilities.values()), 1, abs_tol=1e-12)
    assert {one.item for one in evidence} == set(on_method(answers))


@given(any_set(), st.randoms(use_true_random=False))
def test_the_order_of_answers_changes_no_byte(answers: Answers, chance: random.Random) -> None:
    items = list(answers)
    chance.shuffle(items)
    shuffled = {item: answers[item] for item in items}
    assert encode_result(assess(shuffled, on=DAY)) == encode_result(assess(answers, on=DAY))


@given(with_unknown())
@example(dict(TYPICAL["sales_driven"]))
@example(dict(TYPICAL["dynamic_marketer"]))
def test_a_curtailed_questionnaire_gives_the_label_of_the_full_one(
    respondent: dict[str, str | None],
) -> None:
    session = asking.start(QUESTIONNAIRE, None, seed=7, mode="quick", risk=0.0)
    while (item := next_item(session, QUESTIONNAIRE, MODEL)) in PERSONA_IDS:
        assert item is not None
        session = asking.answer(asking.show(session, item), respondent[item])
    curtailed, whole = assess(session.given, on=DAY), assess(respondent, on=DAY)
    assert curtailed.label == whole.label
    if whole.label != "undecided":
        assert curtailed.leader == whole.leader


@given(persona_only())
def test_undecided_comes_with_a_reason_and_a_decision_with_enough_behind_it(
    answers: Answers,
) -> None:
    result = assess(answers, on=DAY)
    if result.label == "undecided":
        assert result.reason == "mixed"
        assert result.confidence < MODEL.thresholds.min_probability
    else:
        assert result.reason is None
        assert result.label == result.leader
        assert result.confidence >= MODEL.thresholds.min_probability
    assert result.runner_up != result.leader


@given(any_set(), st.sampled_from([40, 60, 88]), st.booleans())
def test_any_result_fits_on_any_page(answers: Answers, width: int, unicode: bool) -> None:
    paper = Paper(width, unicode=unicode)
    write_report(paper, assess(answers, company="Norrland Valves", on=DAY))
    for line in paper.text().splitlines():
        assert cells(line) <= width, line
        assert unicode or line.isascii()
