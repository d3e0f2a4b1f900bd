"""Everything shown again from a saved file: ``report``, ``plan`` and ``questions``."""

import csv
import io
import json
import re
from typing import Any

import pytest

from tests.integration.commands import ANSI, EXAMPLE, HINTS, Desk, Done, complaint, widest
from tests.strategies import OPTIONS, QUESTIONNAIRE


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return Desk(tmp_path_factory.mktemp("show_again"))


@pytest.fixture(scope="module")
def assessed(desk: Desk) -> Done:
    """Return what ``assess`` printed when it saved ``r.json``."""
    return desk.run("assess", "--answers", EXAMPLE, "--company", "Norrland", "--save", "r.json")


def result(desk: Desk) -> dict[str, Any]:
    document: dict[str, Any] = json.loads((desk.folder / "r.json").read_text())
    return document


def test_report_prints_the_page_that_assess_printed(desk: Desk, assessed: Done) -> None:
    assert assessed.code == 0

    assert desk.run("report", "r.json") == assessed


def test_report_as_json_prints_the_file(desk: Desk, assessed: Done) -> None:
    done = desk.run("report", "r.json", "--json")

    assert (done.code, done.err) == (0, "")
    assert done.out.encode() == (desk.folder / "r.json").read_bytes()


def test_the_report_in_a_terminal_is_the_same_page_with_style(desk: Desk, assessed: Done) -> None:
    screen = desk.terminal("report", "r.json", columns=100)

    shown = screen.end().replace("\r\n", "\n")

    assert screen.code == 0
    assert "\x1b[1m" in shown
    assert ANSI.sub("", shown) == assessed.out


@pytest.mark.parametrize("command", [["report"], ["plan", "--evolve"], ["questions"]])
def test_pages_fit_a_narrow_terminal(command: list[str], desk: Desk, assessed: Done) -> None:
    name, *options = command
    narrow = desk.terminal(name, "r.json", *options, columns=60)

    assert 50 <= widest(narrow.end()) <= 60
    assert narrow.code == 0


@pytest.mark.parametrize(
    ("options", "env"),
    [([], {"NO_COLOR": "1"}), ([], {"TERM": "dumb"})],
    ids=["NO_COLOR", "dumb"],
)
def test_no_colour_where_none_is_wanted(
    options: list[str], env: dict[str, str], desk: Desk, assessed: Done
) -> None:
    screen = desk.terminal("report", "r.json", *options, columns=88, **env)

    assert screen.end().replace("\r\n", "\n") == assessed.out


def test_a_plain_report_has_nothing_that_is_tedious_to_hear(desk: Desk, assessed: Done) -> None:
    done = desk.run("report", "r.json", "--plain")

    assert (done.code, done.err) == (0, "")
    assert not set(done.out) & set("█░─━●○◐")
    assert f"Sales-driven: {result(desk)['confidence']:.0%}" in done.out
    assert "Planning horizon: sales and dynamic" not in done.out
    assert "What guides decisions: sales and passive" in done.out
    assert "Experiments: gap." in done.out


def test_plan_is_the_part_of_the_report_on_what_to_do(desk: Desk, assessed: Done) -> None:
    done = desk.run("plan", "r.json")

    assert (done.code, done.err) == (0, "")
    assert done.out.strip("\n") in assessed.out
    for step in result(desk)["plan"]["steps"]:
        assert step["name"] in done.out
    assert 1 <= len(result(desk)["plan"]["steps"]) <= 3


def test_a_change_of_method_appears_only_when_it_is_asked_for(desk: Desk, assessed: Done) -> None:
    plan, evolved = desk.run("plan", "r.json"), desk.run("plan", "r.json", "--evolve")

    assert evolved.code == 0
    assert evolved.out.startswith(plan.out.rstrip("\n"))
    added = evolved.out[len(plan.out) :]
    for words in ("If you choose to change method", "Good reasons", "Poor reasons"):
        assert words in added
        assert words not in plan.out + assessed.out
    assert "change method" not in json.dumps(result(desk))


