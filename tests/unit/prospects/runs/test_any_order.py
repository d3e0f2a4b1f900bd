"""Whatever is recorded, killed, damaged and tried again in whatever order: no row is lost."""

from contextlib import suppress

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from persona.errors import RunError
from persona.prospects.runs.assemble import outcomes_in_order
from persona.prospects.runs.journal import Journal
from tests.unit.prospects.runs import made
from tests.unit.prospects.runs.fragile import FragileFolder, Killed

ROWS, SITES = 90, 40
PROSPECTS = made.prospects(ROWS, SITES)
SHARDS = made.shards(ROWS, SITES)
EXPECTED = made.expected(PROSPECTS)
KEY = made.key(rows=ROWS)
MOMENT = st.none() | st.integers(0, 9)


class Run(RuleBasedStateMachine):
    """One run of a list, over any number of processes; some websites are down at times."""

    @initialize()
    def begin(self) -> None:
        self.work = FragileFolder()
        self.down = {one.site for one in PROSPECTS[1::3]}
        self.damaged = False
        self.journal = Journal.begin(self.work, KEY)

    @rule(which=st.integers(0, len(SHARDS) - 1), moment=MOMENT)
    def record(self, which: int, moment: int | None) -> None:
        """Have a worker do a shard, or die in it."""
        self._until(moment, lambda: made.do(Journal(self.work), SHARDS[which], self.down))

    @rule(which=st.integers(0, len(SHARDS) - 1))
    def straggle(self, which: int) -> None:
        """Have a worker that knows of no rows kept aside do all rows of a shard."""
        rows = [one.row for one in SHARDS[which].prospects]
        Journal(self.work).record(which, rows, made.judged(SHARDS[which], self.down))

    @rule(moment=MOMENT)
    def go_on(self, moment: int | None) -> None:
        """Start the run again, which may die while it looks at what is there."""
        self._until(moment, lambda: Journal.go_on(self.work, KEY))
        self.journal = Journal.go_on(self.work, KEY)

    @rule(moment=MOMENT)
    def retry(self, moment: int | None) -> None:
        """Open shards with failed rows again."""
        with suppress(RunError):
            self._until(moment, self.journal.reopen_failed)

    @rule(row=st.integers(0, ROWS - 1))
    def change(self, row: int) -> None:
        """Let a website go down, or come back."""
        self.down ^= {PROSPECTS[row].site}

    @rule(which=st.integers(0, 999), cut=st.booleans())
    def damage(self, which: int, cut: bool) -> None:
        """Cut a file of a shard short, or flip one of its bits."""
        files = {path: old for path, old in self.work.contents().items() if "/shards-" in path}
        if not files:
            return
        path = sorted(files)[which % len(files)]
        old = files[path]
        place = which % len(old)
        flipped = old[:place] + bytes([old[place] ^ 4]) + old[place + 1 :]
        self.work.overwrite(path, old[:place] if cut else flipped)
        self.damaged = True

    @invariant()
    def done_means_done(self) -> None:
        """Check that without a faulty disk, what the journal has is there at any instant."""
        if not self.damaged:
            numbers = Journal(self.work).done()
            rows = [table.num_rows for table in self.journal.all_results(numbers)]
            assert rows == [len(SHARDS[number].prospects) for number in numbers]

    def teardown(self) -> None:
        """Go on once all websites answer: whatever happened, the list is whole."""
        self.work.die_after(None)
        self.work.sweep()
        # Damaged results are noticed at the latest when rows are put together; then once more.
        for _ in range(len(SHARDS) + 1):
            with suppress(RunError):
                journal = Journal.go_on(self.work, KEY)
                journal.reopen_failed()
                for shard in SHARDS:
                    if not journal.has(shard.number):
                        made.do(journal, shard)
                found = made.as_rows(outcomes_in_order(journal, ROWS, chunk=16))
                assert found == EXPECTED
                assert not any(path.endswith(".part") for path in self.work.contents())
                return
        raise AssertionError("the run never came to an end")

    def _until(self, moment: int | None, work: object) -> None:
        self.work.die_after(moment)
        with suppress(Killed):
            work()  # type: ignore[operator]
        self.work.die_after(None)


Run.TestCase.settings = settings(max_examples=20, stateful_step_count=20)
TestAnyOrder = Run.TestCase
