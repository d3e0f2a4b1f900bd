"""Prospects divided into shards: by the list alone, all rows of a site in one."""

import tempfile
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from persona.prospects.runs.spool import FEWEST_ROWS, MOST_ROWS, Spool, shard_count
from persona.prospects.shard import Prospect, Shard
from tests.unit.prospects.runs import made

ANSWERS = st.dictionaries(st.sampled_from(["P01", "P02", "E01"]), st.sampled_from("abc"))


def spooled(prospects: list[Prospect]) -> list[Shard]:
    with Spool() as spool:
        spool.add(prospects)
        assert spool.rows == len(prospects)
        shards = list(spool.unfinished())
        assert all(0 <= shard.number < spool.shards for shard in shards)
    return shards


@settings(max_examples=30)
@given(st.lists(st.tuples(st.sampled_from(["", "a.com", "ä.de", "c.uk"]), ANSWERS), max_size=80))
def test_every_row_comes_back_once_and_sites_stay_together(
    rows: list[tuple[str, dict[str, str]]],
) -> None:
    prospects = [
        Prospect(row, site, site, answers, "" if site else "no website")
        for row, (site, answers) in enumerate(rows)
    ]
    shards = spooled(prospects)
    assert sorted((one for shard in shards for one in shard.prospects), key=lambda p: p.row) == (
        prospects
    )
    homes: dict[str, set[int]] = {}
    for shard in shards:
        numbers = [one.row for one in shard.prospects]
        assert numbers == sorted(numbers)
        for one in shard.prospects:
            homes.setdefault(one.site, set()).add(shard.number)
    assert all(len(numbers) == 1 for site, numbers in homes.items() if site)


@pytest.mark.parametrize("rows", [1, 15, 16, 17, 100, 5_000, 40_000])
def test_the_same_list_is_divided_the_same_way(rows: int) -> None:
    prospects = made.prospects(rows, rows // 2 + 1)
    once = spooled(prospects)
    assert once == spooled(prospects)
    assert [shard.number for shard in once] == sorted({shard.number for shard in once})
    assert sum(len(shard.prospects) for shard in once) == rows


def test_shards_that_are_done_are_left_out() -> None:
    with Spool() as spool:
        spool.add(made.prospects(5_000))
        everything = list(spool.unfinished())
        done = {shard.number for shard in everything[::2]}
        assert list(spool.unfinished(done)) == everything[1::2]


def test_a_site_with_ten_thousand_rows_is_one_shard() -> None:
    same = [Prospect(row, "one.com", "one.com") for row in range(10_000)]
    [shard] = spooled(same)
    assert shard.prospects == tuple(same)


def test_the_number_of_shards_grows_with_the_list() -> None:
    assert shard_count(0) == shard_count(1) == shard_count(FEWEST_ROWS) == 1
    counts = [shard_count(rows) for rows in range(0, 3_000_000, 997)]
    assert all(first <= second for first, second in pairwise(counts))
    for rows in (100, 10_000, 1_000_000, 10_000_000):
        assert FEWEST_ROWS / 2 <= rows / shard_count(rows) <= MOST_ROWS


def test_no_file_is_left_however_the_process_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with Spool() as spool:
        spool.add(made.prospects(50_000))
        next(spool.unfinished())
        assert list(tmp_path.iterdir()) == []
