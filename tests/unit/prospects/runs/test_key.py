"""What differs between a run and what is asked for now, in words."""

import pytest

from persona.files import encode
from persona.prospects.runs.key import RunState, differences, read_state
from tests.unit.prospects.runs.made import key


def test_comes_back_from_its_file() -> None:
    state = RunState(key(), failed=3)
    assert read_state(encode(state)) == state


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"schema": "persona-run/2"}', b"\xff"])
def test_what_is_no_run_is_none(content: bytes) -> None:
    assert read_state(content) is None


def test_the_mark_follows_from_the_key_alone() -> None:
    assert RunState(key()).mark == RunState(key(), failed=2).mark
    keys = (key(), key(model="persona-2"), key(options={}))
    marks = {RunState(each).mark for each in keys}
    assert len(marks) == 3


def test_no_difference_no_words() -> None:
    assert differences(key(), key()) == ""
    assert differences(key(options={"--offline": ""}), key(options={})) == ""


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (
            {"sha256": "c", "rows": 1204, "shards": 128},
            "the list has changed since (it had 1,203 rows, now 1,204)",
        ),
        (
            {"sha256": "c", "bytes": 1001},
            "the list has changed since (it had 1,000 bytes, now 1,001)",
        ),
        ({"sha256": "c"}, "the list has changed since (as many rows and bytes, but others)"),
        ({"options": {"--pages": "8"}}, "--pages was 12, is now 8"),
        (
            {"options": {"--pages": "12", "--offline": "given"}},
            "--offline was not given, is now given",
        ),
        (
            {"columns": {"website": "Web\x1b[31m"}},
            "the column of p05 was Q5, is now none; "
            "the column of website was Domain, is now Web[31m",
        ),
        ({"model": "persona-2", "model_sha256": "c"}, "the model was persona-1, is now persona-2"),
        ({"model_sha256": "c"}, "the model persona-1 has other weights than before"),
        ({"version": "0.2.0", "shards": 2}, "persona was 0.1.0, is now 0.2.0"),
        ({"shards": 128}, "the list was divided into 64 shards, is now into 128"),
    ],
)
def test_says_what_differs(change: dict[str, object], words: str) -> None:
    assert differences(key(), key(**change)) == words


def test_joins_several_and_counts_the_rest() -> None:
    many = {f"p{number:02d}": "Q" for number in range(1, 9)}
    line = differences(key(columns={}), key(columns=many, model="other"))
    assert line.count("; ") == 4
    assert "and 5 more like it; the model was" in line
