"""Companies as numbers: answers one-hot, signals at their knots, counts of words, soft labels."""

import math

import numpy as np
import pytest

from persona.training.companies import Company
from persona.training.encode import Column, everyone, share_of
from persona.vocabulary import PERSONAS
from tests.unit.training import laboratory


def test_answers_are_one_hot_and_what_is_not_answered_is_missing() -> None:
    answers = {"P01": "b", "P03": "a"}
    data = laboratory.encoded([Company(company="a.example", informants={"": answers})])
    known = {
        (column.of, column.at): float(value)
        for column, value in zip(data.answer_columns, data.answers[0], strict=True)
        if not math.isnan(value)
    }
    asked = [option.id for item in ("P01", "P03")
             for option in laboratory.questionnaire().by_id[item].options]  # fmt: skip
    assert len(known) == len(asked)
    assert {at for at, value in known.items() if value} == {("P01", "b"), ("P03", "a")}


def test_every_informant_has_a_row_in_alphabetical_order() -> None:
    answers = laboratory.answers_like(PERSONAS[0])
    made = [
        Company(company="a.example"),
        Company(company="b.example", informants={"zoe": answers, "amy": {"P01": "a"}}),
        Company(company="c.example", informants={"who answered on execution alone": {"E01": "a"}}),
    ]
    data = laboratory.encoded(made)
    assert data.informants == ("amy", "zoe")
    assert data.row_company.tolist() == [1, 1]
    assert data.known_items.tolist() == [1, 28]
    assert not np.isnan(data.answers[1]).any()


def test_columns_of_answers_carry_the_log_likelihood_ratios_of_their_option() -> None:
    data = laboratory.encoded()
    place = data.answer_columns.index(Column("P05", "c"))
    option = laboratory.questionnaire().by_id["P05"].option("c")
    assert option is not None
    assert option.p is not None
    logs = np.log(option.p)
    np.testing.assert_allclose(data.answer_prior[place], logs - logs.mean(), atol=1e-6)


def test_items_begin_where_their_first_option_stands() -> None:
    data = laboratory.encoded()
    starts = data.item_starts
    assert len(starts) == 28
    assert [data.answer_columns[start].at for start in starts] == ["a"] * 28


def test_no_control_becomes_a_signal_and_every_signal_with_a_lean_has_a_column() -> None:
    data = laboratory.encoded()
    leaning = {entry.id for entry in laboratory.catalogue().signals if any(entry.directions)}
    assert {column.of for column in data.signal_columns} == leaning


@pytest.mark.parametrize(
    ("value", "code", "share"),
    [(-1.0, False, 0.0), (0.0, False, 0.0), (1.0, False, 0.25), (4.0, False, 1.0),
     (9.0, False, 1.0), (4.0, True, 1.0), (3.0, True, 0.0), (9.0, True, 0.0)],
)  # fmt: skip
def test_signals_are_winsorised_and_codes_are_exact(value: float, code: bool, share: float) -> None:
    assert share_of(value, Column("W01", 4.0), code) == share


def test_a_signal_that_found_nothing_is_nought_and_one_not_known_is_missing() -> None:
    data = laboratory.encoded([Company(company="a.example", signals={"W01": 0.0})])
    named = {column.of: value for column, value in zip(data.signal_columns, data.signals[0],
                                                       strict=True)}  # fmt: skip
    assert named.pop("W01") == 0
    assert all(math.isnan(value) for value in named.values())


def test_words_are_counted_part_by_part() -> None:
    wordings = (
        laboratory.wording({"quote": 3, "home": 1}, links={"about": 2}),
        laboratory.wording({"home": 1}),
    )
    made = [Company(company=f"{place}.example", wording=each)
            for place, each in enumerate(wordings)]  # fmt: skip
    counts = laboratory.encoded([*made, Company(company="2.example")]).counts
    assert (counts["text"].words, counts["links"].words) == (("home", "quote"), ("about",))
    assert counts["labels"].words == ()
    assert counts["text"].matrix.toarray().tolist() == [[1, 3], [1, 0], [0, 0]]
    damped = counts["text"].damped[:, counts["text"].places(["quote", "unheard", "home"])]
    expected = [[1 + math.log(3), 0.0, 1.0], [0.0, 0.0, 1.0], [0.0, 0.0, 0.0]]
    np.testing.assert_allclose(damped.toarray(), expected)


def test_a_word_counted_nought_times_is_not_used() -> None:
    made = [Company(company="a.example", wording=laboratory.wording({"home": 0, "quote": 1}))]
    counts = laboratory.encoded(made).counts["text"]
    assert counts.used.toarray().tolist() == [[0, 1]]
    np.testing.assert_allclose(counts.damped.toarray(), [[0, 1, 0]])


def test_labels_points_and_weights() -> None:
    points = (0.5, 0.3, 0.2)
    data = laboratory.encoded(
        [
            Company(company="a.example", label=PERSONAS[2]),
            Company(company="b.example", label=PERSONAS[0], points=points, weight=0.1),
            Company(company="c.example", label="undecided", points=points),
            Company(company="d.example"),
        ]
    )
    assert data.labels.tolist() == [2, 0, -1, -1]
    assert data.points.tolist() == [[0, 0, 1], [*points], [*points], [0, 0, 0]]
    assert data.weights.tolist() == [1, 0.1, 1, 1]
    assert data.judged.tolist() == [True, False, False, False]
    assert everyone(data).tolist() == [True] * 4


def test_a_website_is_there_when_anything_is_known_of_it() -> None:
    data = laboratory.encoded(
        [
            Company(company="a.example", signals={"W01": 0.0}),
            Company(company="b.example", wording=laboratory.wording({})),
            Company(company="c.example", controls={"k_industry": "mills"}),
        ]
    )
    assert data.has_website.tolist() == [True, True, False]
