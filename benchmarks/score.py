"""Scoring a list of answers, against pandas and scikit-learn doing the same.

    python -m benchmarks.score [ROWS] [MANY]

ROWS (1,000,000) are scored from Parquet to Parquet and from CSV to CSV, by ``persona score`` and
by ``naive_score.py``, each a process of its own from start to end, and what both wrote is
compared cell by cell. MANY rows (10,000,000; 0 leaves them out) are then scored from Parquet to
Parquet, for the peak of memory. The answers are made up: nothing here says how good verdicts are.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

ROWS = 1_000_000
MANY = 10_000_000
BUDGETS = {".parquet": 8.0, ".csv": 3.0}
MOST_MEMORY = 500
OURS, NAIVE = "persona score", "pandas"


class Cost(NamedTuple):
    """What a process took: seconds, seconds of processor time, and MiB of memory at most."""

    seconds: float
    processor: float
    peak: int


def run(*arguments: object) -> tuple[Cost, str]:
    """Run a module as a process of its own; return what it cost and what it printed."""
    command = [sys.executable, "-m", *map(str, arguments)]
    start = time.perf_counter()
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as child:
        printed = child.stdout.read() if child.stdout else ""
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - start
    if child.returncode:
        raise SystemExit(f"{' '.join(command)}: ended with {child.returncode}\n{printed}")
    return Cost(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss // 1024), printed


def score(source: Path, output: Path) -> Cost:
    """Score a list by the command and return what it cost."""
    cost, _ = run("benchmarks.as_installed", "score", source, "-o", output, "--no-websites")
    return cost


def show(rows: int, name: str, cost: Cost) -> None:
    """Print what one process took."""
    print(
        f"  {name:14} {cost.seconds:7.1f} s  {cost.processor:7.1f} s of processor time  "
        f"{rows / cost.seconds:10,.0f} rows/s  peak {cost.peak:5} MiB",
        flush=True,
    )


def compare(folder: Path, rows: int, ending: str) -> None:
    """Score one list both ways, and print what each took and the ratio."""
    source = folder / f"list{ending}"
    run("benchmarks.answer_table", rows, source)
    outputs = {name: folder / f"{name.split()[0]}{ending}" for name in (OURS, NAIVE)}
    print(f"{rows:,} rows, {ending} to {ending}")
    ours = score(source, outputs[OURS])
    show(rows, OURS, ours)
    naive, _ = run("benchmarks.naive_score", source, outputs[NAIVE])
    show(rows, NAIVE, naive)
    _, same = run("benchmarks.same_cells", *outputs.values())
    times = naive.seconds / ours.seconds
    print(f"  {times:.1f} times as fast (budget: at least {BUDGETS[ending]:.0f}); {same}", end="")
    for path in (source, *outputs.values()):
        path.unlink()


def memory(folder: Path, rows: int) -> None:
    """Score a long list and print what it took."""
    source = folder / "long.parquet"
    run("benchmarks.answer_table", rows, source)
    print(f"{rows:,} rows, .parquet to .parquet (budget: at most {MOST_MEMORY} MiB)")
    show(rows, OURS, score(source, folder / "out.parquet"))


def main() -> None:
    """Print all costs and ratios."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    many = int(sys.argv[2]) if len(sys.argv) > 2 else MANY
    with tempfile.TemporaryDirectory() as folder:
        for ending in BUDGETS:
            compare(Path(folder), rows, ending)
        if many:
            memory(Path(folder), many)


if __name__ == "__main__":
    main()
