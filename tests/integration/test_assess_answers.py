"""``persona assess --answers``: from a file to a verdict and a plan, without being asked."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from persona.vocabulary import PERSONAS
from tests.integration.commands import EXAMPLE, SECONDS, Desk, complaint, widest
from tests.strategies import TYPICAL

MODULES = [
    "persona",
    "persona.advice",
    "persona.advice.evolve",
    "persona.advice.execution",
    "persona.advice.plan",
    "persona.advice.playbook",
    "persona.advice.progress",
    "persona.advice.triggers",
    "persona.advice.verify",
    "persona.capture",
    "persona.capture.records",
    "persona.cli",
    "persona.cli.assess",
    "persona.cli.main",
    "persona.cli.output",
    "persona.cli.reading",
    "persona.digest",
    "persona.drawn",
    "persona.errors",
    "persona.files",
    "persona.home",
    "persona.layout",
    "persona.model",
    "persona.model.artefact",
    "persona.model.change",
    "persona.model.evidence",
    "persona.model.hull",
    "persona.model.outside",
    "persona.model.profile",
    "persona.model.reach",
    "persona.model.verdict",
    "persona.model.website",
    "persona.model.words",
    "persona.observations",
    "persona.pipe",
    "persona.questionnaire",
    "persona.questionnaire.answers",
    "persona.questionnaire.items",
    "persona.reports",
    "persona.reports.reasons",
    "persona.reports.result",
    "persona.reports.sentences",
    "persona.reports.terminal",
    "persona.vocabulary",
]
"""All of the program that a cold start loads. A longer list is a slower start: see benchmarks."""

PACKAGES = ["click", "msgspec", "rtoml"]
"""All that a cold start loads of what other people wrote. Msgspec also takes typing_extensions
where a development tool has brought it."""

SLOW = ["aiohttp", "asyncio", "bs4", "email", "http", "joblib", "numpy", "pandas", "requests"]
SLOW += ["rich", "scipy", "sklearn", "socket", "ssl", "subprocess", "tempfile", "urllib.request"]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def toml_of(answers: dict[str, str]) -> str:
    return "".join(f'{item} = "{option}"\n' for item, option in answers.items())


def test_json_toml_and_standard_input_give_the_same_report(desk: Desk) -> None:
    answers = json.loads(EXAMPLE.read_text())
    toml = desk.write("answers.toml", toml_of(answers))
    mixed = {item.lower(): f" {option.upper()} " for item, option in reversed(answers.items())}
    odd = desk.write("answers", b"\xef\xbb\xbf" + json.dumps(mixed).encode())

    first = desk.run("assess", "--answers", EXAMPLE)

    assert first.code == 0
    assert first.err == ""
    assert "Sales-driven" in first.out
    assert "Three things to do" in first.out
    assert desk.run("assess", "--answers", toml) == first
    assert desk.run("assess", "--answers", odd) == first
    assert desk.run("assess", "--answers", "-", feed=EXAMPLE.read_bytes()) == first
    assert desk.run("assess", "--answers", "-", feed=toml_of(answers)) == first


@pytest.mark.parametrize("persona", PERSONAS)
def test_the_typical_answers_of_each_persona_lead_to_it(persona: str, desk: Desk) -> None:
    answers = TYPICAL[persona]  # type: ignore[index]

    done = desk.run("assess", "--answers", "-", "--json", feed=json.dumps(answers))

    result = json.loads(done.out)
    assert (done.code, done.err) == (0, "")
    assert result["label"] == persona
    assert result["reason"] is None
    assert set(result["probabilities"]) == set(PERSONAS)
    assert result["confidence"] == max(result["probabilities"].values())
    assert sum(result["probabilities"].values()) == pytest.approx(1)


@pytest.mark.parametrize("answers", [{}, {"P01": "a"}, {"P01": None, "P02": ""}, {"E01": "a"}])
def test_too_little_to_go_on_is_a_result(answers: dict[str, Any], desk: Desk) -> None:
    done = desk.run("assess", "--answers", "-", "--json", feed=json.dumps(answers))

    assert (done.code, done.err) == (0, "")
    assert json.loads(done.out)["label"] == "undecided"
    assert json.loads(done.out)["reason"] == "thin"


def test_the_file_saved_is_the_json_printed_and_nothing_else_is_written(desk: Desk) -> None:
    done = desk.run(
        "assess", "--answers", EXAMPLE, "--company", "Ünïted 🏭", "--json", "--save", "r.json"
    )

    assert (done.code, done.err) == (0, "")
    assert desk.files() == {"r.json": done.out.encode()}
    result = json.loads(done.out)
    assert next(iter(result)) == "schema"
    assert result["company"] == "Ünïted 🏭"
    assert {"label", "confidence", "reason", "probabilities"} <= set(result)


def test_a_saved_file_is_replaced_whole(desk: Desk) -> None:
    old = desk.write("r.json", "something longer than nothing" * 10_000)
    old.chmod(0o640)

    desk.run("assess", "--answers", EXAMPLE, "--save", "r.json")

    assert json.loads(old.read_text())["schema"] == 1
    assert old.stat().st_mode & 0o777 == 0o640
    assert list(desk.files()) == ["r.json"]


@pytest.mark.parametrize("columns", [60, 100])
def test_a_report_fits_its_terminal_and_has_no_escapes_by_pipe(columns: int, desk: Desk) -> None:
    done = desk.run(
        "assess", "--answers", EXAMPLE, "--company", "N" * 90, env={"COLUMNS": str(columns)}
    )

    assert done.code == 0
    assert min(columns, 88) - 10 <= widest(done.out) <= columns
    assert done.out.replace("\n", "").isprintable()


def test_a_company_name_cannot_steer_the_terminal(desk: Desk) -> None:
    done = desk.run("assess", "--answers", EXAMPLE, "--company", "Ev\x1b]0;x\x07il\u202e\r\nAB")

    assert done.code == 0
    assert done.out.replace("\n", "").isprintable()
    assert "AB" in done.out


@pytest.mark.parametrize(
    "env",
    [
        {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "latin-1", "PYTHONUTF8": "0"},
    ],
    ids=["ascii", "C", "latin-1"],
)
def test_a_terminal_without_unicode_shows_the_whole_report(env: dict[str, str], desk: Desk) -> None:
    done = desk.run("assess", "--answers", EXAMPLE, env=env)

    assert (done.code, done.err) == (0, "")
    assert done.out.isascii()
    assert not re.search(r"\?\w|(^|\s)\?", done.out), "a character without a stand-in"
    assert "####" in done.out


@pytest.mark.parametrize("encoding", ["ascii", "ascii:surrogateescape", "latin-1", "utf-8"])
def test_json_is_json_in_every_encoding(encoding: str, desk: Desk) -> None:
    env = {"PYTHONIOENCODING": encoding}

    done = desk.run("assess", "--answers", EXAMPLE, "--company", "Łódź 🏭 “A”", "--json", env=env)

    assert (done.code, done.err) == (0, "")
    assert json.loads(done.out)["company"] == "Łódź 🏭 “A”"


@pytest.mark.parametrize("name", [b"\xff", b"caf\xe9 ab"])
def test_a_company_name_in_another_encoding_is_no_fault(name: bytes, desk: Desk) -> None:
    for more in ([], ["--json"], ["--save", "r.json"]):
        done = desk.run("assess", "--answers", EXAMPLE, "--company", name, *more)
        assert done.code in (0, 2), done.err
        assert "fault" not in done.err


def test_a_reader_that_goes_away_ends_it_quietly(desk: Desk) -> None:
    for more in ("", "--json"):
        done = desk.run("assess", "--answers", EXAMPLE, through=f'"$@" {more} | head -1')
        assert done.err == ""
        assert done.out.count("\n") == 1
    done = desk.run("assess", "--answers", EXAMPLE, through='"$@" | true')
    assert (done.code, done.err) == (0, "")


def test_a_full_disk_behind_standard_output_is_one_line(desk: Desk) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    for more in ("", "--json"):
        done = desk.run("assess", "--answers", EXAMPLE, through=f'"$@" {more} >/dev/full')
        assert "No space left" in complaint(done)


COLD_START = """
import sys
before = set(sys.modules)
from persona.cli.main import run
code = run(sys.argv[1:])
print(*sorted(set(sys.modules) - before), sep="\\n", file=sys.stderr)
sys.exit(code)
"""


def test_a_cold_start_loads_these_modules_and_no_others(desk: Desk) -> None:
    done = subprocess.run(
        [sys.executable, "-c", COLD_START, "assess", "--answers", str(EXAMPLE)],
        capture_output=True,
        cwd=desk.folder,
        env=desk.environment(),
        timeout=SECONDS,
        check=True,
        text=True,
    )

    loaded = done.stderr.split()
    assert [name for name in loaded if name.partition(".")[0] == "persona"] == MODULES
    tops = {name.partition(".")[0] for name in loaded} - set(sys.stdlib_module_names)
    assert sorted(tops - {"persona", "typing_extensions"}) == PACKAGES
    assert sorted(set(SLOW) & set(loaded)) == []


def test_with_answers_given_quick_has_nothing_to_stop(desk: Desk) -> None:
    plain = desk.run("assess", "--answers", EXAMPLE, "--json")
    assert desk.run("assess", "--answers", EXAMPLE, "--json", "--quick") == plain
    assert desk.run("assess", "--answers", EXAMPLE, "--json", "--quick", "--risk", "0.05") == plain
