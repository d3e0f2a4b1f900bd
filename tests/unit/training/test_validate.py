"""Cross-validation: nothing of what is predicted is known to the fit, and every company counts."""

from collections import Counter
from dataclasses import replace as put

import numpy as np
import pytest
from msgspec.structs import replace

from persona.training.arrays import Flags, Floats
from persona.training.contenders import BASELINES, Contender
from persona.training.encode import Encoded, everyone
from persona.training.folds import company_folds
from persona.training.predict import places_of
from persona.training.validate import (
    ADDITIVE,
    ANSWERS_ALONE,
    CONTROLS,
    KNOWN,
    WEBSITE_ALONE,
    available_views,
    cross_validate,
    gather,
    keep_answers,
    known_name,
    leave_out,
    on_fold,
)
from persona.training.views import VIEWS, View
from persona.vocabulary import PERSONAS
from tests.unit.training import laboratory

QUICK = put(laboratory.QUICK, folds=2)
CONTENDERS = {name: BASELINES[name] for name in ("majority", CONTROLS)}


def fold_of(data: Encoded) -> Flags:
    return company_folds(data, everyone(data), 3, 0)[0]


def test_labels_of_a_fold_have_no_influence_on_what_is_predicted_for_it() -> None:
    made = laboratory.companies(12)
    data = laboratory.encoded(made)
    fold = fold_of(data)
    changed = laboratory.encoded(laboratory.relabelled(made, np.flatnonzero(fold)))
    settings = put(QUICK, answer_shrinkages=(1.0, 9.0), site_shrinkages=(0.1, 1.0))
    before = on_fold(data, ~fold, fold, settings, CONTENDERS)
    after = on_fold(changed, ~fold, fold, settings, CONTENDERS)
    assert set(before.shares) == set(after.shares)
    for key, shares in before.shares.items():
        np.testing.assert_array_equal(shares, after.shares[key])
    for view in VIEWS:
        decided = before.decided[ADDITIVE, view]
        np.testing.assert_array_equal(decided, after.decided[ADDITIVE, view])
    assert before.website_said == after.website_said


def test_labels_of_the_others_do_have_influence() -> None:
    made = laboratory.companies(12)
    data = laboratory.encoded(made)
    fold = fold_of(data)
    changed = laboratory.encoded(laboratory.relabelled(made, np.flatnonzero(~fold)))
    before, after = (on_fold(each, ~fold, fold, QUICK, {}) for each in (data, changed))
    for view in VIEWS:
        rows = fold[places_of(data, view)]
        gap = np.abs(before.shares[ADDITIVE, view] - after.shares[ADDITIVE, view])[rows]
        assert gap.max() > 0.1


@pytest.fixture(scope="module")
def data() -> Encoded:
    made = laboratory.companies(12)
    extra = [
        replace(made[0], company="light.example", weight=0.1),
        replace(made[2], company="thin.example", label="undecided", reason="thin"),
        replace(made[5], company="new.example", label=None, points=None),
    ]
    return laboratory.encoded([*made, *extra])


def test_every_judged_company_is_predicted_once_a_repeat_and_counts_as_one(data: Encoded) -> None:
    found = cross_validate(data, QUICK, repeats=2, contenders=CONTENDERS).predictions
    informants = {one.company: len(one.informants) for one in data.companies}
    for view in VIEWS:
        judged = {
            one.company for one in data.companies
            if one.is_judged
            and (one.informants or view == "website") and (one.has_website or view == "answers")
        }  # fmt: skip
        for name in (ADDITIVE, *CONTENDERS):
            one = found[name, view]
            assert set(one.companies) == judged
            rows = Counter(one.companies)
            for company in judged:
                rows_of = 1 if view == "website" else informants[company]
                assert rows[company] == 2 * rows_of
            sums = Counter[str]()
            for company, weight in zip(one.companies, one.weights, strict=True):
                sums[company] += weight
            assert list(sums.values()) == pytest.approx([1.0] * len(judged))


