"""Interruptions: whatever ends the questionnaire, every answer is kept and can be gone on with."""

import json
import os
import random
import re
import select
import shlex
import signal
import time
from pathlib import Path
from typing import IO

import msgspec
import pytest

from persona.questionnaire.items import Questionnaire
from persona.questionnaire.session import Session, check_session
from tests.integration.commands import HEADER, SECONDS, Desk, Screen, complaint, current, lines
from tests.processes import ended
from tests.strategies import OPTIONS

IDS = list(OPTIONS)
POINTS = {
    "at the company's name": ([], 0),
    "at the first question": (["Acme"], 0),
    "after three answers": (["Acme", "1", "n", "2"], 3),
    "after a step back": (["Acme", "1", "n", "b"], 2),
    "after a skip": (["Acme", "1", "s"], 1),
    "after a jump": (["Acme", "1", "g 30"], 1),
    "at the overview": (["Acme", "1", "1", "o"], 2),
    "at the keys": (["Acme", "1", "?"], 1),
    "at the end screen": (["Acme", "s", *["1"] * 41], 41),
    "at the revise prompt": (["Acme", "1", "2", "f"], 2),
    "in a revised question": (["Acme", "1", "2", "f", "P02"], 2),
    "after a revision": (["Acme", "1", "2", "f", "P02", "n"], 2),
}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def walk(desk: Desk, typed: list[str]) -> Screen:
    screen = desk.terminal("assess", "--plain")
    screen.page()
    screen.type(*typed)
    return screen


def check_kept(desk: Desk, told: str, count: int) -> None:
    """Check that what was told on leaving is true, and that the way on works."""
    line = told.replace("\r", "").rstrip("\n").rpartition("persona: ")[2]
    if count == 0:
        assert re.match("nothing was answered yet|0 answers are kept", line)
        return
    before = desk.answers()
    assert len(before) == count
    assert re.match(r"\d+ answers? (is|are) kept; go on with: persona assess --resume", line)
    way_on = shlex.split(line.partition("go on with: persona ")[2])
    done = desk.run(*way_on, feed=lines(["q"]))
    assert done.code in (0, 130)
    assert desk.answers() == before


@pytest.mark.parametrize("point", POINTS)
def test_ctrl_c_keeps_every_answer(point: str, desk: Desk) -> None:
    typed, count = POINTS[point]
    screen = walk(desk, typed)

    told = screen.end(interrupt=True)

    assert screen.code == 130
    assert "Traceback" not in told
    check_kept(desk, told, count)


@pytest.mark.parametrize("point", POINTS)
def test_ctrl_d_keeps_every_answer(point: str, desk: Desk) -> None:
    typed, count = POINTS[point]
    screen = walk(desk, typed)

    told = screen.end(eof=True)

    assert "Traceback" not in told
    if point in ("at the revise prompt", "after a revision"):
        assert screen.code == 0
        assert len(desk.answers()) == count
        return
    assert screen.code == 130
    check_kept(desk, told, count)


def test_ctrl_c_at_the_offer_to_go_on_says_what_is_kept(desk: Desk) -> None:
    desk.run("assess", "--company", "Acme", feed=lines(["1", "2"]))
    screen = desk.terminal("assess", "--company", "Acme", "--plain")
    screen.page()

    told = screen.end(interrupt=True)

    assert screen.code == 130
    assert len(desk.answers()) == 2
    assert "nothing was answered" not in told


def test_the_way_on_after_the_verdict_works_without_a_name(desk: Desk) -> None:
    screen = walk(desk, ["", "1", "f"])

    told = screen.end(interrupt=True)

    assert screen.code == 130
    arguments = shlex.split(told.rpartition("go on with: persona ")[2])
    assert desk.run(*arguments, feed=lines(["q"])).code == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
def test_a_signal_loses_nothing_that_was_answered(number: int, desk: Desk) -> None:
    screen = walk(desk, ["Acme", "1", "n", "2"])

    screen.kill(number)

    assert list(desk.answers()) == ["P01", "P02", "P03"]
    assert desk.run("assess", "--resume", feed=lines(["1"])).asked == ["P04", "P05"]


