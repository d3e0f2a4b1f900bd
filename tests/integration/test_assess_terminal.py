"""``persona assess``: the questionnaire asked by pipe and on a terminal, to its end."""

import json
import re
import shlex
from pathlib import Path
from typing import Any

import pytest

from persona.vocabulary import Persona
from tests.integration.commands import (
    ANSI,
    HINTS,
    Desk,
    Done,
    Screen,
    current,
    lines,
    widest,
)
from tests.strategies import EXECUTION_IDS, OPTIONS, PERSONA_IDS, TYPICAL

IDS = list(OPTIONS)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> tuple[Desk, Done]:
    """Answer a whole questionnaire by pipe; return the desk and what was printed."""
    desk = Desk(tmp_path_factory.mktemp("finished"))
    feed = lines(str(1 + number % 3) for number in range(42))
    return desk, desk.run("assess", "--company", "Acme", "--save", "r.json", feed=feed)


def test_a_whole_questionnaire_by_pipe_ends_in_a_report(finished: tuple[Desk, Done]) -> None:
    desk, done = finished

    assert done.code == 0
    assert done.asked == IDS
    flowing = " ".join(done.out.split())
    for words in ("Acme", "28 of 28 questions on method answered.", "What would change it"):
        assert words in flowing
    assert "\x1b" not in done.out + done.err
    assert len(desk.answers()) == 42


def test_the_report_is_the_one_that_the_same_answers_give_from_a_file(
    finished: tuple[Desk, Done],
) -> None:
    desk, done = finished
    answers = desk.write("answers.json", desk.answers())

    assert desk.run("assess", "--answers", answers, "--company", "Acme").out == done.out
    assert desk.run("report", "r.json").out == done.out


def test_the_order_in_which_options_were_shown_is_saved(finished: tuple[Desk, Done]) -> None:
    desk, _ = finished
    result = json.loads((desk.folder / "r.json").read_text())

    assert result["option_order"] == desk.kept()["Acme"]["option_order"]
    for number, (item, option) in enumerate(desk.answers().items()):
        assert result["option_order"][item][number % 3] == option


def test_nothing_before_the_verdict_tells_what_an_answer_stands_for(
    finished: tuple[Desk, Done],
) -> None:
    _, done = finished

    assert len(done.err) > 10_000
    assert HINTS.search(done.err) is None


def test_questions_asked_by_pipe_fit_a_narrow_terminal(desk: Desk) -> None:
    done = desk.run("assess", feed=lines([*["1"] * 5, "?", "", "o"]), env={"COLUMNS": "60"})

    assert 50 <= widest(done.err.rpartition("\n  > ")[0]) <= 60


def test_json_prints_only_json_and_asks_for_no_revision(desk: Desk) -> None:
    done = desk.run("assess", "--company", "Acme", "--json", feed=lines(["1"] * 42))

    assert done.code == 0
    result = json.loads(done.out)
    assert result["company"] == "Acme"
    assert {answer["item"]: answer["option"] for answer in result["row"]["answers"]} == (
        desk.answers()
    )


def test_every_key_by_pipe(desk: Desk) -> None:
    typed = ["1", "b", "", "s", "n", "g 7", "2", "g P09", "n", "o", "", "?", "", "x", "", "99", "f"]

    done = desk.run("assess", "--company", "Acme", feed=lines(typed))

    assert done.code == 0
    assert done.asked == [
        *("P01", "P02", "P01", "P02", "P03", "P04", "P07", "P04", "P09", "P04"),
        *("P04", "P04", "P04", "P04", "P04"),
    ]
    kept = desk.kept()["Acme"]
    order = kept["option_order"]
    assert kept["answers"] == {
        "P01": order["P01"][0],
        "P03": None,
        "P07": order["P07"][1],
        "P09": None,
    }
    assert kept["skipped"] == ["P02"]
    assert "Undecided" in done.out


@pytest.mark.parametrize("options", [[], ["--risk", "0.05"], ["--risk", "0.5"]])
def test_quick_by_pipe_asks_fewer_and_finishes(options: list[str], desk: Desk) -> None:
    done = desk.run("assess", "--quick", *options, "--json", feed=lines(["1"] * 40))

    assert done.code == 0
    assert set(done.asked) <= {*PERSONA_IDS, *EXECUTION_IDS}
    assert [item for item in done.asked if item in EXECUTION_IDS] == list(EXECUTION_IDS)
    assert len(set(done.asked)) == len(done.asked) < 42
    assert HINTS.search(done.err) is None
    assert len(json.loads(done.out)["row"]["answers"]) == len(done.asked)


