"""A whole list streams through in order, and ends cleanly whatever happens."""

import random
import threading
from collections.abc import Callable, Iterator

import pyarrow as pa
import pytest

from persona.pipe import shipped_model
from persona.prospects.batch import BatchScorer
from persona.prospects.batch.stream import score_stream
from persona.prospects.summary import ListSummary
from persona.prospects.table.chunk import ROWS, Chunk, ListWriter
from tests.strategies import OPTIONS
from tests.unit.prospects.batch.lists import Listed, Row

SIZE = 7


def rows(count: int) -> list[Row]:
    chance = random.Random(3)
    return [
        {item: chance.choice(("", *options)) for item, options in OPTIONS.items()}
        for _ in range(count)
    ]


class Short(Listed):
    """A list whose chunks are short; ``broken`` is the chunk at which reading it fails."""

    broken = -1
    read = 0

    def chunks(self, rows: int = ROWS) -> Iterator[Chunk]:
        for number, chunk in enumerate(super().chunks(SIZE)):
            if number == self.broken:
                raise OSError("the disk is gone")
            self.read += 1
            yield chunk


class Kept(ListWriter):
    """Keeps what it is given; ``broken`` is the chunk at which writing fails."""

    def __init__(self, broken: int = -1) -> None:
        self.broken = broken
        self.starts: list[int] = []
        self.rows: list[dict[str, object]] = []

    def write(self, chunk: Chunk, outcomes: pa.RecordBatch) -> None:
        if len(self.starts) == self.broken:
            raise OSError("the disk is full")
        assert len(chunk) == outcomes.num_rows
        self.starts.append(chunk.start)
        self.rows += outcomes.to_pylist()

    def finish(self, summary: ListSummary) -> None:
        raise AssertionError("whoever counts the list finishes it")


def stream(
    listed: Listed,
    writer: ListWriter,
    workers: int = 2,
    on_chunk: Callable[[Chunk, pa.RecordBatch], None] = lambda chunk, outcomes: None,
) -> None:
    scorer = BatchScorer(shipped_model(), listed.columns)
    score_stream(listed, writer, scorer, workers=workers, on_chunk=on_chunk)


@pytest.fixture(autouse=True)
def _no_thread_is_left() -> Iterator[None]:
    before = threading.active_count()
    yield
    assert threading.active_count() == before


@pytest.mark.parametrize("workers", [1, 2, 5])
def test_rows_come_in_order_and_alike_with_any_number_of_workers(workers: int) -> None:
    given = rows(500)
    listed, writer, counted = Short(tuple(OPTIONS), given), Kept(), []
    stream(listed, writer, workers, lambda chunk, _: counted.append(chunk.start))
    assert writer.starts == counted == list(range(0, 500, SIZE))
    whole = Listed(tuple(OPTIONS), given)
    once = BatchScorer(shipped_model(), whole.columns).score(whole.whole())
    assert writer.rows == once.to_pylist()


def test_an_empty_list_writes_nothing() -> None:
    writer = Kept()
    stream(Short(tuple(OPTIONS), []), writer)
    assert writer.starts == []


def test_only_a_few_chunks_are_read_ahead_of_a_slow_writer() -> None:
    listed = Short(tuple(OPTIONS), rows(700))
    ahead: list[int] = []
    stream(listed, Kept(), 2, lambda chunk, _: ahead.append(listed.read - chunk.start // SIZE))
    assert max(ahead) <= 12


def test_a_list_that_cannot_be_read_further_ends_it() -> None:
    listed, writer = Short(tuple(OPTIONS), rows(500)), Kept()
    listed.broken = 30
    with pytest.raises(OSError, match="the disk is gone"):
        stream(listed, writer)
    assert writer.starts == list(range(0, SIZE * len(writer.starts), SIZE))
    assert listed.read == 30


def test_a_writer_that_fails_ends_it_at_once() -> None:
    listed = Short(tuple(OPTIONS), rows(2000))
    with pytest.raises(OSError, match="the disk is full"):
        stream(listed, Kept(broken=2))
    assert listed.read < 30


def test_a_column_that_cannot_be_read_as_text_ends_it() -> None:
    listed, writer = Short(tuple(OPTIONS), rows(100)), Kept()
    listed.columns.answers["P01"] = 99
    with pytest.raises(IndexError):
        stream(listed, writer)
    assert writer.starts == []


def test_ctrl_c_ends_it_and_no_output_takes_its_place() -> None:
    listed, written = Short(tuple(OPTIONS), rows(2000)), Kept()

    def stop(chunk: Chunk, outcomes: pa.RecordBatch) -> None:
        if chunk.start >= 3 * SIZE:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stream(listed, written, 2, stop)
    assert written.starts == list(range(0, SIZE * len(written.starts), SIZE))
    assert len(written.starts) < 30
