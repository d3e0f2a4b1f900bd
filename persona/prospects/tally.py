"""The picture of a list, counted while its rows go by."""

from collections.abc import Sequence
from functools import partial
from itertools import islice
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from persona.layout import clean, shorten
from persona.model.artefact import Model
from persona.prospects.columns import Columns
from persona.prospects.counting import (
    FAILED_ROW,
    REPEATED_ROW,
    UNDECIDED_ROW,
    WAYS,
    Codes,
    Groups,
    add_to,
    coded,
    counted_cells,
)
from persona.prospects.distinct import Sites
from persona.prospects.extremes import Extremes
from persona.prospects.groupnames import industry_name, size_name, size_order
from persona.prospects.phrases import telling_words
from persona.prospects.summary import Agreement, ListSummary, Standing, Telling, share_of
from persona.prospects.table.chunk import Chunk
from persona.prospects.troubles import OTHER, why_failed
from persona.vocabulary import PERSONAS

TELLING_SHOWN: Final = 5
_WAYS: Final = {"undecided": UNDECIDED_ROW, "failed": FAILED_ROW, "duplicate": REPEATED_ROW}
_MOST_FAILURES: Final = 200
_LONGEST_NAME: Final = 80
_LONGEST_EVIDENCE: Final = 300
_LONGEST_REMARK: Final = 500


