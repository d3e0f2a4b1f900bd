"""Calibration bins and the curve of accuracy against coverage, by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from persona.training.curves import calibration_bins, coverage_curve
from persona.training.measures import Predictions, even_weights, measure
from tests.unit.training.test_measures import random_predictions, sure


def test_bins_say_what_was_stated_and_what_was_found() -> None:
    p = sure([0, 0, 0, 1], [0, 0, 1, 1], [0.9, 0.86, 0.84, 0.5])
    low, high = calibration_bins(p)
    assert (low.rows, low.stated, low.found) == (1, 0.5, 1)
    assert high.rows == 3
    assert high.stated == pytest.approx((0.9 + 0.86 + 0.84) / 3)
    assert high.found == pytest.approx(2 / 3)
    # Wilson's interval for 2 of 3, as in published tables.
    assert (high.low, high.high) == pytest.approx((0.2077, 0.9385), abs=1e-4)


def test_a_probability_on_the_border_belongs_to_the_bin_below() -> None:
    (only,) = calibration_bins(sure([0, 0], [0, 0], [0.7, 0.65]))
    assert only.rows == 2


def test_bins_add_up_to_the_calibration_error() -> None:
    p = random_predictions(1)
    bins = calibration_bins(p)
    rows = sum(one.rows for one in bins)
    assert rows == pytest.approx(80)
    error = sum(one.rows * abs(one.stated - one.found) for one in bins) / rows
    assert error == pytest.approx(measure(p, resamples=2).calibration_error.value)


def test_the_curve_ends_at_the_accuracy_and_holds_that_of_the_most_certain_half() -> None:
    p = random_predictions(2)
    curve = {point.share: point.accuracy for point in coverage_curve(p)}
    assert len(curve) <= 50
    found = measure(p, resamples=2)
    assert curve[1.0] == pytest.approx(found.accuracy.value)
    assert curve[0.5] == pytest.approx(found.certain_half.value)


def test_equal_certainty_gives_a_level_curve() -> None:
    curve = coverage_curve(sure([0, 1, 2, 0], [0, 0, 0, 0]))
    assert {point.accuracy for point in curve} == {0.5}


@given(st.lists(st.tuples(st.integers(0, 2), st.floats(0.34, 1)), min_size=1, max_size=20))
def test_every_point_is_a_share_and_order_of_rows_does_not_matter(
    rows: list[tuple[int, float]],
) -> None:
    p = sure([truth for truth, _ in rows], [0] * len(rows), [top for _, top in rows])
    names = p.companies[::-1]
    backward = Predictions(
        names, p.truth[::-1], None, p.probabilities[::-1], None, even_weights(names)
    )
    curve, other = coverage_curve(p), coverage_curve(backward)
    assert all(0 < point.share <= 1 and 0 <= point.accuracy <= 1 for point in curve)
    assert [point.accuracy for point in curve] == pytest.approx([o.accuracy for o in other])
    for one in calibration_bins(p):
        assert 0 <= one.low <= one.found <= one.high <= 1
        assert np.isfinite(one.stated)
