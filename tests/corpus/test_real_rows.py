"""Every recorded answer set, classified through the public function.

The answers and labels come from a language model (see docs/method.md), so the floors here guard
against a change that breaks something; they say nothing about accuracy on real companies.
"""

import csv
import math
from pathlib import Path

import pytest

import persona
from persona.model.artefact import PRIOR_MODEL, SHIPPED_MODEL, Model
from persona.questionnaire.items import Questionnaire
from persona.reports.result import Result
from persona.training.evaluate import Evaluation, evaluate
from persona.training.stopping import replay
from persona.vocabulary import PERSONAS, UNDECIDED

SHARED = Path(__file__).parents[3] / "shared" / "data"
ANSWERS, LABELS = SHARED / "answers.csv", SHARED / "labels.csv"

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not ANSWERS.exists(), reason="the labelled companies are not here"),
]


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    with ANSWERS.open(encoding="utf-8", newline="") as file:
        return [
            {key: value for key, value in row.items() if key not in ("company", "informant")}
            for row in csv.DictReader(file)
        ]


@pytest.fixture(scope="module")
def results(rows: list[dict[str, str]]) -> list[Result]:
    return [persona.assess(row) for row in rows]


@pytest.fixture(scope="module")
def evaluation() -> Evaluation:
    return evaluate(SHIPPED_MODEL, [ANSWERS, LABELS])


@pytest.fixture(scope="module")
def judged() -> Evaluation:
    return evaluate(PRIOR_MODEL, [ANSWERS, LABELS])


def test_every_row_gets_a_verdict_whose_contributions_add_up(results: list[Result]) -> None:
    assert len(results) == 527
    for result in results:
        assert result.label in (*PERSONAS, UNDECIDED)
        assert (result.label == UNDECIDED) == (result.reason is not None)
        for each in PERSONAS:
            parts = [result.intercept[each], *(e.toward(each) for e in result.evidence)]
            assert math.fsum(parts) == result.logits[each]


def test_agreement_with_the_labels_stays_where_the_prior_table_put_it(
    judged: Evaluation,
) -> None:
    view = judged.views["answers"]
    everyone = view.measures
    assert everyone is not None
    assert everyone.rows == 514  # one informant answered nothing
    assert everyone.kappa is not None
    assert everyone.kappa_decided is not None
    assert everyone.coverage is not None
    assert everyone.kappa.value >= 0.43
    assert everyone.kappa_decided.value >= 0.49
    assert everyone.coverage.value >= 0.75
    for informant in ("inside_1", "inside_2"):
        alone = view.informants[informant].kappa
        assert alone is not None
        assert 0.32 <= alone.value <= 0.60


def test_the_shipped_model_agrees_more_with_the_labels_than_the_prior_table(
    judged: Evaluation, evaluation: Evaluation
) -> None:
    """It was fitted to these rows, so that this is the least that it must do."""
    before, after = (each.views["answers"].measures for each in (judged, evaluation))
    assert before is not None
    assert after is not None
    assert before.kappa is not None
    assert after.kappa is not None
    assert after.kappa.value > before.kappa.value + 0.05
    assert after.log_loss.value < before.log_loss.value


def test_every_recommended_play_is_earned_and_plans_differ(evaluation: Evaluation) -> None:
    plans = evaluation.plans
    assert plans.recommended > 1000
    assert plans.unearned == plans.foreign == ()
    assert plans.different_plans >= 80
    assert plans.commonest_share <= 0.2


def test_quick_questionnaires_agree_with_the_full_form(
    rows: list[dict[str, str]], questionnaire: Questionnaire, model: Model
) -> None:
    known = [{key.upper(): value for key, value in row.items() if value} for row in rows[::6]]
    exact = replay(known, questionnaire, model, risk=0)
    assert exact.same_label == 1
    assert exact.median_asked <= 27
    risky = replay(known, questionnaire, model, risk=0.05)
    assert risky.same_label >= 0.93
    assert risky.median_asked <= exact.median_asked
    assert risky.lower_quartile < exact.lower_quartile


def test_a_changed_answer_set_really_gives_the_verdict_foretold(
    rows: list[dict[str, str]], results: list[Result]
) -> None:
    for row, result in zip(rows[::10], results[::10], strict=True):
        for foretold in (result.label_changes, result.leader_changes):
            if foretold is None:
                continue
            other = dict(row)
            for swap in foretold.swaps:
                assert other[swap.item.lower()] == swap.given
                other[swap.item.lower()] = swap.instead
            again = persona.assess(other)
            assert (again.label, again.leader) == (foretold.label, foretold.leader)


def test_no_play_cites_an_answer_that_speaks_against_it(results: list[Result]) -> None:
    """An answer at the best level is cited only beside one at the other end."""
    for result in results:
        answers = {answer.item: answer for answer in result.row.answers}
        for step in result.plan.steps:
            cited = [answers[each.item] for each in step.because]
            best = {answer.dimension for answer in cited if answer.level == 3}
            if step.id in ("D2", "D6", "D3", "D10", "D12"):
                continue  # plays that build on a strength
            worst = {answer.dimension for answer in cited if answer.level == 1}
            assert best <= worst, step
