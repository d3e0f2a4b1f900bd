"""The gate: a worse model does not pass, and no floor goes down unless that is asked for."""

import json
import math
import random
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from persona.model.artefact import PRIOR_MODEL, Model, save_model
from persona.pipe import shipped_questionnaire
from persona.questionnaire.items import Questionnaire
from persona.training.floors import Floors, lowered, misses, pinned, raised
from persona.training.gate import figures, gate
from persona.training.headlines import LESS_IS_BETTER, MORE_IS_BETTER, headlines, less_is_better
from persona.training.measures import Predictions, measure
from persona.training.tables import read_companies
from tests.spoilt import negated
from tests.unit.training.companies import made_up, write_table

GOOD = "good.json"


@pytest.fixture
def folder(tmp_path: Path, questionnaire: Questionnaire, model: Model) -> Path:
    """Return a folder with tables, and a model that records figures of its own."""
    (tmp_path / "labelled").mkdir()
    write_table(tmp_path / "labelled" / "companies.csv", made_up(questionnaire))
    save(tmp_path, GOOD, model, kappa=0.6)
    return tmp_path


def save(folder: Path, name: str, model: Model, **metrics: float) -> None:
    """Save a model as one that was trained on the tables in the folder."""
    tables = [folder / "labelled" / "companies.csv"]
    sha256 = read_companies(tables, shipped_questionnaire()).sha256
    recorded = {f"answers.{figure}": value for figure, value in metrics.items()}
    training = replace(model.training, rows=36, data_sha256=sha256)
    save_model(replace(model, training=training, metrics=recorded), folder / name)


def run(folder: Path, *arguments: str, model: str = GOOD) -> Result:
    files = ["--model", str(folder / model), "--tables", str(folder / "labelled"),
             "--floors", str(folder / "floors.json")]  # fmt: skip
    return CliRunner().invoke(gate, [*arguments, *files])


def pin(folder: Path, *arguments: str, model: str = GOOD) -> Result:
    return run(folder, "--pin", *arguments, model=model)


def floors(folder: Path) -> dict[str, float]:
    document = json.loads((folder / "floors.json").read_text())
    return {**document["floors"], **document["ceilings"]}


def test_the_model_that_floors_were_pinned_on_passes(folder: Path) -> None:
    assert pin(folder).exit_code == 0
    done = run(folder)
    assert (done.exit_code, done.stderr) == (0, "")
    assert floors(folder)["recorded.answers.kappa"] == 0.59
    assert set(floors(folder)) == set(figures(folder / GOOD, folder / "labelled"))


def shuffled(model: Model) -> Model:
    chance = random.Random(0)
    answers = {}
    for item, row in model.answers.items():
        weights = list(row.values())
        chance.shuffle(weights)
        answers[item] = dict(zip(row, weights, strict=True))
    return replace(model, answers=answers)


@pytest.mark.parametrize("spoil", [shuffled, negated])
def test_a_worse_model_fails_with_one_line_a_figure(
    spoil: Callable[[Model], Model], folder: Path, model: Model
) -> None:
    pin(folder)
    save(folder, "worse.json", spoil(model), kappa=0.6)

    done = run(folder, model="worse.json")

    assert done.exit_code == 1
    lines = done.stderr.splitlines()
    assert all(line.startswith("gate: ") for line in lines)
    told = {line.split()[1].rstrip(":"): line for line in lines}
    assert "is below its floor of" in told["tables.answers.kappa"]
    assert "is above its ceiling of" in told["tables.answers.log_loss"]
    assert "recorded.answers.kappa" not in told


def test_without_floors_nothing_passes(folder: Path) -> None:
    done = run(folder)
    assert (done.exit_code, done.stderr) == (2, "gate: there are no floors; pin them with --pin\n")


def test_worse_recorded_figures_fail(folder: Path, model: Model) -> None:
    pin(folder)
    save(folder, "worse.json", model, kappa=0.5)
    done = run(folder, model="worse.json")
    assert done.exit_code == 1
    assert done.stderr == "gate: recorded.answers.kappa: 0.5000 is below its floor of 0.590\n"


def test_a_figure_that_is_gone_fails(folder: Path, model: Model) -> None:
    pin(folder)
    save(folder, "bare.json", model)
    done = run(folder, model="bare.json")
    assert done.exit_code == 1
    assert "recorded.answers.kappa: there is no such figure" in done.stderr


