"""Bad input: one clear line, exit 2, nothing on standard output, nothing written, nothing lost."""

import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from persona.model.artefact import SHIPPED_MODEL
from tests.integration.commands import EXAMPLE, Desk, complaint, lines

GOOD = '{"P01": "a"}'


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path)
    desk.write("good.json", GOOD)
    return desk


def refused(desk: Desk, *arguments: str, feed: str | bytes = b"", through: str = "") -> str:
    """Run a command that must refuse and must not write; return its line."""
    before = desk.files()
    line = complaint(desk.run(*arguments, feed=feed, through=through))
    assert desk.files() == before
    return line


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ('{"P99": "a"}', "'P99' is not an item; ids run P01 to P28, E01 to E12, C01 to C02"),
        ('{"": "a"}', "'' is not an item"),
        ('{"P01\\n\\u001b[31m": "a"}', r"'P01\n\x1b[31m' is not an item"),
        ('{"P01": "z"}', "P01: 'z' is not one of a, b, c, d"),
        ('{"P01": "aa"}', "P01: 'aa' is not one of a, b, c, d"),
        ('{"P01": "%s"}' % ("x" * 5000), "P01: 'xxx"),
        ('{"P01": 1}', "P01: expected an option id in quotes, got 1"),
        ('{"P01": true}', "P01: expected an option id in quotes, got True"),
        ('{"P01": ["a"]}', "P01: expected an option id in quotes, got ['a']"),
        ('{"P01": {"a": 1}}', "P01: expected an option id in quotes"),
        ('{"P01": NaN}', "NaN is not a JSON value"),
        ('{"P01": -Infinity}', "-Infinity is not a JSON value"),
        ('{"P01": 1e999}', "P01: expected an option id in quotes, got inf"),
        ('{"P01": %s}' % ("1" * 5000), "not usable as JSON"),
        ('{"P01": "a", "P01": "a"}', "'P01' is given twice"),
        ('{"P01": "a", "p01": "b"}', "P01 is answered twice"),
        ('{"P01": "a", " P01 ": null}', "P01 is answered twice"),
        ('{"P01": "a"', "not valid JSON (line 1"),
        ("{'P01': 'a'}", "not valid JSON"),
        ('{"P01": "a",}', "not valid JSON"),
        ('["a"]', "expected a mapping"),
        ("[" * 100_000, "not usable as JSON"),
        ('{"a":' * 100_000, "not usable as JSON"),
        ("", "is empty"),
        (" \n\t\n", "is empty"),
        ("\ufeff", "is empty"),
        ("null", "neither JSON nor TOML"),
        ("P01: a", "neither JSON nor TOML"),
        ('P01 = "a"\nP01 = "b"', "neither JSON nor TOML"),
        ("P01 = nan", "P01: expected an option id in quotes, got nan"),
        ("P01 = 1979-05-27", "P01: expected an option id in quotes"),
        ("P01 = 1979-99-99", "neither JSON nor TOML"),
        ('[P01]\nanswer = "a"', "not valid JSON"),
        ("P01 = " + "[" * 100_000, "TOML"),
        ("P01 = " + "1" * 5000, "TOML"),
        (b'{"P01": "\xe4"}', "not UTF-8 text (byte 10)"),
        ('{"P01": "a"}'.encode("utf-16"), "not UTF-8 text"),
        (b"\x00\x00\x00", "neither JSON nor TOML"),
        (b"\x7fELF\x02\x01\x01\x00\xff\xff", "not UTF-8 text"),
        (b" " * (1024 * 1024 + 1), "larger than 1024 KiB"),
    ],
)
def test_answers_that_make_no_sense(content: str | bytes, words: str, desk: Desk) -> None:
    line = refused(desk, "assess", "--answers", "-", "--save", "r.json", feed=content)

    assert line.startswith("persona: standard input: ")
    assert words in line


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.json", "P01 = 'a'", "not valid JSON"),
        ("a.toml", GOOD, "not valid TOML"),
        ("a.toml", '[P01]\nanswer = "a"', "P01: expected an option id in quotes"),
        ("a.TOML", "P01 = ", "not valid TOML"),
        ("a\nb\x1b[31m.json", "{", "not valid JSON"),
    ],
)
def test_answers_in_a_file_of_the_wrong_kind(
    name: str, content: str, words: str, desk: Desk
) -> None:
    desk.write(name, content)

    assert words in refused(desk, "assess", "--answers", name)


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ("missing.json", "no such file"),
        ("home", "this is a folder"),
        (".", "this is a folder"),
        ("", "this is a folder"),
        ("good.json/x", "not a directory"),
        ("n" * 300, "name too long"),
        ("/dev/zero", "larger than 1024 kib"),
        ("loop", "symbolic link"),
    ],
)
def test_answers_that_are_not_a_file(answers: str, words: str, desk: Desk) -> None:
    (desk.folder / "loop").symlink_to("loop")

    assert words in refused(desk, "assess", "--answers", answers).lower()


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("home", "this is a folder"),
        ("", "this is a folder"),
        ("missing/r.json", "no such file or directory"),
        ("good.json/r.json", "not a directory"),
        ("n" * 300 + ".json", "cannot be written"),
        ("/proc/r.json", "cannot be written"),
    ],
)
def test_a_place_that_cannot_be_saved_to(place: str, words: str, desk: Desk) -> None:
    line = refused(desk, "assess", "--answers", str(EXAMPLE), "--save", place)

    assert words in line
    assert words in refused(desk, "assess", "--save", place, feed=lines(["1"] * 42))


