"""Processes and waits of the tests, none of which may last for ever."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import AnyStr, NamedTuple

PATIENCE = 60.0
"""Seconds that a test waits for something that takes a few on an idle machine."""

_TICK = 0.02
"""Seconds by which the start of a process may be noted too early."""
_KEPT = b"resource_tracker"
"""In the command of helpers that Python's libraries share among tests."""


def wait_until(true: Callable[[], object], what: str, seconds: float = PATIENCE) -> None:
    """Wait until something holds; fails with ``what`` was waited for after so many seconds."""
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until, f"waited {seconds:g} s for {what}"
        time.sleep(0.02)


@contextmanager
def ended(process: "subprocess.Popen[AnyStr]") -> Iterator["subprocess.Popen[AnyStr]"]:
    """Yield a process that has ended, with the group it leads, when the block is left."""
    with process:
        try:
            yield process
        finally:
            if process.poll() is None:
                with suppress(ProcessLookupError):
                    if os.getpgid(process.pid) == process.pid:
                        os.killpg(process.pid, signal.SIGKILL)
                process.kill()


class _Process(NamedTuple):
    pid: int
    parent: int
    began: float
    """Seconds since the machine started."""


def end_children(since: float) -> None:
    """End all processes below this one that began after a moment of ``time.CLOCK_BOOTTIME``.

    A test that failed has left them behind, waiting at prompts or computing. Where the system has
    no /proc, nothing is done.
    """
    young = [each for each in _below(os.getpid()) if each.began >= since - _TICK]
    for each in young:
        with suppress(OSError):
            if _KEPT not in Path(f"/proc/{each.pid}/cmdline").read_bytes():
                os.kill(each.pid, signal.SIGKILL)


def _below(top: int) -> list[_Process]:
    """Return the descendants of a process, parents first."""
    children: dict[int, list[_Process]] = {}
    for each in _processes():
        children.setdefault(each.parent, []).append(each)
    found = children.get(top, [])
    for each in found:
        found += children.get(each.pid, [])
    return found


def _processes() -> Iterator[_Process]:
    ticks = os.sysconf("SC_CLK_TCK")
    for file in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            fields = file.read_text().rpartition(")")[2].split()
            yield _Process(int(file.parent.name), int(fields[1]), int(fields[19]) / ticks)