def test_a_second_window_is_refused_while_the_first_is_open(desk: Desk) -> None:
    screen = walk(desk, ["Acme", "1"])

    for options in (["--resume"], ["--restart"], []):
        before = desk.files()
        done = desk.run("assess", "--company", "Acme", *options, feed=lines(["2"] * 42))
        assert "Acme is being answered in another window" in complaint(done)
        assert desk.files() == before
    assert desk.run("assess", "--company", "ACME", feed=lines(["1"])).code == 130

    assert current(screen.type("1")) == "P03"
    screen.kill(signal.SIGKILL)
    done = desk.run("assess", "--company", "Acme", "--resume", feed=lines(["1"]))
    assert done.asked == ["P03", "P04"]


def test_input_that_ends_half_way_can_be_resumed_exactly_there(desk: Desk) -> None:
    left = desk.run("assess", "--company", "Acme & Sons", feed=lines(["1", "2", "s", "2"]))

    assert left.code == 130
    assert left.out == ""
    before = desk.answers("Acme & Sons")
    assert list(before) == ["P01", "P02", "P04"]
    told = left.last_line
    assert told.startswith("persona: 3 answers are kept; go on with: persona assess --resume")
    arguments = shlex.split(told.partition("go on with: persona ")[2])

    done = desk.run(*arguments, feed=lines([*["1"] * 38, "3", "4"]))

    assert done.code == 0
    assert done.asked[0] == "P05"
    assert done.asked == [*IDS[4:], "P03"]
    after = desk.answers("Acme & Sons")
    assert {item: after[item] for item in before} == before
    assert len(after) == 42
    assert "28 of 28 questions on method answered." in " ".join(done.out.split())


def test_a_single_half_finished_questionnaire_needs_no_name(desk: Desk) -> None:
    desk.run("assess", "--company", "Acme", feed=lines(["1"]))

    done = desk.run("assess", "--resume", feed=lines(["2", "f"]))

    assert (done.code, done.asked) == (0, ["P02", "P03"])
    assert len(desk.answers()) == 2
    again = desk.run("assess", "--resume", feed=lines(["1"]))
    assert (again.code, again.asked) == (0, [])
    assert again.out == done.out


def test_a_full_questionnaire_may_be_finished_quickly(desk: Desk) -> None:
    desk.run("assess", "--company", "Acme", feed=lines(["1"] * 3))

    done = desk.run("assess", "--resume", "--quick", feed=lines(["1"] * 40))

    assert done.code == 0
    assert desk.kept()["Acme"]["mode"] == "quick"


def test_several_half_finished_are_named(desk: Desk) -> None:
    for name in ("Acme", "ACME!"):
        desk.run("assess", "--company", name, feed=lines(["1"]))

    line = complaint(desk.run("assess", "--resume", feed=lines(["1"] * 42)))

    assert "'Acme'" in line
    assert "'ACME!'" in line
    done = desk.run("assess", "--resume", "--company", "ACME!", feed=lines(["1"]))
    assert (done.code, done.asked) == (130, ["P02", "P03"])
    assert (len(desk.answers("Acme")), len(desk.answers("ACME!"))) == (1, 2)


def test_what_was_left_is_not_started_over_by_accident(desk: Desk) -> None:
    desk.run("assess", "--company", "Acme", feed=lines(["1", "2"]))
    before = desk.files()

    line = complaint(desk.run("assess", "--company", "Acme", feed=lines(["1"] * 42)))

    assert "2 answers are kept; go on with: persona assess --resume --company Acme" in line
    assert "--restart" in line
    assert desk.files() == before


def test_restart_sets_aside_what_was_left(desk: Desk) -> None:
    desk.run("assess", "--company", "Acme", feed=lines(["1", "2"]))
    (path,) = (desk.home / "sessions").glob("*.json")
    before = path.read_bytes()

    done = desk.run("assess", "--company", "Acme", "--restart", feed=lines(["n"]))

    assert (done.code, done.asked) == (130, ["P01", "P02"])
    assert desk.answers() == {"P01": None}
    (aside,) = (desk.home / "sessions").glob("*.old")
    assert aside.read_bytes() == before


