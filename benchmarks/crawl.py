"""Pages per CPU-second of reading many slow hosts, against requests, threads and beautifulsoup4.

    python -m benchmarks.crawl [PAGES.jsonl.gz] [HOSTS]

Each host answers after 200 ms from a server process of its own; each way of reading runs in a
process of its own, whose processor time is measured. Both read robots.txt, the home page and
seven pages of its menu of every host, and compute the signals of every site. Spacing between
requests is switched off in both: it costs time, not processor time.
"""

import asyncio
import json
import resource
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urljoin

from benchmarks.slow_hosts import PATHS

LATENCY = 0.2
HOSTS = 512
NAIVE_HOSTS = 32
PAGES = 8
THREADS = 64
BUDGET = 25.0
SITES = Path(__file__).parents[1] / "tests" / "fixtures" / "sites"
SHARED = Path(__file__).parents[2] / "shared" / "data" / "pages.jsonl.gz"


def host(number: int) -> str:
    """Return the name of one host."""
    return f"host{number}.bench.example"


async def read_politely(port: int, hosts: int) -> int:
    """Read all hosts the way the program does; return the pages read."""
    import persona.cli.main  # noqa: F401 - sets the collector's thresholds as the program does
    from persona.capture.fetch import Fetcher, Limits
    from persona.capture.guard import Allowed, Guard
    from persona.capture.live import Reading, stream_sites
    from persona.capture.records import Capture
    from persona.signals.extract import extract

    async def lookup(name: str, number: int) -> list[str]:
        return ["127.0.0.1"]

    allowed = Allowed.parse([f"{host(number)}:{port}" for number in range(hosts)])
    limits = Limits(spacing_seconds=0.0)
    addresses = [f"http://{host(number)}:{port}/" for number in range(hosts)]
    reading = Reading(pages=PAGES, allowed=allowed, store=None, limits=limits)
    pages = 0
    async with Fetcher(Guard(allowed, lookup), limits=limits) as fetcher:
        async for _, capture in stream_sites(addresses, reading, fetcher):
            assert isinstance(capture, Capture)
            pages += len(extract(capture).pages)
    return pages


def read_naively(port: int, hosts: int) -> int:
    """Read all hosts with requests, threads and beautifulsoup4; return the pages read."""
    from benchmarks.naive_page import read_site_naively

    with ThreadPoolExecutor(THREADS) as pool:
        tasks = [pool.submit(_naive_site, port, number) for number in range(hosts)]
        captured = [task.result() for task in tasks]
    return sum(read_site_naively(host(number), pages) for number, pages in enumerate(captured))


def _naive_site(port: int, number: int) -> list[tuple[str, str]]:
    import requests
    from bs4 import BeautifulSoup

    base, name = f"http://127.0.0.1:{port}", host(number)
    with requests.Session() as session:
        session.headers["Host"] = name
        session.get(f"{base}/robots.txt", timeout=30)
        home = session.get(f"{base}/", timeout=30)
        found = BeautifulSoup(home.text, "html.parser").find_all("a", href=True)
        wanted = list(dict.fromkeys(urljoin("/", str(link["href"])) for link in found))
        pages = [(f"http://{name}/", home.text)]
        for path in [path for path in wanted if path in PATHS and path != "/"][: PAGES - 1]:
            pages.append((f"http://{name}{path}", session.get(base + path, timeout=30).text))
    return pages


def measure(way: str, port: int, hosts: int) -> dict[str, float]:
    """Run one way in a process of its own; return pages, CPU-seconds, seconds and peak MiB."""
    command = [sys.executable, "-m", "benchmarks.crawl", "--run", way, str(port), str(hosts)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stderr)
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures


def run(way: str, port: int, hosts: int) -> None:
    """Read in this process and print what it took."""
    begin = time.perf_counter()
    pages = (
        asyncio.run(read_politely(port, hosts)) if way == "persona" else read_naively(port, hosts)
    )
    used = resource.getrusage(resource.RUSAGE_SELF)
    print(
        json.dumps(
            {
                "pages": pages,
                "cpu": used.ru_utime + used.ru_stime,
                "seconds": time.perf_counter() - begin,
                "mib": used.ru_maxrss / 1024,
            }
        )
    )


def own_pages(folder: Path) -> Path:
    """Write the pages of the tests' own sites as a captures file."""
    file = folder / "pages.jsonl"
    pages = sorted(SITES.rglob("*.html"))
    file.write_text("".join(f"{json.dumps({'html': page.read_text()})}\n" for page in pages))
    return file


def main(pages: Path, hosts: int) -> None:
    """Compare both ways in one run and print the ratio."""
    with tempfile.TemporaryDirectory() as folder:
        port_file = Path(folder) / "port"
        pages = pages if pages.exists() else own_pages(Path(folder))
        command = [sys.executable, "-m", "benchmarks.slow_hosts"]
        server = subprocess.Popen([*command, str(port_file), str(LATENCY), str(pages)])
        try:
            while not (port_file.exists() and port_file.read_text()):
                time.sleep(0.05)
            port = int(port_file.read_text())
            fast = measure("persona", port, hosts)
            naive = measure("naive", port, NAIVE_HOSTS)
        finally:
            server.kill()
            server.wait()
    print(f"{hosts} hosts for persona, {NAIVE_HOSTS} for the naive way, {LATENCY * 1000:.0f} ms")
    for name, found in (("persona", fast), ("requests, threads, bs4", naive)):
        rate = found["pages"] / found["cpu"]
        print(
            f"{name:24}{found['pages']:7.0f} pages {found['cpu']:8.2f} CPU-s "
            f"{rate:8.1f} pages/CPU-s {found['seconds']:7.1f} s {found['mib']:6.0f} MiB"
        )
    ratio = (fast["pages"] / fast["cpu"]) / (naive["pages"] / naive["cpu"])
    print(f"ratio {ratio:.1f}, budget at least {BUDGET:g}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--run"]:
        run(sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
    else:
        main(
            Path(sys.argv[1]) if len(sys.argv) > 1 else SHARED,
            int(sys.argv[2]) if len(sys.argv) > 2 else HOSTS,
        )
