"""What each signal was worth on labelled captures: how often it is known, found, and how it leans.

    python -m persona.training.signal_study labels.csv … pages.jsonl.gz …

Arguments that end in .csv are tables of labels, the others captures. Prints a Markdown table, what
the gates said, and how the untrained weights agree with the labels.

The agreement of a signal with its hypothesis is the rank correlation of its value with the lean
of the company's soft label along the catalogue's directions: above 0 as hypothesised. It is shown
as found, and again within source and for sites of like size, because era, source and the amount
of text go together in such collections. Intervals are percentile bootstraps over companies.
"""

import csv
import math
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path

import msgspec
import numpy as np
import numpy.typing as npt

from persona.capture.archive import read_captures
from persona.model.artefact import MODELS, Model, load_model
from persona.model.verdict import classify
from persona.observations import ObservationRow
from persona.signals.catalogue import SignalEntry, shipped_catalogue
from persona.signals.corpus import Corpus
from persona.signals.extract import SiteReading, extract, read_facts
from persona.training.arrays import Floats
from persona.training.measures import Predictions, even_weights, measure
from persona.vocabulary import PERSONAS

RESAMPLES = 1000
LEAST_FINDERS = 8
"""Companies on which a signal must be found before its correlation is read."""
LEAST = 20
"""Companies with a known value below which no correlation is given."""


class Labelled(msgspec.Struct, frozen=True):
    """One labelled company: soft points in the order of PERSONAS, and where its pages are from.

    ``label`` is a persona, or "undecided".
    """

    points: tuple[float, float, float]
    source: str
    label: str


class Judged(msgspec.Struct, frozen=True):
    """What the untrained weights say of one company: its probabilities beside the label."""

    company: str
    truth: int
    probabilities: tuple[float, ...]


class Study(msgspec.Struct, frozen=True):
    """What was found of one signal: shares of companies, and agreement with the hypothesis.

    ``finders`` counts the companies on which something was found.
    """

    entry: SignalEntry
    known: float
    found: float
    agreement: float | None
    interval: tuple[float, float] | None
    within: float | None
    finders: int


def read_labels(path: Path) -> dict[str, Labelled]:
    """Return the companies of a labels table that have soft points, by domain."""
    labels = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            points = [float(row[f"points_{persona}"] or "nan") for persona in PERSONAS]
            if not any(map(math.isnan, points)):
                sales, passive, dynamic = points
                labels[row["company"]] = Labelled(
                    (sales, passive, dynamic), row.get("source", ""), row["label"]
                )
    return labels


def read_sites(paths: Sequence[Path]) -> Iterator[SiteReading]:
    """Yield the reading of every site in captures files, each compared with all the others."""
    corpus = Corpus.build(read_facts(one)[0] for path in paths for one in read_captures(path))
    for path in paths:
        for capture in read_captures(path):
            yield extract(capture, corpus=corpus)


class Table:
    """Values of all signals of the companies read, and their labels where they have one."""

    def __init__(self, sites: Iterable[SiteReading], labels: dict[str, Labelled]) -> None:
        self.entries = shipped_catalogue().signals
        rows, points, sources, words = [], [], [], []
        self.judged: list[Judged] = []
        self.gates: Counter[str] = Counter()
        self.pages = 0
        for reading in sites:
            label = labels.get(reading.capture.site)
            rows.append([signal.value for signal in reading.signals])
            points.append(label.points if label else (math.nan,) * 3)
            sources.append(label.source if label else "")
            words.append(math.log1p(sum(page.words for page in reading.pages)))
            self.pages += len(reading.pages)
            self.gates[reading.gate.reason if reading.gate else "passed"] += 1
            if label and label.label in PERSONAS:
                self.judged += judge_without_gate(reading, label)
        self.values: Floats = np.array(rows, dtype=float)
        self.points: Floats = np.array(points, dtype=float)
        self.words: Floats = np.array(words, dtype=float)
        self.sources = np.array(sources)

    def study(self, index: int) -> Study:
        """Return what was found of one signal."""
        entry, values = self.entries[index], self.values[:, index]
        known = ~np.isnan(values)
        share = float(known.mean())
        found = float((values[known] > 0).mean()) if known.any() else 0.0
        lean = np.array(entry.directions, dtype=float)
        target = self.points @ (lean - lean.mean())
        usable = known & ~np.isnan(target)
        agreement = interval = within = None
        if entry.kind != "code" and usable.sum() >= LEAST and np.ptp(values[usable]) > 0:
            x, y = _ranks(values[usable]), _ranks(target[usable])
            agreement, interval = _correlation(x, y), _interval(x, y)
            aside = self._aside(usable)
            within = _correlation(_without(x, aside), _without(y, aside))
        finders = int((values[known] > 0).sum())
        return Study(entry, share, found, agreement, interval, within, finders)

    def _aside(self, usable: npt.NDArray[np.bool_]) -> Floats:
        """Return the columns that are held constant: source, and the amount of text."""
        sources = self.sources[usable]
        dummies = [(sources == name).astype(float) for name in sorted(set(sources))]
        return np.column_stack([*dummies, self.words[usable]])


