"""What to check: artefacts behind the weightiest answers."""

from hypothesis import given

from persona.advice.verify import to_verify
from tests.strategies import QUESTIONNAIRE, TYPICAL, any_set, row_of, verdict_of
from tests.websites import PRIOR


@given(any_set())
def test_three_different_artefacts_at_most_each_behind_an_answer_given(
    answers: dict[str, str],
) -> None:
    checks = to_verify(row_of(answers), verdict_of(answers, PRIOR))
    known = sum(item.startswith("P") for item in answers)
    assert len(checks) == min(3, known)
    assert len({check.verify_with for check in checks}) == len(checks)
    for check in checks:
        item = QUESTIONNAIRE.by_id[check.item]
        option = item.option(answers[check.item])
        assert option is not None
        assert (check.question, check.text) == (item.question, option.text)
        assert check.verify_with == item.verify_with


@given(any_set())
def test_the_answers_that_most_part_the_two_nearest_come_first(answers: dict[str, str]) -> None:
    verdict = verdict_of(answers, PRIOR)
    parting = {
        one.item: one.toward(verdict.leader) - one.toward(verdict.runner_up)
        for one in verdict.evidence
    }
    checked = [parting[check.item] for check in to_verify(row_of(answers), verdict)]
    assert checked == sorted(checked, reverse=True)
    if checked:
        assert checked[0] == max(parting.values())


def test_the_number_of_checks_can_be_chosen() -> None:
    answers = TYPICAL["sales_driven"]
    assert len(to_verify(row_of(answers), verdict_of(answers, PRIOR), most=5)) == 5


def test_without_answers_there_is_nothing_to_check() -> None:
    assert to_verify(row_of({}), verdict_of({}, PRIOR)) == ()
