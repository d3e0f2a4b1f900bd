"""How sure each side may be: temperatures, thresholds, and the share of a website."""

from dataclasses import replace

import msgspec
import numpy as np
import pytest

from persona.training.additive import softmax
from persona.training.arrays import Flags
from persona.training.calibrate import (
    OutOfFold,
    best_scale,
    judged_weights,
    least_loss,
    least_probability,
    log_loss,
    out_of_fold,
    put_together,
)
from persona.training.encode import everyone
from persona.training.folds import company_folds
from persona.training.sides import AnswerFit
from tests.unit.training import laboratory

ROWS = 400


def drawn(sharpness: float, seed: int = 0) -> OutOfFold:
    """Return predictions as often right as they say at ``sharpness`` times their logits."""
    chance = np.random.default_rng(seed)
    logits = chance.normal(size=(ROWS, 3)) * 1.5
    labels = np.array([chance.choice(3, p=row) for row in softmax(sharpness * logits)])
    return OutOfFold(np.zeros((ROWS, 3)), logits, np.arange(ROWS), labels, np.ones(ROWS))


@pytest.mark.parametrize("sharpness", [0.4, 1.0, 3.0])
def test_the_scale_is_found_at_which_predictions_are_as_sure_as_they_are_right(
    sharpness: float,
) -> None:
    out = drawn(sharpness)
    scale, loss = best_scale(out)
    assert scale == pytest.approx(sharpness, rel=0.2)
    for other in (scale / 1.2, scale * 1.2):
        assert log_loss(other * out.logits, out.labels, out.weights) > loss
    assert least_loss(out) == loss


def test_rows_that_are_not_judged_do_not_count() -> None:
    out = drawn(1.0)
    half = np.arange(ROWS) < ROWS // 2
    spoiled = replace(out, labels=np.where(half, out.labels, (out.labels + 1) % 3),
                      weights=half.astype(float))  # fmt: skip
    kept = replace(out, evidence=out.evidence[half], intercepts=out.intercepts[half],
                   labels=out.labels[half], weights=out.weights[half])  # fmt: skip
    assert best_scale(spoiled) == best_scale(kept)
    assert best_scale(replace(out, weights=np.zeros(ROWS))) == (1.0, 0.0)


def test_the_loss_is_the_weighted_mean_of_what_the_label_was_given() -> None:
    logits = np.log([[0.5, 0.3, 0.2], [0.1, 0.8, 0.1]])
    loss = log_loss(logits, np.array([0, 2]), np.array([3.0, 1.0]))
    assert loss == pytest.approx((3 * -np.log(0.5) - np.log(0.1)) / 4)


def test_the_least_probability_is_the_lowest_that_keeps_to_the_error() -> None:
    tops = np.array([0.95, 0.9, 0.8, 0.7, 0.6, 0.52])
    shares = np.column_stack([tops, 1 - tops, np.zeros(6)])
    labels = np.array([0, 0, 0, 1, 0, 1])  # wrong at .70 and .52
    ones = np.ones(6)
    assert least_probability(shares, labels, ones, 0.34) == 0.5
    assert least_probability(shares, labels, ones, 0.2) == 0.53
    assert least_probability(shares, labels, ones, 0.1) == 0.71
    heavy = np.array([1.0, 1, 1, 10, 1, 1])
    assert least_probability(shares, labels, heavy, 0.2) == 0.71


def test_the_least_probability_is_the_highest_where_none_keeps_to_the_error() -> None:
    shares = np.array([[0.99, 0.01, 0.0]])
    assert least_probability(shares, np.array([1]), np.ones(1), 0.2) == 0.95


def test_rows_of_a_company_are_judged_as_one_and_light_companies_not_at_all() -> None:
    made = [msgspec.structs.replace(one, weight=0.1) if number == 0 else one
            for number, one in enumerate(laboratory.companies(4))]  # fmt: skip
    data = laboratory.encoded(made)
    weights = judged_weights(data, everyone(data), data.row_company)
    sums = np.bincount(data.row_company, weights, minlength=len(made))
    expected = [bool(one.informants) and number > 0 for number, one in enumerate(made)]
    np.testing.assert_allclose(sums, expected)
    within = np.arange(len(made)) < 6
    assert not judged_weights(data, within, data.row_company)[data.row_company >= 6].any()


def test_every_fold_is_predicted_by_a_fit_to_the_others() -> None:
    data = laboratory.encoded()
    within = np.arange(len(data.companies)) % 4 > 0
    folds = company_folds(data, within, 3, 0)
    seen: list[Flags] = []

    def fits(to: Flags) -> list[AnswerFit]:
        seen.append(to)
        number, columns = float(len(seen)), len(data.answer_columns)
        coef = np.zeros((columns, 3))
        return [AnswerFit(np.full(3, each), coef, 0.0, coef, 1.0) for each in (number, -number)]

    outs = out_of_fold(data, within, folds, data.row_company, everyone(data), fits)
    assert len(outs) == 2
    for number, (fold, to) in enumerate(zip(folds, seen, strict=True), 1):
        assert not (to & fold).any()
        np.testing.assert_array_equal(to | fold, within)
        assert (outs[0].logits[fold[data.row_company]] == number).all()
        assert (outs[1].logits[fold[data.row_company]] == -number).all()


def test_nothing_is_predicted_where_one_fold_cannot_be_left_out() -> None:
    data = laboratory.encoded()
    within = everyone(data)
    folds = company_folds(data, within, 3, 0)
    last = ~folds[2]

    def fits(to: Flags) -> list[AnswerFit]:
        coef = np.zeros((len(data.answer_columns), 3))
        return [] if (to == last).all() else [AnswerFit(np.zeros(3), coef, 0.0, coef, 1.0)]

    assert out_of_fold(data, within, folds, data.row_company, within, fits) == []


def test_sides_that_could_not_be_tried_get_plain_limits() -> None:
    together = put_together(None, None, 0.2, 0.2)
    assert together.answer_temperature == together.site_temperature == together.beside_answers == 1
    assert together.answer_threshold == together.site_threshold == 0.65


def test_temperatures_undo_logits_that_are_too_large_or_too_small() -> None:
    together = put_together(drawn(0.5), drawn(2.0, seed=1), 0.2, 0.2)
    assert together.answer_temperature == pytest.approx(2.0, rel=0.3)
    assert together.site_temperature == pytest.approx(0.5, rel=0.3)


def test_a_website_that_repeats_the_answers_counts_little_and_one_that_adds_much() -> None:
    answers, website = drawn(1.0), drawn(1.0, seed=1)
    together = answers.logits + website.logits
    labels = np.array([np.random.default_rng(row).choice(3, p=share)
                       for row, share in enumerate(softmax(together))])  # fmt: skip
    adds = put_together(replace(answers, labels=labels), replace(website, labels=labels), 0.2, 0.2)
    repeats = put_together(answers, replace(answers, labels=answers.labels), 0.2, 0.2)
    assert adds.beside_answers > 0.8
    assert repeats.beside_answers < 0.2


def test_without_companies_that_have_both_the_website_counts_fully() -> None:
    answers, website = drawn(1.0), drawn(1.0, seed=1)
    elsewhere = replace(website, places=website.places + ROWS)
    assert put_together(answers, elsewhere, 0.2, 0.2).beside_answers == 1.0
