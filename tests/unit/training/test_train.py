"""Training as a function: what it returns, what it says, and in which order it writes."""

from pathlib import Path

import pytest

from persona.errors import OutputError, TableError, UsageError
from persona.files import write_atomically
from persona.model.artefact import load_model
from persona.pipe import assess
from persona.training import train as training
from persona.training.fit import NothingToFit
from persona.training.train import fit_model, train
from persona.vocabulary import PERSONAS
from tests.unit.training import laboratory
from tests.unit.training.companies import made_up, write_table


@pytest.fixture
def table(tmp_path: Path) -> Path:
    rows = made_up(laboratory.questionnaire(), each=5)
    return write_table(tmp_path / "made.csv", rows)


def test_a_fit_for_studies_is_a_model_without_figures() -> None:
    model = fit_model(laboratory.companies(), laboratory.QUICK)
    assert model.site is not None
    assert (model.metrics, model.card) == ({}, {})
    assert model.training.rows == 24
    with pytest.raises(NothingToFit):
        fit_model(laboratory.companies()[:2])


def test_the_report_says_what_was_fitted_and_how_to_do_it_again(
    table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(table.parent)
    said: list[str] = []
    report = train(["made.csv"], "mine.json", created="2026-11-22", repeats=1, jobs=1,
                   say=said.append)  # fmt: skip
    assert report.commands == (
        "persona train made.csv --created 2026-11-22 --repeats 1 -o mine.json",
    )
    assert report.data.companies == 15
    assert list(report.views) == ["answers"]
    assert report.chosen["shrinkage of answers"] > 0
    assert len(report.moved) == 28
    assert "fewer than 10 companies of a persona" in said[0]
    assert said[-1].startswith("cross-validation, 5 folds dealt out once")
    loaded, kappa = load_model(Path("mine.json")), report.views["answers"].kappa
    assert kappa is not None
    assert loaded.model.metrics["answers.kappa"] == pytest.approx(kappa.value, abs=1e-4)
    for persona in PERSONAS:
        assert assess(laboratory.answers_like(persona), model=loaded).leader == persona


def test_the_model_is_written_last_and_not_at_all_if_its_card_cannot_be(
    table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target, order = table.with_name("mine.json"), []
    target.write_text("old")

    def full(path: Path, content: bytes) -> None:
        order.append(path.name)
        if path.suffix == ".svg":
            raise OutputError(f"{path}: cannot be written (no space left on device)")
        write_atomically(path, content)

    monkeypatch.setattr(training, "write_atomically", full)
    with pytest.raises(OutputError, match="no space left"):
        train([table], target, repeats=1, jobs=1)
    assert target.read_text() == "old"
    assert "mine.json" not in order


def test_a_view_with_too_few_companies_is_trained_on_and_not_judged(tmp_path: Path) -> None:
    rows = made_up(laboratory.questionnaire(), each=5)
    for row in rows[:1] + rows[5:7] + rows[10:12]:
        row["words_text"] = "home:1 quote:2"
    table = write_table(tmp_path / "made.csv", rows)
    report = train([table], tmp_path / "mine.json", repeats=1, jobs=1)
    assert list(report.views) == ["answers"]
    assert {one.view for one in report.bakeoff} == {"answers"}


def test_sources_too_small_to_leave_out_are_not_left_out(tmp_path: Path) -> None:
    rows = made_up(laboratory.questionnaire(), each=5)
    for number, row in enumerate(rows):
        row |= {"source": "AB"[number % 2], "k_industry": row["label"]}
    table = write_table(tmp_path / "made.csv", rows)
    assert train([table], tmp_path / "mine.json", repeats=1, jobs=1).left_out == ()


@pytest.mark.parametrize(
    ("target", "created", "error"),
    [("mine.txt", "undated", UsageError), ("no/mine.json", "undated", OutputError),
     ("made.csv", "undated", UsageError), ("mine.json", "yesterday", UsageError)],
)  # fmt: skip
def test_what_cannot_be_written_is_told_before_anything_is_read(
    tmp_path: Path, target: str, created: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        train([tmp_path / "nowhere.csv"], tmp_path / target, created=created)
    with pytest.raises(TableError, match=r"nowhere\.csv: no such file"):
        train([tmp_path / "nowhere.csv"], tmp_path / "mine.json")
