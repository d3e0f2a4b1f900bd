"""The view from outside: levels per dimension, and named differences."""

import msgspec
import pytest

from persona.model.artefact import Model, SignalWeights
from persona.model.outside import Difference, differences, view_from_outside
from persona.model.profile import build_profile
from persona.observations import ObservationRow, Signal
from tests.strategies import row_of
from tests.websites import PRIOR

UP = ((0.0, 0.0, 0.0), (-0.5, -0.5, 1.0))
DOWN = ((0.0, 0.0, 0.0), (1.0, -0.5, -0.5))


@pytest.fixture
def small() -> Model:
    return msgspec.structs.replace(
        PRIOR,
        temperature=1.0,
        signals={
            "W01": SignalWeights("paths", "BASIS", (0.0, 1.0), DOWN),
            "W02": SignalWeights("paths", "FUNCTION", (0.0, 1.0), UP),
            "W03": SignalWeights("paths", "FUNCTION", (0.0, 1.0), DOWN),
        },
    )


def seen(**values: float | None) -> tuple[Signal, ...]:
    return tuple(
        Signal(name, "elsewhere", "paths", "it says so", value, None if value else "why")
        for name, value in values.items()
    )


def test_levels_come_from_what_was_found(small: Model) -> None:
    row = ObservationRow(signals=seen(W01=1.0, W02=0.9, W03=0.1))
    basis, function = view_from_outside(row, small)
    assert (basis.dimension, basis.level, basis.signals) == ("BASIS", 1, ("W01",))
    assert (function.dimension, function.level) == ("FUNCTION", 3)
    assert function.support == pytest.approx((0.1, 0.0, 0.9))


def test_nothing_found_leans_nowhere_and_missing_is_not_seen(small: Model) -> None:
    row = ObservationRow(signals=seen(W01=None, W02=0.0, W03=0.0))
    (function,) = view_from_outside(row, small)
    assert function.level is None
    assert function.signals == ("W02", "W03")


def test_a_tie_leans_nowhere(small: Model) -> None:
    row = ObservationRow(signals=seen(W02=0.5, W03=0.5))
    (function,) = view_from_outside(row, small)
    assert function.level is None
    assert function.support == pytest.approx((0.5, 0.0, 0.5))


def test_differences_are_named_by_who_claims_more(small: Model) -> None:
    profile = build_profile(row_of({"P05": "d", "P06": "d", "P15": "a", "P16": "a"}))
    assert profile["BASIS"].level == 3
    assert profile["FUNCTION"].level == 1
    row = ObservationRow(signals=seen(W01=1.0, W02=1.0))
    assert differences(profile, view_from_outside(row, small)) == (
        Difference("BASIS", 3, 1, "answers_claim_more"),
        Difference("FUNCTION", 1, 3, "website_claims_more"),
    )


def test_agreement_and_ignorance_are_no_difference(small: Model) -> None:
    profile = build_profile(row_of({"P05": "a", "P06": "a"}))
    row = ObservationRow(signals=seen(W01=1.0, W02=1.0))
    assert differences(profile, view_from_outside(row, small)) == ()