def judge_without_gate(site: SiteReading, label: Labelled) -> Iterator[Judged]:
    """Yield what the untrained weights say of a site on which some signal was found.

    The gate is left aside: on one to three pages a company hardly any site would pass it.
    """
    verdict = classify(ObservationRow(signals=site.signals), _untrained())
    if any(one.value for one in verdict.evidence):
        personas: tuple[str, ...] = PERSONAS
        truth = personas.index(label.label)
        yield Judged(site.capture.site, truth, tuple(verdict.probabilities.values()))


@cache
def _untrained() -> Model:
    return load_model(MODELS / "persona-0.json").model


def _ranks(values: Floats) -> Floats:
    """Return ranks, ties sharing their mean rank."""
    _, place, count = np.unique(values, return_inverse=True, return_counts=True)
    ends = np.cumsum(count)
    mean: Floats = (ends - (count - 1) / 2)[place]
    return mean


def _correlation(x: Floats, y: Floats) -> float | None:
    x, y = x - x.mean(), y - y.mean()
    norm = math.sqrt(float(x @ x) * float(y @ y))
    return float(x @ y) / norm if norm > 1e-9 else None


def _without(values: Floats, aside: Floats) -> Floats:
    """Return what is left of values after a least-squares fit on other columns."""
    fitted: Floats = aside @ np.linalg.lstsq(aside, values, rcond=None)[0]
    return values - fitted


def _interval(x: Floats, y: Floats) -> tuple[float, float]:
    draw = np.random.default_rng(0).integers(0, len(x), (RESAMPLES, len(x)))
    found = [_correlation(x[rows], y[rows]) for rows in draw]
    low, high = np.percentile([each for each in found if each is not None], [2.5, 97.5])
    return float(low), float(high)


def lines(table: Table) -> Iterator[str]:
    """Yield the study of all signals as a Markdown table."""
    yield "| Signal | | Lean S P D | Known | Found | Agreement | 95 % | Like with like | Reading |"
    yield "|---|---|---|---|---|---|---|---|---|"
    for index in range(len(table.entries)):
        study = table.study(index)
        lean = " ".join(f"{each:+d}" if each else "0" for each in study.entry.directions)
        interval = "{:+.2f} to {:+.2f}".format(*study.interval) if study.interval else ""
        cells = (
            study.entry.id,
            study.entry.name,
            "by value" if study.entry.kind == "code" else lean,
            f"{study.known:.0%}",
            f"{study.found:.0%}",
            _signed(study.agreement),
            interval,
            _signed(study.within),
            reading(study),
        )
        yield "| " + " | ".join(cells) + " |"


def summary(table: Table) -> Iterator[str]:
    """Yield what was read, what the gates said, and how leaders agree with labels."""
    yield f"{len(table.values)} companies, {table.pages} pages."
    yield "Gates: " + ", ".join(f"{name} {count}" for name, count in table.gates.most_common())
    if not table.judged:
        return
    companies = tuple(one.company for one in table.judged)
    found = measure(
        Predictions(
            companies=companies,
            truth=np.array([one.truth for one in table.judged]),
            points=None,
            probabilities=np.array([one.probabilities for one in table.judged]),
            decided=None,
            weights=even_weights(companies),
        )
    )
    if found.kappa:
        yield (
            f"Leader of the untrained weights against label, gate left aside, on the {found.rows} "
            f"labelled companies with any sign: kappa {found.kappa.value:.2f} "
            f"({found.kappa.low:.2f} to {found.kappa.high:.2f})."
        )


def _signed(value: float | None) -> str:
    return "" if value is None else f"{value:+.2f}"


def reading(study: Study) -> str:
    """Return in words what a study says of its signal."""
    if study.known == 0:
        return "never known"
    if study.entry.kind == "code":
        return "coded by value"
    if study.found == 0:
        return "never found"
    if study.agreement is None or study.interval is None:
        return "too seldom known"
    if study.finders < LEAST_FINDERS:
        return "found too seldom"
    low, high = study.interval
    if low > 0:
        held = study.within is not None and study.within > 0
        return "as hypothesised" if held else "as hypothesised, but not with like"
    return "against the hypothesis" if high < 0 else "no information"


def main(arguments: Sequence[str]) -> None:
    """Print the study of captures; arguments ending in .csv are tables of labels."""
    labels: dict[str, Labelled] = {}
    captures = []
    for path in map(Path, arguments):
        if path.suffix == ".csv":
            labels |= read_labels(path)
        else:
            captures.append(path)
    table = Table(read_sites(captures), labels)
    for line in (*lines(table), "", *summary(table)):
        print(line)


if __name__ == "__main__":
    main(sys.argv[1:])
