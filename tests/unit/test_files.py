"""Reading what a user points at, and writing so that nothing is lost."""

import json
import math
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from persona.errors import FileError, OutputError
from persona.files import (
    as_text,
    check_writable,
    parse_json,
    read_bytes,
    read_text,
    write_atomically,
)
from tests.conftest import complaint
from tests.disk import full_disk


def test_a_file_of_exactly_the_limit_is_read_and_one_byte_more_is_not(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"x" * 2048)
    assert read_bytes(file, limit=2048) == b"x" * 2048
    with pytest.raises(FileError) as error:
        read_bytes(file, limit=2047)
    complaint(error.value, file, "larger than")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileError) as error:
        read_bytes(tmp_path / "nowhere.json")
    complaint(error.value, tmp_path / "nowhere.json", "no such file")


def test_a_folder_is_not_a_file(tmp_path: Path) -> None:
    with pytest.raises(FileError) as error:
        read_bytes(tmp_path)
    complaint(error.value, tmp_path, "folder")


def test_a_file_below_a_file_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(FileError) as error:
        read_bytes(tmp_path / "file" / "below")
    complaint(error.value, tmp_path / "file" / "below")


def test_a_name_with_a_zero_byte_is_refused() -> None:
    with pytest.raises(FileError) as error:
        read_bytes(Path("a\0b"))
    complaint(error.value, "cannot be read")


def test_a_line_break_in_a_file_name_does_not_break_the_message(tmp_path: Path) -> None:
    with pytest.raises(FileError) as error:
        read_bytes(tmp_path / "two\nlines.json")
    complaint(error.value, "no such file")


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"\xef\xbb\xbfna\xc3\xafve")
    assert read_text(file) == "naïve"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32", "latin-1", "cp1252"])
def test_text_that_is_not_utf_8_is_refused_with_the_place(encoding: str) -> None:
    with pytest.raises(FileError) as error:
        as_text("Örebro Å".encode(encoding), "answers.json")
    complaint(error.value, "answers.json")


@given(st.binary(max_size=200))
def test_bytes_are_decoded_or_refused(content: bytes) -> None:
    try:
        text = as_text(content, "here")
    except FileError as error:
        complaint(error, "here")
    else:
        assert text.encode() in (content, content.removeprefix(b"\xef\xbb\xbf"))


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ('{"P01": "a", "P01": "b"}', "'P01'"),
        ('[{"deep": {"x": 1, "x": 1}}]', "'x'"),
        ('{"a\\nb": 1, "a\\nb": 2}', "twice"),
        ('{"P01": NaN}', "NaN"),
        ("[Infinity]", "Infinity"),
        ("[-Infinity]", "-Infinity"),
        ("{'P01': 'a'}", "line 1, column 2"),
        ('{"P01": "a",\n "P02": }', "line 2"),
        ("", "line 1"),
        ("[" * 100_000, "here"),
        ('{"a":' * 100_000, "here"),
        ("[" + "9" * 5_000 + "]", "here"),
    ],
)
def test_json_that_is_not_strict_is_refused_with_the_place(text: str, word: str) -> None:
    with pytest.raises(FileError) as error:
        parse_json(text, "here")
    complaint(error.value, "here", word)


@given(st.text(alphabet='{}[]",:\\ \n\u2028aP01-+.eENI\ud800', max_size=60))
def test_any_text_is_parsed_or_refused_in_one_line(text: str) -> None:
    try:
        parse_json(text, "here")
    except FileError as error:
        complaint(error, "here")


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=8,
)  # fmt: skip


@given(json_values)
def test_what_json_can_say_is_read_unchanged(value: object) -> None:
    assert parse_json(json.dumps(value), "here") == value


def test_a_finite_number_too_large_for_a_float_does_not_become_a_finite_one() -> None:
    value = parse_json("[1e999]", "here")
    assert not math.isfinite(value[0])


def test_writing_makes_the_file_or_replaces_it_whole(tmp_path: Path) -> None:
    file = tmp_path / "file"
    write_atomically(file, b"a long first version")
    write_atomically(file, b"second")
    assert file.read_bytes() == b"second"
    assert list(tmp_path.iterdir()) == [file]


def test_a_disk_that_fills_up_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"old")
    with full_disk(after_bytes=100), pytest.raises(OutputError) as error:
        write_atomically(file, b"x" * 10_000)
    complaint(error.value, file, "cannot be written")
    assert file.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [file]


def test_permissions_of_a_file_survive_its_replacement(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"old")
    file.chmod(0o640)
    write_atomically(file, b"new")
    assert file.stat().st_mode & 0o777 == 0o640


def test_a_new_file_gets_the_permissions_of_any_new_file(tmp_path: Path) -> None:
    (tmp_path / "plain").write_bytes(b"")
    write_atomically(tmp_path / "new", b"")
    assert (tmp_path / "new").stat().st_mode == (tmp_path / "plain").stat().st_mode


@pytest.mark.parametrize("target", ["missing/file", "file/below", "folder", "n" * 300])
def test_a_place_that_cannot_be_written_to_is_named_beforehand_and_at_the_time(
    tmp_path: Path, target: str
) -> None:
    (tmp_path / "file").write_bytes(b"kept")
    (tmp_path / "folder").mkdir()
    for attempt in (check_writable, lambda path: write_atomically(path, b"x")):
        with pytest.raises(OutputError) as error:
            attempt(tmp_path / target)
        complaint(error.value, "cannot be written")
    assert (tmp_path / "file").read_bytes() == b"kept"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "folder"]


def test_a_link_is_written_through_and_stays_a_link(tmp_path: Path) -> None:
    target, link = tmp_path / "target", tmp_path / "link"
    target.write_bytes(b"old")
    link.symlink_to(target)
    write_atomically(link, b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"


@pytest.mark.parametrize("loop", [True, False])
def test_what_is_no_plain_file_is_never_replaced(tmp_path: Path, loop: bool) -> None:
    place = tmp_path / "place"
    if loop:
        place.symlink_to(place)
    else:
        os.mkfifo(place)
    for attempt in (check_writable, lambda path: write_atomically(path, b"x")):
        with pytest.raises(OutputError) as error:
            attempt(place)
        complaint(error.value, place, "cannot be written")
    assert place.is_symlink() or place.is_fifo()


def test_checking_that_a_place_can_be_written_to_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "old").write_bytes(b"old")
    check_writable(tmp_path / "new")
    check_writable(tmp_path / "old")
    assert [path.name for path in tmp_path.iterdir()] == ["old"]
    assert (tmp_path / "old").read_bytes() == b"old"
