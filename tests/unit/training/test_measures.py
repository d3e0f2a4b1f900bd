"""Figures against scikit-learn and by hand, and what resampling companies must keep."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn import metrics

from persona.errors import TableError
from persona.training.measures import (
    Interval,
    Predictions,
    by_group,
    compare,
    even_weights,
    measure,
)
from persona.vocabulary import PERSONAS


def random_predictions(seed: int, rows: int = 120, companies: int = 80) -> Predictions:
    """Return predictions that lean toward the label, some companies with two rows."""
    generator = np.random.default_rng(seed)
    truth = generator.integers(0, 3, rows)
    probabilities = generator.dirichlet([1, 1, 1], rows) + 0.4 * np.eye(3)[truth]
    probabilities /= probabilities.sum(axis=1, keepdims=True)
    names = tuple(f"{number % companies}.example" for number in range(rows))
    return Predictions(
        companies=names,
        truth=truth,
        points=generator.dirichlet([2, 2, 2], rows),
        probabilities=probabilities,
        decided=probabilities.max(axis=1) > 0.6,
        weights=even_weights(names),
    )


def sure(truth: list[int], named: list[int], top: list[float] | None = None) -> Predictions:
    """Return one row per company, in which ``named`` is the leader with probability ``top``."""
    high = np.array(top or [0.8] * len(truth))
    probabilities = np.repeat((1 - high)[:, None] / 2, 3, axis=1)
    probabilities[np.arange(len(truth)), named] = high
    names = tuple(f"{number}.example" for number in range(len(truth)))
    return Predictions(names, np.array(truth), None, probabilities, None, even_weights(names))


@pytest.mark.parametrize("seed", range(5))
def test_figures_equal_those_of_scikit_learn(seed: int) -> None:
    p = random_predictions(seed)
    found = measure(p, resamples=10)
    weigh = {"sample_weight": p.weights}
    expected = {
        "kappa": metrics.cohen_kappa_score(p.truth, p.leader, **weigh),
        "quadratic_kappa": metrics.cohen_kappa_score(
            p.truth, p.leader, weights="quadratic", **weigh
        ),
        "accuracy": metrics.accuracy_score(p.truth, p.leader, **weigh),
        "macro_f1": metrics.f1_score(p.truth, p.leader, average="macro", **weigh),
        "log_loss": metrics.log_loss(p.truth, p.probabilities, **weigh),
        "top2_accuracy": metrics.top_k_accuracy_score(p.truth, p.probabilities, k=2, **weigh),
        "kappa_decided": metrics.cohen_kappa_score(
            p.truth[p.decided], p.leader[p.decided], sample_weight=p.weights[p.decided]
        ),
    }
    for name, value in expected.items():
        assert getattr(found, name).value == pytest.approx(value), name
    parts = metrics.precision_recall_fscore_support(p.truth, p.leader, **weigh)
    for one, precision, recall, f1 in zip(found.classes, *parts[:3], strict=True):
        assert one.precision is not None
        assert one.recall is not None
        assert one.f1 is not None
        assert (one.precision.value, one.recall.value) == pytest.approx((precision, recall))
        assert one.f1.value == pytest.approx(f1)


def test_loss_brier_and_calibration_follow_their_definitions_row_by_row() -> None:
    p = random_predictions(9)
    assert p.points is not None
    brier = soft = 0.0
    bins: dict[int, list[float]] = {}
    for row, name in enumerate(p.companies):
        weight = 1 / p.companies.count(name)
        shares = [float(share) for share in p.probabilities[row]]
        label = [float(index == p.truth[row]) for index in range(3)]
        brier += weight * sum((a - b) ** 2 for a, b in zip(shares, label, strict=True))
        soft -= weight * sum(
            float(points) * math.log(share)
            for points, share in zip(p.points[row], shares, strict=True)
        )
        right = label[shares.index(max(shares))]
        bins.setdefault(math.ceil(max(shares) * 10), []).append(weight * (max(shares) - right))
    found = measure(p, resamples=10)
    companies = len(set(p.companies))
    assert found.brier.value == pytest.approx(brier / companies)
    assert found.soft_log_loss is not None
    assert found.soft_log_loss.value == pytest.approx(soft / companies)
    assert found.calibration_error.value == pytest.approx(
        sum(abs(sum(each)) for each in bins.values()) / companies
    )


def test_rows_without_points_are_left_out_of_the_loss_against_points() -> None:
    p = random_predictions(4)
    assert p.points is not None
    points = p.points.copy()
    points[60:] = np.nan
    some = Predictions(p.companies, p.truth, points, p.probabilities, p.decided, p.weights)
    first = np.arange(120) < 60
    alone = measure(p.take(first), resamples=10).soft_log_loss
    among = measure(some, resamples=10).soft_log_loss
    assert alone is not None
    assert among is not None
    assert among.value == pytest.approx(alone.value)


def test_the_most_certain_half_is_the_half_with_the_highest_probabilities() -> None:
    p = sure([0, 1, 2, 0], [0, 1, 0, 1], [0.9, 0.8, 0.6, 0.5])
    assert measure(p).certain_half.value == 1
    assert measure(p).accuracy.value == 0.5


def test_rows_of_equal_certainty_share_the_half_whatever_their_order() -> None:
    p = sure([0, 0, 1, 2], [0, 0, 0, 0])
    backward = p.take(np.array([True] * 4))
    backward = Predictions(
        p.companies[::-1], p.truth[::-1], None, p.probabilities[::-1], None, p.weights[::-1]
    )
    assert measure(p).certain_half.value == 0.5
    assert measure(backward) == measure(p)


def test_perfect_agreement_is_perfect_in_every_resample() -> None:
    found = measure(sure([0, 1, 2] * 10, [0, 1, 2] * 10))
    one = Interval(1.0, 1.0, 1.0)
    assert (found.kappa, found.quadratic_kappa, found.macro_f1) == (one, one, one)
    assert {each.f1 for each in found.classes} == {one}


def test_quadratic_kappa_forgives_neighbours_more_than_extremes() -> None:
    near = measure(sure([0, 1, 2, 0], [0, 1, 2, 1])).quadratic_kappa
    far = measure(sure([0, 1, 2, 0], [0, 1, 2, 2])).quadratic_kappa
    assert near is not None
    assert far is not None
    assert near.value > far.value


def test_a_constant_answer_has_a_kappa_of_zero_and_one_label_has_none() -> None:
    majority = measure(sure([0, 1, 2] * 10, [1] * 30))
    assert majority.kappa == Interval(0.0, 0.0, 0.0)
    assert majority.classes[0].precision is None
    assert majority.classes[0].recall == Interval(0.0, 0.0, 0.0)
    single = measure(sure([1, 1, 1], [1, 0, 1]))
    assert single.kappa is None
    assert single.quadratic_kappa is None
    assert single.accuracy.value == pytest.approx(2 / 3)
    assert single.classes[2].f1 is None


def test_with_nothing_decided_there_is_no_agreement_where_decided() -> None:
    p = random_predictions(2)
    none = Predictions(
        p.companies, p.truth, None, p.probabilities, np.zeros(120, dtype=bool), p.weights
    )
    found = measure(none)
    assert found.coverage == Interval(0.0, 0.0, 0.0)
    assert found.accuracy_decided is None
    assert found.kappa_decided is None
    assert found.soft_log_loss is None
    unasked = measure(Predictions(p.companies, p.truth, None, p.probabilities, None, p.weights))
    assert unasked.coverage is None


def test_rows_of_one_company_are_drawn_together() -> None:
    """Ten informants of one company are no more evidence than one."""
    once = random_predictions(5, rows=60, companies=60)
    again = np.repeat(np.arange(60), 10)
    names = tuple(once.companies[row] for row in again)
    assert once.points is not None
    assert once.decided is not None
    tenfold = measure(
        Predictions(
            names,
            once.truth[again],
            once.points[again],
            once.probabilities[again],
            once.decided[again],
            even_weights(names),
        )
    )
    single = measure(once)
    assert (tenfold.rows, tenfold.companies) == (600, 60)
    for name in ("kappa", "log_loss", "brier", "calibration_error", "certain_half", "coverage"):
        few, many = getattr(single, name), getattr(tenfold, name)
        assert (many.value, many.low, many.high) == pytest.approx(
            (few.value, few.low, few.high), abs=1e-9
        ), name


def test_identical_predictions_differ_by_exactly_nothing() -> None:
    p = random_predictions(3)
    assert set(compare(p, p).values()) == {Interval(0.0, 0.0, 0.0)}


def test_a_paired_interval_is_narrower_than_two_separate_ones() -> None:
    """Predictions that differ on few rows differ by little in every resample."""
    a = random_predictions(6, rows=200, companies=200)
    probabilities = a.probabilities.copy()
    probabilities[:10] = probabilities[:10][:, ::-1]
    b = Predictions(a.companies, a.truth, a.points, probabilities, a.decided, a.weights)
    one, other, between = measure(a).accuracy, measure(b).accuracy, compare(a, b)["accuracy"]
    assert between.value == pytest.approx(one.value - other.value)
    assert between.high - between.low < (one.high - one.low) / 2


def test_only_the_same_rows_are_compared() -> None:
    p = random_predictions(6)
    with pytest.raises(ValueError, match="same rows"):
        compare(p, random_predictions(7))
    heavier = Predictions(p.companies, p.truth, p.points, p.probabilities, p.decided, p.weights * 2)
    with pytest.raises(ValueError, match="same weights"):
        compare(p, heavier)


def test_intervals_cover_the_agreement_of_all_companies_about_as_often_as_they_say() -> None:
    whole = random_predictions(11, rows=4000, companies=4000)
    target = measure(whole, resamples=10)
    generator = np.random.default_rng(0)
    held = 0
    for _ in range(60):
        rows = np.isin(np.arange(4000), generator.choice(4000, 150, replace=False))
        found = measure(whole.take(rows), resamples=200).kappa
        assert found is not None
        assert target.kappa is not None
        held += found.low <= target.kappa.value <= found.high
    assert 52 <= held <= 60


def test_groups_too_small_to_judge_are_left_out() -> None:
    p = random_predictions(8)
    groups = ["software"] * 100 + ["farming"] * 5 + [""] * 15
    found = by_group(p, groups, least=20)
    assert list(found) == ["software"]
    assert found["software"].rows == 100
    assert found["software"].companies == 80
    part = measure(p.take(np.array(groups) == "software"))
    assert found["software"].kappa == part.kappa
    by_label = by_group(p, [PERSONAS[index] for index in p.truth], least=1)
    assert {one.kappa for one in by_label.values()} == {None}


def test_what_cannot_be_judged_is_refused() -> None:
    empty = np.zeros((0, 3))
    with pytest.raises(TableError, match="nothing to judge"):
        Predictions((), np.zeros(0, dtype=int), None, empty, None, np.zeros(0))
    with pytest.raises(ValueError, match="as many rows"):
        Predictions(("a",), np.zeros(1, dtype=int), None, empty, None, np.ones(1))
    with pytest.raises(ValueError, match="as many labels"):
        Predictions(("a",), np.zeros(2, dtype=int), None, np.ones((1, 3)), None, np.ones(1))
    with pytest.raises(ValueError, match="not a number"):
        Predictions(("a",), np.zeros(1, dtype=int), None, np.full((1, 3), np.nan), None, np.ones(1))


ROWS = st.lists(
    st.tuples(
        st.integers(0, 5),
        st.integers(0, 2),
        st.tuples(*[st.floats(0.001, 1, allow_nan=False)] * 3),
        st.booleans(),
    ),
    min_size=1,
    max_size=30,
)


@settings(deadline=None, max_examples=60)
@given(ROWS)
def test_every_figure_lies_where_it_must(
    rows: list[tuple[int, int, tuple[float, ...], bool]],
) -> None:
    names = tuple(f"{company}.example" for company, *_ in rows)
    odds = np.array([each for _, _, each, _ in rows])
    found = measure(
        Predictions(
            names,
            np.array([truth for _, truth, _, _ in rows]),
            None,
            odds / odds.sum(axis=1, keepdims=True),
            np.array([decided for *_, decided in rows]),
            even_weights(names),
        ),
        resamples=30,
    )
    slack = 1e-9
    for name in ("accuracy", "macro_f1", "top2_accuracy", "certain_half", "coverage"):
        one = getattr(found, name)
        assert -slack <= one.low <= one.high <= 1 + slack, name
    assert found.top2_accuracy.value >= found.accuracy.value
    assert 0 <= found.brier.low <= found.brier.high <= 2
    assert 0 <= found.calibration_error.low <= found.calibration_error.high
    assert found.log_loss.low >= 0
    for name in ("kappa", "quadratic_kappa", "kappa_decided"):
        if (one := getattr(found, name)) is not None:
            assert -1 - slack <= one.low <= one.high <= 1 + slack, name
