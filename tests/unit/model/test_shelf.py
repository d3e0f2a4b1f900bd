"""The models at hand: what is found, switched, gone back to, and refused."""

import pickle
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

import persona
from persona.choosing import fitting_model
from persona.errors import ModelError, OutputError
from persona.home import HOME_VARIABLE, MODEL_IN_USE, chosen_model_file
from persona.model import shelf as shelves
from persona.model.artefact import PRIOR_MODEL, SHIPPED_MODEL, Model, load_model, save_model
from persona.model.pointer import read_choices
from persona.model.shelf import Shelf
from persona.pipe import current_model
from tests.conftest import complaint

SHIPPED_NAME = SHIPPED_MODEL.stem


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return tmp_path / "state"


@pytest.fixture
def shelf(state: Path) -> Shelf:
    return Shelf(state, fitting_model)


@pytest.fixture
def made(tmp_path: Path, model: Model) -> "Maker":
    return Maker(tmp_path / "elsewhere", model)


class Maker:
    """Writes model files that differ in name and in one number."""

    def __init__(self, folder: Path, model: Model) -> None:
        folder.mkdir()
        self.folder, self.model = folder, model

    def __call__(self, name: str, temperature: float = 2.0) -> Path:
        path = self.folder / f"{name}-{temperature:g}.json"
        save_model(replace(self.model, name=name, temperature=temperature), path)
        return path


def in_use(shelf: Shelf) -> str:
    return shelf.current().model.name


def test_until_something_is_chosen_the_shipped_model_is_in_use(shelf: Shelf, state: Path) -> None:
    assert shelf.current().sha256 == load_model(SHIPPED_MODEL).sha256
    assert shelf.file_in_use() == SHIPPED_MODEL
    assert not state.exists()


def test_a_model_from_elsewhere_is_copied_and_then_in_use(shelf: Shelf, made: Maker) -> None:
    source = made("new")

    switch = shelf.use(source)

    assert switch.changed
    assert switch.before is not None
    assert (switch.before.name, switch.after.name) == (SHIPPED_NAME, "new")
    source.unlink()
    assert in_use(shelf) == "new"
    assert Path(switch.after.file).parent == shelf.installed


def test_going_back_goes_further_each_time_and_ends_at_the_shipped_model(
    shelf: Shelf, made: Maker
) -> None:
    for name in ("one", "two", "three"):
        shelf.use(made(name))

    assert [shelf.rollback().after.name for _ in range(3)] == ["two", "one", SHIPPED_NAME]

    assert not (shelf.state / MODEL_IN_USE).exists()
    with pytest.raises(ModelError, match="nothing to go back to"):
        shelf.rollback()
    assert in_use(shelf) == SHIPPED_NAME


def test_using_what_is_in_use_changes_nothing(shelf: Shelf, made: Maker) -> None:
    shelf.use(made("one"))
    assert not shelf.use(made("one")).changed
    assert len(read_choices(shelf.state)) == 1
    assert not Shelf(shelf.state.parent / "other", fitting_model).use(SHIPPED_MODEL).changed


def test_two_models_of_one_name_stay_apart(shelf: Shelf, made: Maker) -> None:
    first = shelf.use(made("same", 2.0)).after
    second = shelf.use(made("same", 3.0)).after

    assert first.file != second.file
    assert "several models" in complaint(refusal(shelf, "same"), Path(first.file).name)
    assert shelf.find(first.sha256[:10]) == Path(first.file)
    assert shelf.find(Path(second.file).name) == Path(second.file)
    assert shelf.rollback().after == first


def refusal(shelf: Shelf, name: str) -> ModelError:
    with pytest.raises(ModelError) as error:
        shelf.find(name)
    return error.value


def test_a_model_is_found_by_name_file_hash_or_path(shelf: Shelf, made: Maker) -> None:
    source = made("new")
    kept = Path(shelf.use(source).after.file)
    for name in ("new", kept.stem, kept.name, fitting_model(kept).sha256[:6]):
        assert shelf.find(name) == kept
    assert shelf.find(str(source)) == source
    for shipped in (SHIPPED_MODEL, PRIOR_MODEL):
        assert shelf.find(shipped.stem).samefile(shipped)
    complaint(refusal(shelf, "none"), "no model 'none'", "persona models")
    complaint(refusal(shelf, fitting_model(kept).sha256[:5]), "no model")


@pytest.mark.parametrize("damage", ["gone", "cut", "other"])
def test_a_chosen_model_that_is_gone_or_damaged_is_said_and_never_replaced_silently(
    damage: str, shelf: Shelf, made: Maker
) -> None:
    shelf.use(made("one"))
    kept = Path(shelf.use(made("two")).after.file)
    if damage == "gone":
        kept.unlink()
    elif damage == "cut":
        kept.write_bytes(kept.read_bytes()[:-40])
    else:
        kept.write_bytes(made("three").read_bytes())

    with pytest.raises(ModelError) as error:
        shelf.current()
    complaint(error.value, kept, "persona models use", "persona models rollback")

    switch = shelf.rollback()
    assert switch.before is None
    assert switch.after.name == in_use(shelf) == "one"


