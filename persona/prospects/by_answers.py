"""Scoring a list by the answers and signals in it: one pass, and no website is read."""

import os
from typing import Final

import pyarrow as pa

from persona.prospects.assignment import Assignment
from persona.prospects.batch.scorer import BatchScorer
from persona.prospects.batch.stream import score_stream
from persona.prospects.counting import counted_cells
from persona.prospects.steady import steady
from persona.prospects.summary import ListSummary
from persona.prospects.table import open_output
from persona.prospects.table.chunk import Chunk

MOST_THREADS: Final = 4
"""More would wait for the one that reads and writes."""


def score_by_answers(task: Assignment) -> ListSummary:
    """Score a list by what stands in it, in constant memory, and return its picture.

    The output takes its place whole; when interrupted there is nothing to go on with, as beginning
    again takes seconds for a million rows.
    """

    def on_chunk(chunk: Chunk, outcomes: pa.RecordBatch) -> None:
        task.count(chunk, outcomes)
        ended = counted_cells(outcomes.column("persona_status"))
        task.progress.add(
            scored=ended.get("scored", 0),
            undecided=ended.get("undecided", 0),
            failed=ended.get("failed", 0),
            duplicate=0,
        )

    scorer = BatchScorer(task.model, task.columns)
    workers = task.options.workers or min(MOST_THREADS, os.cpu_count() or 1)
    with open_output(task.output, task.listed) as writer, steady(task.listed.path, task.stamp):
        task.progress.begin(task.listed.rows or 0)
        score_stream(task.listed, writer, scorer, workers=workers, on_chunk=on_chunk)
        task.progress.finishing()
        return task.finish(writer, websites_read=False)
