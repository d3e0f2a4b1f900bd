"""The report's parts: counts of the data, contenders side by side, groups, and plain sentences."""

from dataclasses import replace as put
from functools import cache

import numpy as np
import pytest
from msgspec.structs import replace

from persona.training import account
from persona.training.contenders import BASELINES
from persona.training.encode import Encoded, everyone
from persona.training.fit import fit_encoded
from persona.training.predictions import Predictions
from persona.training.trials import LADDER, SAME_ANSWERS, SAME_WEBSITE, TRIALS
from persona.training.validate import ADDITIVE, Key, Validation, cross_validate, leave_out
from persona.training.views import VIEWS
from tests.unit.training import laboratory

NAMES = {**{name: BASELINES[name] for name in ("majority", "controls only")}, **TRIALS}


@cache
def lab() -> tuple[Encoded, Validation]:
    made = laboratory.companies(24)
    extra = [
        replace(made[0], company="light.example", weight=0.1),
        replace(made[2], company="thin.example", label="undecided", reason="thin"),
        replace(made[5], company="new.example", label=None, points=None, source=""),
    ]
    data = laboratory.encoded([*made, *extra])
    return data, cross_validate(data, laboratory.QUICK, repeats=1, contenders=NAMES)


def test_the_data_are_counted_in_companies() -> None:
    data, _ = lab()
    found = account.data_in_short(data)
    assert (found.companies, found.weak) == (75, 1)
    assert found.labels == {
        "dynamic_marketer": 24,
        "passive_marketer": 24,
        "sales_driven": 24,
        "undecided": 1,
    }
    assert found.reasons == {"thin": 1}
    labelled = [one for one in data.companies if one.label and one.weight == 1]
    assert found.answered == sum(bool(one.informants) for one in labelled)
    assert found.answer_rows == sum(len(one.informants) for one in labelled)
    assert found.websites == sum(one.has_website for one in labelled)
    assert sum(found.sources.values()) == found.websites


def test_the_model_stands_first_and_contenders_beside_it_with_their_distance() -> None:
    _, validation = lab()
    views = account.agreement(validation.predictions)
    rows = account.bakeoff(validation.predictions, views)
    for view in VIEWS:
        names = [one.name for one in rows if one.view == view]
        beside = ["answers alone, same rows", "website alone, same rows"] if view == "both" else []
        assert names == [ADDITIVE, "majority", "controls only", *beside]
    for one in rows:
        own = views[next(view for view in VIEWS if view == one.view)]
        if one.name == ADDITIVE:
            assert one.difference is None
            assert one.measures == own
        else:
            assert one.difference is not None
            assert own.kappa is not None
            assert one.measures.kappa is not None
            gap = own.kappa.value - one.measures.kappa.value
            assert one.difference.value == pytest.approx(gap)
    majority = next(one for one in rows if one.name == "majority")
    assert majority.difference is not None
    assert majority.difference.low > 0


def test_every_number_of_known_answers_is_reported_and_all_of_them_is_the_model() -> None:
    _, validation = lab()
    known = account.known_answers(validation.predictions)
    assert [(one.view, one.known) for one in known] == [
        (view, count) for view in ("answers", "both") for count in (0, 4, 8, 14, 28)
    ]
    whole = account.agreement(validation.predictions)["answers"]
    told = next(one for one in known if (one.view, one.known) == ("answers", 28))
    assert told.measures.log_loss == whole.log_loss


def test_curves_are_drawn_of_every_view() -> None:
    _, validation = lab()
    curves = account.curves_of(validation.predictions)
    assert set(curves) == set(VIEWS)
    assert all(one.calibration and one.coverage for one in curves.values())


def test_groups_of_twenty_companies_are_shown_and_no_smaller_ones() -> None:
    data, validation = lab()
    tables = account.group_tables(data, validation.predictions)
    assert {one.kind for one in tables} <= {"industry", "size", "source"}
    shown = [each for one in tables for each in one.groups.values()]
    assert shown
    assert min(each.companies for each in shown) >= account.LEAST_GROUP
    sizes = next(one for one in tables if (one.kind, one.view) == ("size", "answers"))
    judged = {one.company: one for one in data.companies if one.is_judged and one.informants}
    for name, each in sizes.groups.items():
        assert each.companies == sum(one.controls["k_size"] == name for one in judged.values())


def test_groups_left_out_are_told_together_and_one_by_one() -> None:
    data, _ = lab()
    groups = [one.source for one in data.companies]
    found, pooled = leave_out(data, laboratory.QUICK, groups, least=10)
    names = [one.company for one in data.companies]
    rows = account.left_out("source", found, dict(zip(names, pooled, strict=True)))
    assert [one.group for one in rows if one.view == "answers"] == ["all", "mill", "shop"]
    assert all(one.controls_kappa is not None for one in rows)
    assert account.left_out("source", {}, {}) == ()


def test_what_was_tried_is_told_in_one_sentence_each() -> None:
    _, validation = lab()
    sentences = account.tried(validation.predictions)
    assert len(sentences) == len(set(TRIALS) - {SAME_ANSWERS, SAME_WEBSITE, LADDER})
    assert sum("(website)" in one for one in sentences) == 1
    for one in sentences:
        assert one.endswith(("no clear difference.", "it agrees more.", "it agrees less."))
        assert one[0].isupper()
    geometry = account.geometry(validation.predictions, account.agreement(validation.predictions))
    assert [one.name for one in geometry] == [ADDITIVE, LADDER]


def shifted(one: Predictions, toward: int) -> Predictions:
    return put(one, probabilities=np.tile(np.eye(3)[toward] * 0.94 + 0.02, (len(one.truth), 1)))


def test_a_trial_that_is_worse_is_told_to_agree_less() -> None:
    _, validation = lab()
    found: dict[Key, Predictions] = dict(validation.predictions)
    name = "labels instead of points"
    found[name, "answers"] = shifted(found[name, "answers"], 1)
    told = next(one for one in account.tried(found) if one.startswith("Labels instead"))
    assert "it agrees less" in told


def test_thresholds_are_told_of_the_sides_that_were_fitted() -> None:
    data, validation = lab()
    made = [replace(one, signals={}, wording=None) for one in data.companies]
    alone = laboratory.encoded(made)
    fitted = fit_encoded(alone, everyone(alone), laboratory.QUICK)
    study = account.undecided_study(fitted, validation, laboratory.QUICK)
    assert study.min_probability == fitted.together.answer_threshold
    assert (study.min_words, study.min_site_probability) == (None, None)
    assert study.stated_error == laboratory.QUICK.error
    assert [one.reason for one in study.reasons] == ["thin"]
