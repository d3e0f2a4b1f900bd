"""``persona plan --record``: every mistake is one clear line and leaves the file as it is."""

from pathlib import Path

import pytest

from persona.cli.main import run
from persona.reports.result import Result, load_result, save_result


@pytest.fixture
def file(example: Result, tmp_path: Path) -> Path:
    save_result(example, tmp_path / "r.json")
    return tmp_path / "r.json"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--record", "S1"], "PLAY=VALUE"),
        (["--record", "Z9=1"], "'Z9' is not a step of this plan"),
        (["--record", "S1="], "no value"),
        (["--record", "S1=1", "--on", "soon"], "not a day"),
        (["--record", "S1=1", "--on", "2001-01-01"], "before the assessment"),
        (["--record", "S1=\x1b[2J"], "control characters"),
        (["--record", "S1=" + "x" * 81], "at most 80"),
        (["--record", "S1=1", "--record", "Z9=1"], "'Z9'"),
        (["--met"], "need --record"),
        (["--not-met"], "need --record"),
        (["--note", "why"], "need --record"),
        (["--on", "2099-01-01"], "need --record"),
    ],
)
def test_mistakes_are_one_line(
    arguments: list[str], words: str, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = file.read_bytes()

    assert run(["plan", str(file), *arguments]) == 2

    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.count("\n") == 1
    assert words in shown.err
    assert file.read_bytes() == before


def test_a_file_that_may_not_be_written_is_left(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file.chmod(0o444)
    first = load_result(file).plan.steps[0].id

    assert run(["plan", str(file), "--record", f"{first}=1", "--on", "2099-01-01"]) == 2

    assert "read-only" in capsys.readouterr().err


@pytest.mark.parametrize("option", ["--role", "--respondent"])
def test_a_role_or_name_that_is_too_long_is_refused_before_anything_is_asked(
    option: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["assess", option, "x" * 81]) == 2

    assert "81 characters; at most 80" in capsys.readouterr().err
