"""A whole chunk scored at once comes out as its rows judged one by one, in every column."""

import random
from collections.abc import Sequence
from functools import cache

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from persona.model.artefact import PRIOR_MODEL, LoadedModel, load_model
from persona.pipe import shipped_model
from persona.prospects.batch import BatchScorer
from persona.prospects.outcome import OUTCOMES, as_batch
from persona.signals.catalogue import shipped_catalogue
from tests.strategies import EXECUTION_IDS, OPTIONS, PERSONA_IDS, any_set, full, small_models
from tests.unit.prospects.batch.lists import Listed, Row, judged

SIGNALS = tuple(entry.id for entry in shipped_catalogue().signals)
DIRTY = ("A", " b ", "c)", "(d)", "zz", "é", "a\n", "=1+1", "f" * 30, "\x00", "x" * 9)


MODELS = pytest.mark.parametrize("name", ["shipped", "prior"])
"""One that was fitted to websites, and one that was not."""


def model_of(name: str) -> LoadedModel:
    return shipped_model() if name == "shipped" else _prior()


@cache
def _prior() -> LoadedModel:
    return load_model(PRIOR_MODEL)


def scored(loaded: LoadedModel, listed: Listed) -> list[dict[str, object]]:
    batch = BatchScorer(loaded, listed.columns).score(listed.whole())
    assert batch.schema.names == OUTCOMES.names
    found: list[dict[str, object]] = batch.to_pylist()
    return found


def expected(loaded: LoadedModel, rows: Sequence[Row]) -> list[dict[str, object]]:
    found: list[dict[str, object]] = as_batch([judged(row, loaded) for row in rows]).to_pylist()
    return found


@st.composite
def answer_rows(draw: st.DrawFn) -> list[Row]:
    """Draw some answer sets, a few with cells that are no options."""
    rows = [dict(each) for each in draw(st.lists(any_set(), min_size=1, max_size=3))]
    for row in rows:
        for item in draw(st.sets(st.sampled_from(tuple(OPTIONS)), max_size=3)):
            row[item] = draw(st.sampled_from(DIRTY))
    return [{item: row.get(item, "") for item in OPTIONS} for row in rows]


@MODELS
@given(rows=answer_rows(), coded=st.booleans())
@settings(max_examples=15)
def test_rows_of_answers_come_out_as_one_by_one(name: str, rows: list[Row], coded: bool) -> None:
    loaded = model_of(name)
    assert scored(loaded, Listed(tuple(OPTIONS), rows, coded)) == expected(loaded, rows)


def random_rows(count: int, ids: Sequence[str], chance: random.Random) -> list[Row]:
    """Return rows of which some have nearly all answers, some hardly any."""
    rows: list[Row] = []
    for _ in range(count):
        known = chance.choice((0.0, 0.1, 0.5, 0.8, 1.0))
        rows.append(
            {item: chance.choice(OPTIONS[item]) if chance.random() < known else "" for item in ids}
        )
    return rows


@MODELS
@pytest.mark.parametrize("step", [1, 3, 11])
def test_a_list_may_ask_only_some_of_the_questions(name: str, step: int) -> None:
    loaded = model_of(name)
    ids = tuple(OPTIONS)[::step]
    rows = random_rows(300, ids, random.Random(step))
    assert scored(loaded, Listed(ids, rows)) == expected(loaded, rows)


VALUES = ("0", "0.5", "0.7", "0.8", "1", "2", "3", "3.0", "-1", "1e3")
"""Many of them lie where weights are given."""


@MODELS
@pytest.mark.parametrize("answers", [(), PERSONA_IDS])
def test_rows_of_signals_come_out_as_websites_without_words(
    name: str, answers: tuple[str, ...]
) -> None:
    loaded = model_of(name)
    chance = random.Random(7)
    rows: list[Row] = []
    for row in random_rows(150, answers, chance):
        known = chance.choice((0.0, 0.1, 0.5, 1.0))
        signals = {
            signal: chance.choice((*VALUES, repr(4 * chance.random())))
            if chance.random() < known
            else ""
            for signal in SIGNALS
        }
        rows.append({**row, **signals})
    found = scored(loaded, Listed((*answers, *SIGNALS), rows))
    assert found == expected(loaded, rows)
    labels = {row["persona_label"] for row in found}
    assert len(labels) > 1 or (not answers and loaded.model.site is not None)


@given(data=st.data())
def test_any_weights_come_out_as_one_by_one(data: st.DataObject) -> None:
    items = ("P01", "P02", "P05", "P15")
    model = data.draw(small_models(shipped_model().model, items))
    loaded = msgspec.structs.replace(shipped_model(), model=model)
    ids = (*items, "P09")  # to which the model gives no weight
    option = {item: st.sampled_from(("", *OPTIONS[item])) for item in ids}
    rows = data.draw(st.lists(st.fixed_dictionaries(option), min_size=1, max_size=10))
    assert scored(loaded, Listed(ids, rows)) == expected(loaded, rows)


def test_two_personas_exactly_level_rank_as_they_are_named() -> None:
    level = {"a": (0.3, 0.3, 0.1), "b": (0.1, 0.3, 0.3), "c": (0.2, 0.2, 0.2), "d": (0.3, 0.1, 0.3)}
    model = msgspec.structs.replace(
        shipped_model().model,
        intercept=(0.0, 0.0, 0.0),
        thresholds=msgspec.structs.replace(shipped_model().model.thresholds, min_answers=1),
        answers={"P01": level, "P02": level},
    )
    loaded = msgspec.structs.replace(shipped_model(), model=model)
    rows = [{"P01": one, "P02": other} for one in "abcd" for other in "abcd"]
    assert scored(loaded, Listed(("P01", "P02"), rows)) == expected(loaded, rows)


@given(answers=full(), data=st.data())
@settings(max_examples=10)
def test_execution_answers_never_move_the_verdict(answers: Row, data: st.DataObject) -> None:
    other = dict(answers) | {
        item: data.draw(st.sampled_from(("", *OPTIONS[item]))) for item in EXECUTION_IDS
    }
    one, two = scored(shipped_model(), Listed(tuple(OPTIONS), [answers, other]))
    assert {**one, "persona_first_play": ""} == {**two, "persona_first_play": ""}


@given(rows=answer_rows(), size=st.integers(min_value=1, max_value=2))
@settings(max_examples=10)
def test_chunks_of_any_size_give_the_same_rows(rows: list[Row], size: int) -> None:
    listed = Listed(tuple(OPTIONS), rows)
    scorer = BatchScorer(shipped_model(), listed.columns)
    pieces = [scorer.score(chunk).to_pylist() for chunk in listed.chunks(size)]
    assert [row for piece in pieces for row in piece] == scored(shipped_model(), listed)


def test_no_rows_are_no_trouble() -> None:
    assert scored(shipped_model(), Listed(tuple(OPTIONS), [])) == []


def test_a_cell_that_is_no_answer_is_named_and_the_row_still_judged() -> None:
    rows = [dict.fromkeys(PERSONA_IDS, "a") | {"P03": "yes", "P09": "q"}, {}]
    one, none = scored(shipped_model(), Listed(PERSONA_IDS, rows))
    assert one["persona_label"] == "sales_driven"
    assert one["persona_error"] == (
        "P03: 'yes' is none of its options (a to e); P09: 'q' is none of its options (a to d)"
    )
    assert (none["persona_status"], none["persona_reason"]) == ("undecided", "thin")
    assert none["persona_error"] == ""
