"""Many companies at once: which rows each view has, and that websites stay out of answers."""

import numpy as np
import pytest

from persona.training.encode import everyone
from persona.training.fit import fit_encoded
from persona.training.predict import logits_of, places_of, predict, rows_of
from persona.training.views import VIEWS, View
from tests.unit.training import laboratory
from tests.websites import PRIOR


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_has_the_rows_that_have_what_it_looks_at(view: View) -> None:
    data = laboratory.encoded()
    places, shares = predict(PRIOR, data, view)
    expected = [
        place
        for place, one in enumerate(data.companies)
        for _ in (one.informants if view != "website" else [None])
        if view == "answers" or one.has_website
    ]
    assert places.tolist() == expected
    assert shares.shape == (len(expected), 3)
    np.testing.assert_allclose(shares.sum(axis=1), 1)


def test_a_view_has_a_row_for_every_informant_or_for_every_company() -> None:
    data = laboratory.encoded()
    for view in VIEWS:
        rows = len(data.companies) if view == "website" else len(data.row_company)
        assert len(places_of(data, view)) == len(rows_of(data, view)) == rows


def test_each_view_has_the_logits_of_its_own() -> None:
    data = laboratory.encoded()
    fitted = fit_encoded(data, everyone(data), laboratory.QUICK)
    np.testing.assert_array_equal(logits_of(fitted, data, "answers"), fitted.answer_logits(data))
    np.testing.assert_array_equal(logits_of(fitted, data, "website"), fitted.site_logits(data))
    np.testing.assert_array_equal(logits_of(fitted, data, "both"), fitted.both_logits(data))