def test_plan_as_json(desk: Desk, assessed: Done) -> None:
    plain = json.loads(desk.run("plan", "r.json", "--json").out)
    evolved = json.loads(desk.run("plan", "r.json", "--json", "--evolve").out)

    assert plain["plan"] == evolved["plan"] == result(desk)["plan"]
    assert plain["evolve"] is None
    assert [path["from"] for path in evolved["evolve"]["paths"]] == ["sales_driven"] * 2


def test_questions_as_text(desk: Desk, assessed: Done) -> None:
    blank, filled = desk.run("questions"), desk.run("questions", "r.json")
    chosen = json.loads(EXAMPLE.read_text())

    assert (blank.code, blank.err, filled.code, filled.err) == (0, "", 0, "")
    flowing = " ".join(blank.out.split())
    for item in QUESTIONNAIRE.items:
        assert f"{item.id} {item.question}" in flowing
        assert all(f"{option.id} {option.text}" in flowing for option in item.options)
    assert "●" not in blank.out
    assert re.findall(r"● (\w) ", filled.out) == list(chosen.values())
    assert filled.out.count("· ") == sum(map(len, OPTIONS.values())) - len(chosen)


def test_questions_as_csv(desk: Desk, assessed: Done) -> None:
    blank = desk.run("questions", "--format", "csv")
    filled = desk.run("questions", "r.json", "--format", "csv")

    rows = list(csv.DictReader(io.StringIO(blank.out)))
    assert list(rows[0]) == ["item_id", "kind", "question", "option_id", "option_text"]
    assert [(row["item_id"], row["option_id"]) for row in rows] == [
        (item, option) for item, options in OPTIONS.items() for option in options
    ]
    marked = list(csv.DictReader(io.StringIO(filled.out)))
    assert list(marked[0]) == [*rows[0], "chosen"]
    chosen = {row["item_id"]: row["option_id"] for row in marked if row["chosen"] == "yes"}
    assert chosen == json.loads(EXAMPLE.read_text())


def test_questions_as_json(desk: Desk, assessed: Done) -> None:
    blank = json.loads(desk.run("questions", "--format", "json").out)
    filled = json.loads(desk.run("questions", "r.json", "--format", "json").out)

    assert all(set(item) == {"id", "kind", "question", "options"} for item in blank)
    assert {item["id"]: tuple(item["options"]) for item in blank} == OPTIONS
    assert all(isinstance(text, str) for item in blank for text in item["options"].values())
    assert {item["id"]: item["chosen"] for item in filled} == json.loads(EXAMPLE.read_text())


@pytest.mark.parametrize("as_format", ["text", "csv", "json"])
def test_the_questions_tell_nothing_of_what_they_stand_for(
    as_format: str, desk: Desk, assessed: Done
) -> None:
    for arguments in ([], ["r.json"]):
        shown = desk.run("questions", *arguments, "--format", as_format).out
        text = re.sub(r'(,|"kind": ")persona\b', "", shown)
        assert HINTS.search(text) is None
        assert not re.search(r"\b0\.\d", text)


def test_a_questionnaire_on_paper_can_be_answered_from_its_json(desk: Desk) -> None:
    blank = json.loads(desk.run("questions", "--format", "json").out)
    answers = {item["id"]: next(iter(item["options"])) for item in blank}

    done = desk.run("assess", "--answers", "-", "--json", feed=json.dumps(answers))

    assert done.code == 0
    assert len(json.loads(done.out)["row"]["answers"]) == len(OPTIONS)


def test_partial_answers_show_again_too(desk: Desk) -> None:
    first = desk.run("assess", "--answers", "-", "--save", "thin.json", feed='{"P01": "a"}')

    assert desk.run("report", "thin.json") == first
    for command in (["plan"], ["plan", "--evolve"], ["plan", "--json"], ["questions"]):
        name, *options = command
        done = desk.run(name, "thin.json", *options)
        assert (done.code, done.err) == (0, "")
        assert done.out


