"""JSON Lines: keys are headings, numbers stay as written, objects come back with ours added."""

import gzip
import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from persona.errors import ListError
from persona.prospects.outcome import WRITTEN
from persona.prospects.table import jsonlist, open_list
from persona.prospects.table.jsonlist import JsonList
from tests.conftest import complaint
from tests.unit.prospects.table.lists import OURS, cells_of, read, refusal, score, written

LINES = (
    '{"id": 0001.10e0}\n'.replace("0001", "1")
    + '{"name": "Åbo \\"x\\"", "id": 900719925474099312345}\r\n'
    + "\n"
    + '{"id": null, "tags": [1.0, {"a": "é"}], "ok": true, "": "none"}'
)

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=5,
)


def test_values_are_read_as_they_are_written(tmp_path: Path) -> None:
    assert read(written(tmp_path, LINES, "list.jsonl")) == (
        ["id", "name", "tags", "ok", ""],
        [
            ["1.10e0", "", "", "", ""],
            ["900719925474099312345", 'Åbo "x"', "", "", ""],
            ["", "", '[1.0, {"a": "é"}]', "true", "none"],
        ],
        ("1 blank line left out",),
    )


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (LINES.encode(), "list.txt"),
        (LINES.encode("utf-8-sig"), "list.ndjson"),
        (LINES.encode("utf-16"), "list.jsonl"),
        (gzip.compress(LINES.encode()), "list.jsonl.gz"),
        (b" \n" + LINES.encode(), "list"),
    ],
)
def test_json_lines_are_told_by_content_and_name(content: bytes, name: str, tmp_path: Path) -> None:
    with open_list(written(tmp_path, content, name)) as listed:
        assert isinstance(listed, JsonList)
        assert listed.headings == ("id", "name", "tags", "ok", "")


def test_objects_stand_as_they_stood(tmp_path: Path) -> None:
    source = written(tmp_path, LINES + "\r\n{}\r\n{ }\n", "list.jsonl")
    lines = score(source, tmp_path / "out.jsonl").read_bytes().decode().split("\n")
    assert lines[0].startswith(
        '{"id": 1.10e0,"persona_label":"sales_driven","persona_confidence":0.0,'
    )
    assert lines[1].startswith('{"name": "Åbo \\"x\\"", "id": 900719925474099312345,"persona_')
    assert [line[-1:] for line in lines] == ["}", "\r", "\r", "\r", "}", ""]
    objects = [json.loads(line) for line in lines if line]
    assert objects[3].keys() == set(WRITTEN)
    assert objects[4]["persona_p_sales_driven"] is None
    assert list(objects[2])[:4] == ["id", "tags", "ok", ""]


def test_keys_that_are_taken_get_a_number(tmp_path: Path) -> None:
    source = written(tmp_path, '{"persona_label": "mine"}\n', "list.jsonl")
    found = json.loads(score(source, tmp_path / "out.jsonl").read_text())
    assert found["persona_label"] == "mine"
    assert found["persona_label_2"] == "sales_driven"


def test_from_delimited_text(tmp_path: Path) -> None:
    source = written(tmp_path, 'Phone,Phone,\n01,"2\n3",=4\n')
    text = score(source, tmp_path / "out.jsonl").read_text()
    found = json.loads(text)
    assert list(found.items())[:3] == [("Phone", "01"), ("Phone_2", "2\n3"), ("column_3", "=4")]
    assert found["persona_status"] == "scored"
    headings, rows, _ = read(score(tmp_path / "out.jsonl", tmp_path / "back.csv"))
    assert rows[0][:3] == ["01", "2\n3", "=4"]
    assert headings[-OURS:] == list(WRITTEN)


@given(st.lists(st.dictionaries(st.text(max_size=4), values, max_size=4), min_size=1, max_size=6))
def test_any_objects_come_back(objects: list[dict[str, object]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "list.jsonl")
        lines = [json.dumps(row, ensure_ascii=len(row) % 2 == 0) for row in objects]
        source.write_text("\n".join(lines), encoding="utf-8", errors="replace", newline="")
        with open_list(source) as listed:
            rows = cells_of(listed)
            headings = listed.headings
        assert headings == tuple(dict.fromkeys(key for row in objects for key in row))
        for cells, row in zip(rows, objects, strict=True):
            texts = dict(zip(headings, cells, strict=True))
            for key, value in row.items():
                if isinstance(value, str):
                    assert texts[key] == value
                else:
                    assert texts[key] == "" if value is None else json.loads(texts[key]) == value
        scored = score(source, Path(folder, "out.jsonl")).read_text("utf-8").split("\n")
        for line, row in zip(scored, objects, strict=False):
            assert {key: json.loads(line)[key] for key in row} == row


def test_half_a_pair_of_surrogates_is_read_all_the_same(tmp_path: Path) -> None:
    line = r'{"a": "cut \ud83d", "b": "\ud83d\ude42 \\ud83d"}'
    source = written(tmp_path, line, "list.jsonl")
    assert read(source)[1] == [["cut \ufffd", "\U0001f642 \\ud83d"]]
    assert score(source, tmp_path / "out.jsonl").read_text().startswith(line[:-1])


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("[1, 2]", "expected `object`"),
        ("acme.com", "invalid"),
        ('{"a": 1} {"b": 2}', "trailing"),
        ('{"a": NaN}', "invalid"),
        ('{"a": ' + "[" * 100_000 + "]" * 100_000 + "}", "nested too deeply"),
        ('{"a": "', "invalid"),
        ('{"a": "\\ud83"}', "JSON object"),
    ],
)
def test_a_line_that_is_no_object_is_named(line: str, words: str, tmp_path: Path) -> None:
    text = '{"a": 1}\n\n' + line + '\n{"a": 1}\n'
    refusal(written(tmp_path, text, "list.jsonl"), "line 3", words)


def test_what_is_no_list_is_refused(tmp_path: Path) -> None:
    refusal(written(tmp_path, "\n", "list.jsonl"), "is empty")
    refusal(written(tmp_path, '[{"a": 1}]', "list.json"), "JSON array")
    many = json.dumps({str(key): 1 for key in range(16_385)})
    refusal(written(tmp_path, f'{{"a": 1}}\n{many}\n', "list.jsonl"), "line 2", "16,384")


def test_long_rows_make_shorter_chunks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonlist, "MOST_CHUNK", 100)
    with open_list(written(tmp_path, '{"a": "0123456789"}\n' * 50, "list.jsonl")) as listed:
        assert max(map(len, listed.chunks())) == 5
        assert len(cells_of(listed, 9)) == 50


@given(st.binary(max_size=60))
def test_any_bytes_are_a_list_or_a_refusal(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "list.jsonl")
        path.write_bytes(b'{"a":1}\n{"b":"' + content + b'"}\n')
        try:
            with open_list(path) as listed:
                cells_of(listed)
        except ListError as error:
            complaint(error, path)
