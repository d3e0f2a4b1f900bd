"""How shards are put together for workers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from persona.capture.records import Capture
from persona.prospects.engine.lots import MOST, lots_of
from persona.prospects.shard import Prospect, Shard


def shards(count: int, rows: int) -> list[Shard]:
    prospect = Prospect(row=0, address="a.com", site="a.com")
    return [Shard(number, (prospect,) * rows) for number in range(count)]


def sizes(count: int, rows: int, workers: int) -> list[int]:
    lots = lots_of(shards(count, rows), workers, count * rows)
    return [sum(len(shard.prospects) for shard in lot) for lot in lots]


@given(st.lists(st.integers(0, 40), max_size=60), st.integers(1, 9), st.integers(0, 5_000))
def test_every_shard_is_in_one_lot_in_order_however_wrong_the_number_of_rows(
    rows: list[int], workers: int, told: int
) -> None:
    given = [shards(1, count)[0] for count in rows]
    lots = list(lots_of(given, workers, told))
    assert [shard for lot in lots for shard in lot] == given
    assert all(lots)


@pytest.mark.parametrize("workers", [1, 2, 3])
def test_a_short_list_is_one_equal_lot_for_each_worker(workers: int) -> None:
    assert sizes(60, 10, workers) == [600 // workers] * workers


def test_of_a_long_list_most_goes_out_first_and_the_rest_evens_workers_out() -> None:
    found = sizes(500, 10, 2)
    assert found == [1880, 1880, 630, 610]


def test_a_lot_is_never_more_than_a_worker_can_hold() -> None:
    found = sizes(1_000, 100, 2)
    assert max(found) <= MOST + 100
    assert sum(found) == 100_000


def test_lots_are_made_when_they_are_asked_for() -> None:
    taken: list[int] = []

    def endless() -> object:
        for shard in shards(1_000, 100):
            taken.append(shard.number)
            yield shard

    next(lots_of(endless(), 4, 100_000))  # type: ignore[arg-type]
    assert len(taken) * 100 <= MOST + 100


def test_saved_pages_travel_shard_by_shard() -> None:
    saved = [Shard(number, (), {"a.com": Capture("a.com", "a.com")}) for number in range(3)]
    assert list(lots_of(saved, 2, 3)) == [(shard,) for shard in saved]