def answer_as(screen: Screen, desk: Desk, persona: Persona) -> list[str]:
    """Answer what is asked as one persona would, until the report; return what was asked."""
    asked = []
    screen.page()
    screen.type("s")  # the order of options is on disk once there is something to keep
    page = screen.type("b")
    while "To change an answer" not in page:
        item = current(page)
        asked.append(item)
        typical = TYPICAL[persona].get(item, "a")
        page = screen.type(desk.key(item, typical))
    screen.end(line="")
    return asked


def test_quick_reaches_the_same_verdict_with_fewer_questions(desk: Desk) -> None:
    asked = {}
    for name, options in {
        "full": [],
        "quick": ["--quick"],
        "risk": ["--quick", "--risk", "0.05"],
    }.items():
        save = ["--restart", "--company", "Acme", "--plain", "--save", f"{name}.json"]
        screen = desk.terminal("assess", *save, *options)
        asked[name] = answer_as(screen, desk, "passive_marketer")
        assert screen.code == 0
        result = json.loads((desk.folder / f"{name}.json").read_text())
        assert result["label"] == "passive_marketer"

    assert asked["full"] == IDS
    assert len(asked["risk"]) < len(asked["quick"]) < 40
    assert set(EXECUTION_IDS) <= set(asked["risk"])


def test_hostile_input_never_crashes_and_loses_no_answer(desk: Desk) -> None:
    feed = b"1\n" + b"".join(
        each + b"\n"
        for each in (b"", b"0", b"-1", b"9" * 4000, b"\x00\x01\x1b[2J", b"\x7f", b"1;rm -rf /")
    )
    feed += b"x" * 100_000 + b"\r\n" + "１\n².\n٢\n".encode() + b"1\r\n2"

    done = desk.run("assess", "--company", "Acme", feed=feed)

    assert done.code == 130
    assert "\x1b" not in done.err
    assert "\x00" not in done.err
    assert {"P01", "P02"} <= set(desk.answers())


@pytest.mark.parametrize("number", [b"9" * 5000, b"g " + b"9" * 5000])
def test_a_number_of_thousands_of_digits_is_a_wrong_key(number: bytes, desk: Desk) -> None:
    done = desk.run("assess", "--company", "Acme", feed=b"1\n" + number + b"\n2\n")

    assert done.code == 130, done.last_line
    assert list(desk.answers()) == ["P01", "P02"]


@pytest.mark.parametrize("encoding", ["utf-8:strict", "ascii:strict", "utf-8:surrogateescape"])
def test_bytes_that_are_no_text_are_a_wrong_key(encoding: str, desk: Desk) -> None:
    done = desk.run(
        "assess",
        *("--company", "Acme"),
        feed=b"1\n\xff\xfe\n" + lines(["2", "3"]).encode(),
        env={"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"},
    )

    assert done.code == 130
    assert list(desk.answers()) == ["P01", "P02", "P03"]


