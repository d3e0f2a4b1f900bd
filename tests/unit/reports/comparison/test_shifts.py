"""What moved the lead: exact, and divided fairly between answers and model."""

import math

import pytest
from hypothesis import given, settings
from msgspec.structs import replace

from persona.model.artefact import LoadedModel, Model
from persona.pipe import assess, shipped_model
from persona.reports.comparison.shifts import lead_between
from persona.reports.comparison.structures import Lead
from persona.reports.result import Result
from persona.vocabulary import PERSONAS
from tests.strategies import TYPICAL, Answers, any_set, deciding_from
from tests.unit.reports.comparison.made import AUTUMN, SPRING, person

BASE = {"P01": "a", "P02": "a", "P03": "a", "P15": "b"}


def no_model(_: str) -> LoadedModel | None:
    return None


def lead(before: Result, after: Result) -> Lead:
    return lead_between(before, after, no_model)


def another(model: Model) -> LoadedModel:
    """Return a model that starts elsewhere and weighs all answers less."""
    return LoadedModel(
        replace(deciding_from(model, 3, temperature=4.0), intercept=(0.3, 0.0, -0.2)), "e" * 64
    )


@settings(max_examples=20)
@given(any_set(), any_set())
def test_shifts_add_up_to_the_change_of_the_lead(one: Answers, other: Answers) -> None:
    before, after = assess(one, on=SPRING), assess(other, on=AUTUMN)

    found = lead(before, after)

    total = math.fsum(each.whole for each in found.shifts)
    assert total == pytest.approx(found.after - found.before, abs=1e-9)
    assert found.after >= 0, "whoever leads now is ahead"
    assert found.by_model == found.undivided == 0
    changed = {item for item in {*one, *other} if one.get(item) != other.get(item)}
    assert {each.item for each in found.shifts} <= changed


@settings(max_examples=10)
@given(any_set(), any_set())
def test_parts_add_up_whatever_the_models(one: Answers, other: Answers) -> None:
    loaded = another(shipped_model().model)
    before, after = assess(one, on=SPRING), assess(other, on=AUTUMN, model=loaded)

    for found in (lead(before, after), lead_between(before, after, lambda _: loaded)):
        for each in found.shifts:
            parts = each.by_evidence + each.by_model + each.undivided
            assert parts == pytest.approx(each.whole, abs=1e-9)
        parts = found.by_evidence + found.by_model + found.undivided
        assert parts == pytest.approx(found.after - found.before, abs=1e-9)
    assert found.undivided == 0, "with the model at hand everything is told apart"


def test_nothing_changed_means_nothing_moved() -> None:
    found = lead(person(BASE), person(BASE, on=AUTUMN))

    assert found.shifts == ()
    assert found.before == found.after


def test_a_changed_answer_is_shown_with_both_texts_and_its_exact_weight() -> None:
    before, after = person(BASE), person(BASE, on=AUTUMN, P01="b", P05="a")

    found = {each.item: each for each in lead(before, after).shifts}

    assert set(found) == {"P01", "P05"}
    horizon, basis = found["P01"], found["P05"]
    assert horizon.before == "The end of this month or quarter"
    assert horizon.after == "The end of this financial year"
    assert horizon.about == "Which date was discussed most at your last leadership meeting?"
    assert basis.before is None
    one = lead(before, after)
    weights = {each.item: each for each in after.evidence}["P05"]
    assert basis.whole == weights.toward(one.ahead) - weights.toward(one.behind)


def test_the_same_answers_under_another_model_are_the_model_s_doing(model: Model) -> None:
    before, after = person(BASE), assess(BASE, on=AUTUMN, model=another(model))

    found = lead(before, after)

    assert found.by_evidence == found.undivided == 0
    assert found.by_model == pytest.approx(found.after - found.before)
    assert {each.item for each in found.shifts} == {"start", *BASE}
    assert all(each.before == each.after for each in found.shifts)


def test_an_answer_that_changed_with_the_model_is_divided_only_where_that_can_be_told(
    model: Model,
) -> None:
    loaded = another(model)
    before, after = person(BASE), assess({**BASE, "P01": "c"}, on=AUTUMN, model=loaded)

    blind = {each.item: each for each in lead(before, after).shifts}["P01"]
    seeing = {each.item: each for each in lead_between(before, after, lambda _: loaded).shifts}[
        "P01"
    ]

    assert blind.undivided == blind.whole == seeing.whole
    assert seeing.undivided == 0
    one = lead(before, after)
    ahead, behind = PERSONAS.index(one.ahead), PERSONAS.index(one.behind)
    old, new = (loaded.model.answers["P01"][option] for option in "ac")
    margin = (new[ahead] - new[behind] - old[ahead] + old[behind]) / loaded.model.temperature
    assert seeing.by_evidence == pytest.approx(margin)
    assert seeing.by_model == pytest.approx(seeing.whole - margin)


def test_the_lead_is_of_who_leads_now_over_who_led_before() -> None:
    before = person(TYPICAL["sales_driven"])
    after = person(TYPICAL["dynamic_marketer"], on=AUTUMN)

    found = lead(before, after)

    assert (found.ahead, found.behind) == ("dynamic_marketer", "sales_driven")
    assert found.before < 0 < found.after
