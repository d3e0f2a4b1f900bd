"""The committed tables are what the captures, labels and answers give, byte for byte."""

from pathlib import Path

import pytest

from persona.pipe import shipped_questionnaire
from persona.training.collect import COMPANIES, WORDS, Inputs, collect
from persona.training.rows import answer_rows, decided
from persona.training.tables import read_companies, require_trainable

TOP = Path(__file__).parents[2]
SHARED = TOP.parent / "shared" / "data"
LABELLED = TOP / "data" / "labelled"

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not SHARED.exists(), reason="the captures are not here"),
]


def test_rebuilding_the_tables_gives_the_same_bytes() -> None:
    inputs = Inputs(
        labels=[SHARED / "labels.csv"],
        answers=[SHARED / "answers.csv"],
        captures=[SHARED / "pages.jsonl.gz"],
        weak=[SHARED / "labels_articles.csv"],
        weak_captures=[SHARED / "pages_articles.jsonl.gz"],
    )
    for name, content in zip((COMPANIES, WORDS), collect(inputs), strict=True):
        assert content == (LABELLED / name).read_bytes(), name


def test_the_tables_hold_the_companies_that_the_data_card_counts() -> None:
    dataset = read_companies([LABELLED / COMPANIES, LABELLED / WORDS], shipped_questionnaire())
    require_trainable(dataset)
    judged = decided(dataset.companies)
    assert (len(dataset.companies), len(judged)) == (921, 517)
    assert sum(one.has_website for one in judged) == 390  # of the 391 with pages one has no words
    assert len(answer_rows(judged)) == 514
