"""What was tried: each differs from the model it stands beside in what its name says, alone."""

import numpy as np
import pytest
from msgspec.structs import replace

from persona.training.arrays import Floats
from persona.training.contenders import Contender
from persona.training.encode import Encoded, everyone
from persona.training.settings import Settings
from persona.training.sides import fit_answers
from persona.training.trials import (
    BLOCKS,
    LADDER,
    SAME_ANSWERS,
    SAME_WEBSITE,
    TRIALS,
    dimension_levels,
    hard_labels,
    no_prior,
    on_blocks,
    one_ladder,
    pairs_of_answers,
    plain,
    surer_labels,
)
from persona.vocabulary import PERSONAS
from tests.unit.training import laboratory

EVERY = {**TRIALS, **BLOCKS}


def said(trial: Contender, data: Encoded, view: str = "answers") -> Floats:
    found = trial(data, everyone(data), "website" if view == "website" else "answers")
    assert found is not None
    return found


@pytest.mark.parametrize("trial", EVERY.values(), ids=EVERY)
def test_every_trial_is_about_one_side(trial: Contender) -> None:
    data = laboratory.encoded()
    sides = [view for view in ("answers", "website") if trial(data, everyone(data), view)
             is not None]  # fmt: skip
    assert len(sides) == 1
    assert trial(data, everyone(data), "both") is None


@pytest.mark.parametrize("trial", [one for name, one in EVERY.items() if name != LADDER])
def test_no_trial_is_made_without_labels_of_all_three_personas(trial: Contender) -> None:
    made = [one for one in laboratory.companies() if one.label != PERSONAS[0]]
    data = laboratory.encoded(made)
    for view in ("answers", "website"):
        assert trial(data, everyone(data), view) is None


def test_what_others_are_compared_with_is_the_model_at_one_shrinkage() -> None:
    data = laboratory.encoded()
    fitted = fit_answers(data, everyone(data), Settings(), 8.0)
    assert fitted is not None
    logits = fitted.intercept + fitted.evidence(data)
    leaders = said(plain, data).argmax(axis=1)
    np.testing.assert_array_equal(leaders, logits.argmax(axis=1))
    assert plain is TRIALS[SAME_ANSWERS]


@pytest.mark.parametrize(
    "trial", [hard_labels, no_prior, surer_labels, dimension_levels, pairs_of_answers, one_ladder]
)
def test_every_trial_differs_from_what_it_is_compared_with(trial: Contender) -> None:
    data = laboratory.encoded(laboratory.companies(10))
    difference = np.abs(said(trial, data) - said(plain, data)).max(axis=1)
    assert difference.max() > 0.001
    assert (said(trial, data).argmax(axis=1) == said(plain, data).argmax(axis=1)).mean() > 0.6


def test_clear_labels_weigh_more() -> None:
    flat = (0.34, 0.33, 0.33)
    vague = [replace(one, points=flat if number % 2 else one.points)
             for number, one in enumerate(laboratory.companies(10))]  # fmt: skip
    data = laboratory.encoded(vague)
    clear = ~np.isclose(data.points[data.row_company].max(axis=1), 0.34)
    own = data.labels[data.row_company]
    gain = (said(surer_labels, data) - said(plain, data))[np.arange(len(own)), own]
    assert gain[clear].mean() > 0


def test_on_a_ladder_the_middle_is_never_likeliest_at_both_ends() -> None:
    """Along one sum the odds of the last against the first persona rise steadily."""
    data = laboratory.encoded(laboratory.companies(10))
    shares = said(one_ladder, data)
    up = np.log(shares[:, 1] / shares[:, 0])
    on = np.log(shares[:, 2] / shares[:, 1])
    offset = up - on
    np.testing.assert_allclose(offset, offset[0], atol=1e-6)


def test_blocks_use_nothing_else() -> None:
    made = laboratory.companies(10)
    data = laboratory.encoded(made)
    silent = laboratory.encoded(
        [replace(one, signals=dict.fromkeys(one.signals, 0.0)) for one in made]
    )
    words, signals = on_blocks("links", "text"), on_blocks("signals")
    np.testing.assert_array_equal(said(words, data, "website"), said(words, silent, "website"))
    assert np.abs(said(signals, data, "website") - said(signals, silent, "website")).max() > 0.01
    np.testing.assert_array_equal(
        said(TRIALS[SAME_WEBSITE], data, "website"),
        said(on_blocks("signals", "links", "labels", "text"), data, "website"),
    )


def test_pairs_are_left_out_where_there_would_be_too_many(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    data = laboratory.encoded()
    assert pairs_of_answers(data, everyone(data), "answers") is not None
    monkeypatch.setattr("persona.training.trials._MOST_PAIRED", len(data.answers) - 1)
    assert pairs_of_answers(data, everyone(data), "answers") is None
