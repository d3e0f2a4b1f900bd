"""Scores one list in a process of its own: ``python -m persona.web.lists.run FOLDER``.

FOLDER is a list's; standard input has a :class:`Task` on its first line, and its end is the sign
to stop. Standard output gets the messages. Memory, signals and faults of a long run stay apart
from the server's, and a server that dies takes its run along: what is done can be gone on with.
"""

import os
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import BinaryIO, Final

import msgspec
from msgspec.structs import replace

from persona.errors import Paused, PersonaError
from persona.pipe import open_model
from persona.prospects.progress import Silence
from persona.prospects.report import write_list_report
from persona.prospects.score import score
from persona.prospects.shard import SlowSite
from persona.prospects.summary import ListSummary
from persona.web.lists.folder import REPORT
from persona.web.lists.messages import Begun, Ended, Judged, Message, Remark, Task, Writing

_FAULT: Final = "a fault in the program ({}); what was done is kept"


class Told(Silence):
    """Tells a stream how it goes on."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._lock = threading.Lock()

    def tell(self, message: Message) -> None:
        """Write one message as a line."""
        with self._lock:
            self._stream.write(msgspec.json.encode(message) + b"\n")
            self._stream.flush()

    def begin(self, rows: int) -> None:
        """Tell how many rows there are."""
        self.tell(Begun(rows))

    def add(
        self,
        *,
        scored: int,
        undecided: int,
        failed: int,
        duplicate: int,
        slowest: Sequence[SlowSite] = (),
        before: bool = False,
    ) -> None:
        """Tell how rows ended."""
        self.tell(Judged(scored, undecided, failed, duplicate, tuple(slowest), before))

    def finishing(self) -> None:
        """Tell that the output is being written."""
        self.tell(Writing())


def run(task: Task, told: Told) -> Ended:
    """Score a list in the current folder, draw its report, and return how it ended."""

    def in_own_words(line: str) -> str:
        return line.replace(task.source, task.name)

    try:
        summary = score(
            task.source,
            task.output,
            options=task.options,
            model=open_model(task.model) if task.model else None,
            say=lambda line: told.tell(Remark(in_own_words(line))),
            progress=told,
            again=str,
        )
        retry = bool(summary.retry)
        summary = _renamed(summary, task, in_own_words)
        write_list_report(Path(REPORT), summary)
    except Paused as paused:
        return Ended("stopped", in_own_words(str(paused)))
    except PersonaError as error:
        return Ended("failed", in_own_words(str(error)))
    except KeyboardInterrupt:
        return Ended("stopped")
    except Exception as error:
        return Ended("failed", _FAULT.format(type(error).__name__))
    return Ended("done", "", summary, retry)


def _renamed(summary: ListSummary, task: Task, in_own_words: Callable[[str], str]) -> ListSummary:
    """Return the picture of a list with the names by which its user knows it."""
    return replace(
        summary,
        source=task.name,
        output=task.output_name,
        remarks=tuple(map(in_own_words, summary.remarks)),
        retry="",
    )


def main(folder: str) -> None:
    """Take the task from standard input, score the list, and tell standard output how it ended."""
    for sign in (signal.SIGINT, signal.SIGTERM):  # a shell may have had them ignored
        signal.signal(sign, signal.default_int_handler)
    told = Told(_only_messages())
    task = msgspec.json.decode(_first_line(), type=Task)
    os.chdir(folder)
    threading.Thread(target=_interrupt_at_end, name="input", daemon=True).start()
    told.tell(run(task, told))


def _only_messages() -> BinaryIO:
    """Return standard output, and send whatever else is printed there to standard error."""
    stream = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return stream


def _first_line() -> bytes:
    line = b""
    while not line.endswith(b"\n") and (byte := os.read(0, 1)):
        line += byte
    return line


def _interrupt_at_end() -> None:
    """Interrupt the program once, as Ctrl-C does, when standard input ends."""
    while os.read(0, 64):
        pass
    if hasattr(signal, "pthread_kill"):
        signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)
    else:  # pragma: no cover - Windows
        import _thread

        _thread.interrupt_main()


if __name__ == "__main__":
    main(sys.argv[1])
