"""What the server knows of a run while it goes on."""

import time
from collections.abc import Callable

from persona.prospects.progress import Progress
from persona.web.lists.messages import Begun, Ended, Judged, Message, Remark, Writing
from persona.web.lists.record import Counts


class Watched(Progress):
    """The progress of a run as its messages tell it, in the words of the terminal.

    ``clock`` gives seconds that only grow.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._clock = clock
        self.remarks: list[str] = []
        self.ended: Ended | None = None

    def begin(self, rows: int) -> None:
        """Hear how many rows there are; 0 where that is not known."""
        self.rows = rows
        self._began = self._clock()

    def hear(self, message: Message) -> None:
        """Take in what the run tells."""
        match message:
            case Begun(rows):
                self.begin(rows)
            case Judged(scored, undecided, failed, duplicate, slowest, before):
                self.add(
                    scored=scored,
                    undecided=undecided,
                    failed=failed,
                    duplicate=duplicate,
                    slowest=slowest,
                    before=before,
                )
            case Writing():
                self.finishing()
            case Remark(words):
                self.remarks.append(words)
            case Ended():
                self.ended = message

    @property
    def now(self) -> Counts:
        """How many rows have ended, and how; of rows that nobody counted, those that have."""
        return Counts(max(self.rows, self.done), *self.counts.values())

    @property
    def line(self) -> str:
        """How far it is, how fast and how long still, in one line."""
        if not self._began:
            return "Opening the list"
        if self.rows < self.done:
            return f"{self.done:,} rows so far"
        return self.headline(self._clock() - self._began)
