"""A list as it leaves a CRM, its sites served from saved real pages.

Everything is as in a real run but the internet, which is on this machine.
"""

import csv
import gzip
import io
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from persona.capture.limits import Limits
from persona.capture.live import Reading
from persona.prospects.options import ScoreOptions
from persona.prospects.outcome import WRITTEN
from persona.prospects.score import score
from persona.prospects.summary import ListSummary
from tests.integration.authority import trust_here
from tests.integration.internet import Internet
from tests.integration.witness import shortest_gap

SHARED = Path(__file__).parents[3] / "shared" / "data"
LIST, PAGES = SHARED / "prospects_messy.csv", SHARED / "pages.jsonl.gz"
SPACING = 0.05
"""Seconds between two requests to a host: less than usual, so that the test ends soon."""

REFUSED = {
    "", "n/a", "-", "none", "not a site", "http://", "localhost", "127.0.0.1",
    "http://169.254.169.254/latest/meta-data/", "10.0.0.5:8080", "http://[::1]/",
    "file:///etc/passwd", "javascript:alert(1)", "ftp://example.com", "http://2130706433/",
    "user:pass@example.com", "https://example.com:22/",
}  # fmt: skip
"""Cells of the list that name no public website."""

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not LIST.exists(), reason="the shared list is not here"),
]


def _sites() -> dict[str, dict[str, str]]:
    """Return the saved pages of all companies by name and path."""
    sites: dict[str, dict[str, str]] = {}
    with gzip.open(PAGES, "rt", encoding="utf-8") as file:
        for line in file:
            page = json.loads(line)
            path = urlsplit(page["url"]).path or "/"
            sites.setdefault(page["domain"], {})[path] = page["html"]
    for pages in sites.values():
        pages.setdefault("/", next(iter(pages.values())))
    return sites


@pytest.fixture(scope="module")
def run(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[Path, ListSummary, Internet, list[str]]]:
    folder = tmp_path_factory.mktemp("messy")
    said: list[str] = []
    with Internet(_sites(), folder) as internet:
        trust_here(internet.file)
        limits = Limits(spacing_seconds=SPACING, retries=0)
        reading = Reading(pages=4, store=None, guard=internet.guard, limits=limits)
        output = folder / "scored.csv"
        summary = score(
            LIST, output, options=ScoreOptions(workers=1), reading=reading, say=said.append
        )
        yield output, summary, internet, said


def _records(path: Path) -> list[tuple[str, list[str]]]:
    """Return every record as it stands, and taken apart."""
    taken: list[str] = []

    def lines() -> Iterator[str]:
        for line in io.StringIO(path.read_bytes().decode("utf-8-sig"), newline=""):
            taken.append(line)
            yield line

    found = []
    for cells in csv.reader(lines(), delimiter=";"):
        found.append(("".join(taken).rstrip("\r\n"), cells))
        taken.clear()
    return found


def _outcomes(path: Path) -> list[dict[str, str]]:
    (_, headings), *rows = _records(path)
    return [dict(zip(headings, cells, strict=True)) for _, cells in rows]


def test_every_row_comes_back_in_order_and_byte_for_byte(
    run: tuple[Path, ListSummary, Internet, list[str]],
) -> None:
    given, back = _records(LIST), _records(run[0])
    assert len(given) == len(back) == 228
    assert run[0].read_bytes()[:3] == LIST.read_bytes()[:3]
    for (raw, cells), (raw_back, cells_back) in zip(given, back, strict=True):
        assert raw_back.startswith(f"{raw};")
        assert cells_back[: len(cells)] == cells
        assert len(cells_back) == len(cells) + len(WRITTEN)


def test_every_row_has_the_status_that_it_should(
    run: tuple[Path, ListSummary, Internet, list[str]],
) -> None:
    _, summary, internet, said = run
    rows = _outcomes(run[0])
    seen: set[str] = set()
    for row in rows:
        cell, status = row["Company Domain Name"].strip(), row["persona_status"]
        if cell in REFUSED or len(cell) > 200:
            assert (status, row["persona_reason"]) == ("failed", "invalid_address"), cell
            assert row["persona_error"]
        elif row["persona_site"] in seen:
            assert status == "duplicate", cell
        elif row["persona_site"] not in internet.sites:
            assert (status, row["persona_reason"]) == ("failed", "unreachable"), cell
        else:
            assert status in ("scored", "undecided"), (cell, row["persona_error"])
            assert row["persona_error"] or int(row["persona_pages_read"]) >= 1
        seen.add(row["persona_site"])
    counts = Counter(row["persona_status"] for row in rows)
    assert counts["duplicate"] == 12
    assert (summary.rows, summary.failed) == (227, counts["failed"])
    assert said[-1].startswith('website: "Company Domain Name" (a HubSpot heading)')


def test_duplicates_carry_what_was_found_for_the_first(
    run: tuple[Path, ListSummary, Internet, list[str]],
) -> None:
    rows = _outcomes(run[0])
    first: dict[str, dict[str, str]] = {}
    for row in rows:
        if not row["persona_site"]:
            continue
        known = first.setdefault(row["persona_site"], row)
        for name in set(WRITTEN) - {"persona_status", "persona_telling"}:
            assert row[name] == known[name]


def test_no_site_was_read_again_and_never_faster_than_allowed(
    run: tuple[Path, ListSummary, Internet, list[str]],
) -> None:
    assert shortest_gap(run[2].log) >= SPACING * 0.99
    asked = [(one.host, one.path) for one in run[2].asked]
    repeated = [one for one, times in Counter(asked).items() if times > 2]
    assert not repeated
