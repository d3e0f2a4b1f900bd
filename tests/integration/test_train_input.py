"""What ``persona train`` is given that it cannot use: one clear line at once, nothing written."""

import json
import pickle
from pathlib import Path

import pytest
from msgspec.structs import replace

from persona.cli.main import run
from persona.model.artefact import MODELS, load_model, save_model
from persona.questionnaire.items import load_questionnaire
from persona.vocabulary import PERSONAS
from tests.integration.commands import Desk, complaint
from tests.unit.training.companies import made_up, write_table

PRIOR = MODELS / "persona-0.json"
LABELS = "".join(f"{persona[:1]}{number}.example,{persona}\n" for persona in PERSONAS
                 for number in range(4))  # fmt: skip
ITEMS = ",".join(f"p{number:02}" for number in range(1, 29))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder to work in, with a good table and an old model."""
    write_table(tmp_path / "good.csv", made_up(load_questionnaire(), each=4))
    (tmp_path / "old.json").write_bytes(PRIOR.read_bytes())
    monkeypatch.chdir(tmp_path)
    return tmp_path


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def refused(folder: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """Train, check that it is refused with one line and that nothing changed; return the line."""
    before = files(folder)
    code = run(["train", *arguments])
    out, err = capsys.readouterr()
    assert code == 2, err
    assert out == ""
    assert err.startswith("persona: ")
    assert err.count("\n") == 1, err
    assert "fault in the program" not in err
    assert len(err) < 400
    assert files(folder) == before
    return err


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ("", "is empty"),
        ("company,label,p01\n", "no rows under the headings"),
        ("company,label,p01\n,sales_driven,a\n", "no row names a company"),
        ("name,label\na.example,sales_driven\n", "no column named 'company'"),
        ("company,p01\na.example,a\n", "no company has a label that names a persona"),
        ("company,label,p01\na.example,undecided,a\n", "no company has a label that names"),
        ("company,label,p01\na.example,sales_driven,a\nb.example,sales_driven,b\n",
         "all labels are sales_driven"),
        ("company,label,p01\na,sales_driven,a\nb,passive_marketer,a\nc,dynamic_marketer,a\n",
         "1 company labelled sales_driven; it takes at least 3"),
        ("company,label\n" + LABELS, "whose answers, or whose website, are known"),
        (f"company,label,{ITEMS}\n" + LABELS.replace("\n", "," * 28 + "\n"),
         "whose answers, or whose website, are known"),
        ("company,label,p01\na.example,sales,a\n", "row 2, column label: 'sales'"),
        ("company,label,p01\na.example,sales_driven,z\n", "row 2, column p01: 'z'"),
        ("company,points_sales_driven,points_passive_marketer,points_dynamic_marketer\n"
         "a.example,0.5,0.5,0.5\n", "row 2, column points_sales_driven: the points add to 1.5"),
        ("company,label,w01\na.example,sales_driven,nan\n", "row 2, column w01"),
        ("company,label,words_text\na.example,sales_driven,quote\n", "column words_text: 'quote'"),
        ("company,label,weight\na.example,sales_driven,-1\n", "is negative"),
        ("company,label,p01\na.example,sales_driven,a\na.example,passive_marketer,a\n",
         "row 3, column label"),
    ],
)  # fmt: skip
def test_tables_that_cannot_be_used(
    folder: Path, capsys: pytest.CaptureFixture[str], table: str, words: str
) -> None:
    (folder / "bad.csv").write_text(table)
    assert words in refused(folder, capsys, "bad.csv", "-o", "mine.json")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("company,label\nsäge.example,sales_driven\n".encode()
         + "mühle.example,sales_driven\n".encode("latin-1"), "mixed encodings"),
        (pickle.dumps({"company": ["a.example"]}), "not text"),
        (b"PK\x03\x04 a workbook", "save it as CSV"),
        (b"\x1f\x8b\x08\x00 packed", "cannot be read"),
        (b'company,label\n"a.example,sales_driven\n', "not a CSV table"),
        (b"company,label\na.example,sales_driven,more\n", "3 cells under 2 headings"),
    ],
)  # fmt: skip
def test_files_that_are_no_table(
    folder: Path, capsys: pytest.CaptureFixture[str], content: bytes, words: str
) -> None:
    (folder / "bad.csv").write_bytes(content)
    line = refused(folder, capsys, "good.csv", "bad.csv", "-o", "mine.json")
    assert "bad.csv" in line
    assert words in line


def other_models(folder: Path) -> None:
    """Write model files that cannot be compared with."""
    model = load_model(PRIOR).model
    signal = model.signals["W01"]
    moved = replace(signal, at=(0.0, 123.0))
    options = {**model.answers["P01"], "z": (0.0, 0.0, 0.0)}
    save_model(replace(model, signals={"W01": moved}), folder / "signals.json")
    save_model(replace(model, answers={"P01": options}), folder / "answers.json")
    document = json.loads(PRIOR.read_bytes())
    (folder / "newer.json").write_text(json.dumps({**document, "schema": "persona-model/9"}))
    (folder / "pickle.json").write_bytes(pickle.dumps(document))


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("pickle.json", "a pickle or an archive is never loaded"),
        ("newer.json", "'persona-model/9' is not 'persona-model/1'"),
        ("answers.json", "P01 'z' is not in the questionnaire"),
        ("signals.json", "weighs W01 at other values"),
        ("good.csv", "not a model file"),
        ("nowhere.json", "no such file"),
    ],
)
def test_models_that_cannot_be_compared_with(
    folder: Path, capsys: pytest.CaptureFixture[str], name: str, words: str
) -> None:
    other_models(folder)
    assert words in refused(folder, capsys, "good.csv", "-o", "mine.json", "--against", name)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["good.csv", "-o", "nowhere/mine.json"], "nowhere/mine.json: cannot be written"),
        (["good.csv", "-o", "mine.txt"], "a model file ends in .json"),
        (["good.csv", "-o", "good.csv"], "a model file ends in .json"),
        (["good.json", "-o", "good.json"], "good.json: this is an input"),
        (["good.csv", "-o", "linked.json"], "linked.json: this is an input"),
        (["mine.md", "-o", "mine.json"], "mine.md: this is an input"),
        (["good.csv", "-o", "folder.json"], "this is a folder"),
        (["good.csv", "-o", "locked.json"], "the file is read-only"),
        (["good.csv", "-o", "locked2.json"], "locked2.md: cannot be written"),
        (["good.csv"], "Missing option '-o'"),
        (["-o", "mine.json"], "Missing argument 'TABLE...'"),
        (["nowhere.csv", "-o", "mine.json"], "nowhere.csv: no such file"),
        (["folder.json", "-o", "mine.json"], "this is a folder"),
        (["good.csv", "-o", "mine.json", "--created", "yesterday"], "yesterday"),
        (["good.csv", "-o", "mine.json", "--repeats", "0"], "--repeats"),
        (["good.csv", "-o", "mine.json", "--jobs", "0"], "--jobs"),
        (["good.csv", "-o", "mine.json", "--captures", "nowhere.jsonl"], "nowhere.jsonl"),
    ],
)
def test_places_and_options_that_cannot_be_used(
    folder: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    for name in ("good.json", "mine.md"):
        (folder / name).write_bytes((folder / "good.csv").read_bytes())
    (folder / "linked.json").symlink_to("good.csv")
    (folder / "folder.json").mkdir()
    for name in ("locked.json", "locked2.md"):
        (folder / name).write_text("kept")
        (folder / name).chmod(0o444)
    assert words in refused(folder, capsys, *arguments)


def test_the_real_command_says_so_before_any_work(folder: Path) -> None:
    desk = Desk(folder)
    assert "cannot be written" in complaint(desk.run("train", "good.csv", "-o", "no/mine.json"))
    (folder / "bad.csv").write_text("company,label\na.example,sales\n")
    assert "row 2, column label" in complaint(desk.run("train", "bad.csv", "-o", "mine.json"))
