"""The results of a shard, as a table and as bytes."""

from hypothesis import given
from hypothesis import strategies as st

from persona.prospects.outcome import Outcome
from persona.prospects.runs.results import (
    NO_ADDRESS,
    ROW,
    as_results,
    entry_of,
    merged,
    pack,
    unpack,
    unread,
)
from persona.prospects.shard import Shard, SlowSite
from tests.unit.prospects.runs import made

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


def scored(evidence: str) -> Outcome:
    return Outcome(label="sales_driven", status="scored", model="m", evidence=evidence)


@given(st.dictionaries(st.integers(0, 2**40), TEXT, max_size=8))
def test_comes_back_in_the_order_of_rows(texts: dict[int, str]) -> None:
    table = as_results(list(texts), [scored(text) for text in texts.values()])
    back = unpack(pack(table))
    assert back is not None
    assert back.column(ROW).to_pylist() == sorted(texts)
    assert back.column("persona_evidence").to_pylist() == [texts[row] for row in sorted(texts)]
    assert back.column("persona_confidence").null_count == len(texts)
    assert pack(back) == pack(table)


def test_damage_shows() -> None:
    packed = pack(as_results([0], [scored("")]))
    assert unpack(packed[:-1]) is None
    assert unpack(None) is None


def test_merging_keeps_every_row_once_and_the_newer_one() -> None:
    older = as_results([1, 4, 9], [scored(f"old {row}") for row in (1, 4, 9)])
    newer = as_results([7, 4], [scored("new 7"), scored("new 4")])
    both = merged(older, newer)
    assert both.column(ROW).to_pylist() == [1, 4, 7, 9]
    assert both.column("persona_evidence").to_pylist() == ["old 1", "new 4", "new 7", "old 9"]


def test_the_entry_counts_rows_sites_and_why_they_failed() -> None:
    [shard] = made.shards(1)
    assert entry_of(0, as_results([0], made.judged(shard)), ()).failures == {NO_ADDRESS: 1}
    whole = made.prospects(12, 4)
    outcomes = made.judged(Shard(3, tuple(whole)), unreachable={"firm1.com"})
    slow = [SlowSite(f"s{second}.com", second) for second in (1.0, 4.0, 2.0, 3.0)]
    entry = entry_of(3, as_results(range(12), outcomes), slow)
    assert (entry.number, entry.rows) == (3, 12)
    assert (entry.scored, entry.undecided, entry.failed, entry.duplicate) == (3, 0, 3, 6)
    assert entry.pages == 3 * 8
    assert entry.failures == {NO_ADDRESS: 2, made.UNREACHABLE: 1}
    assert unread(entry) == 1
    assert [one.seconds for one in entry.slowest] == [4.0, 3.0, 2.0]
