"""What the facts and signals of real pages cost, against parsing alone and the naive way.

    python -m benchmarks.extract [PAGES.jsonl.gz] [EVERY]

Processor time of each page is the least of three runs; the naive way, one run of every tenth
page. The rules run over the pages of a site together, so their time is spread over its pages.
Without a file, the shared pages are read, or else those of the tests' own sites.
"""

import gzip
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from benchmarks.naive_page import read_naively, rules_over
from persona.signals.page import Page, read_page

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared" / "data" / "pages.jsonl.gz"
SITES = ROOT / "tests" / "fixtures" / "sites"
RUNS = 3
NAIVE_EVERY = 10
BUDGETS = {"parse": 3.0, "naive": 25.0}

Pages = list[tuple[str, str, str]]
"""Of each page the site, the address and the source."""


def pages(path: Path | None) -> Pages:
    """Return the pages of a file, else of the shared data, else of the tests' sites."""
    path = path or (SHARED if SHARED.exists() else None)
    if path is None:
        return [
            (page.relative_to(SITES).parts[0], f"https://example.com/{page.stem}", page.read_text())
            for page in sorted(SITES.rglob("*.html"))
        ]
    with gzip.open(path, "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    return [(row.get("domain", ""), row["url"], row["html"]) for row in rows]


def least(runs: int, work: Callable[..., object], *given: object) -> float:
    """Return the least processor time of some runs of ``work(*given)``, in seconds."""
    times = []
    for _ in range(runs):
        start = time.process_time()
        work(*given)
        times.append(time.process_time() - start)
    return min(times)


def rules_time(sites: dict[str, list[Page]]) -> float:
    """Return the time of all rules over all sites, in seconds."""
    rules_over("warm.example", ())
    return sum(least(RUNS, rules_over, site, read) for site, read in sites.items())


def measure(rows: Pages) -> dict[str, float]:
    """Return the seconds a page takes, by step."""
    parse = facts = 0.0
    sites: dict[str, list[Page]] = {}
    for site, url, html in rows:
        parse += least(RUNS, LexborHTMLParser, html)
        facts += least(RUNS, read_page, url, html)
        sites.setdefault(site, []).append(read_page(url, html))
    rules = rules_time(sites)
    count = len(rows)
    return {"parse": parse / count, "facts": facts / count, "rules": rules / count}


def signals_of(read: Callable[[str, str], Page], site: str, url: str, html: str) -> None:
    """Compute the facts and signals of one page."""
    rules_over(site, [read(url, html)])


def compare(rows: Pages) -> tuple[float, float]:
    """Return the seconds a page takes both ways, rules included, on every tenth page."""
    fast = naive = 0.0
    for site, url, html in rows[::NAIVE_EVERY]:
        fast += least(RUNS, signals_of, read_page, site, url, html)
        naive += least(1, signals_of, read_naively, site, url, html)
    count = len(rows[::NAIVE_EVERY])
    return fast / count, naive / count


def main() -> None:
    """Print the times of one run and their ratios."""
    rows = pages(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
    rows = rows[:: int(sys.argv[2]) if len(sys.argv) > 2 else 1]
    took = measure(rows)
    parse, facts = took["parse"], took["facts"]
    signals = facts + took["rules"]
    print(f"{len(rows)} pages, milliseconds a page and times the cost of parsing alone")
    for name, seconds in (("parsing alone", parse), ("facts", facts), ("all signals", signals)):
        print(f"  {name:14} {seconds * 1000:7.2f}  {seconds / parse:5.2f}")
    fast, naive = compare(rows)
    print(f"  the naive way takes {naive / fast:.1f} times as long as all signals here")
    print(f"budgets: at most {BUDGETS['parse']} times parsing, the naive way at least "
          f"{BUDGETS['naive']} times")  # fmt: skip


if __name__ == "__main__":
    main()
