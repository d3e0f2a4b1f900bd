"""The gate by command, on a worse model, the committed tables and the pinned floors.

That the shipped model passes is what ``make gate`` checks.
"""

import subprocess
import sys
from pathlib import Path

from persona.model.artefact import load_model, save_model
from tests.integration.commands import SECONDS
from tests.spoilt import negated


def gate(*arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "persona.training.gate", *arguments],
        capture_output=True,
        text=True,
        timeout=2 * SECONDS,
        check=False,
    )


def test_the_opposite_of_the_shipped_model_does_not_pass(tmp_path: Path) -> None:
    save_model(negated(load_model().model), tmp_path / "worse.json")
    worse = gate("--model", str(tmp_path / "worse.json"))
    assert worse.returncode == 1
    assert "gate: tables.answers.kappa: " in worse.stderr
    assert "is below its floor" in worse.stderr
