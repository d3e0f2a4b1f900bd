"""What signals were worth: shares, ranks, correlations and words for them."""

import gzip
import json
from pathlib import Path

import numpy as np
import pytest

from persona.signals.catalogue import shipped_catalogue
from persona.training.signal_study import (
    Study,
    Table,
    lines,
    read_labels,
    read_sites,
    reading,
    summary,
)
from tests.integration.loopback import SITES
from tests.integration.worked_cases import CASES, pages_of

LABELS = """company,label,points_sales_driven,points_passive_marketer,points_dynamic_marketer,source
{rows}
"""
LABELS_OF = {"S": "sales_driven", "P": "passive_marketer", "D": "dynamic_marketer"}
POINTS = {"S": "0.8,0.1,0.1", "P": "0.1,0.8,0.1", "D": "0.1,0.1,0.8"}


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Table:
    """Return the worked cases, three times under other names, as a table of labelled captures."""
    folder = tmp_path_factory.mktemp("study")
    rows, pages = [], []
    for case in CASES:
        for copy in ("one", "two", "three"):
            name = f"{case.site}{copy}.example"
            points = POINTS.get(case.label, ",,")
            label = LABELS_OF.get(case.label, "undecided")
            rows.append(f"{name},{label},{points},{copy}")
            for page in pages_of(SITES / case.site):
                url = page.url.replace(f"{case.site}.example", name)
                pages.append({"url": url, "html": page.html, "fetched_at": "2026-11-01"})
    labels, captures = folder / "labels.csv", folder / "pages.jsonl.gz"
    labels.write_text(LABELS.format(rows="\n".join(rows)))
    captures.write_bytes(gzip.compress("\n".join(map(json.dumps, pages)).encode()))
    return Table(read_sites([captures]), read_labels(labels))


def test_companies_without_points_are_left_out_of_the_labels(tmp_path: Path) -> None:
    path = tmp_path / "labels.csv"
    path.write_text(LABELS.format(rows="a.example,x,0.5,0.3,0.2,web\nb.example,undecided,,,,web"))
    labels = read_labels(path)
    assert set(labels) == {"a.example"}
    assert labels["a.example"].points == (0.5, 0.3, 0.2)


def test_a_signal_of_sellers_agrees_with_its_hypothesis(table: Table) -> None:
    index = [entry.id for entry in shipped_catalogue().signals].index("W04")
    study = table.study(index)
    assert study.known == pytest.approx((table.values[:, index] >= 0).mean())
    assert study.agreement is not None
    assert study.agreement > 0.3
    assert study.interval is not None
    assert study.interval[0] < study.agreement < study.interval[1]


def test_the_same_table_gives_the_same_study(table: Table) -> None:
    assert list(lines(table)) == list(lines(table))


def test_every_signal_has_a_line(table: Table) -> None:
    printed = list(lines(table))
    assert len(printed) == 2 + 58
    assert all(line.count("|") == printed[0].count("|") for line in printed)


def test_the_summary_says_how_the_untrained_weights_agree(table: Table) -> None:
    read, gates, agreement = summary(table)
    assert read.startswith(f"{3 * len(CASES)} companies, ")
    assert gates.startswith("Gates: ")
    assert f"on the {len(table.judged)} labelled companies" in agreement
    assert float(agreement.split("kappa ")[1].split()[0]) > 0.5


def test_without_labelled_companies_the_summary_says_nothing_of_agreement() -> None:
    assert len(list(summary(Table([], {})))) == 2


def test_a_signal_that_is_constant_or_seldom_known_is_said_to_be() -> None:
    entry = shipped_catalogue().signals[0]
    assert reading(Study(entry, 0.0, 0.0, None, None, None, 9)) == "never known"
    assert reading(Study(entry, 0.5, 0.0, None, None, None, 9)) == "never found"
    assert reading(Study(entry, 0.01, 0.5, None, None, None, 9)) == "too seldom known"
    assert reading(Study(entry, 1.0, 1.0, 0.3, (0.1, 0.5), 0.2, 9)) == "as hypothesised"
    assert reading(Study(entry, 1.0, 0.1, 0.3, (0.1, 0.5), 0.2, 2)) == "found too seldom"
    assert reading(Study(entry, 1.0, 1.0, -0.3, (-0.5, -0.1), 0.2, 9)) == "against the hypothesis"
    assert reading(Study(entry, 1.0, 1.0, 0.1, (-0.5, 0.7), 0.2, 9)) == "no information"
    assert reading(Study(entry, 1.0, 1.0, 0.3, (0.1, 0.5), -0.2, 9)) == (
        "as hypothesised, but not with like"
    )


def test_values_are_ranked_with_ties_sharing_their_rank() -> None:
    from persona.training.signal_study import _ranks

    assert list(_ranks(np.array([3.0, 1.0, 3.0, 7.0]))) == [2.5, 1.0, 2.5, 4.0]
