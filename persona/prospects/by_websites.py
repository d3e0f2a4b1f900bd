"""Scoring a list by the websites of its rows, shard by shard, so that nothing done is lost."""

from collections.abc import Container, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

from persona.errors import Paused, RunError
from persona.prospects.assignment import Assignment
from persona.prospects.engine import engines
from persona.prospects.engine.same_program import this_program
from persona.prospects.options import ScoreOptions
from persona.prospects.outcome import OUTCOMES
from persona.prospects.rows import prospects_of
from persona.prospects.runs.assemble import outcomes_in_order
from persona.prospects.runs.disk import check_room
from persona.prospects.runs.fingerprint import fingerprint
from persona.prospects.runs.in_step import InStep
from persona.prospects.runs.journal import Journal
from persona.prospects.runs.key import RunKey
from persona.prospects.runs.lease import Lease
from persona.prospects.runs.spool import Spool
from persona.prospects.runs.work import WorkFolder
from persona.prospects.saved import SavedSites
from persona.prospects.shard import Job, Shard, ShardEntry
from persona.prospects.steady import stamp, steady
from persona.prospects.summary import ListSummary
from persona.prospects.table import open_output


class Shards(Protocol):
    """The rows of a list, divided into shards."""

    rows: int

    @property
    def shards(self) -> int:
        """How many shards there are."""

    def unfinished(self, done: Container[int]) -> Iterator[Shard]:
        """Yield the shards that are not done."""


def score_by_websites(task: Assignment) -> ListSummary:
    """Read the websites of a list, judge its rows, and return its picture.

    What is done is kept in the run's folder until the output is written and nothing failed that
    could come out differently. Raises Paused, with how to go on, on Ctrl-C.
    """
    options = task.options
    work = WorkFolder.open(options.work or task.output.with_name(f"{task.output.name}.run"))
    with Lease.take(work) as lease:
        if not (options.resume or options.restart or options.retry_failed):
            Journal.check_free(work)
        with _divided(task) as shards:
            with steady(task.listed.path, task.stamp):
                key = _key(task, shards)
            run = _Run(task, shards, key, _journal(work, key, options), lease)
            summary = run.done()
        run.journal.finish()
        return summary


@contextmanager
def _divided(task: Assignment) -> Iterator[Shards]:
    """Make the first pass over a list and yield its shards."""
    listed = task.listed
    if isinstance(listed, SavedSites):
        yield listed
        return
    with Spool() as spool:
        spool.add(prospects_of(listed, task.columns, task.reading.allowed))
        yield spool


def _key(task: Assignment, shards: Shards) -> RunKey:
    digest, size = fingerprint(task.listed.path)
    columns, options = task.columns, task.options
    used = {"website": columns.website, **columns.answers}
    headings = task.listed.headings
    return RunKey(
        sha256=digest,
        bytes=size,
        rows=shards.rows,
        shards=shards.shards,
        columns={
            name: headings[at] or f"column {at + 1}" for name, at in used.items() if at is not None
        },
        options={
            "--pages": str(options.pages),
            "--offline": "given" if options.offline else "",
            "--allow-address": ", ".join(sorted(options.allow)),
        },
        model=task.model.model.name,
        model_sha256=task.model.sha256,
        version=this_program().persona,
    )


def _journal(work: WorkFolder, key: RunKey, options: ScoreOptions) -> Journal:
    if options.restart:
        return Journal.restart(work, key)
    if not (options.resume or options.retry_failed):
        return Journal.begin(work, key)
    journal = Journal.go_on(work, key)
    if options.retry_failed:
        journal.reopen_failed()
    return journal


@dataclass(frozen=True)
class _Run:
    """One start of a run, from what is done already to the output."""

    task: Assignment
    shards: Shards
    key: RunKey
    journal: Journal
    lease: Lease

    def done(self) -> ListSummary:
        """Judge what is left, write the list, and return its picture; Paused on Ctrl-C."""
        try:
            self._read()
            return self._write()
        except KeyboardInterrupt:
            done = _rows(self.journal.done().values())
            raise Paused(
                f"stopped; {done:,} of {self.key.rows:,} rows are done and kept; "
                f"go on with: {self.task.again('--resume')}"
            ) from None

    def _read(self) -> None:
        """Have workers judge the rows that are left."""
        options, seen = self.task.options, self.journal.done()
        left = self.key.rows - _rows(seen.values())
        check_room(self.task.output, self.journal.work, self.key.rows, self.key.bytes, left=left)
        self.task.progress.begin(self.key.rows)
        self._show(seen.values(), before=True)

        def on_tick() -> None:
            self.lease.check()
            done = self.journal.done()
            self._show(done[number] for number in done.keys() - seen.keys())
            seen.update(done)

        engines.run(
            self._job(),
            self.shards.unfinished(frozenset(seen)),
            rows=left,
            backend=options.backend,
            workers=options.workers,
            scheduler=options.scheduler,
            on_tick=on_tick,
        )
        self.lease.check()

    def _write(self) -> ListSummary:
        """Write the rows of the list, each with its outcome."""
        task = self.task
        task.progress.finishing()
        before = stamp(task.listed.path)
        if fingerprint(task.listed.path) != (self.key.sha256, self.key.bytes):
            raise RunError(
                f"{task.listed.path}: was changed while it was scored; put back what it was and "
                f"go on with: {task.again('--resume')}"
            )
        with open_output(task.output, task.listed) as writer, steady(task.listed.path, before):
            outcomes = InStep(outcomes_in_order(self.journal, self.key.rows), OUTCOMES)
            for chunk in task.listed.chunks():
                batch = outcomes.take(len(chunk))
                writer.write(chunk, batch)
                task.count(chunk, batch)
            return task.finish(writer, websites_read=True)

    def _job(self) -> Job:
        return Job(
            work=self.journal.work.place,
            attempt=self.lease.attempt,
            reading=self.task.reading,
            model=self.task.model,
            resumed=self.journal.resumed,
        )

    def _show(self, entries: Iterable[ShardEntry], *, before: bool = False) -> None:
        for entry in entries:
            self.task.progress.add(
                scored=entry.scored,
                undecided=entry.undecided,
                failed=entry.failed,
                duplicate=entry.duplicate,
                slowest=() if before else entry.slowest,
                before=before,
            )


def _rows(entries: Iterable[ShardEntry]) -> int:
    return sum(entry.rows for entry in entries)
