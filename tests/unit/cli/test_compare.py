"""``persona compare``: every mistake is one clear line, and no file is touched."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from persona.cli.main import run
from persona.reports.result import save_result
from tests.unit.reports.comparison.made import three


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    chief, _, sales = three()
    for name, result in (
        ("chief", chief), ("copy", chief), ("sales", sales), ("other", replace(sales, company="B")),
    ):  # fmt: skip
        save_result(result, tmp_path / f"{name}.json")
    (tmp_path / "broken.json").write_text("{")
    (tmp_path / "link.json").symlink_to(tmp_path / "chief.json")
    return tmp_path


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], ["2 to 30 results"]),
        (["chief.json"], ["2 to 30 results"]),
        (["chief.json", "./chief.json"], ["same file as chief.json"]),
        (["chief.json", "link.json"], ["link.json: the same file as chief.json"]),
        (["chief.json", "gone.json"], ["gone.json", "no such file"]),
        (["chief.json", "copy.json"], ["chief.json and copy.json hold the same result"]),
        (["chief.json", "broken.json"], ["broken.json", "not a saved result"]),
        (["chief.json", "other.json"], ["other.json", "'B'", "--anyway"]),
        (["chief.json", "sales.json", "--as", "dates"], ["same day", "--as people"]),
        (["chief.json", "sales.json", "--as", "cats"], ["cats"]),
        (["chief.json", "sales.json", "-o", "link.json"], ["would overwrite a result"]),
        (["chief.json", "sales.json", "-o", "no/where.html"], ["no/where.html"]),
    ],
)
def test_mistakes_are_one_line(
    arguments: list[str], words: list[str], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir()}

    assert run(["compare", *arguments]) == 2

    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.count("\n") == 1
    assert all(word in shown.err for word in words)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
