"""Every recorded answer set scored as one table, and judged row by row."""

import csv
from pathlib import Path

import pytest

from persona.pipe import shipped_model
from persona.prospects.batch import BatchScorer
from persona.prospects.outcome import as_batch
from tests.strategies import OPTIONS
from tests.unit.prospects.batch.lists import Listed, judged

ANSWERS = Path(__file__).parents[3] / "shared" / "data" / "answers.csv"

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not ANSWERS.exists(), reason="the labelled companies are not here"),
]


def test_recorded_answers_come_out_of_a_table_as_one_by_one() -> None:
    with ANSWERS.open(encoding="utf-8", newline="") as file:
        recorded = list(csv.DictReader(file))
    items = [item for item in OPTIONS if item.lower() in recorded[0]]
    rows = [{item: row[item.lower()] for item in items} for row in recorded]
    listed = Listed(items, rows)
    scored = BatchScorer(shipped_model(), listed.columns).score(listed.whole())
    one_by_one = as_batch([judged(row, shipped_model()) for row in rows])
    assert scored.to_pylist() == one_by_one.to_pylist()