def test_all_are_judged_on_the_same_rows(data: Encoded) -> None:
    found = cross_validate(data, QUICK, repeats=1, contenders=CONTENDERS).predictions
    for name, view in found:
        assert found[name, view].companies == found[ADDITIVE, view].companies
        np.testing.assert_array_equal(found[name, view].truth, found[ADDITIVE, view].truth)
        assert (found[name, view].decided is None) == (not name.startswith(ADDITIVE))
    names = {*CONTENDERS, ADDITIVE, *map(known_name, KNOWN), ANSWERS_ALONE, WEBSITE_ALONE}
    assert {name for name, view in found if view == "both"} == names


def test_the_number_of_processes_changes_no_bit(data: Encoded) -> None:
    alone, shared = (
        cross_validate(data, QUICK, repeats=1, jobs=jobs, contenders=CONTENDERS) for jobs in (1, 2)
    )
    assert alone.undecided == shared.undecided
    assert set(alone.predictions) == set(shared.predictions)
    for key, one in alone.predictions.items():
        np.testing.assert_array_equal(one.probabilities, shared.predictions[key].probabilities)


def test_what_becomes_of_undecided_companies_is_counted_once(data: Encoded) -> None:
    found = cross_validate(data, QUICK, repeats=2).undecided
    assert [(one.reason, one.rows, sum(one.said.values())) for one in found] == [("thin", 1, 1)]


def test_a_website_gives_a_verdict_only_with_enough_words_and_no_gate() -> None:
    made = [replace(one, signals={}) for one in laboratory.companies(24, noise=0.1)]
    made[0] = replace(made[0], gate="out_of_scope")
    made[1] = replace(made[1], wording=laboratory.wording({"quote": 1}))
    data = laboratory.encoded(made)
    fold = fold_of(data)
    one = on_fold(data, ~fold, fold, QUICK, {})
    assert one.website_said[0] == "out_of_scope"
    assert one.website_said[1] == "thin"
    assert not one.decided[ADDITIVE, "website"][:2].any()
    verdicts = {said for said in one.website_said if said in PERSONAS}
    assert verdicts == set(PERSONAS)


def test_a_view_is_left_out_in_which_a_fold_cannot_be_fitted() -> None:
    made = laboratory.companies(12)
    sites = [place for place, one in enumerate(made) if one.has_website
             and one.label == PERSONAS[0]]  # fmt: skip
    few = [replace(one, signals={}, wording=None) if place in sites[1:] else one
           for place, one in enumerate(made)]  # fmt: skip
    found = cross_validate(laboratory.encoded(few), QUICK, repeats=1).predictions
    assert {view for _, view in found} == {"answers"}
    assert "website" not in available_views(
        laboratory.encoded([replace(one, signals={}, wording=None) for one in made])
    )


def nothing_on_one_fold(data: Encoded, within: Flags, view: View) -> Floats | None:
    return None if within[0] else np.full((len(places_of(data, view)), 3), 1 / 3)


def test_a_contender_with_nothing_to_say_in_one_fold_is_left_out(data: Encoded) -> None:
    contender: Contender = nothing_on_one_fold
    found = cross_validate(data, QUICK, repeats=1, contenders={"moody": contender}).predictions
    assert (ADDITIVE, "answers") in found
    assert ("moody", "answers") not in found


def seen_by(data: Encoded, groups: list[str], least: int) -> list[tuple[set[str], set[str]]]:
    """Return for each group that is left out the groups fitted to, and those predicted."""
    names, pairs = np.array(groups), []
    with pytest.MonkeyPatch.context() as patch:

        def spy(
            data: Encoded, within: Flags, fold: Flags, settings: object, contenders: object
        ) -> object:
            pairs.append((set(names[within].tolist()), set(names[fold].tolist())))
            return on_fold(data, within, fold, QUICK, {})

        patch.setattr("persona.training.validate.on_fold", spy)
        leave_out(data, QUICK, groups, least=least)
    return pairs


