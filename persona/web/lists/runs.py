"""Lists being scored: one at a time, each in a process of its own that can be stopped."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final, Literal

import msgspec
from msgspec.structs import replace

import persona
from persona.errors import RunError
from persona.prospects.options import ScoreOptions
from persona.web.jobs import Job, Lane, Stopped
from persona.web.lists.folder import ListFolder
from persona.web.lists.messages import Ended, Message, Task
from persona.web.lists.record import ListRecord
from persona.web.lists.watched import Watched

Start = Literal["anew", "go on", "retry"]
"""From the beginning; where it was left; or only the rows that failed."""

_PATIENCE: Final = 8.0
"""Seconds that a run gets to put away what is done when it is stopped."""
_MOST_REMARKS: Final = 40
_SMALL: Final = 4096
"""Bytes of a list up to which its process does all of it: to start more takes longer."""
_DIED: Final = "the run ended by itself, perhaps for want of memory; what was done is kept"


class ListRuns:
    """Scores the lists of a folder in a lane. ``allow`` and ``model`` are as in Settings."""

    def __init__(
        self,
        lists: ListFolder,
        lane: Lane,
        *,
        allow: tuple[str, ...] = (),
        model: Path | None = None,
    ) -> None:
        self.lists = lists
        self._lane = lane
        self._allow = allow
        self._model = model

    def begin(self, record: ListRecord, start: Start) -> None:
        """Have a list scored when its turn comes.

        Raises RunError where it is being scored already, BusyError where too many lists wait.
        """
        if self.live(record.id):
            raise RunError(f"{record.name}: this list is being scored already")
        self._lane.begin(lambda job: self._score(job, record.id, start), id_=record.id)

    def live(self, id_: str) -> Job | None:
        """Return the job of a list that waits or is being scored, None for other lists."""
        job = self._lane.get(id_)
        return job if job and not job.over else None

    def ahead(self, job: Job) -> int:
        """Return how many lists wait before this one."""
        return self._lane.ahead(job)

    def stop(self, id_: str) -> None:
        """Stop a list's run, and wait until what is done is put away."""
        if job := self.live(id_):
            self._lane.stop(job)
            job.ended.wait(_PATIENCE + 2)

    def _score(self, job: Job, id_: str, start: Start) -> None:
        record = replace(self.lists.get(id_), state="running", error="")
        self.lists.save(record)
        job.progress = watched = Watched()
        with self._process(record, start, job) as process:
            for message in _messages(process):
                watched.hear(message)
        ended = watched.ended or Ended("failed" if job.go_on() else "stopped", _DIED)
        self.lists.save(_after(record, watched, ended))
        if ended.state == "stopped":
            raise Stopped

    @contextmanager
    def _process(
        self, record: ListRecord, start: Start, job: Job
    ) -> "Iterator[subprocess.Popen[bytes]]":
        """Run the scoring process; when the job is stopped, ask it to end, and then make it."""
        process = subprocess.Popen(
            [*_python(), "-m", "persona.web.lists.run", str(self.lists.place(record.id))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        assert process.stdin is not None
        with process:
            with suppress(BrokenPipeError):
                process.stdin.write(msgspec.json.encode(self._task(record, start)) + b"\n")
                process.stdin.flush()
            job.when_stopped(lambda: _end(process))
            try:
                yield process
            finally:
                _end(process)

    def _task(self, record: ListRecord, start: Start) -> Task:
        how = record.how
        return Task(
            source=record.source,
            name=record.name,
            output=record.output,
            output_name=record.download,
            model=str(self._model.resolve()) if self._model else None,
            options=ScoreOptions(
                columns={"website": how.column} if how.column else {},
                websites=how.websites,
                pages=how.pages,
                allow=self._allow,
                workers=1 if record.bytes <= _SMALL else None,
                resume=start == "go on",
                retry_failed=start == "retry",
                restart=start == "anew",
            ),
        )


def _messages(process: "subprocess.Popen[bytes]") -> Iterator[Message]:
    """Return what a run tells, up to the line in which it was killed, if it was."""
    assert process.stdout is not None
    with suppress(msgspec.DecodeError):
        for line in process.stdout:
            yield msgspec.json.decode(line, type=Message)


def _after(record: ListRecord, watched: Watched, ended: Ended) -> ListRecord:
    """Return how a list stands when its run has ended."""
    return replace(
        record,
        state=ended.state,
        error=ended.words if ended.state == "failed" else "",
        remarks=tuple(dict.fromkeys(watched.remarks))[:_MOST_REMARKS],
        counts=watched.now if watched.now.rows else record.counts,
        summary=ended.summary,
        retry=ended.retry,
    )


def _end(process: "subprocess.Popen[bytes]") -> None:
    """Ask a process to end, and see to it that it does, without waiting for it."""
    assert process.stdin is not None
    with suppress(OSError, ValueError):
        process.stdin.close()
    threading.Thread(target=_see_to_end, args=(process,), name="ending", daemon=True).start()


def _see_to_end(process: "subprocess.Popen[bytes]") -> None:
    try:
        process.wait(_PATIENCE)
    except subprocess.TimeoutExpired:
        with suppress(OSError):
            if hasattr(os, "killpg"):
                os.killpg(process.pid, signal.SIGKILL)
            else:  # pragma: no cover - Windows
                process.kill()


def _python() -> list[str]:
    """Return the interpreter, kept from taking modules from the folder the server runs in.

    Where the program itself is taken from there, it must be.
    """
    here = Path(persona.__file__).resolve().parents[1] == Path.cwd()
    return [sys.executable] if here else [sys.executable, "-P"]
