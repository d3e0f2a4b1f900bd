"""What of a run is done, kept in its work folder so that nothing is done twice or lost.

    run.json                what the run's results follow from, and whether it is finished
    shards-<mark>/results/  one file a shard: its rows with their outcomes
    shards-<mark>/entries/  one file a shard that is done, written after its results
    shards-<mark>/kept/     rows of reopened shards that are not read again

A file that is not as it was written counts as not there. Entries may go and results may be
written again at any instant: whatever order writers die in, no row is lost or counted twice. The
mark follows from the run's key, so that a straggler of an earlier run cannot write into this one.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Final, TypeVar

import msgspec
import pyarrow as pa
import pyarrow.compute as pc

from persona.errors import OutputError, RunError
from persona.files import encode
from persona.layout import counted
from persona.prospects.outcome import Outcome
from persona.prospects.runs.key import RunKey, RunState, differences, read_state
from persona.prospects.runs.results import (
    ROW,
    as_results,
    entry_of,
    merged,
    pack,
    unpack,
    unread,
)
from persona.prospects.runs.seal import seal, unseal
from persona.prospects.runs.work import WorkFolder
from persona.prospects.shard import Shard, ShardEntry, SlowSite

T = TypeVar("T")

_RUN: Final = "run.json"
_SHARDS: Final = "shards-"
_ENTRIES, _RESULTS, _KEPT = "entries", "results", "kept"
_DIGITS: Final = 7
_AT_ONCE: Final = 16
"""Files read at the same time where each takes its while to come."""


class Journal:
    """The shards of a run that are done; workers open the run in their folder, if there is one.

    ``resumed`` tells whether an earlier start may have left anything. Making one raises RunError
    where the folder holds no run.
    """

    def __init__(self, work: WorkFolder, *, resumed: bool = True) -> None:
        state = _state(work)
        if state is None:
            raise RunError(f"{work.shown}: no run is here")
        self.work = work
        self.resumed = resumed
        self._key = state.key
        self._folder = f"{_SHARDS}{state.mark}"
        self._entries: dict[int, ShardEntry] = {}
        self._aside: set[int] | None = None

    @classmethod
    def begin(cls, work: WorkFolder, key: RunKey) -> "Journal":
        """Begin a run. Call it, ``restart`` and ``go_on`` while holding the folder's lease.

        Raises RunError where an unfinished run is in the way, or one whose failed rows could be
        read again, and OutputError where the folder holds files that are none of a run's.
        """
        cls.check_free(work)
        return cls.restart(work, key)

    @staticmethod
    def check_free(work: WorkFolder) -> None:
        """Raise, before anything costly, what :meth:`begin` would raise."""
        state = _state(work)
        if state is not None and state.failed != 0:
            raise RunError(_in_the_way(work, state.failed))
        _refuse_strangers(work)

    @classmethod
    def restart(cls, work: WorkFolder, key: RunKey) -> "Journal":
        """Begin a run, and forget what an earlier one in the folder has done."""
        _refuse_strangers(work)
        _clear(work)
        work.write(_RUN, encode(RunState(key)))
        return cls(work, resumed=False)

    @classmethod
    def go_on(cls, work: WorkFolder, key: RunKey) -> "Journal":
        """Go on with a run, or begin it where none is there yet.

        Shards with a damaged entry or damaged results are taken out. Raises RunError, with the
        difference in words, where the run was begun with another list, options or model.
        """
        state = _state(work)
        if state is None:
            return cls.restart(work, key)
        if difference := differences(state.key, key):
            raise RunError(
                f"{work.shown}: this run cannot be gone on with: {difference}; "
                "ask for the same again, or start again with --restart"
            )
        journal = cls(work)
        journal._take_out_damaged()
        return journal

    def done(self) -> dict[int, ShardEntry]:
        """Return the entries of all shards that are done, by number.

        Only entries that are new since the last call are read: cheap enough to ask every second.
        """
        there = self._numbers(_ENTRIES)
        fresh = [number for number in there if number not in self._entries]
        read = {number: one.entry for number, one in self._each(self._record_of, fresh) if one}
        known = self._entries | read
        self._entries = {number: known[number] for number in there if number in known}
        return dict(self._entries)

    def has(self, number: int) -> bool:
        """Return whether a shard is done."""
        return number in self._entries or self._record_of(number) is not None

    def record(
        self,
        number: int,
        rows: Sequence[int],
        outcomes: Sequence[Outcome],
        slowest: Sequence[SlowSite] = (),
    ) -> ShardEntry:
        """Keep what was found out about a shard's rows; it is done when this returns.

        ``rows`` are the numbers of the rows that were judged, one an outcome: those of
        :meth:`left`. Any process may do so, also twice. Returns the entry, counted over all rows
        of the shard. Raises OutputError.
        """
        results = as_results(rows, outcomes)
        kept = self._kept(number)
        if kept is not None:
            results = merged(kept, results)
        packed = pack(results)
        entry = entry_of(number, results, slowest)
        self.work.write(self._name(_RESULTS, number), packed)
        record = msgspec.json.encode(_Record(entry, len(packed)))
        self.work.write(self._name(_ENTRIES, number), seal(record))
        return entry

    def results(self, number: int) -> pa.Table:
        """Return the rows of a shard that is done (schema ``RESULTS``), in order.

        Raises RunError where they were damaged since; the shard then is done no longer.
        """
        table = unpack(self.work.read(self._name(_RESULTS, number)))
        if table is None:
            self._take_out(number)
            raise RunError(
                f"{self.work.shown}: results of shard {number} were damaged since they were "
                "written; --resume does them again"
            )
        return table

    def all_results(self, numbers: Iterable[int]) -> Iterator[pa.Table]:
        """Yield the results of shards in the order asked for; errors as in :meth:`results`."""
        return (table for _, table in self._each(self.results, list(numbers)))

    def left(self, shard: Shard) -> Shard:
        """Return a shard without the rows that were kept aside when it was reopened."""
        kept = self._kept(shard.number)
        if kept is None:
            return shard
        aside = set(kept.column(ROW).to_pylist())
        prospects = tuple(one for one in shard.prospects if one.row not in aside)
        return msgspec.structs.replace(shard, prospects=prospects)

    def reopen_failed(self) -> int:
        """Take out every shard with rows whose website could not be read; return how many rows.

        Their duplicates count too. All other rows of these shards are kept aside, also those
        whose address is none. May be repeated, and stopped at any instant.
        """
        shards = [number for number, entry in self.done().items() if unread(entry)]
        again = sum(map(self._reopen, shards))
        if again:
            self._stand(None)
        return again

    def finish(self) -> int:
        """Note that the list has been written; return how many rows are worth another try.

        Where there is none, the run is removed from the folder.
        """
        failed = sum(map(unread, self.done().values()))
        self._stand(failed)
        if not failed:
            _clear(self.work)
        return failed

    def _stand(self, failed: int | None) -> None:
        self.work.write(_RUN, encode(RunState(self._key, failed)))

    def _reopen(self, number: int) -> int:
        results = self.results(number)
        failed = pc.equal(results.column("persona_reason"), "unreachable")
        again = pc.sum(failed).as_py() or 0
        if again:
            kept = pack(results.filter(pc.invert(failed)))
            self.work.write(self._name(_KEPT, number), kept)
            self._aside = None
            self._take_out(number)
        return int(again)

    def _kept(self, number: int) -> pa.Table | None:
        if self._aside is None:
            self._aside = set(self._numbers(_KEPT))
        if number not in self._aside:
            return None
        return unpack(self.work.read(self._name(_KEPT, number)))

    def _record_of(self, number: int) -> "_Record | None":
        content = unseal(self.work.read(self._name(_ENTRIES, number)))
        try:
            return msgspec.json.decode(content, type=_Record) if content else None
        except msgspec.DecodeError:
            return None

    def _take_out_damaged(self) -> None:
        sizes = self.work.sizes(f"{self._folder}/{_RESULTS}")
        records = dict(self._each(self._record_of, self._numbers(_ENTRIES)))
        whole = {
            number: record.entry
            for number, record in records.items()
            if record and sizes.get(_digits(number)) == record.bytes
        }
        if self.work.local:
            sound = self._each(self._is_sound, list(whole))
            whole = {number: whole[number] for number, is_sound in sound if is_sound}
        for number in records.keys() - whole.keys():
            self._take_out(number)
        self._entries = whole

    def _is_sound(self, number: int) -> bool:
        return unseal(self.work.read(self._name(_RESULTS, number))) is not None

    def _take_out(self, number: int) -> None:
        self.work.delete(self._name(_ENTRIES, number))
        self._entries.pop(number, None)

    def _numbers(self, kind: str) -> list[int]:
        names = self.work.names(f"{self._folder}/{kind}")
        return [int(name) for name in names if name.isdecimal()]

    def _name(self, kind: str, number: int) -> str:
        return f"{self._folder}/{kind}/{_digits(number)}"

    def _each(self, look: Callable[[int], T], numbers: Sequence[int]) -> Iterator[tuple[int, T]]:
        """Yield each number with what was found, in order; far away, a few at a time."""
        if self.work.local:
            yield from ((number, look(number)) for number in numbers)
            return
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            for start in range(0, len(numbers), _AT_ONCE):
                some = numbers[start : start + _AT_ONCE]
                yield from zip(some, pool.map(look, some), strict=True)


class _Record(msgspec.Struct, frozen=True):
    """An entry as it is kept; ``bytes`` is the size of the results."""

    entry: ShardEntry
    bytes: int


def _digits(number: int) -> str:
    return f"{number:0{_DIGITS}d}"


def _state(work: WorkFolder) -> RunState | None:
    content = work.read(_RUN)
    if content is None:
        return None
    state = read_state(content)
    if state is None:
        raise RunError(
            f"{work.shown}: {_RUN} is damaged, or of another version of persona; "
            "start again with --restart"
        )
    return state


def _clear(work: WorkFolder) -> None:
    """Remove all that runs have left in a folder, but for the lease; what names the run last."""
    for folder in work.folders():
        if folder.startswith(_SHARDS):
            work.delete_folder(folder)
    work.delete(_RUN)


def _in_the_way(work: WorkFolder, failed: int | None) -> str:
    if failed is None:
        return (
            f"{work.shown}: an unfinished run is here; go on with --resume, "
            "or start again with --restart"
        )
    return (
        f"{work.shown}: this list was scored, but for {counted(failed, 'row')} that could not be "
        "read; try those again with --retry-failed, or start again with --restart"
    )


def _refuse_strangers(work: WorkFolder) -> None:
    """Raise OutputError for a folder that something else than a run has put files into."""
    known = {_RUN, "attempt"}
    files = [name for name in work.names() if name not in known]
    folders = [name for name in work.folders() if not name.startswith(_SHARDS)]
    if strangers := files + folders:
        raise OutputError(
            f"{work.shown}: holds other files ({strangers[0]} among them); "
            "name an empty or a new folder"
        )
