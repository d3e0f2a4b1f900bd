"""Learning curves: fair to both ways, repeatable, and read off as stated."""

import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace as with_settings
from pathlib import Path

import numpy as np
import pytest

from persona.observations import Wording
from persona.training import learning
from persona.training.companies import Company
from persona.training.learning import (
    WAYS,
    LearningStudy,
    as_markdown,
    learning_curves,
)
from persona.training.settings import Settings
from persona.vocabulary import PERSONAS
from tests.unit.training.companies import write_table

SETTINGS = with_settings(Settings(), fewest=2)
TOPICS = ("price deal stock cart quote", "event webinar brochure booth launch",
          "study method buyer research letter")  # fmt: skip


def labelled(each: int, noise: float = 0.2) -> list[Company]:
    """Return companies of every persona whose words and answers mostly fit their label."""
    chance = np.random.default_rng(5)
    found = []
    for number in range(3 * each):
        persona = number % 3
        seen = persona if chance.random() > noise else int(chance.integers(3))
        counts = zip(TOPICS[seen].split(), chance.integers(0, 4, 5).tolist(), strict=True)
        words = {word: count for word, count in counts if count}
        answers = {"P15": "abc"[seen], "P16": "abc"[seen], "P20": "abc"[seen]}
        sales, passive, dynamic = (0.8 if place == persona else 0.1 for place in range(3))
        found.append(
            Company(
                company=f"{number:03}.example",
                informants={"chief": answers},
                wording=Wording(links=words, labels={}, text=words),
                points=(sales, passive, dynamic),
                label=PERSONAS[persona] if number % 7 else "undecided",
            )
        )
    return found


def study(companies: Sequence[Company], **options: object) -> LearningStudy:
    options = {"sizes": (12, 20, 30), "repeats": 4, **options}
    return learning_curves(companies, SETTINGS, **options)  # type: ignore[arg-type]


def test_both_ways_start_alike_and_learn() -> None:
    found = study(labelled(30))
    random, suggest = found.kappa
    assert (random.name, suggest.name) == WAYS
    assert random.points[0] == suggest.points[0]
    assert found.ahead.points[0].value == 0
    for curve in found.kappa:
        assert [point.labels for point in curve.points] == [12, 20, 30]
        assert curve.points[-1].value > 0.3
        assert all(point.low <= point.value <= point.high for point in curve.points)
    for curve in found.log_loss:
        assert curve.points[-1].value < np.log(3)
    for one, other, ahead in zip(random.points, suggest.points, found.ahead.points, strict=True):
        assert ahead.value == pytest.approx(other.value - one.value)


def test_all_labels_make_both_ways_the_same_model() -> None:
    companies = labelled(20)
    apart = round(0.25 * sum(one.is_judged for one in companies))
    whole = len(companies) - apart
    found = study(companies, sizes=(12, whole))
    assert found.ahead.points[-1].value == pytest.approx(0, abs=1e-9)


def test_the_same_companies_give_the_same_study_in_any_order_and_by_any_number_of_jobs() -> None:
    companies = labelled(14)
    once = study(companies, sizes=(12, 16), repeats=2)
    assert study(companies[::-1], sizes=(12, 16), repeats=2) == once
    assert study(companies, sizes=(12, 16), repeats=2, jobs=2) == once


def test_answers_are_learned_from_too() -> None:
    found = study(labelled(20), side="answers", sizes=(12, 24))
    assert found.side == "answers"
    assert found.kappa[0].points[-1].value > 0.3


def test_sizes_that_the_data_do_not_reach_are_left_out_and_too_few_labels_are_told() -> None:
    assert [point.labels for point in study(labelled(12)).kappa[0].points] == [12, 20]
    with pytest.raises(ValueError, match="12 labelled companies have a website: too few"):
        study(labelled(4))
    with pytest.raises(ValueError, match="0 labelled companies have answers"):
        study([], side="answers")


def test_a_first_batch_of_one_persona_knows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(learning, "_FITS", {"website": lambda *_: None})
    found = study(labelled(20))
    assert {point.value for curve in found.kappa for point in curve.points} == {0}
    assert {round(point.value, 6) for curve in found.log_loss for point in curve.points} == {
        round(float(np.log(3)), 6)
    }


def test_what_random_choice_needs_is_read_off_its_rising_curve() -> None:
    random, suggest = [0.1, 0.3, 0.2, 0.5], [0.1, 0.4, 0.45, 0.6]
    kappas = np.array([[random, suggest]])
    sizes = (10, 20, 30, 40)
    needed = [float(learning._needed(kappas, sizes, index)[0]) for index in range(4)]
    assert needed == pytest.approx([10, 35, 37.5, 40])


def test_the_table_shows_every_size_and_what_is_saved() -> None:
    """On two splits, random choice has kappas .1 .3 .5 and suggest .1 .4 .6."""
    kappas = [[0.1, 0.3, 0.5], [0.1, 0.4, 0.6]]
    figures = np.stack([kappas, np.full((2, 3), 0.7)], axis=-1)
    found = learning._study(np.stack([figures, figures]), "website", (10, 20, 30), 9)
    rows = [line for line in as_markdown(found).splitlines() if line.startswith("|")]
    assert rows[2:] == [
        "| 10 | 0.100 (0.100 to 0.100) | 0.100 (0.100 to 0.100) | +0.000 (+0.000 to +0.000) | "
        "0.700 | 0.700 | |",
        "| 20 | 0.300 (0.300 to 0.300) | 0.400 (0.400 to 0.400) | +0.100 (+0.100 to +0.100) | "
        "0.700 | 0.700 | 25 (25 to 25) |",
        "| 30 | 0.500 (0.500 to 0.500) | 0.600 (0.600 to 0.600) | +0.100 (+0.100 to +0.100) | "
        "0.700 | 0.700 | 30 or more (30 or more to 30 or more) |",
    ]


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "persona.training.learning", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


def test_too_few_labels_are_one_clear_line(tmp_path: Path) -> None:
    rows = [{"company": f"{name}{number}", "label": name, "p15": "a"}
            for name in PERSONAS for number in range(4)]  # fmt: skip
    done = run(write_table(tmp_path / "table.csv", rows), "--side", "answers")
    assert (done.returncode, done.stdout) == (2, "")
    assert "12 labelled companies have answers: too few" in done.stderr
    assert done.stderr.count("\n") == 1
