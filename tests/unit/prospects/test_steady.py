"""A list that is changed while it is scored: refused, and nothing takes the output's place."""

from collections.abc import Callable
from pathlib import Path

import pytest

from persona.errors import ListError
from persona.prospects.options import Options
from persona.prospects.progress import Silence
from persona.prospects.score import score
from persona.prospects.steady import steady


class Meddling(Silence):
    """Somebody who changes the list once, between two looks at how far it is."""

    def __init__(self, change: Callable[[], object]) -> None:
        self._change = change

    def begin(self, rows: int) -> None:
        self._change()


CHANGES: dict[str, Callable[[Path], object]] = {
    "shorter": lambda path: path.write_text("website,p01\n10.0.0.1,a\n", encoding="utf-8"),
    "longer": lambda path: path.write_text("website,p01\n" + "10.0.0.1,a\n" * 9, encoding="utf-8"),
    "gone": lambda path: path.unlink(),
}


@pytest.mark.parametrize("websites", [False, True])
@pytest.mark.parametrize("how", CHANGES)
def test_no_torn_list_is_written(how: str, websites: bool, tmp_path: Path) -> None:
    source, output = tmp_path / "list.csv", tmp_path / "scored.csv"
    source.write_text("website,p01\n" + "10.0.0.1,a\n" * 3, encoding="utf-8")
    options = Options(workers=1, websites=websites)
    progress = Meddling(lambda: CHANGES[how](source))
    with pytest.raises(Exception, match=r"list\.csv: ") as caught:
        score(source, output, options=options, progress=progress)
    assert "change" in str(caught.value) or "cannot be read" in str(caught.value)
    assert not output.exists()


def test_what_a_change_brings_about_is_told_as_the_change(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("1", encoding="utf-8")
    with pytest.raises(ListError, match="has changed"), steady(path):
        path.write_text("12", encoding="utf-8")
        raise ValueError("3 rows are missing")
    with pytest.raises(ValueError, match="missing"), steady(path):
        raise ValueError("3 rows are missing")
    with steady(path):
        pass
