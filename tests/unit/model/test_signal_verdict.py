"""Verdicts from website signals: exact sums, abstaining, and what can never count."""

import math

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from persona.model.artefact import SignalWeights
from persona.model.evidence import weigh_signals
from persona.model.verdict import Verdict, classify
from persona.observations import Control, ObservationRow, Signal
from persona.vocabulary import PERSONAS
from tests.strategies import TYPICAL, row_of
from tests.websites import PRIOR as MODEL

SALES, DYNAMIC = "W01 W04 W05 W07 W08 W11 W12", "W24 W35 W36 W39 W41 W44 W49"


def signals(names: str, value: float = 1.0) -> tuple[Signal, ...]:
    return tuple(
        Signal(name, MODEL.signals[name].dimension, MODEL.signals[name].family, "", value)
        for name in names.split()
    )


def seen(*found: tuple[Signal, ...]) -> Verdict:
    return classify(ObservationRow(signals=sum(found, ())), MODEL)


values = st.dictionaries(
    st.sampled_from(sorted(MODEL.signals)),
    st.one_of(st.none(), st.floats(min_value=0, max_value=5)),
)


@given(values)
def test_contributions_add_up_to_the_logits(known: dict[str, float | None]) -> None:
    row = ObservationRow(signals=tuple(Signal(n, "D", "f", "", v) for n, v in known.items()))
    verdict = classify(row, MODEL)
    for persona in PERSONAS:
        parts = [verdict.intercept[persona], *(one.toward(persona) for one in verdict.evidence)]
        assert math.fsum(parts) == pytest.approx(verdict.logits[persona], abs=1e-12)
    assert {one.item for one in verdict.evidence} == {
        name for name, value in known.items() if value is not None
    }


@given(values)
def test_a_missing_signal_adds_exactly_nothing(known: dict[str, float | None]) -> None:
    row = tuple(Signal(n, "D", "f", "", v) for n, v in known.items())
    without = tuple(one for one in row if one.value is not None)
    assert classify(ObservationRow(signals=row), MODEL).logits == (
        classify(ObservationRow(signals=without), MODEL).logits
    )


@given(st.lists(st.sampled_from([Control("K01", "software"), Control("K02", 9.5)])))
def test_controls_never_move_the_verdict(controls: list[Control]) -> None:
    row = ObservationRow(row_of(TYPICAL["dynamic_marketer"]).answers, signals(SALES))
    moved = msgspec.structs.replace(row, controls=tuple(controls))
    assert classify(moved, MODEL) == classify(row, MODEL)


def test_weights_are_linear_between_knots_and_level_beyond() -> None:
    weights = SignalWeights(
        "f", "D", (1.0, 2.0, 4.0), ((0.0, 0.0, 0.0), (1.0, 0.0, -1.0), (3.0, 0.0, -3.0))
    )
    model = msgspec.structs.replace(MODEL, temperature=1.0, signals={"W01": weights})
    for value, expected in ((0.0, 0.0), (1.0, 0.0), (1.5, 0.5), (3.0, 2.0), (4.0, 3.0), (9, 3.0)):
        (one,) = weigh_signals(ObservationRow(signals=signals("W01", value)), model)
        assert one.weights == (expected, 0.0, -expected)


def test_clear_sites_get_the_verdict_that_they_show() -> None:
    assert seen(signals(SALES)).label == "sales_driven"
    assert seen(signals(DYNAMIC)).label == "dynamic_marketer"


def test_a_bare_site_is_thin_and_never_sales_driven() -> None:
    verdict = seen(signals(f"{SALES} {DYNAMIC}", 0.0))
    assert (verdict.label, verdict.reason) == ("undecided", "thin")
    assert len(set(verdict.probabilities.values())) == 1


def test_few_signals_or_few_families_are_thin() -> None:
    assert seen(signals("W01 W04 W05 W07 W08")).reason == "thin"
    assert seen(signals("W35 W36 W40 W31 W24 W44 W46")).reason == "thin"


def test_high_on_both_ends_is_mixed() -> None:
    verdict = seen(signals(SALES), signals("W35 W24 W36"))
    assert (verdict.label, verdict.reason) == ("undecided", "mixed")


def test_a_gate_closes_the_website_but_not_the_answers() -> None:
    row = ObservationRow(signals=signals(SALES))
    assert classify(row, MODEL, "out_of_scope").reason == "out_of_scope"
    assert classify(ObservationRow(), MODEL, "unreachable").reason == "unreachable"
    answered = ObservationRow(row_of(TYPICAL["dynamic_marketer"]).answers, ())
    assert classify(answered, MODEL, "unreachable").label == "dynamic_marketer"


def test_answers_and_signals_are_weighed_together() -> None:
    answers = row_of(TYPICAL["dynamic_marketer"]).answers
    both = classify(ObservationRow(answers, signals(SALES)), MODEL)
    alone = classify(ObservationRow(answers), MODEL)
    assert both.probabilities["sales_driven"] > alone.probabilities["sales_driven"]
    assert len(both.from_answers) == len(alone.evidence)
    assert len(both.from_signals) == len(SALES.split())
    assert both.evidence == both.from_answers + both.from_signals


def test_a_signal_that_the_model_does_not_know_is_passed_over() -> None:
    none = msgspec.structs.replace(MODEL, signals={})
    assert weigh_signals(ObservationRow(signals=signals(SALES)), none) == ()
