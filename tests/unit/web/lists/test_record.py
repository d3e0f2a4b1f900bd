"""What is kept of a list beside the list itself."""

from pathlib import PurePosixPath, PureWindowsPath

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from persona.errors import UsageError
from persona.web.lists.record import (
    ENDINGS,
    How,
    ListRecord,
    ending_of,
    shown_name,
    source_name,
    usual_ending,
)


@given(st.text(max_size=300))
def test_a_name_to_show_is_short_printable_and_without_folders(given_name: str) -> None:
    name = shown_name(given_name)
    assert 0 < len(name) <= 100
    assert name.isprintable()
    assert "/" not in name
    assert "\\" not in name
    assert shown_name(name) == name


@given(st.text(max_size=60), st.sampled_from([*ENDINGS, ".csv.gz", ".NDJSON", ".Csv", ""]))
def test_a_list_is_stored_under_a_name_of_ours(stem: str, ending: str) -> None:
    stored = source_name(shown_name(stem + ending))
    assert PurePosixPath(stored).name == PureWindowsPath(stored).name == stored
    assert stored.startswith("list")
    assert stored.removeprefix("list") in (
        *ENDINGS, "", ".txt", ".ndjson", ".csv.gz", ".tsv.gz", ".txt.gz", ".jsonl.gz", ".ndjson.gz",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "shown", "stored", "written"),
    [
        ("Prospects 2026.CSV", "Prospects 2026.CSV", "list.csv", ".csv"),
        ("C:\\lists\\a.xlsx", "a.xlsx", "list.xlsx", ".xlsx"),
        ("../../etc/passwd", "passwd", "list", ".csv"),
        ("a.ndjson.gz", "a.ndjson.gz", "list.ndjson.gz", ".jsonl"),
        ("a.csv.gz", "a.csv.gz", "list.csv.gz", ".csv"),
        ("notes.txt", "notes.txt", "list.txt", ".csv"),
        ("a\u202etxt.csv", "atxt.csv", "list.csv", ".csv"),
        ("", "list", "list", ".csv"),
        ("x" * 300 + ".parquet", "x" * 92 + ".parquet", "list.parquet", ".parquet"),
    ],
)
def test_names(name: str, shown: str, stored: str, written: str) -> None:
    assert shown_name(name) == shown
    assert source_name(shown) == stored
    assert usual_ending(shown) == written


def record(name: str, how: How = How()) -> ListRecord:  # noqa: B008 - frozen
    return ListRecord(
        id="0" * 12, name=name, source=source_name(name), bytes=1, added_on="2026", how=how
    )


def test_what_is_handed_out_is_named_after_the_list() -> None:
    done = record("Prospects.xlsx", How(ending=".jsonl"))
    assert done.output == "scored.jsonl"
    assert done.download == "Prospects-scored.jsonl"
    assert done.report_download == "Prospects-report.html"
    assert ending_of("Prospects.xlsx") == ".xlsx"


def test_another_format_is_refused_also_from_a_file() -> None:
    with pytest.raises(UsageError, match="format"):
        How(ending=".exe")
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(b'{"pages": 61}', type=How)
