"""Websites read from the network, for callers that know nothing of event loops.

The event loop runs in a thread of its own, so that it goes on reading while the caller works on
what it was handed, and works inside a notebook, which has a loop already.
"""

import asyncio
import queue
import sys
import threading
from collections import deque
from collections.abc import AsyncGenerator, Callable, Generator, Iterable, Iterator
from contextlib import aclosing, nullcontext, suppress
from typing import Final, Literal

import msgspec

from persona.capture.address import Site, parse_address
from persona.capture.crawl import SECONDS, OnPage, capture_site
from persona.capture.descriptors import make_room
from persona.capture.fetch import Fetcher, Limits
from persona.capture.guard import NOTHING, Allowed, Guard
from persona.capture.limits import MIB
from persona.capture.records import PAGES, Capture
from persona.capture.store import Store
from persona.errors import AddressError

AT_ONCE: Final = 512
"""Sites read at the same time."""

_FILES_PER_SITE: Final = 8
"""Connections that one site may hold open, those at rest and to its subdomains counted."""

_HANDED: Final = 16
"""Captures that wait for the caller before reading pauses."""
_FIRST: Final = 64
"""Sites read at the same time before any has been taken."""
_MOST_HELD: Final = 384 * MIB
"""Bytes of pages, read or likely to be, from which on no more sites are begun."""
_MOMENT: Final = 0.01
_INTERRUPTIBLE: Final = 0.5

Cache = Store | Literal["default"] | None
Outcome = tuple[str, Capture | AddressError]


class Reading(msgspec.Struct, frozen=True):
    """How websites are to be read.

    ``pages`` and ``seconds`` bound one site; ``allowed`` names places let through the guard;
    ``offline`` uses nothing but ``store``, where None keeps nothing and "default" is the usual
    place on this machine. ``on_page`` is told the address of every page that was read. ``guard``
    takes the place of the usual one, which knows ``allowed`` and asks the system for names.
    ``quiet`` is for reading that goes on where another broke off: no host is asked before so many
    seconds and the host's own spacing have passed. ``on_read`` is told the address of every site
    that was read, as typed, and the seconds it took; both are told in the reading thread.
    """

    pages: int = PAGES
    seconds: float = SECONDS
    allowed: Allowed = NOTHING
    offline: bool = False
    store: Cache = "default"
    limits: Limits = Limits()
    on_page: OnPage = None
    guard: Guard | None = None
    quiet: float | None = None
    on_read: Callable[[str, float], None] | None = None


def read_site(
    typed: str,
    *,
    pages: int = PAGES,
    allowed: Allowed = NOTHING,
    offline: bool = False,
    store: Cache = "default",
    limits: Limits = Limits(),  # noqa: B008 - frozen
    seconds: float = SECONDS,
    on_page: OnPage = None,
) -> Capture:
    """Read one website by its address as typed; the parameters are those of Reading.

    Raises AddressError when it is no address of a public website, UsageError for a number of
    pages out of range. What cannot be read is in the capture, not an error.
    """
    parse_address(typed, allowed)
    reading = Reading(pages, seconds, allowed, offline, store, limits, on_page)
    [capture] = read_sites([typed], reading, at_once=1)
    return capture


def read_sites(
    addresses: Iterable[str],
    reading: Reading = Reading(),  # noqa: B008 - frozen
    *,
    at_once: int = AT_ONCE,
    on_done: Callable[[str, Capture | AddressError], None] | None = None,
    go_on: Callable[[], bool] = lambda: True,
) -> Generator[Capture, None, None]:
    """Yield a capture of each site as it is finished, in no fixed order, in flat memory.

    ``address`` of a capture is what was typed. Where the system lets this process hold too few
    connections open for ``at_once`` sites, fewer are read at a time. ``on_done`` is called for
    every address, with its capture or with the AddressError that says why it has none. Closing
    the iterator, or Ctrl-C, ends all reading; so does ``go_on``, which is asked at least twice a
    second, as soon as it is false.
    """
    pump = _Pump(addresses, reading, at_once)
    try:
        for typed, outcome in pump.outcomes(go_on):
            if on_done:
                on_done(typed, outcome)
            if isinstance(outcome, Capture):
                yield outcome
    finally:
        pump.stop()


async def stream_sites(
    addresses: Iterable[str], reading: Reading, fetcher: Fetcher, at_once: int = AT_ONCE
) -> AsyncGenerator[Outcome, None]:
    """Yield each address as typed with its capture or error, as they are finished.

    A site keeps its place among ``at_once`` until it is taken. At first there are fewer places,
    and one more with each site that is taken, as long as their pages do not take too much memory:
    a caller that is slower than the network holds no more sites than keep it busy.
    """
    typed = iter(addresses)
    running: set[asyncio.Task[Outcome]] = set()
    ready = _Ready()
    try:
        while True:
            while ready.room(len(running), at_once) and (address := next(typed, None)) is not None:
                try:
                    site = parse_address(address, reading.allowed)
                except AddressError as error:
                    ready.add((address, error))
                else:
                    running.add(asyncio.create_task(_read(address, site, fetcher, reading)))
            if ready:
                yield ready.take()
            elif not running:
                return
            else:
                await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
            done = {task for task in running if task.done()}
            running -= done
            for task in done:
                ready.add(task.result())
    finally:
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)


