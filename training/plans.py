"""Plans over recorded answers: whether every recommendation is earned, and how they differ."""

from collections import Counter
from collections.abc import Sequence

import msgspec

from persona.advice.playbook import Play, Playbook
from persona.advice.triggers import Facts, matches
from persona.reports.result import Result


class PlanReview(msgspec.Struct, frozen=True):
    """Plans of many companies reviewed.

    ``unearned`` lists plays whose trigger does not hold for their row, ``foreign`` plays given
    to a company of another method; both should be empty. ``commonest_share`` is the share of
    rows with the most frequent plan.
    """

    rows: int
    with_plan: int
    recommended: int
    unearned: tuple[str, ...]
    foreign: tuple[str, ...]
    different_plans: int
    different_plays: int
    commonest_share: float


def review_plans(results: Sequence[Result], playbook: Playbook) -> PlanReview:
    """Evaluate every recommended play's trigger again, and count the different plans."""
    plays = {play.id: play for play in playbook.plays}
    unearned, foreign = [], []
    plans: Counter[tuple[str, ...]] = Counter()
    for number, result in enumerate(results, 1):
        facts = Facts(result.row, result.profile)
        for step in result.plan.steps:
            play = plays[step.id]
            if not matches(playbook.triggers[step.id], facts):
                unearned.append(f"row {number}: {step.id}")
            if isinstance(play, Play) and play.persona != result.label:
                foreign.append(f"row {number}: {step.id}")
        plans[tuple(step.id for step in result.plan.steps)] += 1
    given = {plan: count for plan, count in plans.items() if plan}
    return PlanReview(
        rows=len(results),
        with_plan=sum(given.values()),
        recommended=sum(len(plan) * count for plan, count in given.items()),
        unearned=tuple(unearned),
        foreign=tuple(foreign),
        different_plans=len(given),
        different_plays=len({play for plan in given for play in plan}),
        commonest_share=max(given.values(), default=0) / len(results) if results else 0.0,
    )