@pytest.mark.parametrize(
    "env",
    [
        {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    ],
    ids=["ascii", "C"],
)
def test_the_questionnaire_works_without_unicode(env: dict[str, str], desk: Desk) -> None:
    done = desk.run("assess", "--company", "Acme", feed=lines([*["1"] * 9, "o", "", "f"]), env=env)

    assert done.code == 0, done.last_line
    assert (done.out + done.err).isascii()
    assert "not sure - b back - s skip" in done.err


@pytest.mark.parametrize("columns", [60, 100])
def test_every_screen_fits_the_terminal(columns: int, desk: Desk) -> None:
    screen = desk.terminal("assess", columns=columns)
    screen.page()
    screen.type("An uncommonly long name of a company, as holdings like to have them " * 2)
    screen.type("1", "2", "s", "?", "", *["1"] * 11, "o", "", "x" * 50, *["3"] * 28, "3")
    asked = screen.seen
    screen.type("n")
    screen.read_on()
    screen.end(line="")

    assert screen.code == 0
    typed = re.compile(r"^  > .*$", re.MULTILINE)
    assert 58 <= widest(typed.sub("", screen.seen.replace("\r\n", "\n"))) <= min(columns, 88)
    assert "\x1b[1;36m" in screen.seen
    assert HINTS.search(ANSI.sub("", asked)) is None
    assert HINTS.search(ANSI.sub("", screen.seen[len(asked) :])) is not None


@pytest.mark.parametrize(
    ("options", "env"),
    [(["--plain"], {}), ([], {"NO_COLOR": "1"}), ([], {"TERM": "dumb"})],
    ids=["--plain", "NO_COLOR", "dumb"],
)
def test_no_escape_sequences_where_none_are_wanted(
    options: list[str], env: dict[str, str], desk: Desk
) -> None:
    screen = desk.terminal("assess", *options, columns=60, **env)
    screen.page()
    screen.type("Acme", "1", "?", "", "o", "", *["1"] * 7, "f")
    screen.read_on()
    screen.type("P01", "2")
    screen.read_on()
    screen.end(line="")

    assert screen.code == 0
    assert "\x1b" not in screen.seen


def test_a_terminal_with_colour_gets_no_other_sequences(desk: Desk) -> None:
    screen = desk.terminal("assess", "--company", "Acme")
    screen.page()
    screen.type("1", "?", "", "o", "", "f")
    screen.read_on()
    screen.end(line="")

    sequences = set(ANSI.findall(screen.seen))
    assert sequences - {"\x1b[2J", "\x1b[3J", "\x1b[H"} <= {
        *("\x1b[0m", "\x1b[1m", "\x1b[2m", "\x1b[1;36m")
    }


def test_the_history_of_the_terminal_is_left_alone(desk: Desk) -> None:
    screen = desk.terminal("assess", "--company", "Acme")
    screen.page()
    screen.end(line="q")

    assert "\x1b[3J" not in screen.seen


def test_the_width_is_that_of_the_terminal_when_results_go_to_a_file(desk: Desk) -> None:
    screen = desk.terminal(
        "assess", "--company", "Acme", "--json", columns=60, shell='"$@" >out.json'
    )
    assert widest(screen.page()) <= 60
    screen.end(line="f")

    assert screen.code == 0
    assert json.loads((desk.folder / "out.json").read_text())["company"] == "Acme"


def test_a_company_name_cannot_steer_the_terminal(desk: Desk) -> None:
    name = "Ev\x1b]0;owned\x07\x1b[2Jil\u202e\u200b\tAB"
    screen = desk.terminal("assess", "--company", name, "--plain", "--save", "r.json")
    screen.page()
    screen.type("1", "o", "", "f")
    screen.end(line="")

    assert screen.code == 0
    assert screen.seen.replace("\r\n", "").isprintable()
    assert "Ev]0;owned[2Jil AB" in screen.seen


def test_the_way_on_works_for_a_name_with_invisible_characters(desk: Desk) -> None:
    left = desk.run("assess", "--company", "Acme\u200b AB\t", feed=lines(["1"]))
    arguments = shlex.split(left.last_line.partition("go on with: persona ")[2])

    assert desk.run(*arguments, feed=lines(["2"])).asked == ["P02", "P03"]


def test_the_name_typed_is_the_name_of_the_report(desk: Desk) -> None:
    screen = desk.terminal("assess", "--plain")
    assert "Company name (Enter to leave it out):" in screen.page()
    assert "Norrland Valves" in screen.type("  Norrland Valves ")
    screen.type("f")
    screen.end(line="")

    assert "Norrland Valves" in desk.kept()
    resume = ["assess", "--resume", "--company", "Norrland Valves"]
    assert desk.run(*resume, feed=lines(["q"])).code == 0


def revisions(desk: Desk) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((desk.folder / "r.json").read_text())["revisions"]
    return found


def test_an_answer_revised_after_the_verdict_changes_the_result_and_is_recorded(
    desk: Desk,
) -> None:
    screen = desk.terminal("assess", "--company", "Acme", "--plain", "--save", "r.json")
    screen.page()
    page = screen.type(*["1"] * 8, "f")
    assert "8 of 28 questions on method answered." in " ".join(page.split())
    first = json.loads((desk.folder / "r.json").read_text())
    assert first["revisions"] == []

    assert "'P99' is not a question" in screen.type("P99")
    assert "(your answer)" in screen.type("p03")
    page = screen.type("2")
    order = desk.kept()["Acme"]["option_order"]["P03"]
    assert revisions(desk) == [{"item": "P03", "before": order[0], "after": order[1]}]
    assert "To change an answer" in page

    assert "7 of 28" in " ".join(screen.type("1", "n").split())
    assert current(screen.type("P20")) == "P20"
    screen.type("1")
    screen.end(line="")

    assert screen.code == 0
    assert [each["item"] for each in revisions(desk)] == ["P03", "P01", "P20"]
    assert desk.kept()["Acme"]["revisions"] == revisions(desk)
    last = json.loads((desk.folder / "r.json").read_text())
    assert last["probabilities"] != first["probabilities"]
    given = {answer["item"]: answer["option"] for answer in last["row"]["answers"]}
    assert given == {item: option for item, option in desk.answers().items() if option}
    again = desk.run("assess", "--resume", "--company", "Acme", "--json", feed=lines(["q"]))
    assert json.loads(again.out)["revisions"] == last["revisions"]
