"""A list that is changed while it is scored: refused, and nothing takes the output's place."""

from collections.abc import Callable
from pathlib import Path

import pytest

from persona.errors import InputError, ListError
from persona.prospects.options import ScoreOptions
from persona.prospects.progress import Silence
from persona.prospects.score import score
from persona.prospects.steady import Stamp, stamp, steady


class Meddling(Silence):
    """Somebody who changes the list: when it was just opened, or as its rows begin to go by."""

    def __init__(self, change: Callable[[], object]) -> None:
        self._change = change

    def hear(self, line: str) -> None:
        self._change()

    def begin(self, rows: int) -> None:
        self._change()


CHANGES: dict[str, Callable[[Path], object]] = {
    "shorter": lambda path: path.write_text("website,p01\n10.0.0.1,a\n", encoding="utf-8"),
    "longer": lambda path: path.write_text("website,p01\n" + "10.0.0.1,a\n" * 9, encoding="utf-8"),
    "gone": lambda path: path.unlink(),
}


@pytest.mark.parametrize("begun", [False, True])
@pytest.mark.parametrize("websites", [False, True])
@pytest.mark.parametrize("how", CHANGES)
def test_no_torn_list_is_written(how: str, websites: bool, begun: bool, tmp_path: Path) -> None:
    source, output = tmp_path / "list.csv", tmp_path / "scored.csv"
    source.write_text("website,p01\n" + "10.0.0.1,a\n" * 3, encoding="utf-8")
    options = ScoreOptions(workers=1, websites=websites)
    meddling = Meddling(lambda: CHANGES[how](source))
    say = (lambda _: None) if begun else meddling.hear
    progress = meddling if begun else Silence()
    with pytest.raises(InputError, match=r"list\.csv: ") as caught:
        score(source, output, options=options, say=say, progress=progress)
    assert any(why in str(caught.value) for why in ("changed", "no such file"))
    assert not output.exists()


def _broken(path: Path, before: Stamp | None) -> None:
    with steady(path, before):
        raise ValueError("3 rows are missing")


def test_what_a_change_brings_about_is_told_as_the_change(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("1", encoding="utf-8")
    before = stamp(path)
    with pytest.raises(ValueError, match="missing"):
        _broken(path, before)
    path.write_text("12", encoding="utf-8")
    with pytest.raises(ListError, match="has changed"):
        _broken(path, before)