def test_pinning_raises_and_never_lowers(folder: Path, model: Model) -> None:
    pin(folder)
    before = floors(folder)
    save(folder, "better.json", model, kappa=0.8)
    assert pin(folder, model="better.json").exit_code == 0
    assert floors(folder) == {**before, "recorded.answers.kappa": 0.79}

    content = (folder / "floors.json").read_bytes()
    refused = pin(folder)
    assert refused.exit_code == 1
    assert "only --lower" in refused.stderr
    assert (folder / "floors.json").read_bytes() == content

    save(folder, "near.json", model, kappa=0.795)
    assert pin(folder, model="near.json").exit_code == 0
    assert (folder / "floors.json").read_bytes() == content


def test_lowering_takes_the_flag_and_is_told(folder: Path, model: Model) -> None:
    save(folder, "better.json", model, kappa=0.8)
    pin(folder, model="better.json")

    done = pin(folder, "--lower")

    assert done.exit_code == 0
    assert "lowered: recorded.answers.kappa was 0.790, now 0.590" in done.stdout
    assert done.stdout.count("lowered:") == 1
    assert run(folder).exit_code == 0


def test_lowering_by_itself_is_wrong_usage(folder: Path) -> None:
    assert run(folder, "--lower").exit_code == 2
    assert not (folder / "floors.json").exists()


def test_a_model_trained_on_other_tables_does_not_pass(
    folder: Path, questionnaire: Questionnaire
) -> None:
    pin(folder)
    write_table(folder / "labelled" / "companies.csv", made_up(questionnaire, seed=1))
    done = run(folder)
    assert done.exit_code == 2
    assert "trained on other tables" in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("damaged", ["model", "floors", "tables"])
def test_damaged_files_are_one_line(damaged: str, folder: Path) -> None:
    pin(folder)
    if damaged == "model":
        (folder / GOOD).write_bytes((folder / GOOD).read_bytes()[:-9])
    elif damaged == "floors":
        (folder / "floors.json").write_text('{"schema": "persona-floors/1"')
    else:
        (folder / "labelled" / "companies.csv").unlink()
    done = run(folder)
    assert done.exit_code == 2
    assert done.stderr.count("\n") == 1


def test_a_model_fitted_to_nothing_has_no_recorded_figures(folder: Path) -> None:
    found = figures(PRIOR_MODEL, folder / "labelled")
    assert "tables.answers.kappa" in found


NAMES = [f"tables.answers.{figure}" for figure in (*MORE_IS_BETTER, *LESS_IS_BETTER)]
PRESENT = st.dictionaries(st.sampled_from(NAMES), st.floats(0, 2), min_size=1)
NONE = Floors("persona-floors/1", 0.01, {}, {})


@given(present=PRESENT)
def test_what_was_just_pinned_passes_and_stays(present: dict[str, float]) -> None:
    floors = raised(present, NONE, 0.01)
    assert misses(present, floors) == []
    assert raised(present, floors, 0.01) == floors == pinned(present, 0.01)
    assert list(lowered(floors, floors)) == []


@given(before=PRESENT, after=PRESENT)
def test_raising_never_lowers_and_lowering_is_always_told(
    before: dict[str, float], after: dict[str, float]
) -> None:
    floors = pinned(before, 0.01)
    assert list(lowered(floors, raised(after, floors, 0.01))) == []
    told = {fall.name for fall in lowered(floors, pinned(after, 0.01))}
    for name, bound in floors.bounds.items():
        now = pinned(after, 0.01).bounds.get(name)
        worse = now is None or (now > bound if less_is_better(name) else now < bound)
        assert (name in told) == worse


def test_headlines_are_the_same_for_every_view_and_leave_out_what_is_not_defined() -> None:
    even = Predictions(
        companies=("a", "b", "c"),
        truth=np.array([0, 1, 2]),
        points=None,
        probabilities=np.eye(3) * 0.7 + 0.1,
        decided=None,
        weights=np.ones(3),
    )
    assert headlines({}) == {}
    found = headlines({"website": measure(even, resamples=0)})
    assert found == {
        "website.kappa": 1.0,
        "website.certain_half": 1.0,
        "website.log_loss": round(-math.log(0.8), 4),
        "website.calibration_error": 0.2,
    }
