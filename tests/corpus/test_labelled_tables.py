"""The committed tables are what the captures, labels and answers give, byte for byte.

Every fourth company is made again, all of them with ``PERSONA_EVERY_PAGE=1``: that takes a minute.
"""

import csv
import os
from collections.abc import Iterable
from pathlib import Path

import pytest

from persona.pipe import shipped_questionnaire
from persona.training.collect import COMPANIES, WORDS, Inputs, collect
from persona.training.rows import answer_rows, decided
from persona.training.tables import read_companies, require_trainable

TOP = Path(__file__).parents[2]
SHARED = TOP.parent / "shared" / "data"
LABELLED = TOP / "data" / "labelled"
EVERY = 1 if os.environ.get("PERSONA_EVERY_PAGE") else 4

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not SHARED.exists(), reason="the captures are not here"),
]


def chosen() -> set[str]:
    """Return the companies that are made again."""
    with (LABELLED / COMPANIES).open(newline="", encoding="utf-8") as file:
        return {row["company"] for row in list(csv.DictReader(file))[::EVERY]}


def only(companies: set[str], name: str, folder: Path) -> Path:
    """Write the rows of these companies out of a shared table into a table of their own."""
    with (SHARED / name).open(newline="", encoding="utf-8") as file:
        heading, *rows = csv.reader(file)
    with (folder / name).open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([heading, *(row for row in rows if row[0] in companies)])
    return folder / name


def words(table: bytes) -> dict[str, dict[str, set[str]]]:
    """Return the words with their counts, by company and part of its website."""
    rows = csv.DictReader(table.decode().splitlines())
    return {
        row.pop("company"): {part: set(cell.split()) for part, cell in row.items()} for row in rows
    }


def missing(made: Iterable[bytes], table: Iterable[bytes]) -> set[bytes]:
    return set(made) - set(table)


def test_rebuilding_the_tables_gives_the_same_bytes(tmp_path: Path) -> None:
    companies = chosen()
    inputs = Inputs(
        labels=[only(companies, "labels.csv", tmp_path)],
        answers=[only(companies, "answers.csv", tmp_path)],
        captures=[SHARED / "pages.jsonl.gz"],
        weak=[only(companies, "labels_articles.csv", tmp_path)],
        weak_captures=[SHARED / "pages_articles.jsonl.gz"],
    )
    made = dict(zip((COMPANIES, WORDS), collect(inputs), strict=True))
    committed = {name: (LABELLED / name).read_bytes() for name in made}
    if EVERY == 1:
        assert made == committed
    rows = made[COMPANIES].splitlines()
    assert len(rows) == 1 + len(companies) > 200
    assert missing(rows, committed[COMPANIES].splitlines()) == set()
    found, known = words(made[WORDS]), words(committed[WORDS])
    assert len(found) > 100
    for company, parts in found.items():
        for part, counted in parts.items():
            assert counted <= known[company][part], (company, part)


def test_the_tables_hold_the_companies_that_the_data_card_counts() -> None:
    dataset = read_companies([LABELLED / COMPANIES, LABELLED / WORDS], shipped_questionnaire())
    require_trainable(dataset)
    judged = decided(dataset.companies)
    assert (len(dataset.companies), len(judged)) == (921, 517)
    assert sum(one.has_website for one in judged) == 390  # of the 391 with pages one has no words
    assert len(answer_rows(judged)) == 514
