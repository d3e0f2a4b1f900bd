"""The shipped model on any answers beside any website: sums, limits, and changes that hold."""

import math
from datetime import date

from hypothesis import example, given
from hypothesis import strategies as st

from persona.layout import cells
from persona.pipe import assess, report, shipped_model
from persona.reports.result import Result
from persona.vocabulary import PERSONAS, UNDECIDED
from tests.integration.worked_cases import CASES, reading
from tests.strategies import Answers, any_set, few

DAY = date(2026, 11, 21)
MODEL = shipped_model().model
SITES = st.sampled_from([None, *(case.site for case in CASES)])
WIDTH = 60

any_answers = st.one_of(any_set(), few(most=MODEL.thresholds.min_answers - 1))


def assessed(answers: Answers, site: str | None) -> Result:
    return assess(answers, on=DAY, website=reading(site) if site else None)


def is_sure(result: Result) -> bool:
    """Return whether the limits of answers, or of a website that decides, allow a verdict."""
    if len(result.verdict.from_answers) >= MODEL.thresholds.min_answers:
        return result.confidence >= MODEL.thresholds.min_probability
    assert MODEL.site is not None
    assert result.website is not None
    return result.website.gate is None and result.confidence >= MODEL.site.min_probability


@given(any_answers, SITES)
@example({}, None)
@example({}, "gannickforge")
@example({"P01": "a"}, None)
@example({"P01": "a"}, "orvelle")
def test_everything_shown_adds_up_and_the_label_is_what_the_limits_say(
    answers: Answers, site: str | None
) -> None:
    result = assessed(answers, site)
    for index, persona in enumerate(PERSONAS):
        parts = [result.intercept[persona], *(one.weights[index] for one in result.evidence)]
        assert math.fsum(parts) == result.logits[persona]
    if not result.verdict.enough:
        assert len(result.verdict.from_answers) < MODEL.thresholds.min_answers
        assert result.label == UNDECIDED
    else:
        assert result.label == (result.leader if is_sure(result) else UNDECIDED)


@given(any_answers, SITES)
def test_what_is_said_to_change_a_verdict_changes_it(answers: Answers, site: str | None) -> None:
    result = assessed(answers, site)
    for change in (result.label_changes, result.leader_changes):
        if change is not None:
            swaps = {swap.item: swap.instead for swap in change.swaps}
            after = assessed(answers | swaps, site)
            assert (after.label, after.leader) == (change.label, change.leader)
    if result.label_changes is not None:
        assert result.label_changes.label != result.label
    if result.leader_changes is not None:
        assert result.leader_changes.leader != result.leader


@given(any_answers, SITES)
@example({"P01": "a"}, "gannickforge")
def test_a_report_fits_and_shows_no_lean_where_there_is_too_little(
    answers: Answers, site: str | None
) -> None:
    result = assessed(answers, site)
    text = report(result, WIDTH)
    for line in text.splitlines():
        assert cells(line) <= WIDTH or "://" in line
    bars = "█" in text or "░" in text
    assert bars == result.verdict.enough
    assert ("What speaks for" in text) == result.verdict.enough
