"""Pages a second of a whole scored list, against the processor time that its pages take.

    python -m benchmarks.prospect_crawl [HOSTS] [PAGES.jsonl.gz]

A list of HOSTS websites (5,000 if left out) of eight pages, each answered after 200 ms by a
server process of its own, is scored from a CSV file to a CSV file by one worker and by two. The
bound is what the processor allows: the same pages read and their signals computed by one process
that does nothing else. The server takes its share of the same cores, and is measured too. Spacing
between requests is switched off: it costs time, not processor time.
"""

import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.crawl import LATENCY, PAGES, SHARED, own_pages
from benchmarks.crawl import measure as measure_alone
from persona.prospects.progress import Silence

HOSTS = 5000
ALONE = 256
BUDGET = 1.3
STOPPED_AT = 0.95
_TICKS = os.sysconf("SC_CLK_TCK")


async def on_loopback(name: str, port: int) -> list[str]:
    """Look a host up: all are on this machine."""
    return ["127.0.0.1"]


class Watcher(Silence):
    """Notes when the first row was about to be read, and stops the run after so many rows."""

    def __init__(self, most: float) -> None:
        self.begun = 0.0
        self.before = 0
        self._rows = 0
        self._most = most

    def begin(self, rows: int) -> None:
        """Note the moment."""
        self.begun = time.perf_counter()
        self._most *= rows

    def add(self, *, before: bool = False, **ends: Any) -> None:
        """Count rows, and stop the run once enough are done, as Ctrl-C would."""
        rows = sum(count for name, count in ends.items() if name != "slowest")
        self.before += rows if before else 0
        self._rows += rows
        if self._rows >= self._most:
            self._most = float("inf")
            os.kill(os.getpid(), signal.SIGINT)


def run(port: int, folder: Path, workers: int, stop_at: float, resume: bool) -> None:
    """Score the list in this process and its workers, and print what it took."""
    from persona.capture.guard import Allowed, Guard
    from persona.capture.limits import Limits
    from persona.capture.live import Reading
    from persona.errors import Paused
    from persona.prospects.options import ScoreOptions
    from persona.prospects.score import score

    source = folder / "list.csv"
    hosts = source.read_text().split()[1:]
    allowed = Allowed.parse(hosts)
    reading = Reading(
        pages=PAGES,
        allowed=allowed,
        store=None,
        limits=Limits(spacing_seconds=0.0),
        guard=Guard(allowed, on_loopback),
    )
    watcher = Watcher(stop_at)
    begin = time.perf_counter()
    found: dict[str, float] = {}
    options = ScoreOptions(workers=workers, resume=resume, pages=PAGES, restart=not resume)
    try:
        summary = score(
            source, folder / "out.csv", options=options, reading=reading, progress=watcher
        )
        found["pages"] = summary.pages
    except Paused:
        pass
    seconds = time.perf_counter() - begin
    _end_workers()
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    found |= {
        "seconds": seconds,
        "start": watcher.begun - begin,
        "before": watcher.before,
        "cpu": sum(each.ru_utime + each.ru_stime for each in used),
        "mib": max(each.ru_maxrss for each in used) / 1024,
    }
    print(json.dumps(found))


def _end_workers() -> None:
    """End worker processes, so that their processor time is known."""
    from joblib.externals.loky import reusable_executor

    if reusable_executor._executor is not None:
        reusable_executor._executor.shutdown(wait=True)


def measure(port: int, folder: Path, workers: int, **how: object) -> dict[str, float]:
    """Score the list in a process of its own; return what it took."""
    given = {"stop_at": float("inf"), "resume": False, **how}
    command = [sys.executable, "-m", "benchmarks.prospect_crawl", "--run", str(port), str(folder)]
    command += [str(workers), str(given["stop_at"]), "resume" if given["resume"] else "begin"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stderr)
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures


def processor_seconds(process: "subprocess.Popen[bytes]") -> float:
    """Return the processor time that a running process has used."""
    fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def busy_seconds() -> float:
    """Return the processor time that all processes of this machine have used."""
    user, nice, system, _, _, irq, softirq, steal = map(
        int, Path("/proc/stat").read_text().split()[1:9]
    )
    return (user + nice + system + irq + softirq + steal) / _TICKS


def main(hosts: int, pages: Path) -> None:
    """Measure the bound, one worker, two workers, and going on; print the ratios."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        port_file = folder / "port"
        pages = pages if pages.exists() else own_pages(folder)
        command = [sys.executable, "-m", "benchmarks.slow_hosts"]
        server = subprocess.Popen([*command, str(port_file), str(LATENCY), str(pages)])
        try:
            while not (port_file.exists() and port_file.read_text()):
                time.sleep(0.05)
            _compare(int(port_file.read_text()), folder, hosts, server)
        finally:
            server.kill()
            server.wait()


def _compare(port: int, folder: Path, hosts: int, server: "subprocess.Popen[bytes]") -> None:
    listed = "".join(f"company{number}.com:{port}\n" for number in range(hosts))
    (folder / "list.csv").write_text(f"website\n{listed}")
    alone = measure_alone("persona", port, min(hosts, ALONE))
    bound = alone["pages"] / alone["cpu"]
    print(f"{hosts} sites of {PAGES} pages, {LATENCY * 1000:.0f} ms; {os.cpu_count()} cores")
    print(f"bound: {bound:.0f} pages a processor second ({alone['pages']:.0f} pages read alone)")
    rates, possible = {}, {}
    for workers in (1, 2):
        served, busy = processor_seconds(server), busy_seconds()
        took = measure(port, folder, workers)
        served, busy = processor_seconds(server) - served, busy_seconds() - busy
        # What other processes use, the server among them, is not there for pages.
        others = busy - took["cpu"]
        left = (os.cpu_count() or 1) - others / took["seconds"]
        rates[workers] = took["pages"] / took["seconds"]
        possible[workers] = bound * min(workers, left)
        print(
            f"{workers} workers: {took['pages']:.0f} pages in {took['seconds']:.1f} s, "
            f"{rates[workers]:.0f} pages/s, {took['pages'] / took['cpu']:.0f} a processor second, "
            f"{took['mib']:.0f} MiB a process; server {served:.1f}, all others "
            f"{others - served:.1f} processor seconds; possible on the {min(workers, left):.2f} "
            f"cores left {possible[workers]:.0f} pages/s: "
            f"{possible[workers] / rates[workers]:.2f} x (budget {BUDGET})"
        )
    print(f"two workers / one: {rates[2] / rates[1]:.2f}, possible {possible[2] / possible[1]:.2f}")
    measure(port, folder, 2, stop_at=STOPPED_AT)
    again = measure(port, folder, 2, resume=True)
    print(
        f"going on with {again['before'] / hosts:.0%} done: reading begins after "
        f"{again['start']:.1f} s, all done after {again['seconds']:.1f} s"
    )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--run"]:
        port, folder, workers, stop_at, how = sys.argv[2:]
        run(int(port), Path(folder), int(workers), float(stop_at), how == "resume")
    else:
        main(
            int(sys.argv[1]) if len(sys.argv) > 1 else HOSTS,
            Path(sys.argv[2]) if len(sys.argv) > 2 else SHARED,
        )
