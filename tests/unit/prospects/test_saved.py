"""Saved pages as a list."""

import json
from pathlib import Path

import pytest

from persona.errors import CaptureError
from persona.prospects.saved import SHARD_SITES, SavedSites


def _file(tmp_path: Path, *urls: str) -> Path:
    path = tmp_path / "pages.jsonl"
    path.write_text("".join(json.dumps({"url": url, "html": f"<p>{url}"}) + "\n" for url in urls))
    return path


def test_one_row_a_site_in_the_order_of_the_file(tmp_path: Path) -> None:
    pages = ("https://b.com/", "https://a.com/", "https://www.b.com/x", "https://c.co.uk/")
    listed = SavedSites(_file(tmp_path, *pages), print)
    [chunk] = listed.chunks()
    assert (listed.rows, listed.headings) == (3, ("website",))
    assert chunk.texts(0).to_pylist() == ["b.com", "a.com", "c.co.uk"]
    assert [chunk.start for chunk in listed.chunks(2)] == [0, 2]


def test_shards_carry_all_pages_of_their_sites_and_skip_what_is_done(tmp_path: Path) -> None:
    sites = [f"s{number}.com" for number in range(SHARD_SITES + 2)]
    pages = [f"https://{site}/{page}" for page in range(2) for site in sites]
    listed = SavedSites(_file(tmp_path, *pages), print)
    first, second = listed.unfinished(set())
    assert listed.shards == 2
    assert [one.site for one in (*first.prospects, *second.prospects)] == sites
    assert [one.row for one in second.prospects] == [SHARD_SITES, SHARD_SITES + 1]
    assert second.captures is not None
    assert [len(one.pages) for one in second.captures.values()] == [2, 2]
    assert [shard.number for shard in listed.unfinished({0})] == [1]
    assert next(iter(listed.unfinished({0}))) == second


def test_pieces_left_out_are_told_and_a_file_without_pages_refused(tmp_path: Path) -> None:
    path = _file(tmp_path, "https://a.com/")
    path.write_text(path.read_text() + "broken\n")
    told: list[str] = []
    SavedSites(path, told.append)
    assert len(told) == 1
    assert "line 2" in told[0]
    with pytest.raises(CaptureError, match="no saved page"):
        SavedSites(_file(tmp_path), print)
