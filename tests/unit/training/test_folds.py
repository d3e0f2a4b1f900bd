"""Folds: every company in one, alike in what they hold, and no row order or other label counts."""

import random
from collections import Counter

import numpy as np
from msgspec.structs import replace

from persona.training.companies import Company
from persona.training.encode import everyone
from persona.training.folds import company_folds
from tests.unit.training import laboratory


def test_every_company_is_in_one_fold_with_all_its_rows() -> None:
    data = laboratory.encoded()
    folds = company_folds(data, everyone(data), 5, 0)
    np.testing.assert_array_equal(sum(fold.astype(int) for fold in folds), 1)
    rows = [set(data.row_company[fold[data.row_company]].tolist()) for fold in folds]
    assert sum(map(len, rows)) == len(set(data.row_company.tolist()))


def test_only_the_companies_given_are_dealt_out() -> None:
    data = laboratory.encoded()
    within = np.arange(len(data.companies)) % 3 > 0
    np.testing.assert_array_equal(np.any(company_folds(data, within, 4, 0), axis=0), within)


def test_folds_are_alike_in_labels_and_in_size() -> None:
    data = laboratory.encoded(laboratory.companies(20))
    folds = company_folds(data, everyone(data), 5, 1)
    assert {int(fold.sum()) for fold in folds} == {12}
    for label in range(3):
        counts = [int((data.labels[fold] == label).sum()) for fold in folds]
        assert max(counts) - min(counts) <= 1


def test_neither_order_nor_spelling_of_companies_matters_and_the_seed_does() -> None:
    made = laboratory.companies(10)
    shuffled = random.Random(1).sample(made, len(made))
    shouted = [replace(one, company=one.company.upper()) if number % 2 else one
               for number, one in enumerate(made)]  # fmt: skip

    def names(order: list[Company], seed: int) -> list[set[str]]:
        data = laboratory.encoded(order)
        folds = company_folds(data, everyone(data), 5, seed)
        return [{one.company.lower() for one, kept in zip(order, fold, strict=True) if kept}
                for fold in folds]  # fmt: skip

    assert names(made, 0) == names(shuffled, 0) == names(shouted, 0)
    assert names(made, 0) != names(made, 1)


def test_labels_of_companies_outside_change_nothing() -> None:
    made = laboratory.companies(10)
    within = np.arange(len(made)) >= 10
    before = company_folds(laboratory.encoded(made), within, 3, 0)
    after = company_folds(laboratory.encoded(laboratory.relabelled(made, range(10))), within, 3, 0)
    np.testing.assert_array_equal(before, after)


def test_more_folds_than_companies_leave_some_empty() -> None:
    data = laboratory.encoded(laboratory.companies(1))
    counts = Counter(int(fold.sum()) for fold in company_folds(data, everyone(data), 5, 0))
    assert counts == {1: 3, 0: 2}
