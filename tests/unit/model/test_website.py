"""A model fitted to websites: when a website decides, how it counts beside answers, and gates."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from persona.model.artefact import Model
from persona.model.evidence import weigh_signals
from persona.model.verdict import classify, limits_of
from persona.model.website import closed, seen_too_little, weigh_website
from persona.observations import Control, Gate, ObservationRow, Signal
from persona.vocabulary import PERSONAS, Reason
from tests.strategies import EXECUTION_IDS, OPTIONS, TYPICAL, any_set, row_of
from tests.websites import DYNAMIC_SITE, PRIOR, SALES_SITE, saying, with_site, wording

MODEL = with_site()
BOTH_ENDS = "W01 W04 W05 W07 W08 W11 W12 W24 W35 W36"


def signals(names: str, value: float = 1.0) -> tuple[Signal, ...]:
    return tuple(
        Signal(name, PRIOR.signals[name].dimension, PRIOR.signals[name].family, "", value)
        for name in names.split()
    )


def answered(persona: str, most: int = 28) -> ObservationRow:
    return row_of(dict(list(TYPICAL[persona].items())[:most]))  # type: ignore[index]


def test_a_website_decides_by_its_words() -> None:
    assert classify(saying(**SALES_SITE), MODEL).label == "sales_driven"
    assert classify(saying(**DYNAMIC_SITE), MODEL).label == "dynamic_marketer"


def test_where_it_decides_its_own_intercept_and_temperature_hold() -> None:
    verdict = classify(saying(**SALES_SITE), MODEL)
    assert list(verdict.intercept.values()) == pytest.approx([0.16, 0.08, -0.24])
    assert verdict.logits["sales_driven"] == pytest.approx(0.16 + 3 * 1.5 / 1.25)


def test_with_few_answers_it_still_decides_and_they_stand_beside_it() -> None:
    few = answered("dynamic_marketer", 3)
    verdict = classify(replace(few, wording=wording(**SALES_SITE)), MODEL)
    alone = classify(saying(**SALES_SITE), MODEL)
    assert verdict.label == "sales_driven"
    assert verdict.intercept == alone.intercept
    assert verdict.from_words == alone.from_words
    assert verdict.from_answers == classify(few, MODEL).evidence


def test_beside_enough_answers_it_counts_with_its_share() -> None:
    row = answered("dynamic_marketer")
    verdict = classify(replace(row, wording=wording(**SALES_SITE)), MODEL)
    alone = classify(row, MODEL)
    whole = weigh_website(saying(**SALES_SITE), MODEL)
    assert verdict.intercept == alone.intercept
    for one, other in zip(verdict.from_words, whole, strict=True):
        assert one.weights == tuple(weight * 0.5 for weight in other.weights)
    assert verdict.probabilities["sales_driven"] > alone.probabilities["sales_driven"]


def test_signals_take_the_sites_temperature_and_share_too() -> None:
    row = ObservationRow(signals=signals("W01"))
    (as_before,) = weigh_signals(row, PRIOR)
    (fitted,) = weigh_signals(row, MODEL)
    (beside,) = weigh_website(row, MODEL, beside_answers=True)
    raw = PRIOR.signals["W01"].weights[-1]
    assert as_before.weights == pytest.approx([weight / PRIOR.temperature for weight in raw])
    assert fitted.weights == pytest.approx([weight / 1.25 for weight in raw])
    assert beside.weights == tuple(weight * 0.5 for weight in fitted.weights)


def test_too_few_known_words_are_thin_alone_and_nothing_beside_answers() -> None:
    bare = wording(text={"dealer": 9})
    verdict = classify(ObservationRow(wording=bare), MODEL)
    assert (verdict.label, verdict.reason) == ("undecided", "thin")
    row = answered("dynamic_marketer")
    assert classify(replace(row, wording=bare), MODEL) == classify(row, MODEL)


def test_a_website_below_its_least_probability_is_mixed() -> None:
    row = saying(links={"quote": 1, "research": 1}, text={"dealer": 1, "learned": 1})
    assert classify(row, MODEL).reason == "mixed"
    assert classify(row, with_site(min_probability=0.34)).label in PERSONAS


def test_strong_signs_of_both_ends_are_mixed_whatever_the_words_say() -> None:
    row = replace(saying(**SALES_SITE), signals=signals(BOTH_ENDS))
    verdict = classify(row, MODEL)
    assert (verdict.label, verdict.reason) == ("undecided", "mixed")
    few = replace(saying(**SALES_SITE), signals=signals("W01 W24 W35"))
    assert classify(few, MODEL).label == "sales_driven"


@pytest.mark.parametrize("gate", ["unreachable", "out_of_scope"])
def test_a_site_unread_or_out_of_scope_decides_nothing(gate: Reason) -> None:
    assert classify(saying(**SALES_SITE), MODEL, gate).reason == gate
    row = answered("dynamic_marketer")
    beside = replace(row, wording=wording(**SALES_SITE), signals=signals("W01"))
    assert classify(beside, MODEL, gate) == classify(row, MODEL)


def test_known_words_overrule_a_gate_that_found_the_pages_thin() -> None:
    assert classify(saying(**SALES_SITE), MODEL, "thin").label == "sales_driven"
    row = replace(answered("dynamic_marketer"), wording=wording(**SALES_SITE))
    assert classify(row, MODEL, "thin") == classify(row, MODEL)


def test_the_words_of_a_gate_are_kept_where_it_holds() -> None:
    thin, scope = Gate("thin", "only one page"), Gate("out_of_scope", "a charity")
    enough, bare = weigh_website(saying(**SALES_SITE), MODEL), ()
    assert closed(thin, enough, MODEL) is None
    assert closed(thin, bare, MODEL) == thin
    assert closed(scope, enough, MODEL) == scope
    assert closed(thin, enough, PRIOR) == thin
    found = closed(None, bare, MODEL)
    assert found is not None
    assert found == seen_too_little(bare, MODEL)
    assert "0 of its words and links are known to the model, and a verdict takes 2" in found.words


def test_without_a_site_model_words_change_no_bit() -> None:
    for row in (ObservationRow(signals=signals(BOTH_ENDS)), answered("sales_driven")):
        worded = replace(row, wording=wording(**SALES_SITE))
        for gate in (None, "thin", "unreachable"):
            assert classify(worded, PRIOR, gate) == classify(row, PRIOR, gate)


@given(any_set())
def test_answers_alone_do_not_depend_on_how_websites_count(answers: dict[str, str]) -> None:
    assert classify(row_of(answers), MODEL) == classify(row_of(answers), PRIOR)


@given(st.dictionaries(st.sampled_from(EXECUTION_IDS), st.sampled_from("abc")))
def test_execution_and_controls_move_nothing_beside_a_fitted_website(
    execution: dict[str, str],
) -> None:
    given = {item: option for item, option in execution.items() if option in OPTIONS[item]}
    row = replace(answered("sales_driven", 4), wording=wording(**DYNAMIC_SITE))
    moved = msgspec.structs.replace(
        row,
        answers=(*row.answers, *row_of(given).answers),
        controls=(Control("K01", "software"), Control("K05", "wordpress")),
    )
    assert classify(moved, MODEL) == classify(row, MODEL)


def test_a_verdict_rests_on_the_limits_of_the_side_that_decided() -> None:
    def least(row: ObservationRow, model: Model) -> float | None:
        limits = limits_of(classify(row, model), model)
        return limits.min_probability if limits else None

    assert least(saying(**SALES_SITE), MODEL) == 0.45
    assert least(answered("sales_driven"), MODEL) == 0.65
    assert least(replace(answered("sales_driven"), wording=wording(**SALES_SITE)), MODEL) == 0.65
    assert least(saying(), MODEL) is None
    assert least(answered("sales_driven", 3), MODEL) is None
    assert least(ObservationRow(signals=signals("W01 W04 W05 W07 W08 W11")), PRIOR) == 0.65
    assert least(ObservationRow(signals=signals(BOTH_ENDS)), PRIOR) is None