class Tally:
    """Counts of a list, in memory that does not grow with its rows (8 bytes a website apart)."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        self._ways = np.zeros(WAYS, np.int64)
        self._tenths = np.zeros(10, np.int64)
        self._reasons: dict[str, int] = {}
        self._failures: dict[str, int] = {}
        self._telling: list[dict[str, int]] = [{} for _ in PERSONAS]
        self._industries = Groups(industry_name)
        self._sizes = Groups(size_name)
        self._surest, self._doubtful = Extremes(), Extremes()
        self._sites = Sites()
        self._troubled = 0
        self._unreachable = 0

    def add(self, chunk: Chunk, outcomes: pa.RecordBatch) -> None:
        """Count the rows of a chunk with their outcomes (schema ``OUTCOMES``)."""
        if not len(chunk):
            return
        ways = _ways(outcomes)
        self._ways += np.bincount(ways, minlength=WAYS)
        self._count_telling(outcomes, ways)
        self._rank(chunk, outcomes, ways)
        self._count_troubles(outcomes, ways)
        if self._columns.industry is not None:
            self._industries.add(chunk.texts(self._columns.industry), ways)
        if self._columns.size is not None:
            self._sizes.add(chunk.texts(self._columns.size), ways)
        fresh = ways != REPEATED_ROW
        self._sites.add(_of(outcomes, "site"), _of(outcomes, "pages_read"), fresh)

    def _count_telling(self, outcomes: pa.RecordBatch, ways: Codes) -> None:
        lists = pc.split_pattern(_of(outcomes, "telling"), " ")
        names, codes = coded(lists.flatten())
        of = ways[pc.list_parent_indices(lists).to_numpy(zero_copy_only=False)]
        table = np.bincount(of * len(names) + codes, minlength=WAYS * len(names))
        for way, counts in enumerate(self._telling):
            found = table[way * len(names) : (way + 1) * len(names)].tolist()
            for name, count in zip(names, found, strict=True):
                if name and count:
                    counts[name] = counts.get(name, 0) + count

    def _rank(self, chunk: Chunk, outcomes: pa.RecordBatch, ways: Codes) -> None:
        confidence = _of(outcomes, "confidence").to_numpy(zero_copy_only=False)
        decided = np.where(ways < UNDECIDED_ROW, confidence, np.nan)
        known = decided[~np.isnan(decided)]
        tenths = (np.rint(known * 10_000) // 1_000).astype(np.int64).clip(0, 9)
        self._tenths += np.bincount(tenths, minlength=10)
        standing = partial(self._standing, chunk, outcomes)
        self._surest.add(chunk.start, decided, standing)
        self._doubtful.add(chunk.start, -decided, standing)

    def _standing(self, chunk: Chunk, outcomes: pa.RecordBatch, place: int) -> Standing:
        company = self._columns.company
        name = "" if company is None else chunk.texts(company)[place].as_py()
        return Standing(
            row=chunk.start + place + 1,
            company=_shown(name, _LONGEST_NAME),
            site=_cell(outcomes, "site", place),
            leader=_cell(outcomes, "label", place),
            confidence=_cell(outcomes, "confidence", place),
            evidence=_shown(_cell(outcomes, "evidence", place), _LONGEST_EVIDENCE),
        )

    def _count_troubles(self, outcomes: pa.RecordBatch, ways: Codes) -> None:
        open_ = ways == UNDECIDED_ROW
        if open_.any():
            counts = counted_cells(_of(outcomes, "reason").filter(pa.array(open_)))
            add_to(self._reasons, counts, _MOST_FAILURES, OTHER)
        told = pc.not_equal(_of(outcomes, "error"), "").to_numpy(zero_copy_only=False)
        self._troubled += int((told & (ways <= UNDECIDED_ROW)).sum())
        failed = ways == FAILED_ROW
        if failed.any():
            self._count_failures(outcomes.filter(pa.array(failed)))

    def _count_failures(self, failed: pa.RecordBatch) -> None:
        table = pa.table([_of(failed, "reason"), _of(failed, "error")], ["reason", "error"])
        kinds = table.group_by(["reason", "error"], use_threads=False)
        for kind in kinds.aggregate([([], "count_all")]).to_pylist():
            reason, rows = kind["reason"], kind["count_all"]
            self._unreachable += rows if reason == "unreachable" else 0
            why = _shown(why_failed(reason, kind["error"]), _LONGEST_NAME)
            add_to(self._failures, {why: rows}, _MOST_FAILURES, OTHER)

    def summary(
        self,
        *,
        source: str,
        output: str,
        model: Model,
        websites_read: bool,
        remarks: Sequence[str] = (),
        retry: str = "",
    ) -> ListSummary:
        """Return the picture of all rows so far.

        ``source`` and ``output`` name the list and where it went. ``retry`` is the command that
        reads again what failed; it is kept where a website could not be read.
        """
        counts = self._ways.tolist()
        scored = sum(counts[:UNDECIDED_ROW])
        surest, doubtful = _apart(self._surest.found(), self._doubtful.found(), scored)
        return ListSummary(
            source=clean(source),
            output=clean(output),
            model=model.name,
            rows=sum(counts),
            scored=scored,
            undecided=counts[UNDECIDED_ROW],
            failed=counts[FAILED_ROW],
            duplicate=counts[REPEATED_ROW],
            sites=self._sites.count,
            sites_read=self._sites.read,
            pages=self._sites.pages,
            websites_read=websites_read,
            personas={
                persona: share_of(count, scored)
                for persona, count in zip(PERSONAS, counts[:UNDECIDED_ROW], strict=True)
            },
            reasons=_commonest_first(self._reasons),
            failures=_commonest_first(self._failures),
            confidence=tuple(self._tenths.tolist()),
            industries=self._industries.largest(),
            sizes=self._sizes.largest(size_order),
            telling=dict(zip(PERSONAS, map(_most_telling, self._telling), strict=True)),
            surest=surest,
            doubtful=doubtful,
            remarks=tuple(_shown(each, _LONGEST_REMARK) for each in remarks),
            retry=clean(retry) if self._unreachable else "",
            troubled=self._troubled,
            labelled_by=model.training.labelled_by,
            agreement=_agreement(model, websites_read, bool(self._columns.answers)),
        )


def _apart(
    surest: Sequence[Standing], doubtful: Sequence[Standing], scored: int
) -> tuple[tuple[Standing, ...], tuple[Standing, ...]]:
    """Return the surest and the most doubtful so that of a short list no row is both."""
    surest = tuple(surest[: (scored + 1) // 2])
    rows = {one.row for one in surest}
    rest = (one for one in doubtful if one.row not in rows)
    return surest, tuple(islice(rest, scored // 2))


def _of(outcomes: pa.RecordBatch, field: str) -> pa.Array:
    return outcomes.column(f"persona_{field}")


def _cell(outcomes: pa.RecordBatch, field: str, place: int) -> Any:
    return _of(outcomes, field)[place].as_py()


def _ways(outcomes: pa.RecordBatch) -> Codes:
    """Return how each row ended."""
    statuses, status = coded(_of(outcomes, "status"))
    labels, label = coded(_of(outcomes, "label"))
    of_status = np.array([_WAYS.get(name, -1) for name in statuses])[status]
    places: dict[str, int] = {persona: place for place, persona in enumerate(PERSONAS)}
    of_label = np.array([places.get(name, UNDECIDED_ROW) for name in labels])[label]
    return np.where(of_status < 0, of_label, of_status)


def _shown(text: str, width: int) -> str:
    """Return text of a list as it can be shown: one line, nothing invisible, not too long."""
    return shorten(clean(text[: 4 * width]).strip(), width)


def _commonest_first(counts: dict[str, int]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda item: (item[0] == OTHER, -item[1], item[0])))


def _most_telling(counts: dict[str, int]) -> tuple[Telling, ...]:
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Telling(name, _in_words(name), rows) for name, rows in ranked[:TELLING_SHOWN])


def _in_words(telling: str) -> str:
    """Return evidence in words that stand by themselves."""
    words = telling_words(telling)
    return f"{words[:1].upper()}{words[1:]}"


def _agreement(model: Model, websites: bool, answers: bool) -> tuple[Agreement, ...]:
    """Return how far the model met its labels, by what rows of such a list are judged by."""
    views = model.card.get("views", {})
    elsewhere = {
        one["view"]: one["kappa"][0]
        for one in model.card.get("left_out", ())
        if (one["kind"], one["group"]) == ("source", "all")
    }
    fitting = ("answers", *(("website", "both") if websites else ())) if answers else ("website",)
    return tuple(
        Agreement(
            view=view,
            companies=views[view]["companies"],
            decided=views[view]["coverage"][0],
            met=views[view]["accuracy_decided"][0],
            low=views[view]["accuracy_decided"][1],
            high=views[view]["accuracy_decided"][2],
            kappa=views[view]["kappa"][0],
            elsewhere=elsewhere.get(view),
        )
        for view in fitting
        if view in views
    )