class _Ready:
    """What was read and has not been taken, and how many more may be read meanwhile."""

    def __init__(self) -> None:
        self._waiting: deque[tuple[Outcome, int]] = deque()
        self._bytes = 0
        self._taken = 0
        self._read = 0
        self._read_bytes = 0

    def __len__(self) -> int:
        return len(self._waiting)

    def add(self, outcome: Outcome) -> None:
        """Keep what was read until it is taken."""
        size = 0
        if isinstance(outcome[1], Capture):
            size = sum(sys.getsizeof(page.html) for page in outcome[1].pages)
            self._read += 1
            self._read_bytes += size
        self._waiting.append((outcome, size))
        self._bytes += size

    def take(self) -> Outcome:
        """Return what has waited longest."""
        outcome, size = self._waiting.popleft()
        self._bytes -= size
        self._taken += 1
        return outcome

    def room(self, running: int, at_once: int) -> bool:
        """Return whether one more site may be begun; those running count as large as is usual."""
        held = running + len(self._waiting)
        usual = self._read_bytes / self._read if self._read else 0.0
        return (
            held < min(at_once, _FIRST + self._taken) and self._bytes + running * usual < _MOST_HELD
        )


async def _read(address: str, site: Site, fetcher: Fetcher, reading: Reading) -> Outcome:
    clock = asyncio.get_running_loop().time
    begin = clock()
    capture = await capture_site(
        site,
        fetcher,
        pages=reading.pages,
        seconds=reading.seconds,
        on_page=reading.on_page,
    )
    if reading.on_read:
        reading.on_read(address, clock() - begin)
    return address, msgspec.structs.replace(capture, address=address)


class _Pump:
    """Runs the event loop in a thread, and hands over what it reads."""

    def __init__(self, addresses: Iterable[str], reading: Reading, at_once: int) -> None:
        self._addresses = addresses
        self._reading = reading
        self._at_once = at_once
        self._ready: queue.Queue[Outcome | BaseException | None] = queue.Queue(_HANDED)
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="reading", daemon=True)
        self._thread.start()

    def outcomes(self, go_on: Callable[[], bool]) -> Iterator[Outcome]:
        """Yield what was read until all is done; raises what went wrong in the thread."""
        while (outcome := self._next(go_on)) is not None:
            if isinstance(outcome, BaseException):
                raise outcome
            yield outcome

    def _next(self, go_on: Callable[[], bool]) -> Outcome | BaseException | None:
        # Not every system interrupts a wait without an end on Ctrl-C.
        while go_on():
            with suppress(queue.Empty):
                return self._ready.get(timeout=_INTERRUPTIBLE)
        return None

    def stop(self) -> None:
        """End all reading and wait until connections and files are closed."""
        self._stopping.set()
        while self._thread.is_alive():
            with suppress(queue.Empty):
                self._ready.get_nowait()
            self._thread.join(_MOMENT)

    def _run(self) -> None:
        try:
            asyncio.run(self._main())
        except BaseException as error:
            self._ready.put(error)
        else:
            self._ready.put(None)

    async def _main(self) -> None:
        work = asyncio.create_task(self._work())
        while not work.done() and not self._stopping.is_set():
            await asyncio.wait([work], timeout=10 * _MOMENT)
        if not work.done():
            work.cancel()
        with suppress(asyncio.CancelledError):
            await work

    async def _work(self) -> None:
        reading = self._reading
        store = Store() if reading.store == "default" else reading.store
        own = store if reading.store == "default" and store else nullcontext()
        guard = reading.guard or Guard(reading.allowed)
        fetcher = Fetcher(
            guard,
            store=store,
            limits=reading.limits,
            offline=reading.offline,
            quiet=reading.quiet,
        )
        room = make_room(_FILES_PER_SITE * (self._at_once + 1))
        at_once = max(1, min(self._at_once, room // _FILES_PER_SITE - 1))
        with own:
            async with fetcher:
                stream = stream_sites(self._addresses, reading, fetcher, at_once)
                async with aclosing(stream):
                    async for outcome in stream:
                        await self._hand_over(outcome)

    async def _hand_over(self, outcome: Outcome) -> None:
        while not self._stopping.is_set():
            try:
                self._ready.put_nowait(outcome)
            except queue.Full:
                await asyncio.sleep(_MOMENT)
            else:
                return
