"""Peak memory while the signals of many pages are computed from one archive.

    python -m benchmarks.memory [PAGES.jsonl.gz] [COUNT]

Pages are cycled into an archive of COUNT pages (20,000), ten to a site, which is read and scored
site by site. The peak is printed on the way: it must not grow with the pages read.
"""

import gzip
import json
import resource
import sys
import tempfile
from itertools import cycle, islice
from multiprocessing import get_context
from pathlib import Path

from benchmarks.extract import pages
from persona.capture.archive import read_captures
from persona.signals.extract import extract

COUNT = 20_000
A_SITE = 10
SHOWN = (0.1, 0.5)
LONGEST = 200_000
"""In characters of the pages that are taken: a few of 5 MB would hide growth elsewhere."""


def write_archive(path: Path, count: int, source: Path | None) -> None:
    """Write an archive with ``count`` pages, ten to a site."""
    rows = [row for row in pages(source) if len(row[2]) <= LONGEST][:400]
    with gzip.open(path, "wt", encoding="utf-8", compresslevel=1) as file:
        for number, (_, _, html) in enumerate(islice(cycle(rows), count)):
            site = f"site{number // A_SITE}.example"
            url = f"https://{site}/{f'page{number}' if number % A_SITE else ''}"
            line = {"url": url, "domain": site, "html": html, "captured": "2026-11"}
            file.write(json.dumps(line) + "\n")


def main() -> None:
    """Print the peak after a tenth, a half and all of the pages."""
    source = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    count = int(sys.argv[2]) if len(sys.argv) > 2 else COUNT
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder) / "pages.jsonl.gz"
        # In a process of its own: what it takes to write the archive is not measured.
        writer = get_context("spawn").Process(target=write_archive, args=(archive, count, source))
        writer.start()
        writer.join()
        marks = [int(count * share) for share in SHOWN]
        read = 0
        for capture in read_captures(archive):
            extract(capture)
            read += len(capture.pages)
            if marks and read >= marks[0]:
                marks.pop(0)
                show(read)
        show(read)


def show(read: int) -> None:
    """Print the peak of this process so far."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{read:6} pages: peak {peak} MiB", flush=True)


if __name__ == "__main__":
    main()
