"""A whole list scored as it streams: read, scored and written at the same time, in order."""

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from queue import SimpleQueue
from threading import Semaphore, Thread
from typing import Final

import pyarrow as pa

from persona.prospects.batch.scorer import BatchScorer
from persona.prospects.table.chunk import Chunk, ListWriter, ProspectList

_WAITING: Final = 8
"""Chunks read and not yet written, beside one for each worker: as many as writers write at once."""

OnChunk = Callable[[Chunk, pa.RecordBatch], None]
_Scored = tuple[Chunk, "Future[pa.RecordBatch]"]


def score_stream(
    source: ProspectList,
    writer: ListWriter,
    scorer: BatchScorer,
    *,
    workers: int,
    on_chunk: OnChunk,
) -> None:
    """Score all rows of a list and write them, in order.

    One thread reads, ``workers`` threads score and one writes; meanwhile this one calls
    ``on_chunk`` with each chunk, in order. What is written does not depend on ``workers``.
    Whatever is raised, by the list, the writer or ``on_chunk``, or by Ctrl-C, ends it at once and
    leaves no thread behind; the writer is then not to be finished.
    """
    reader = _Reader(source, scorer, workers)
    writing = ThreadPoolExecutor(1, thread_name_prefix="write")
    waiting: deque[Future[None]] = deque()
    reader.start()
    try:
        while (scored := reader.next()) is not None:
            chunk, outcomes = scored[0], scored[1].result()
            waiting.append(writing.submit(writer.write, chunk, outcomes))
            waiting[-1].add_done_callback(reader.written)
            on_chunk(chunk, outcomes)
            while waiting and waiting[0].done():
                waiting.popleft().result()
        for written in waiting:
            written.result()
    finally:
        reader.stop()
        writing.shutdown(cancel_futures=True)


class _Reader(Thread):
    """Reads a list and has its chunks scored, a few of them ahead of what is written."""

    def __init__(self, source: ProspectList, scorer: BatchScorer, workers: int) -> None:
        super().__init__(name="read", daemon=True)
        self._source = source
        self._scorer = scorer
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="score")
        self._room = Semaphore(_WAITING + workers)
        self._coming: SimpleQueue[_Scored | BaseException | None] = SimpleQueue()
        self._stopped = False

    def run(self) -> None:
        """Read until the list ends, or until stopped; see ``threading.Thread``."""
        try:
            for chunk in self._source.chunks():
                self._room.acquire()
                if self._stopped:
                    return
                self._coming.put((chunk, self._pool.submit(self._scorer.score, chunk)))
        except BaseException as error:
            self._coming.put(error)
        else:
            self._coming.put(None)

    def next(self) -> _Scored | None:
        """Return the next chunk and its outcomes to be, None after the last.

        Raises what reading the list raised.
        """
        coming = self._coming.get()
        if isinstance(coming, BaseException):
            raise coming
        return coming

    def written(self, _: "Future[None]") -> None:
        """Let one more chunk be read, as one was written, or could not be."""
        self._room.release()

    def stop(self) -> None:
        """End all threads; what is not scored yet is given up."""
        self._stopped = True
        self._room.release()
        self._pool.shutdown(cancel_futures=True)
        self.join()