def test_a_lost_model_can_be_left_by_choosing_another(shelf: Shelf, made: Maker) -> None:
    Path(shelf.use(made("one")).after.file).unlink()
    assert shelf.use(made("two")).before is None
    assert in_use(shelf) == "two"


def test_going_back_passes_over_what_is_lost_and_says_so(shelf: Shelf, made: Maker) -> None:
    shelf.use(made("one"))
    lost = Path(shelf.use(made("two")).after.file)
    shelf.use(made("three"))
    lost.unlink()

    switch = shelf.rollback()

    assert switch.after.name == in_use(shelf) == "one"
    assert switch.passed_over == (lost.name,)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{}",
        b"null",
        b'{"schema": "persona-model-in-use/9", "chosen": []}',
        b'{"schema": "persona-model-in-use/1", "chosen": [{"file": "../x.json", "sha256": "0"}]}',
    ],
)
def test_a_damaged_choice_is_one_clear_error_and_can_be_made_anew(
    content: bytes, shelf: Shelf, made: Maker
) -> None:
    shelf.state.mkdir()
    (shelf.state / MODEL_IN_USE).write_bytes(content)

    for attempt in (shelf.current, shelf.rollback):
        with pytest.raises(ModelError) as error:
            attempt()
        complaint(error.value, MODEL_IN_USE, "persona models use")

    shelf.use(made("new"))
    assert in_use(shelf) == "new"


def test_what_cannot_be_used_leaves_the_old_model_in_use(
    shelf: Shelf, made: Maker, tmp_path: Path, model: Model
) -> None:
    shelf.use(made("old"))
    before = sorted(shelf.installed.iterdir())
    signals = {"W99": model.signals["W01"]}
    answers = {"P01": {"z": (0.0, 0.0, 0.0)}}
    save_model(replace(model, name="bad", signals=signals), tmp_path / "signals.json")
    save_model(replace(model, name="bad", answers=answers), tmp_path / "answers.json")
    (tmp_path / "pickle.json").write_bytes(pickle.dumps({"coef": [1.0]}))
    newer = SHIPPED_MODEL.read_text().replace("persona-model/1", "persona-model/2")
    (tmp_path / "newer.json").write_text(newer)
    said = {
        "signals": "not in the catalogue",
        "answers": "not in the questionnaire",
        "pickle": "never loaded",
        "newer": "persona-model/2",
        "missing": "no such file",
    }
    for name, words in said.items():
        with pytest.raises(ModelError) as error:
            shelf.use(tmp_path / f"{name}.json")
        complaint(error.value, words, f"{name}.json")
    assert in_use(shelf) == "old"
    assert sorted(shelf.installed.iterdir()) == before


def test_an_interruption_between_copy_and_switch_leaves_the_old_model(
    shelf: Shelf, made: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.use(made("old"))

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(shelves, "write_choices", interrupt)
        with pytest.raises(KeyboardInterrupt):
            shelf.use(made("new"))

    assert in_use(shelf) == "old"
    assert shelf.use(made("new")).changed
    assert in_use(shelf) == "new"


def test_a_home_that_cannot_be_written_to_is_named(made: Maker, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(OutputError, match=HOME_VARIABLE):
        Shelf(tmp_path / "file", fitting_model).use(made("new"))
    assert (tmp_path / "file").read_text() == "mine"


def test_the_library_lists_checks_and_switches(
    made: Maker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "state"))
    answers = {f"P{number:02}": "a" for number in range(1, 20)}
    today = date(2026, 11, 21)
    before = persona.assess(answers, on=today)

    switch = persona.use_model(made("cool", 50.0))

    assert switch.after.name == current_model().model.name == "cool"
    after = persona.assess(answers, on=today)
    assert after.model.name == "cool"
    assert after.confidence < before.confidence
    assert persona.assess(answers, on=today, model=persona.open_model(SHIPPED_MODEL)) == before
    listed = {entry.name: entry for entry in persona.models().models}
    assert [name for name, entry in listed.items() if entry.in_use] == ["cool"]
    assert (listed[PRIOR_MODEL.stem].trained, listed[SHIPPED_NAME].trained) == (False, True)
    described = persona.describe_model("cool")
    assert described.entry.sha256 == switch.after.sha256
    assert described.thresholds == load_model(SHIPPED_MODEL).model.thresholds
    assert all(entry.problem is None for entry in persona.verify_models())
    Path(switch.after.file).write_bytes(b"{}")
    assert persona.models().problem is not None
    (bad,) = [entry for entry in persona.verify_models() if entry.problem]
    assert bad.in_use
    assert persona.rollback_model().after.name == SHIPPED_NAME
    assert persona.assess(answers, on=today) == before


def test_a_place_that_may_not_be_looked_into_holds_no_choice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "none"))
    assert chosen_model_file() is None

    def refuse(_: Path) -> bool:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "exists", refuse)
    assert chosen_model_file() is None
