"""A shard while it is worked on: its sites are judged as they are read, its rows put in order."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from persona.prospects.judge import as_duplicate, judge
from persona.prospects.outcome import Outcome
from persona.prospects.shard import Prospect, Shard, SlowSite

if TYPE_CHECKING:
    from persona.capture.records import Capture
    from persona.model.artefact import LoadedModel
    from persona.signals.extract import SiteReading

SLOWEST: Final = 3
"""Sites of a shard that its entry names."""

FAULT: Final = "a fault in the program while its website was judged"


class OpenShard:
    """The rows of one shard and what has been found out about them so far.

    ``waiting`` holds the sites still to be read, with the address to read each by: that of its
    first row. ``slowest`` are those that took longest.
    """

    def __init__(self, shard: Shard, model: "LoadedModel") -> None:
        self.number = shard.number
        self.slowest: tuple[SlowSite, ...] = ()
        self._model = model
        self._outcomes: dict[int, Outcome] = {}
        self._siteless = [prospect for prospect in shard.prospects if not prospect.site]
        self._by_site: dict[str, list[Prospect]] = {}
        for prospect in shard.prospects:
            if prospect.site:
                self._by_site.setdefault(prospect.site, []).append(prospect)
        self.waiting = {site: rows[0].address for site, rows in self._by_site.items()}

    def take(self, site: str, capture: "Capture", seconds: float | None = None) -> None:
        """Judge the rows of a site by its pages, which took ``seconds`` to read.

        A fault in judging them is told in these rows and harms no others.
        """
        if seconds is not None:
            slow = [*self.slowest, SlowSite(site, round(seconds, 1))]
            self.slowest = tuple(sorted(slow, key=lambda one: (-one.seconds, one.site))[:SLOWEST])
        try:
            self._judge(self._by_site[site], _extracted(capture))
        except Exception as fault:
            self.give_up(site, f"{FAULT} ({type(fault).__name__})")
        self.waiting.pop(site, None)

    def give_up(self, site: str, error: str) -> None:
        """Judge the rows of a site that is not to be had by their answers, and tell why."""
        rows = (
            replace(row, error="; ".join(filter(None, (error, row.error))))
            for row in self._by_site[site]
        )
        self._judge(rows, None)
        self.waiting.pop(site, None)

    def outcomes(self) -> dict[int, Outcome]:
        """Return the outcomes by row, in order, once no site is waiting.

        Rows without a website are judged here: nobody need wait for them before.
        """
        for prospect in self._siteless:
            self._outcomes[prospect.row] = judge(prospect, None, self._model)
        return dict(sorted(self._outcomes.items()))

    def _judge(self, rows: Iterable[Prospect], website: "SiteReading | None") -> None:
        self._outcomes.update(_judged(rows, website, self._model))


def _extracted(capture: "Capture") -> "SiteReading":
    from persona.signals.extract import extract

    return extract(capture)


def _judged(
    rows: Iterable[Prospect], website: "SiteReading | None", model: "LoadedModel"
) -> Iterator[tuple[int, Outcome]]:
    """Yield the outcome of each row of one site; rows that are alike are judged once."""
    known: dict[object, Outcome] = {}
    seen: set[object] = set()
    for prospect in rows:
        answers = tuple(sorted(prospect.answers.items()))
        alike = answers, prospect.error
        if alike not in known:
            known[alike] = judge(prospect, website, model)
        outcome = known[alike]
        yield prospect.row, as_duplicate(outcome) if answers in seen else outcome
        seen.add(answers)
