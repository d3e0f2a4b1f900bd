"""The review of plans finds a recommendation that is not earned."""

import msgspec

from persona.advice.playbook import Playbook
from persona.reports.result import Result
from persona.training.plans import review_plans


def test_a_sound_plan_is_counted_and_not_faulted(example: Result, playbook: Playbook) -> None:
    review = review_plans([example, example], playbook)
    assert (review.rows, review.with_plan, review.different_plans) == (2, 2, 1)
    assert review.recommended == 2 * len(example.plan.steps)
    assert review.unearned == review.foreign == ()
    assert review.commonest_share == 1


def test_a_play_of_another_method_without_a_true_trigger_is_named(
    example: Result, playbook: Playbook
) -> None:
    stranger = msgspec.structs.replace(example.plan.steps[0], id="D9")
    plan = msgspec.structs.replace(example.plan, steps=(stranger,))
    review = review_plans([msgspec.structs.replace(example, plan=plan)], playbook)
    assert review.foreign == ("row 1: D9",)
    leads = {answer.option for answer in example.row.answers if answer.dimension == "LEAD"}
    assert leads == {"a"}
    own = msgspec.structs.replace(example.plan.steps[0], id="S12")
    unearned = msgspec.structs.replace(plan, steps=(own,))
    again = review_plans([msgspec.structs.replace(example, plan=unearned)], playbook)
    assert again.unearned == ("row 1: S12",)


def test_no_rows_give_no_division_by_zero(playbook: Playbook) -> None:
    assert review_plans([], playbook).commonest_share == 0
