"""Openings: complete, all different, short, and chosen by what most speaks for the verdict."""

import re
from itertools import permutations
from typing import get_args

import pytest
from hypothesis import given

from persona.model.verdict import classify
from persona.observations import ObservationRow, Signal
from persona.pipe import shipped_model
from persona.prospects.openings import (
    OPENINGS_FILE,
    opening,
    shipped_openings,
    strongest_dimension,
)
from persona.vocabulary import DIMENSIONS, PERSONAS, Persona, Reason
from tests import strategies
from tests.strategies import row_of, verdict_of
from tests.websites import PRIOR, SALES_SITE, saying, with_site

TEXT = OPENINGS_FILE.read_text(encoding="utf-8")
PARTS = re.findall(r'^(start|offer|avoid) = "(.*)"$', TEXT, re.MULTILINE)
TEXTS = [text for _, text in PARTS]


def test_there_is_one_for_each_method_and_dimension_between_each_two_and_for_the_rest() -> None:
    openings = shipped_openings()
    assert set(openings.general) == set(openings.dimension) == set(PERSONAS)
    assert all(set(entries) == set(DIMENSIONS) for entries in openings.dimension.values())
    assert len(TEXTS) == 3 * (len(PERSONAS) * (len(DIMENSIONS) + 1) + 3 + 1)


def test_every_text_is_short_and_a_whole_sentence() -> None:
    for text in TEXTS:
        assert len(text.split()) < 40, text
        assert text[0].isupper()
        assert text[-1] in ".?!"


def test_no_two_texts_share_as_much_as_six_words_in_a_row() -> None:
    seen: dict[tuple[str, ...], str] = {}
    for text in TEXTS:
        words = re.findall(r"[\w'’-]+", text.lower())
        for place in range(len(words) - 5):
            run = tuple(words[place : place + 6])
            assert seen.setdefault(run, text) is text, " ".join(run)


def test_none_asks_for_a_slot_in_the_diary_or_ranks_the_methods() -> None:
    for text in TEXTS:
        assert not re.search(
            r"\b\d+[- ]minute|book a|demo\b|better method|should become", text, re.I
        )


@pytest.mark.parametrize(("leader", "rival"), list(permutations(PERSONAS, 2)))
def test_between_two_methods_both_are_named_whichever_leads(
    leader: Persona, rival: Persona
) -> None:
    cell = opening("undecided", "mixed", leader, rival, "BASIS")
    assert cell == opening("undecided", "mixed", rival, leader, None)
    short = {"sales_driven": "sales-driven", "passive_marketer": "passive"}
    for persona in (leader, rival):
        assert short.get(persona, "dynamic") in cell.partition("Offer:")[0].lower()


def test_a_verdict_gets_the_opening_of_its_dimension() -> None:
    one = shipped_openings().dimension["sales_driven"]["BASIS"]
    cell = opening("sales_driven", None, "sales_driven", "passive_marketer", "BASIS")
    assert cell == f"Start: {one.start} Offer: {one.offer} Avoid: {one.avoid}"
    general = opening("sales_driven", None, "sales_driven", "dynamic_marketer", None)
    assert general == str(shipped_openings().general["sales_driven"])


def test_thin_gets_the_one_for_the_unknown_and_the_rest_none() -> None:
    cells = {
        reason: opening("undecided", reason, "sales_driven", "passive_marketer", "BASIS")
        for reason in get_args(Reason)
    }
    assert cells.pop("thin") == str(shipped_openings().unknown)
    assert cells.pop("mixed").startswith("Start: They look partly sales-driven")
    assert set(cells.values()) == {""}


def test_the_strongest_dimension_is_that_of_both_its_items_together() -> None:
    answers = {"P05": "a", "P06": "a", "P25": "a"}
    verdict, row = verdict_of(answers, PRIOR), row_of(answers)
    alone = {one.item: verdict.margin(one) for one in verdict.evidence}
    assert alone["P25"] > max(alone["P05"], alone["P06"])
    assert alone["P05"] + alone["P06"] > alone["P25"]
    assert strongest_dimension(verdict, row) == "BASIS"


@given(strategies.full())
def test_no_dimension_adds_more_than_the_strongest(answers: dict[str, str]) -> None:
    verdict, row = verdict_of(answers, shipped_model().model), row_of(answers)
    of = {answer.item: answer.dimension for answer in row.answers}
    sums = {
        each: sum(verdict.margin(one) for one in verdict.evidence if of[one.item] == each)
        for each in DIMENSIONS
    }
    found = strongest_dimension(verdict, row)
    assert max(sums.values()) == pytest.approx(sums[found] if found else 0.0, abs=1e-12)


def test_signals_speak_for_their_dimension_and_words_for_none() -> None:
    words = saying(**SALES_SITE)
    assert strongest_dimension(classify(words, with_site()), words) is None
    sign = Signal("W01", "BASIS", "paths", "product pages ask for a price", 1.0)
    row = ObservationRow((), (sign,), (), words.wording)
    assert strongest_dimension(classify(row, with_site()), row) == "BASIS"
    assert strongest_dimension(classify(ObservationRow(), with_site()), ObservationRow()) is None
