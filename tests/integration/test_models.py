"""``persona models`` by command: listing, checking, switching, and what goes wrong meanwhile."""

import json
import pickle
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from msgspec.structs import replace

from persona.model.artefact import SHIPPED_MODEL, load_model, save_model
from tests.integration.commands import EXAMPLE, SECONDS, Desk, complaint
from tests.processes import ended


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    for name, temperature in (("one", 2.0), ("two", 3.0), ("three", 4.0)):
        make(tmp_path / f"{name}.json", name, temperature)
    return Desk(tmp_path)


def make(path: Path, name: str, temperature: float) -> None:
    save_model(replace(load_model().model, name=name, temperature=temperature), path)


def in_use(desk: Desk) -> str:
    """Return the model that a verdict is given by."""
    done = desk.run("assess", "--answers", EXAMPLE, "--json")
    assert done.code == 0, done.err
    return str(json.loads(done.out)["model"]["name"])


def test_a_tour_from_the_shipped_model_and_back(desk: Desk) -> None:
    shipped = load_model(SHIPPED_MODEL).model.name
    assert in_use(desk) == shipped

    for name in ("one", "two"):
        done = desk.run("models", "use", f"{name}.json")
        assert (done.code, done.err) == (0, "")
        assert "→" in done.out
        assert in_use(desk) == name
    (desk.folder / "two.json").unlink()
    assert in_use(desk) == "two"

    listed = json.loads(desk.run("models", "--json").out)
    assert listed["problem"] is None
    assert {one["name"] for one in listed["models"]} >= {shipped, "one", "two"}
    assert [one["name"] for one in listed["models"] if one["in_use"]] == ["two"]

    for name in ("one", shipped):
        done = desk.run("models", "rollback")
        assert done.code == 0
        assert name in done.out
        assert in_use(desk) == name
    assert "nothing to go back to" in complaint(desk.run("models", "rollback"))
    assert desk.run("models", "use", "two").code == 0
    assert in_use(desk) == "two"


def test_every_command_that_classifies_follows_the_choice(desk: Desk) -> None:
    desk.run("models", "use", "one.json")
    desk.write("pages.jsonl", {"url": "https://acme.example/", "html": "<p>We make valves.</p>"})

    scanned = desk.run("scan", "pages.jsonl", "--json")
    asked = desk.run("assess", "--json", feed="Acme\n" + "1\n" * 42)

    assert json.loads(scanned.out)["model"]["name"] == "one", scanned.err
    assert json.loads(asked.out)["model"]["name"] == "one", asked.err


def test_lists_and_cards_fit_eighty_columns(desk: Desk) -> None:
    desk.run("models", "use", "one.json")
    for arguments in (["models"], ["models", "show", "one"], ["models", "verify"]):
        done = desk.run(*arguments, env={"COLUMNS": "80"})
        assert (done.code, done.err) == (0, "")
        assert "one" in done.out
    shown = desk.run("models", "show", "one", env={"COLUMNS": "80"}).out
    assert max(map(len, shown.splitlines())) <= 80
    document = json.loads(desk.run("models", "show", "one", "--json").out)
    assert document["entry"]["sha256"] == load_model(desk.folder / "one.json").sha256
    assert document["thresholds"]["min_answers"] == load_model().model.thresholds.min_answers


def test_all_models_are_checked_before_the_failure_is_told(desk: Desk) -> None:
    desk.run("models", "use", "one.json")
    (kept,) = (desk.home / "models").glob("*.json")
    kept.write_bytes(kept.read_bytes().replace(b"0.", b"1.", 1))

    done = desk.run("models", "verify")

    assert done.code == 2
    assert f"{load_model(SHIPPED_MODEL).model.name}: sound" in done.out
    assert "cannot be used" in done.out
    assert done.err.count("\n") == 1
    assert "SHA-256" in done.err
    outcome = json.loads(desk.run("models", "verify", "two.json", str(kept), "--json").out)
    assert [one["problem"] is None for one in outcome] == [True, False]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (pickle.dumps({"weights": [1, 2]}), "never loaded"),
        (b"PK\x03\x04rest of a zip", "never loaded"),
        (SHIPPED_MODEL.read_bytes().replace(b"model/1", b"model/7", 1), "persona-model/7"),
        (SHIPPED_MODEL.read_bytes()[:-30], "not a model file"),
        (b"", "not a model file"),
        (b"company,label\n", "not a model file"),
    ],
)
def test_what_is_no_model_is_refused_in_one_line_and_nothing_changes(
    content: bytes, words: str, desk: Desk
) -> None:
    desk.run("models", "use", "one.json")
    desk.write("bad.json", content)
    before = desk.files()
    for action in ("use", "show"):
        assert words in complaint(desk.run("models", action, "bad.json"))
    assert desk.files() == before
    assert in_use(desk) == "one"