@pytest.mark.parametrize("field", ["company", "assessed_on"])
def test_a_result_from_a_stranger_cannot_steer_the_terminal(
    field: str, desk: Desk, assessed: Done
) -> None:
    desk.write("strange.json", {**result(desk), field: "\x1b]0;x\x07\x1b[2J2026\u202e"})

    done = desk.run("report", "strange.json")

    assert done.out.replace("\n", "").isprintable()


def test_the_words_of_a_result_from_a_stranger_cannot_steer_the_terminal(
    desk: Desk, assessed: Done
) -> None:
    def poison(value: Any) -> Any:
        if isinstance(value, dict):
            texts = ("text", "question", "name", "what", "how", "owner", "ambition", "verify_with")
            return {
                key: f"\x1b[31m{each}\x07" if key in texts and each else poison(each)
                for key, each in value.items()
            }
        return [poison(each) for each in value] if isinstance(value, list) else value

    desk.write("poison.json", poison(result(desk)))

    for command in ("report", "plan"):
        done = desk.run(command, "poison.json")
        assert done.code == 0, done.err
        assert done.out.replace("\n", "").isprintable()


@pytest.mark.parametrize("command", ["report", "plan", "questions"])
@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "not a saved result"),
        ("{", "not a saved result"),
        ("[]", "not a saved result"),
        (b"\xff\xfe", "not a saved result"),
        ('{"schema": 1}', "not a saved result"),
        ('{"schema": 2}', "newer version"),
        ('{"schema": "x"}', "not a saved result"),
        ('{"schema": NaN}', "not a saved result"),
    ],
)
def test_a_file_that_is_no_result_is_refused(
    command: str, content: str | bytes, words: str, desk: Desk
) -> None:
    desk.write("bad.json", content)

    line = complaint(desk.run(command, "bad.json"))

    assert "bad.json" in line
    assert words in line


def test_a_cut_result_and_one_with_other_fields_are_refused(desk: Desk, assessed: Done) -> None:
    whole = (desk.folder / "r.json").read_bytes()
    desk.write("cut.json", whole[: len(whole) // 2])
    desk.write("label.json", {**result(desk), "label": "winner"})
    desk.write("asked.json", {**result(desk), "asked": "many"})
    desk.write("huge.json", b" " * 9_000_000)

    for name in ("cut.json", "label.json", "asked.json", "huge.json"):
        assert name in complaint(desk.run("report", name))


@pytest.mark.parametrize("field", ["probabilities", "logits"])
def test_a_result_with_a_persona_missing_is_refused(field: str, desk: Desk, assessed: Done) -> None:
    desk.write("without.json", {**result(desk), field: {}})

    done = desk.run("report", "without.json")

    assert done.code in (0, 2), done.err
    assert "fault in the program" not in done.err


def test_readers_that_go_away_end_it_quietly(desk: Desk, assessed: Done) -> None:
    for command in ("report", "plan", "questions"):
        done = desk.run(command, "r.json", through='"$@" | head -1')
        assert done.err == ""
    for as_format in ("csv", "json"):
        done = desk.run("questions", "--format", as_format, through='"$@" | true')
        assert done.err == ""


@pytest.mark.parametrize("env", [{"PYTHONIOENCODING": "ascii"}, {"PYTHONIOENCODING": "latin-1"}])
def test_every_page_can_be_shown_without_unicode(
    env: dict[str, str], desk: Desk, assessed: Done
) -> None:
    for command in (["report"], ["plan", "--evolve"], ["plan", "--json"], ["questions"]):
        name, *options = command
        done = desk.run(name, "r.json", *options, env=env)
        assert (done.code, done.err) == (0, "")
        assert done.out.isascii()