def test_a_full_disk_leaves_the_old_file_whole(desk: Desk) -> None:
    desk.write("r.json", "old")

    line = refused(
        desk, "assess", "--answers", str(EXAMPLE), "--save", "r.json", through='ulimit -f 0; "$@"'
    )

    assert "r.json: cannot be written" in line


@pytest.mark.parametrize("kind", ["fifo", "link"])
def test_saving_never_replaces_what_is_not_a_plain_file(kind: str, desk: Desk) -> None:
    place = desk.folder / "place"
    if kind == "fifo":
        os.mkfifo(place)
    else:
        desk.write("target.json", "old")
        place.symlink_to("target.json")

    desk.run("assess", "--answers", "good.json", "--save", "place")

    assert place.is_fifo() if kind == "fifo" else place.is_symlink()


def model_file(change: Mapping[str, Any] | None = None, **envelope: Any) -> bytes:
    """Return a model file with the right hash for its changed content."""
    document = json.loads(SHIPPED_MODEL.read_text())
    body = json.dumps({**document["model"], **(change or {})}).encode()
    head = {"schema": document["schema"], "sha256": hashlib.sha256(body).hexdigest(), **envelope}
    return json.dumps(head).encode()[:-1] + b', "model": ' + body + b"}"


SHIPPED = SHIPPED_MODEL.read_bytes()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (SHIPPED.replace(b"passive_marketer", b"passive_marketeer", 1), "SHA-256 does not match"),
        (SHIPPED.replace(b"persona-model/1", b"persona-model/2", 1), "schema 'persona-model/2'"),
        (SHIPPED[:-200], "not a model file"),
        (b"", "not a model file"),
        (b"\xff\xfe", "not a model file"),
        (b"\x80\x04\x95pickle", "not a model file"),
        (b"[]", "not a model file"),
        (GOOD.encode(), "not a model file"),
        (model_file(sha256="0" * 64), "SHA-256 does not match"),
        (model_file({"personas": ["sales_driven"]}), "personas must be"),
        (model_file({"personas": ["a", "b", "c"]}), "$.personas"),
        (model_file({"temperature": 0}), "temperature"),
        (model_file({"temperature": "hot"}), "temperature"),
        (model_file({"temperature": 1e-300}), "temperature"),
        (model_file({"intercept": [0, 0]}), "intercept"),
        (model_file({"intercept": [0, 0, float("nan")]}), "model"),
        (model_file({"thresholds": {"min_probability": 2, "min_answers": 6}}), "min_probability"),
        (model_file({"answers": {"P01": {"a": [1, 2]}}}), "answers"),
        (model_file({"extra": 1}), "extra"),
        (b" " * 9_000_000, "larger than"),
    ],
)
def test_a_model_file_that_cannot_be_trusted(content: bytes, words: str, desk: Desk) -> None:
    desk.write("model.json", content)

    line = refused(desk, "assess", "--answers", str(EXAMPLE), "--model", "model.json")

    assert line.startswith("persona: model model.json: ")
    assert words in line


@pytest.mark.parametrize(("model", "words"), [("home", "folder"), ("missing", "no such file")])
def test_a_model_that_is_not_a_file(model: str, words: str, desk: Desk) -> None:
    assert words in refused(desk, "assess", "--answers", "good.json", "--model", model)
    assert words in refused(desk, "assess", "--model", model, feed=lines(["1"] * 42))


def test_a_model_that_knows_other_options_is_refused(desk: Desk) -> None:
    answers = json.loads(SHIPPED)["model"]["answers"]
    desk.write("model.json", model_file({"answers": {"P01": answers["P01"]}}))

    done = desk.run("assess", "--quick", "--model", "model.json", feed=lines(["1"] * 42))

    assert done.code in (0, 2), done.err
    assert "fault in the program" not in done.err


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["--nonsense"],
        ["assess", "--nonsense"],
        ["assess", "nonsense"],
        ["assess", "--answers"],
        ["assess", "--answers", "good.json", "--resume"],
        ["assess", "--answers", "good.json", "--restart"],
        ["assess", "--resume", "--restart"],
        ["assess", "--risk", "0.05"],
        ["assess", "--quick", "--risk", "2"],
        ["assess", "--quick", "--risk", "-0.1"],
        ["assess", "--quick", "--risk", "x"],
        ["assess", "--quick", "--risk", "nan"],
        ["assess", "--resume"],
        ["assess", "--resume", "--company", "Nobody"],
        ["plan"],
        ["plan", "missing.json"],
        ["plan", "good.json"],
        ["report"],
        ["report", "home"],
        ["report", "good.json", "good.json"],
        ["questions", "missing.json"],
        ["questions", "--format", "xml"],
        ["evaluate", "missing.json", "good.json"],
    ],
    ids=" ".join,
)
def test_wrong_usage(arguments: list[str], desk: Desk) -> None:
    refused(desk, *arguments, feed=lines(["1"] * 42))