def test_a_finished_questionnaire_is_set_aside_when_another_begins(desk: Desk) -> None:
    desk.run("assess", "--company", "Acme", feed=lines(["1", "f"]))

    done = desk.run("assess", "--company", "Acme", feed=lines(["1", "1"]))

    assert done.asked == ["P01", "P02", "P03"]
    assert len(list((desk.home / "sessions").glob("*.old"))) == 1


def test_what_was_left_is_offered_in_a_terminal(desk: Desk) -> None:
    desk.run("assess", "--company", "Acme", feed=lines(["1", "2"]))
    screen = desk.terminal("assess", "--plain")
    screen.page()

    assert "2 answers are kept from before. Go on with them? [Y/n]" in screen.type("Acme")
    assert current(screen.type("")) == "P03"
    screen.end(line="q")
    screen = desk.terminal("assess", "--plain", "--company", "Acme")
    screen.page()
    assert current(screen.type("n")) == "P01"
    screen.type("1")
    screen.end(line="q")

    (aside,) = (desk.home / "sessions").glob("*.old")
    assert len(json.loads(aside.read_bytes())["answers"]) == 2


def test_the_same_number_of_answers_is_told_on_leaving_and_on_coming_back(
    desk: Desk,
) -> None:
    left = desk.run("assess", "--company", "Acme", feed=lines(["1", "n", "2"]))
    (told,) = re.findall(r"(\d+ answers? (?:is|are) kept)", left.last_line)

    screen = desk.terminal("assess", "--company", "Acme", "--plain")

    assert told in screen.page()
    screen.kill(15)


def read_until(stream: IO[bytes], shown: int) -> bytes:
    """Read until so many questions have been drawn, or the stream ends."""
    drawn = b""
    while len(HEADER.findall(drawn.decode(errors="replace"))) < shown:
        assert select.select([stream], [], [], SECONDS)[0], "nothing is drawn any more"
        chunk = os.read(stream.fileno(), 1024)
        if not chunk:
            break
        drawn += chunk
    return drawn


@pytest.mark.parametrize("seed", range(15))
def test_a_kill_at_any_moment_leaves_a_whole_file_with_every_answer(
    seed: int, desk: Desk, questionnaire: Questionnaire
) -> None:
    chance = random.Random(seed)
    shown, wait = chance.randint(1, 40), chance.choice((0, chance.uniform(0, 0.003)))
    with ended(desk.start("assess", "--company", "Acme")) as process:
        assert process.stdin is not None
        assert process.stderr is not None
        process.stdin.write(lines("123n"[each % 4] for each in range(42)).encode())
        process.stdin.flush()
        drawn = read_until(process.stderr, shown)
        time.sleep(wait)
        process.kill()
        drawn += process.stderr.read()
        process.stdin.close()
        process.wait(timeout=SECONDS)

    asked = [item for _, item in HEADER.findall(drawn.decode(errors="replace"))]
    assert len(asked) >= shown
    files = [path for path in (desk.home / "sessions").iterdir() if path.suffix == ".json"]
    session = msgspec.json.decode(files[0].read_bytes(), type=Session)
    check_session(session, questionnaire)
    assert len(files) == 1
    for number, item in enumerate(asked[:-1]):
        order = session.option_order[item]
        assert session.answers[item] == (None if number % 4 == 3 else order[number % 4])
    if not session.complete:
        rest = 42 - len(session.answers)
        done = desk.run("assess", "--resume", "--json", feed=lines(["n"] * rest))
        assert done.code == 0
        assert len(desk.answers()) == 42
        kept = {item: option for item, option in session.answers.items() if option is not None}
        given = {each["item"]: each["option"] for each in json.loads(done.out)["row"]["answers"]}
        assert given == kept