def test_no_company_of_a_group_left_out_is_fitted_to_light_ones_included() -> None:
    made = [replace(one, weight=0.1) if number % 4 == 1 else one
            for number, one in enumerate(laboratory.companies(12))]  # fmt: skip
    data = laboratory.encoded(made)
    groups = [("mill", "shop", "yard")[number % 3 if number % 5 else 0] for number in range(36)]
    pairs = seen_by(data, groups, least=1)
    assert [out for _, out in pairs] == [{"mill"}, {"shop"}, {"yard"}]
    for fitted, out in pairs:
        assert not fitted & out
        assert fitted | out == {"mill", "shop", "yard"}


def test_small_groups_are_left_out_together() -> None:
    data = laboratory.encoded(laboratory.companies(12))
    groups = ["big"] * 20 + ["small"] * 8 + ["smaller"] * 8
    assert seen_by(data, groups, least=10) == [
        ({"small", "smaller"}, {"big"}),
        ({"big"}, {"small", "smaller"}),
    ]
    found, pooled = leave_out(data, QUICK, groups, least=10)
    assert set(pooled) == {"big", "others"}
    assert {name for name, _ in found} >= {ADDITIVE, CONTROLS}


def test_nothing_is_predicted_where_only_small_groups_are_left() -> None:
    data = laboratory.encoded(laboratory.companies(4))
    groups = [("mill", "shop")[number % 2] for number in range(12)]
    assert leave_out(data, QUICK, groups, least=20) == ({}, ("others",) * 12)


def test_a_group_that_holds_a_whole_persona_cannot_be_left_out() -> None:
    made = laboratory.companies(12)
    groups = ["sales" if one.label == PERSONAS[0] else ("one", "two")[number % 2]
              for number, one in enumerate(made)]  # fmt: skip
    data = laboratory.encoded(made)
    found, _ = leave_out(data, QUICK, groups, least=1)
    group_of = dict(zip((one.company for one in made), groups, strict=True))
    assert {group_of[name] for name in found[ADDITIVE, "answers"].companies} == {"one", "two"}
    assert leave_out(data, QUICK, [str(one.label) for one in made], least=1)[0] == {}


@pytest.mark.parametrize("known", KNOWN)
def test_exactly_so_many_answers_are_kept(known: int) -> None:
    data = laboratory.encoded()
    few = keep_answers(data, known)
    before, after = (~np.isnan(each.answers[:, each.item_starts]) for each in (data, few))
    np.testing.assert_array_equal(after.sum(axis=1), np.minimum(before.sum(axis=1), known))
    kept = ~np.isnan(few.answers)
    np.testing.assert_array_equal(few.answers[kept], data.answers[kept])
    for start, end in zip(data.item_starts, [*data.item_starts[1:], None], strict=True):
        whole = np.isnan(few.answers[:, start:end])
        np.testing.assert_array_equal(whole.all(axis=1), whole.any(axis=1))


def test_the_same_answers_are_kept_every_time_and_not_the_same_in_every_row() -> None:
    data = laboratory.encoded()
    few, again = keep_answers(data, 4), keep_answers(data, 4)
    np.testing.assert_array_equal(few.answers, again.answers)
    kept = ~np.isnan(few.answers[:, few.item_starts])
    assert len({tuple(row) for row in kept.tolist()}) > 10


def test_rows_of_folds_that_are_missing_leave_the_others_whole(data: Encoded) -> None:
    folds = company_folds(data, everyone(data), 3, 0)
    found = [on_fold(data, ~fold, fold, QUICK, {}) for fold in folds]
    part = gather(data, [found[0], put(found[1], shares={}), found[2]])
    assert set(part[ADDITIVE, "answers"].companies) < set(
        gather(data, found)[ADDITIVE, "answers"].companies
    )
    sums = Counter[str]()
    for company, weight in zip(part[ADDITIVE, "answers"].companies,
                               part[ADDITIVE, "answers"].weights, strict=True):  # fmt: skip
        sums[company] += weight
    assert set(np.round(list(sums.values()), 9)) == {1.0}