def test_a_chosen_model_that_went_is_one_line_until_the_user_goes_on(desk: Desk) -> None:
    desk.run("models", "use", "one.json")
    for kept in (desk.home / "models").glob("*.json"):
        kept.unlink()

    line = complaint(desk.run("assess", "--answers", EXAMPLE))
    assert "persona models use" in line
    assert "persona models rollback" in line

    listed = desk.run("models")
    assert listed.code == 0
    assert "rollback" in listed.err
    assert desk.run("assess", "--answers", EXAMPLE, "--model", "two.json").code == 0
    assert desk.run("models", "rollback").code == 0
    assert in_use(desk) == load_model(SHIPPED_MODEL).model.name


KILLED = """
import os, signal, sys
from persona.model import pointer, shelf

def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

if sys.argv[1] == "before the copy":
    shelf.write_atomically = die
elif sys.argv[1] == "between copy and switch":
    shelf.write_choices = die
else:
    pointer.write_atomically = die
from persona.cli.main import main
main(["models", "use", "two.json"])
"""


@pytest.mark.parametrize("moment", ["before the copy", "between copy and switch", "at the switch"])
def test_a_switch_that_is_killed_leaves_the_old_model_and_can_be_done_again(
    moment: str, desk: Desk
) -> None:
    desk.run("models", "use", "one.json")

    done = subprocess.run(
        [sys.executable, "-c", KILLED, moment],
        cwd=desk.folder,
        env=desk.environment(),
        capture_output=True,
        timeout=SECONDS,
        check=False,
    )

    assert done.returncode == -signal.SIGKILL, done.stderr
    assert in_use(desk) == "one"
    assert desk.run("models", "verify").code == 0
    assert desk.run("models", "use", "two.json").code == 0
    assert in_use(desk) == "two"
    assert desk.run("models", "rollback").code == 0
    assert in_use(desk) == "one"


def test_several_switches_at_once_all_count(desk: Desk) -> None:
    names = ["one", "two", "three"]
    running = [desk.start("models", "use", f"{name}.json") for name in names]
    for each in running:
        with ended(each) as process:
            out, err = process.communicate(timeout=SECONDS)
        assert process.returncode == 0, err
        assert out

    met = {in_use(desk)}
    for _ in names[1:]:
        assert desk.run("models", "rollback").code == 0
        met.add(in_use(desk))
    assert met == set(names)
    assert desk.run("models", "verify").code == 0


def test_wrong_usage_is_one_line(desk: Desk) -> None:
    for arguments in (["nonsense"], ["use"], ["use", "none"], ["show"], ["--json", "show", "one"]):
        complaint(desk.run("models", *arguments))
    assert not list(desk.home.iterdir())


def test_names_from_a_stranger_cannot_steer_the_terminal(desk: Desk) -> None:
    make(desk.folder / "odd.json", "odd\x1b[31m\nname", 2.0)
    for arguments in (["use", "odd.json"], [], ["show", "odd.json"], ["verify"]):
        done = desk.run("models", *arguments)
        assert done.code == 0, done.err
        assert "\x1b" not in done.out


def test_lists_can_be_printed_in_any_encoding(desk: Desk) -> None:
    for arguments in (["use", "one.json"], [], ["show", "one"], ["verify"]):
        done = desk.run("models", *arguments, env={"PYTHONIOENCODING": "ascii"})
        assert (done.code, done.err) == (0, "")
        assert done.out.isascii()
