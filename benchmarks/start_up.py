"""Whole-process time of ``persona assess --answers`` against the naive way, in one run.

    make bench

Both classify the bundled example with the same weights; runs alternate, so that a change in
the machine's speed touches both. Prints medians and the ratio; the budget is 0.05.
"""

import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

from persona.model.artefact import SHIPPED_MODEL

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "data" / "examples" / "valve-distributor.json"
MODEL = SHIPPED_MODEL
PERSONA = Path(sys.executable).parent / "persona"
RUNS = 15
BUDGET = 0.05

WAYS = {
    "naive": [
        sys.executable,
        str(ROOT / "benchmarks" / "naive_assess.py"),
        str(EXAMPLE),
        str(MODEL),
    ],
    "persona --json": [str(PERSONA), "assess", "--answers", str(EXAMPLE), "--json"],
    "persona report": [str(PERSONA), "assess", "--answers", str(EXAMPLE)],
    "click alone": [sys.executable, "-c", "import click"],
    "interpreter": [sys.executable, "-c", "pass"],
}


def timed(command: list[str]) -> tuple[float, bytes]:
    """Return the seconds one run takes and what it prints; compiled modules are kept."""
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    begin = time.perf_counter()
    done = subprocess.run(command, capture_output=True, check=True, env=environment, timeout=120)
    return time.perf_counter() - begin, done.stdout


def main() -> None:
    """Run all ways in turn and print medians, ratios, and that the verdicts are equal."""
    printed = {name: timed(command)[1] for name, command in WAYS.items()}
    times: dict[str, list[float]] = {name: [] for name in WAYS}
    for _ in range(RUNS):
        for name, command in WAYS.items():
            times[name].append(timed(command)[0])
    ours, naive = (json.loads(printed[name]) for name in ("persona --json", "naive"))
    apart = max(abs(ours["probabilities"][k] - p) for k, p in naive["probabilities"].items())
    print(f"same probabilities within {apart:.1e}; {RUNS} runs of each, alternating\n")
    print(f"{'':16}{'median ms':>10}{'min ms':>10}{'of naive, pair by pair':>26}")
    for name, seconds in times.items():
        pairs = [own / other for own, other in zip(seconds, times["naive"], strict=True)]
        print(
            f"{name:16}{statistics.median(seconds) * 1000:10.0f}{min(seconds) * 1000:10.0f}"
            f"{statistics.median(pairs):26.3f}"
        )
    print(f"\nbudget: {BUDGET}")


if __name__ == "__main__":
    main()
