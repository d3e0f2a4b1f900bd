"""A list scored by its websites: stopped late, and gone on with."""

from pathlib import Path

import pytest

from persona.errors import Paused
from persona.prospects.options import ScoreOptions
from persona.prospects.progress import Silence
from persona.prospects.score import score


class StoppedAtTheEnd(Silence):
    """Somebody who presses Ctrl-C as all rows are judged and the list is being written."""

    def finishing(self) -> None:
        raise KeyboardInterrupt


def test_ctrl_c_while_the_list_is_written_says_how_to_go_on(tmp_path: Path) -> None:
    source, output = tmp_path / "list.csv", tmp_path / "scored.csv"
    source.write_text("website\n10.0.0.1\n192.168.0.1\n", encoding="utf-8")
    with pytest.raises(Paused) as caught:
        score(source, output, options=ScoreOptions(workers=1), progress=StoppedAtTheEnd())
    assert "2 of 2 rows are done and kept; go on with: persona score" in str(caught.value)
    assert str(caught.value).endswith("--resume")
    assert not output.exists()
    assert score(source, output, options=ScoreOptions(workers=1, resume=True)).failed == 2
    assert output.exists()
