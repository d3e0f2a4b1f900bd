"""Answers without a terminal: what is accepted, and one clear line for all that is not."""

import io
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from persona.errors import AnswersError, FileError, PersonaError
from persona.questionnaire.answers import MAX_ANSWERS_BYTES, check_answers, observe, read_answers
from persona.questionnaire.items import Questionnaire
from tests.conftest import complaint
from tests.strategies import OPTIONS, QUESTIONNAIRE, any_set


def accept(source: Path) -> dict[str, str]:
    return check_answers(read_answers(str(source)), QUESTIONNAIRE, str(source))


def refusal(source: Path) -> str:
    """Return the complaint about a file, having checked that it is one line naming the file."""
    with pytest.raises((AnswersError, FileError)) as error:
        accept(source)
    return complaint(error.value, source)


Write = Callable[[str, str | bytes], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write_file(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write_file


TWO = {"P01": "a", "E02": "c"}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.json", '{"P01": "a", "E02": "c"}'),
        ("a.JSON", '{"P01": "a", "E02": "c"}'),
        ("a.txt", '  {"P01": "a", "E02": "c"}'),
        ("a", '{"P01": "a", "E02": "c"}'),
        ("a.toml", 'P01 = "a"\nE02 = "c" # a comment\n'),
        ("a.TOML", 'P01 = "a"\r\nE02 = "c"\r\n'),
        ("b", 'P01 = "a"\nE02 = "c"\n'),
        ("bom.json", b'\xef\xbb\xbf{"P01": "a", "E02": "c"}'),
        ("bom.toml", b'\xef\xbb\xbfP01 = "a"\nE02 = "c"\n'),
        ("case.json", '{"p01": "A", " e02 ": " C "}'),
        ("order.json", '{"E02": "c", "P01": "a"}'),
        ("unknown.json", '{"P01": "a", "P02": null, "P03": "", "E02": "c"}'),
        ("unknown.toml", 'P01 = "a"\nP02 = ""\nE02 = "c"\n'),
    ],
)
def test_answers_may_be_written_in_several_ways(write: Write, name: str, content: str) -> None:
    answers = accept(write(name, content))
    assert answers == TWO
    assert list(answers) == ["P01", "E02"]


def test_an_empty_mapping_is_an_answer_set_without_answers(write: Write) -> None:
    assert accept(write("a.json", "{}")) == {}


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("item.json", '{"P29": "a"}', ["'P29'", "P01 to P28", "E01 to E12"]),
        ("item.toml", 'P1 = "a"', ["'P1'"]),
        ("line break.json", '{"P\\n01": "a"}', ["P\\n01"]),
        ("surrogate.json", '{"\\ud800": "a"}', ["ud800"]),
        ("long key.json", json.dumps({"x" * 5_000: "a"}), ["..."]),
        ("option.json", '{"P01": "e"}', ["P01", "'e'", "a, b, c, d"]),
        ("word.json", '{"P01": "The end of this month or quarter"}', ["P01", "a, b, c, d"]),
        ("surrogate option.json", '{"P01": "\\ud800"}', ["P01"]),
        ("number.json", '{"P01": 1}', ["P01", "1"]),
        ("bool.json", '{"P01": true}', ["P01", "True"]),
        ("list.json", '{"P01": ["a"]}', ["P01", "['a']"]),
        ("mapping.json", '{"P01": {"option": "a"}}', ["P01"]),
        ("nan.json", '{"P01": NaN}', ["NaN"]),
        ("infinity.json", '{"P01": -Infinity}', ["Infinity"]),
        ("nan.toml", "P01 = nan", ["P01", "nan"]),
        ("number.toml", "P01 = 1", ["P01", "1"]),
        ("bool.toml", "P01 = true", ["P01"]),
        ("date.toml", "P01 = 2026-01-01", ["P01"]),
        ("section.toml", '[answers]\nP01 = "a"', ["'answers'"]),
        ("twice.json", '{"P01": "a", "P01": "b"}', ["P01", "twice"]),
        ("twice the same.json", '{"P01": "a", "P01": "a"}', ["P01", "twice"]),
        ("twice.toml", 'P01 = "a"\nP01 = "b"', []),
        ("both cases.json", '{"p01": "a", "P01": "a"}', ["P01", "twice"]),
        ("both cases.toml", 'p01 = "a"\nP01 = "b"', ["P01", "twice"]),
        ("unknown twice.json", '{"p01": null, "P01": "b"}', ["P01", "twice"]),
        ("text.json", '"P01"', ["mapping"]),
        ("array.json", '["a", "b"]', ["mapping"]),
        ("array", '["a", "b"]', ["mapping"]),
        ("null.json", "null", ["mapping"]),
        ("empty.json", "", ["empty"]),
        ("empty.toml", "", ["empty"]),
        ("blank", " \r\n\t ", ["empty"]),
        ("mark only.json", b"\xef\xbb\xbf", ["empty"]),
        ("cut.json", '{"P01": "a",', ["JSON", "line 1"]),
        ("prose", "Our answers are below.", []),
        ("csv.csv", "item,option\nP01,a\n", []),
        ("utf-16.json", '{"P01": "a"}'.encode("utf-16"), ["UTF-8"]),
        ("latin.json", '{"P01": "é"}'.encode("latin-1"), ["UTF-8"]),
        ("binary", bytes(range(256)), ["UTF-8"]),
        ("huge.json", b" " * (MAX_ANSWERS_BYTES + 1), ["larger"]),
        ("deep.json", "[" * 100_000, []),
        ("deep value.json", '{"P01": ' + "[" * 900 + "]" * 900 + "}", []),
        ("deep", "[" * 100_000, []),
        ("deep.toml", "P01 = " + "[" * 100_000, []),
        ("deep keys.toml", "P01" + ".a" * 5_000 + " = 1", []),
        ("long number.json", '{"P01": ' + "9" * 5_000 + "}", []),
        ("long number.toml", "P01 = " + "9" * 5_000, []),
        ("nul.json", '{"P01": "\\u0000"}', ["P01"]),
    ],
)
def test_what_cannot_be_used_is_refused_in_one_line(
    write: Write, name: str, content: str | bytes, words: list[str]
) -> None:
    message = refusal(write(name, content))
    for word in words:
        assert word in message, message
    assert len(message) < 500