@pytest.mark.parametrize("options", [[], ["--company", "Acme"], ["--quick"], ["--restart"]])
def test_without_a_terminal_or_input_the_way_out_is_named(options: list[str], desk: Desk) -> None:
    for _ in range(2):
        line = refused(desk, "assess", *options)
        assert "--answers FILE" in line


def test_without_input_finished_answers_are_not_set_aside(desk: Desk) -> None:
    desk.run("assess", "--company", "Acme", feed=lines(["1", "2", "f"]))
    assert desk.kept()["Acme"]["complete"]

    for options in ([], ["--restart"]):
        refused(desk, "assess", "--company", "Acme", *options)


@pytest.mark.parametrize("stream", ["<&-", ">&-", "2>&-"])
def test_a_closed_stream_is_no_fault(stream: str, desk: Desk) -> None:
    for arguments in (["assess", "--answers", "good.json"], ["assess"], ["questions"]):
        done = desk.run(*arguments, through=f'"$@" {stream}')
        assert done.code in (0, 2), done.err
        assert "fault in the program" not in done.err


@pytest.mark.parametrize(
    "content",
    [b"", b'{"schema": "persona-session/1"', b"\xff\xfe\x00", b"{}", b"null", "older", "folder"],
    ids=["empty", "cut", "binary", "no fields", "null", "other questions", "folder"],
)
def test_a_damaged_autosave_is_named_and_left_as_it_is(content: bytes | str, desk: Desk) -> None:
    desk.run("assess", "--company", "Acme", feed=lines(["1", "1"]))
    (path,) = (desk.home / "sessions").glob("*.json")
    if content == "folder":
        path.unlink()
        path.mkdir()
    elif content == "older":
        document = json.loads(path.read_bytes())
        del document["option_order"]["P28"]
        path.write_text(json.dumps(document))
    else:
        assert isinstance(content, bytes)
        path.write_bytes(content)

    for options in ([], ["--resume"]):
        line = refused(desk, "assess", "--company", "Acme", *options, feed=lines(["1"] * 42))
        assert path.name in line
        assert "left as it is" in line


def test_a_damaged_autosave_can_be_set_aside(desk: Desk) -> None:
    desk.run("assess", "--company", "Acme", feed=lines(["1", "1"]))
    (path,) = (desk.home / "sessions").glob("*.json")
    path.write_bytes(b"damaged")

    done = desk.run("assess", "--company", "Acme", "--restart", feed=lines(["1"]))

    assert done.code == 130
    assert list(desk.answers()) == ["P01"]
    (aside,) = (desk.home / "sessions").glob("*.old")
    assert aside.read_bytes() == b"damaged"


def test_a_home_that_cannot_be_written_to_is_named_before_a_question_is_asked(desk: Desk) -> None:
    done = desk.run(
        "assess", feed=lines(["1"] * 42), env={"PERSONA_HOME": str(desk.folder / "good.json")}
    )

    line = complaint(done)
    assert "good.json/sessions" in line
    assert "PERSONA_HOME" in line


def test_a_disk_that_fills_up_loses_nothing_that_was_kept(desk: Desk) -> None:
    desk.run("assess", "--company", "Acme", feed=lines(["1", "2", "n"]))
    before = desk.files()

    done = desk.run(
        "assess",
        *("--company", "Acme", "--resume"),
        feed=lines(["1"] * 42),
        through='ulimit -f 0; "$@"',
    )

    assert done.code == 2
    assert "cannot be written" in done.last_line
    assert desk.files() == before


def test_saving_over_the_answers_is_refused(desk: Desk) -> None:
    (desk.folder / "link.json").symlink_to("good.json")
    for place in ("good.json", "./good.json", "link.json"):
        line = refused(desk, "assess", "--answers", "good.json", "--save", place)
        assert "would overwrite the answers" in line


def test_a_read_only_file_is_not_replaced(desk: Desk) -> None:
    desk.write("r.json", "old")
    (desk.folder / "r.json").chmod(0o444)

    line = refused(desk, "assess", "--answers", str(EXAMPLE), "--save", "r.json")

    assert "read-only" in line
    assert (desk.folder / "r.json").read_text() == "old"


@pytest.mark.parametrize("extra", [{"P04": {"z": [-50, 50, -50]}}, {"P99": {"a": [1, 0, 0]}}])
def test_a_model_made_for_other_questions_is_refused(
    extra: dict[str, dict[str, list[float]]], desk: Desk
) -> None:
    answers = json.loads(SHIPPED)["model"]["answers"]
    merged = answers | {item: answers.get(item, {}) | options for item, options in extra.items()}
    desk.write("model.json", model_file({"answers": merged}))

    line = refused(desk, "assess", "--answers", str(EXAMPLE), "--model", "model.json")

    assert "is not in the questionnaire" in line
