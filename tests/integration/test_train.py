"""``persona train`` by command: the same bytes every time, and nothing lost when it ends early."""

import json
import os
import random
import select
import signal
import subprocess
import time
from pathlib import Path

import pytest

from persona.model.artefact import MODELS, load_model, save_model
from persona.questionnaire.items import load_questionnaire
from persona.training.report import TrainingReport
from persona.vocabulary import PERSONAS
from tests.integration.commands import COMMAND, SECONDS, Desk, widest
from tests.processes import ended, wait_until
from tests.unit.training.companies import made_up, write_table

PRIOR = MODELS / "persona-0.json"
SAID = ("quote dealer visit", "quality family local", "trial learn survey")
COMMON = ("home", "team", "news", "order", "price", "world")
OLD = b"the model that was there before"
WRITTEN = {"mine.json", "mine.md", "mine-calibration.svg", "mine-coverage.svg"}


def websites(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """Return signals and words of made-up companies' websites."""
    chance = random.Random(5)
    sites = []
    for row in rows:
        own = SAID[PERSONAS.index(row["label"])].split()
        words = sorted({*own, *chance.sample(COMMON, 3)})
        counted = " ".join(f"{word}:{chance.randint(1, 4)}" for word in words)
        sites.append(
            {
                "company": row["company"].upper(),
                "w01": f"{chance.random():.2f}",
                "words_text": counted,
                "words_links": " ".join(f"{w}:1" for w in own),
            }
        )
    return sites  # fmt: skip


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Return a folder with a table of answers and one of websites."""
    rows = made_up(load_questionnaire(), each=7, noise=0.6)
    write_table(tmp_path / "answers.csv", rows)
    write_table(tmp_path / "sites.csv", websites(rows))
    return Desk(tmp_path)


def written(desk: Desk, folder: str = ".") -> dict[str, bytes]:
    """Return what was written into a folder beside the tables."""
    there = desk.folder / folder
    return {path.name: path.read_bytes() for path in there.iterdir()
            if path.is_file() and path.suffix != ".csv"}  # fmt: skip


def shuffled(desk: Desk, name: str) -> None:
    """Write a table again with rows and columns in another order."""
    lines = [line.split(",") for line in (desk.folder / name).read_text().splitlines()]
    columns = random.Random(2).sample(range(len(lines[0])), len(lines[0]))
    rows = [lines[0], *random.Random(3).sample(lines[1:], len(lines) - 1)]
    text = "".join(",".join(row[column] for column in columns) + "\n" for row in rows)
    (desk.folder / "again").mkdir(exist_ok=True)
    (desk.folder / "again" / name).write_text(text)


def test_the_same_inputs_give_the_same_bytes(desk: Desk) -> None:
    """In another order, by more processes of more threads, and with another hash seed."""
    for name in ("answers.csv", "sites.csv"):
        shuffled(desk, name)
    made = []
    for folder, tables, jobs, threads in (
        ("one", ("answers.csv", "sites.csv"), "1", "1"),
        ("two", ("again/sites.csv", "again/answers.csv"), "2", "2"),
    ):
        (desk.folder / folder).mkdir()
        done = desk.run(
            "train", *tables, "-o", f"{folder}/mine.json", "--repeats", "1", "--jobs", jobs,
            "--created", "2026-11-22", env={"OMP_NUM_THREADS": threads, "PYTHONHASHSEED": jobs},
        )  # fmt: skip
        assert done.code == 0, done.err
        made.append(written(desk, folder))
    assert set(made[0]) == WRITTEN
    told = made[1].pop("mine.md").replace(b"again/sites.csv again/answers.csv",
                                          b"answers.csv sites.csv")  # fmt: skip
    assert told == made[0].pop("mine.md")
    assert made[1] == made[0]


def test_a_model_is_written_with_its_card_and_can_be_used(desk: Desk) -> None:
    save_model(load_model(PRIOR).model, desk.folder / "old.json")
    done = desk.run("train", "answers.csv", "sites.csv", "-o", "mine.json", "--repeats", "1",
                    "--jobs", "1", "--against", "old.json")  # fmt: skip
    assert done.code == 0, done.err
    assert set(written(desk)) == {*WRITTEN, "old.json"}
    for told in ("Answers, 21 companies", "Website, 21 companies", "Answers and website, 21",
                 "additive", "prior only", "majority", "controls only", "logistic regression",
                 "gradient boosting", "Against persona-0", "Written: mine.json"):  # fmt: skip
        assert told in done.out
    assert "…" not in done.out
    assert widest(done.out) <= 80
    assert all(line.startswith("persona: ") for line in done.err.splitlines())
    model = load_model(desk.folder / "mine.json").model
    assert model.site is not None
    assert model.card
    assert (desk.folder / "mine.md").read_text().startswith("# Model card: mine\n")
    judged = desk.run("evaluate", "mine.json", "answers.csv", "sites.csv", "--json")
    assert judged.code == 0, judged.err
    assert json.loads(judged.out)["trained_on_these"]


def test_json_alone_stands_on_standard_output(desk: Desk) -> None:
    done = desk.run("train", "answers.csv", "-o", "mine.json", "--repeats", "1", "--jobs", "1",
                    "--json")  # fmt: skip
    assert done.code == 0, done.err
    report = json.loads(done.out)
    assert set(report) == set(TrainingReport.__struct_fields__)
    assert (report["name"], report["repeats"], list(report["views"])) == ("mine", 1, ["answers"])
    assert {one["name"] for one in report["bakeoff"]} >= {"additive", "majority", "prior only"}


def started(desk: Desk) -> "subprocess.Popen[bytes]":
    """Start a training in a session of its own; return it in the middle of its work."""
    desk.write("mine.json", OLD)
    child = subprocess.Popen(
        [*COMMAND, "train", "answers.csv", "sites.csv", "-o", "mine.json", "--repeats", "50",
         "--jobs", "2"],
        bufsize=0, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=desk.folder,
        env=desk.environment(), start_new_session=True,
    )  # fmt: skip
    assert child.stderr is not None
    seen = b""
    while b"cross-validation" not in seen:
        assert select.select([child.stderr], [], [], SECONDS)[0], "nothing is said any more"
        seen += os.read(child.stderr.fileno(), 4096)
    return child


def alive(session: int) -> list[str]:
    """Return the processes of a session that still run."""
    told = subprocess.run(["ps", "-ww", "-eo", "sid,stat,args"], capture_output=True, text=True,
                          check=True, timeout=SECONDS)  # fmt: skip
    rows = [line.split(None, 2) for line in told.stdout.splitlines()[1:]]
    return [row[2] for row in rows if row[0] == str(session) and not row[1].startswith("Z")]


def wait_for_end_of(session: int, seconds: float = SECONDS) -> None:
    wait_until(lambda: not alive(session), "the end of all processes", seconds)


@pytest.mark.parametrize("wait", [0.0, 3.0])
def test_ctrl_c_leaves_the_old_model_and_no_process(desk: Desk, wait: float) -> None:
    with ended(started(desk)) as child:
        time.sleep(wait)
        os.killpg(child.pid, signal.SIGINT)
        out, err = child.communicate(timeout=SECONDS)
    assert child.returncode == 130
    assert out == b""
    assert err.decode().strip() == "persona: interrupted"
    wait_for_end_of(child.pid)
    assert written(desk) == {"mine.json": OLD}


def test_a_kill_leaves_the_old_model(desk: Desk) -> None:
    with ended(started(desk)) as child:
        time.sleep(3)
        child.kill()
        child.wait(SECONDS)
    assert child.returncode == -signal.SIGKILL
    assert written(desk) == {"mine.json": OLD}
    wait_for_end_of(child.pid, 60)