def test_a_folder_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    assert "folder" in refusal(tmp_path)
    assert "no such file" in refusal(tmp_path / "none.json")


def test_the_largest_file_allowed_is_read(write: Write) -> None:
    content = '{"P01": "a"}'
    assert accept(write("a.json", content.ljust(MAX_ANSWERS_BYTES))) == {"P01": "a"}


class TestStandardInput:
    """``-`` reads what is piped in."""

    def piped(self, monkeypatch: pytest.MonkeyPatch, content: bytes) -> dict[str, str]:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
        return check_answers(read_answers("-"), QUESTIONNAIRE)

    def test_json_and_toml_are_told_apart(self, monkeypatch: pytest.MonkeyPatch) -> None:
        assert self.piped(monkeypatch, b'{"P01": "a"}') == {"P01": "a"}
        assert self.piped(monkeypatch, b'P01 = "a"') == {"P01": "a"}

    @pytest.mark.parametrize("content", [b"", b"\xff", b" " * (MAX_ANSWERS_BYTES + 1), b"[1]"])
    def test_complaints_name_standard_input(
        self, monkeypatch: pytest.MonkeyPatch, content: bytes
    ) -> None:
        with pytest.raises((AnswersError, FileError), match="standard input"):
            self.piped(monkeypatch, content)

    def test_a_file_called_dash_can_still_be_named(
        self, write: Write, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = write("-", '{"P01": "b"}')
        monkeypatch.chdir(path.parent)
        assert read_answers(os.path.join(".", "-")) == {"P01": "b"}  # noqa: PTH118


@pytest.mark.parametrize("suffix", [".json", ".toml", ""])
@given(
    content=st.one_of(
        st.binary(max_size=300),
        st.text(alphabet='{}[]":,=.P01aE \n#\\nulNaI-9', max_size=60).map(str.encode),
    )
)
@example(content=b"P01" + b".a" * 3_000 + b"=1")
def test_random_bytes_are_read_or_refused_in_one_line(
    suffix: str, content: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("answers") / f"answers{suffix}"
    path.write_bytes(content)
    try:
        accept(path)
    except PersonaError as error:
        complaint(error, path)


keys = st.one_of(st.sampled_from([*OPTIONS, "p01", " P01"]), st.text(max_size=5), st.integers())
values = st.one_of(
    st.sampled_from("abcdeAB"), st.text(max_size=5), st.none(), st.integers(), st.floats(),
    st.booleans(), st.lists(st.text(max_size=2), max_size=2), st.binary(max_size=3),
)  # fmt: skip


@given(st.dictionaries(keys, values, max_size=5))
def test_any_mapping_is_accepted_or_refused_in_one_line(mapping: dict[Any, Any]) -> None:
    try:
        answers = check_answers(mapping, QUESTIONNAIRE, "here")
    except AnswersError as error:
        complaint(error, "here: ")
    else:
        assert all(option in OPTIONS[item] for item, option in answers.items())


@given(any_set())
def test_checked_answers_are_in_the_order_of_the_questionnaire(answers: dict[str, str]) -> None:
    backwards = dict(reversed(list(answers.items())))
    checked = check_answers(backwards, QUESTIONNAIRE)
    assert checked == answers
    assert list(checked) == [item for item in OPTIONS if item in answers]


def test_a_not_a_number_among_python_values_is_refused() -> None:
    with pytest.raises(AnswersError, match=r"P01.*nan"):
        check_answers({"P01": float("nan")}, QUESTIONNAIRE)


@given(any_set())
def test_the_observation_row_says_what_was_answered_and_nothing_else(
    answers: dict[str, str],
) -> None:
    row = observe(answers, QUESTIONNAIRE)
    assert {answer.item: answer.option for answer in row.answers} == answers
    for answer in row.answers:
        item = QUESTIONNAIRE.by_id[answer.item]
        option = item.option(answer.option)
        assert option is not None
        assert (answer.kind, answer.question, answer.text) == (
            item.kind,
            item.question,
            option.text,
        )
        assert (answer.level, answer.score) == (option.level, option.score)
    assert row.answer("P99") is None


def test_an_option_opens_the_gaps_of_its_item_when_its_score_is_low(
    questionnaire: Questionnaire,
) -> None:
    opens = {option: observe({"E01": option}, questionnaire).answers[0].opens for option in "abcd"}
    assert opens == {"a": (), "b": (), "c": ("doubt",), "d": ("doubt",)}
    (answer,) = observe({"E04": "b"}, questionnaire).answers
    assert answer.opens == ("assumption2",)
    (answer,) = observe({"E09": "d"}, questionnaire).answers
    assert answer.opens == ()


def test_blank_text_means_not_known(questionnaire: Questionnaire) -> None:
    assert check_answers({"P01": "", "P02": "  ", "P03": None, "P04": "a"}, questionnaire) == {
        "P04": "a"
    }
