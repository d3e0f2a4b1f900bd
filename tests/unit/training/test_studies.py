"""What a fit says about itself: how far it moved, and what matters most."""

from dataclasses import replace

import numpy as np
import pytest

from persona.training.encode import Encoded, everyone
from persona.training.fit import Fitted, fit_encoded
from persona.training.prior import EXPONENT
from persona.training.studies import by_name, importance, moves
from persona.vocabulary import PERSONAS
from tests.unit.training import laboratory


@pytest.fixture(scope="module")
def lab() -> tuple[Encoded, Fitted]:
    data = laboratory.encoded(laboratory.companies(16, noise=0.2))
    return data, fit_encoded(data, everyone(data), laboratory.QUICK)


def test_moves_name_one_option_of_every_item_furthest_first(lab: tuple[Encoded, Fitted]) -> None:
    data, fitted = lab
    found = moves(fitted, data, laboratory.questionnaire())
    assert sorted(one.item for one in found) == sorted(by_name(data.answer_columns))
    assert [one.change for one in found] == sorted((one.change for one in found), reverse=True)
    first = found[0]
    item = laboratory.questionnaire().by_id[first.item]
    assert first.words == next(each.text for each in item.options if each.id == first.option)
    for one in found:
        change = np.array(one.fitted) - np.array(one.prior)
        assert one.change == pytest.approx(float(np.ptp(change)), abs=0.003)
        assert sum(one.fitted) == pytest.approx(0, abs=0.002)


def test_a_fit_that_is_the_prior_did_not_move(lab: tuple[Encoded, Fitted]) -> None:
    data, fitted = lab
    assert fitted.answers is not None
    same = replace(
        fitted,
        answers=replace(fitted.answers, coef=data.answer_prior * EXPONENT),
        together=replace(fitted.together, answer_temperature=1.0),
    )
    assert {one.change for one in moves(same, data, laboratory.questionnaire())} == {0.0}


def test_an_item_that_weighs_more_matters_more(lab: tuple[Encoded, Fitted]) -> None:
    data, fitted = lab
    assert fitted.answers is not None
    coef = fitted.answers.coef.copy()
    coef[by_name(data.answer_columns)["P09"]] *= 20
    heavier = replace(fitted, answers=replace(fitted.answers, coef=coef))
    found = importance(heavier, data, laboratory.questionnaire(), laboratory.catalogue())
    items = [one for one in found if one.kind == "item"]
    assert items[0].name == "P09"
    assert items[0].words == laboratory.questionnaire().by_id["P09"].question
    assert len(items) == 12


def test_the_spread_is_that_of_the_difference_between_two_personas(
    lab: tuple[Encoded, Fitted],
) -> None:
    data, fitted = lab
    assert fitted.site is not None
    found = importance(fitted, data, laboratory.questionnaire(), laboratory.catalogue())
    one = next(each for each in found if each.kind == "signal")
    columns = by_name(data.signal_columns)[one.name]
    seen = np.nan_to_num(data.signals[data.has_website][:, columns])
    added = seen @ fitted.site.signals[columns] / fitted.together.site_temperature
    widest = max((added[:, a] - added[:, b]).std() for a, b in ((0, 1), (0, 2), (1, 2)))
    assert one.spread == pytest.approx(widest, abs=0.001)


def test_signals_and_words_that_matter_are_named_with_what_they_speak_for(
    lab: tuple[Encoded, Fitted],
) -> None:
    data, fitted = lab
    found = importance(fitted, data, laboratory.questionnaire(), laboratory.catalogue())
    assert {one.name for one in found if one.kind == "signal"} <= set(laboratory.SIGNALS)
    text = {one.name: one.toward for one in found if one.kind == "text"}
    own = {word: place for place, said in enumerate(laboratory.SAID) for word in said}
    right = [text[word] == PERSONAS[place] for word, place in own.items() if word in text]
    assert len(right) >= 6
    assert np.mean(right) > 0.8


def test_sides_that_were_not_fitted_are_not_spoken_of(lab: tuple[Encoded, Fitted]) -> None:
    data, fitted = lab
    asked, catalogue = laboratory.questionnaire(), laboratory.catalogue()
    without = replace(fitted, answers=None)
    assert moves(without, data, asked) == ()
    assert "item" not in {one.kind for one in importance(without, data, asked, catalogue)}
    without = replace(fitted, site=None)
    assert {one.kind for one in importance(without, data, asked, catalogue)} == {"item"}
