"""The questions to talk about: those that ship are sound, and faults are named."""

from pathlib import Path
from typing import Any

import pytest
import rtoml

from persona.errors import TalkingPointsError
from persona.reports.comparison.talking import (
    TALKING_POINTS_FILE,
    load_talking_points,
    shipped_talking_points,
)
from persona.vocabulary import DIMENSIONS
from tests.conftest import complaint


def test_the_shipped_questions_are_complete() -> None:
    points = shipped_talking_points()

    assert list(points.dimension) == list(DIMENSIONS)
    assert len(points.execution) == 12


def test_every_pair_of_levels_has_its_question() -> None:
    between = shipped_talking_points().dimension["FUNCTION"]

    assert between.question(1, 2) == between.sales_passive
    assert between.question(2, 3) == between.passive_dynamic
    assert between.question(1, 3) == between.sales_dynamic


def test_no_question_takes_a_side() -> None:
    loaded = ("better", "best", "should", "wrong", "right", "fail", "still not", "why not", "only")
    text = TALKING_POINTS_FILE.read_text().partition("version = 1")[2].lower()

    assert not [word for word in loaded if f" {word} " in text]


def spoilt(document: dict[str, Any], table: str, key: str, value: str | None) -> None:
    place = document["execution"] if table == "execution" else document["dimension"][table]
    if value is None:
        del place[key]
    else:
        place[key] = value


@pytest.mark.parametrize(
    ("table", "key", "value", "words"),
    [
        ("HORIZON", "sales_passive", None, "sales_passive"),
        ("HORIZON", "sales_passive", "", "length >= 1"),
        ("HORIZON", "sales_passive", "Do you plan ahead?", "must begin with a question word"),
        ("HORIZON", "sales_passive", "What now.", "ends with a question mark"),
        ("HORIZON", "sales_passive", "What\nnow?", "one line"),
        ("HORIZON", "sales_passive", "What " + "now " * 40 + "?", "at most 40"),
        ("HORIZON", "sales_passive", "What would a dynamic marketer do?", "takes a side"),
        ("HORIZON", "what", "What now?", "what"),
        ("execution", "E12", None, "execution.E12 is missing"),
        ("execution", "E13", "What now?", "execution.E13 is not one"),
        ("execution", "E01", shipped_talking_points().execution["E02"], "is the same question as"),
    ],
)
def test_faults_are_named(
    table: str, key: str, value: str | None, words: str, tmp_path: Path
) -> None:
    document = rtoml.loads(TALKING_POINTS_FILE.read_text())
    spoilt(document, table, key, value)
    file = tmp_path / "talking_points.toml"
    file.write_text(rtoml.dumps(document))

    with pytest.raises(TalkingPointsError) as caught:
        load_talking_points(file)

    assert words in complaint(caught.value, "talking_points.toml")


@pytest.mark.parametrize("content", ["", "version = 2", "version =", "\x00"])
def test_a_file_of_another_kind_is_refused(content: str, tmp_path: Path) -> None:
    file = tmp_path / "talking_points.toml"
    file.write_text(content)

    with pytest.raises(TalkingPointsError) as caught:
        load_talking_points(file)

    complaint(caught.value, "talking_points.toml")
