"""Agreement figures, against scikit-learn and by hand."""

import numpy as np
import pytest
from sklearn.metrics import cohen_kappa_score

from persona.training.agreement import Interval, Judged, kappa, measure
from persona.vocabulary import PERSONAS, UNDECIDED

S, P, D = PERSONAS


def judged(truth: str, leader: str, company: str, label: str | None = None) -> Judged:
    return Judged(company, truth, leader, leader if label is None else label, 0.5)


def test_kappa_equals_scikit_learn_on_random_tables() -> None:
    generator = np.random.default_rng(7)
    for _ in range(20):
        truth, named = generator.integers(0, 3, size=(2, 40))
        matrix = np.zeros((3, 3))
        np.add.at(matrix, (truth, named), 1)
        assert float(kappa(matrix)) == pytest.approx(cohen_kappa_score(truth, named))


def test_kappa_of_one_class_alone_is_zero() -> None:
    assert float(kappa(np.array([[5.0, 0, 0], [0, 0, 0], [0, 0, 0]]))) == 0


def test_perfect_agreement_has_kappa_one_in_every_resample() -> None:
    rows = [judged(p, p, f"{p}{n}.example") for p in PERSONAS for n in range(10)]
    figures = measure(rows)
    assert figures.kappa == Interval(1.0, 1.0, 1.0)
    assert figures.coverage == 1
    assert {one.f1 for one in figures.classes} == {1.0}


def test_undecided_rows_count_for_the_leader_and_not_for_the_decided() -> None:
    rows = [judged(S, S, "a"), judged(P, P, "b"), judged(D, S, "c", UNDECIDED), judged(D, D, "d")]
    figures = measure(rows)
    assert figures.coverage == 0.75
    assert figures.accuracy == 0.75
    assert figures.accuracy_decided == 1
    assert figures.kappa_decided is not None
    assert figures.kappa_decided.value == 1


def test_precision_and_recall_by_hand() -> None:
    rows = [judged(S, S, "a"), judged(S, P, "b"), judged(P, P, "c"), judged(D, P, "d")]
    sales, passive, dynamic = measure(rows).classes
    assert (sales.precision, sales.recall, sales.rows) == (1, 0.5, 2)
    assert passive.precision == pytest.approx(1 / 3)
    assert passive.recall == 1
    assert (dynamic.precision, dynamic.recall, dynamic.f1) == (0, 0, 0)


def test_rows_of_one_company_are_drawn_together() -> None:
    """Ten informants of one company are no more evidence than one."""
    pattern = [(S, S), (P, P), (D, S), (P, P), (S, D), (D, D)]
    once = [judged(t, n, f"{i}.example") for i, (t, n) in enumerate(pattern)]
    tenfold = [judged(t, n, f"{i}.example") for i, (t, n) in enumerate(pattern) for _ in range(10)]
    assert measure(once).kappa == measure(tenfold).kappa


def test_figures_are_repeatable() -> None:
    rows = [judged(S, S, "a"), judged(P, S, "b"), judged(D, D, "c")]
    assert measure(rows) == measure(list(rows))


def test_with_one_class_on_both_sides_kappa_is_not_defined() -> None:
    figures = measure([judged(S, S, "a"), judged(S, S, "b", UNDECIDED)])
    assert figures.kappa is None
    assert figures.kappa_decided is None
    assert figures.accuracy == 1
