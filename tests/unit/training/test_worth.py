"""What a label is worth: against brute force, and that twins, outliers and the sure come last."""

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from persona.training.arrays import Floats, Whole
from persona.training.landscape import Landscape
from persona.training.worth import NOISE, chance_to_decide, choose, closeness

NONE: Whole = np.zeros(0, dtype=np.int64)


def space_of(places: Floats) -> Landscape:
    return Landscape(csr_matrix(places), places, np.zeros(len(places)))


def scattered(companies: int, seed: int) -> Landscape:
    return space_of(np.random.default_rng(seed).normal(size=(companies, 5)))


def variances(space: Landscape, known: list[int]) -> Floats:
    """Return the variance predicted for every company, by the textbook formula."""
    rows = space.places[known]
    precision = np.eye(space.places.shape[1]) + rows.T @ rows / NOISE
    return np.asarray(((space.places @ np.linalg.inv(precision)) * space.places).sum(axis=1))


def test_each_pick_lowers_the_variance_most_of_all_companies_left() -> None:
    space = scattered(12, seed=3)
    promise = np.linspace(0.3, 0.6, 12)
    pool, labelled = np.arange(9), np.array([9, 10, 11])
    picks = choose(space, promise, pool, labelled, np.ones(3), 5)
    known = labelled.tolist()
    for pick in picks:
        before = variances(space, known).sum()
        worth = {place: promise[place] * (before - variances(space, [*known, place]).sum())
                 for place in pool.tolist() if place not in known}  # fmt: skip
        assert pick.place == max(worth, key=lambda place: worth[place])
        known.append(pick.place)


def test_worth_is_one_on_average_before_any_is_chosen() -> None:
    space = scattered(8, seed=1)
    pool = np.arange(8)
    before = variances(space, []).sum()
    taken = [before - variances(space, [place]).sum() for place in pool.tolist()]
    (first,) = choose(space, np.ones(8), pool, NONE, np.zeros(0), 1)
    assert first.worth == pytest.approx(max(taken) / np.mean(taken))


def test_a_company_like_many_goes_before_one_like_none() -> None:
    space = space_of(np.array([[1.0, 0], [0.9, 0.2], [0.8, 0.3], [0, 1.0]]))
    (first, *_) = choose(space, np.ones(4), np.arange(4), NONE, np.zeros(0), 4)
    assert first.place != 3


def test_where_little_is_promised_a_label_is_worth_little() -> None:
    space = space_of(np.eye(4))
    picks = choose(space, np.array([0.1, 0.6, 0.2, 0.4]), np.arange(4), NONE, np.zeros(0), 4)
    assert [pick.place for pick in picks] == [1, 3, 2, 0]


def test_twins_of_one_chosen_or_labelled_come_last_and_are_worth_nothing() -> None:
    rows = np.array([[1.0, 0, 0], [1.0, 0, 0], [0, 1.0, 0], [0, 1.0, 0.01], [0, 0, 1.0]])
    picks = choose(space_of(rows), np.ones(5), np.arange(4), np.array([4]), np.ones(1), 9)
    assert {picks[0].place, picks[1].place} in ({0, 2}, {0, 3})
    assert [pick.worth > 0 for pick in picks] == [True, True, False, False]
    assert [picks[2].like, picks[3].like] == [picks[2].place ^ 1, picks[3].place ^ 1]
    (labelled, *_) = choose(space_of(rows), np.ones(5), np.array([1]), np.array([0]), np.ones(1), 1)
    assert (labelled.worth, labelled.like) == (0, 0)


def test_a_label_that_does_not_count_settles_nothing() -> None:
    space = space_of(np.array([[1.0, 0.3], [0.3, 1.0], [0.7, 0.7]]))
    pool, known = np.array([0, 1]), np.array([2])
    without = choose(space, np.ones(3), pool, known, np.zeros(1), 2)
    weighed = choose(space, np.ones(3), pool, known, np.ones(1), 2)
    alone = variances(space, [])
    first = without[0].place
    assert without[0].worth >= without[1].worth
    assert alone.sum() - variances(space, [first]).sum() > 0
    assert [pick.worth for pick in without] != [pick.worth for pick in weighed]


def test_companies_without_anything_known_are_worth_nothing_and_tie_in_order() -> None:
    picks = choose(space_of(np.zeros((3, 2))), np.ones(3), np.arange(3), NONE, np.zeros(0), 5)
    assert [(pick.place, pick.worth) for pick in picks] == [(0, 0), (1, 0), (2, 0)]
    assert choose(space_of(np.zeros((0, 2))), np.ones(0), NONE, NONE, np.zeros(0), 5) == []


def test_two_methods_are_close_when_level_and_not_when_one_is_sure() -> None:
    shares = np.array([[1.0, 0, 0], [0.4, 0.3, 0.3], [1.0, 0, 0], [0, 1.0, 0]])
    assert closeness(shares, np.array([0, 1, 2, 2]), 4) == pytest.approx([0, 0.9, 1, 1])


def test_the_chance_of_a_decided_label_is_learned_from_labels() -> None:
    rows = np.array([[1.0, 0]] * 5 + [[0, 1.0]] * 5)
    known = np.array([0, 1, 2, 3, 5, 6, 7, 8])
    chance = chance_to_decide(space_of(rows), known, known < 5)
    assert chance[4] > 0.6
    assert chance[9] < 0.4
    few = chance_to_decide(space_of(rows), known[:5], known[:5] < 5)
    assert set(few) == {1}
