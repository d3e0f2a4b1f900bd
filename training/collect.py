r"""Build the committed tables from labels, answers and captures, byte for byte the same each time.

    python -m persona.training.collect --labels labels.csv --answers answers.csv \
        --captures pages.jsonl.gz --weak labels_articles.csv \
        --weak-captures pages_articles.jsonl.gz -o data/labelled

writes ``companies.csv`` (one row for each company) and ``words.csv`` (the words of its website).
Weak labels are of companies whose pages are one article each: they get a weight of 0.1, and only
their own captures. A company with a label of both sorts keeps the first.
"""

import argparse
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from pathlib import Path
from typing import Final, NamedTuple

from msgspec.structs import replace

from persona.capture.address import registrable_domain
from persona.capture.archive import read_captures
from persona.errors import OutputError, PersonaError
from persona.files import check_writable, write_atomically
from persona.observations import Wording
from persona.pipe import shipped_questionnaire
from persona.signals.corpus import Corpus
from persona.signals.extract import SiteReading, extract, read_facts
from persona.training.committed import NOTES, Entry, as_cell, companies_table, words_table
from persona.training.companies import Company
from persona.training.drafts import key_of
from persona.training.sources import NO_PAGES, read_sources
from persona.training.tablefile import open_table
from persona.training.tables import read_companies

WEAK: Final = 0.1
"""Weight of a company of which mostly one article is known."""

COMPANIES, WORDS = "companies.csv", "words.csv"

Tell = Callable[[str], None]


class Inputs(NamedTuple):
    """The files that the tables are built from."""

    labels: Sequence[Path]
    answers: Sequence[Path]
    captures: Sequence[Path]
    weak: Sequence[Path] = ()
    weak_captures: Sequence[Path] = ()


class Read(NamedTuple):
    """What is kept of a site's reading."""

    signals: dict[str, float]
    controls: dict[str, str]
    wording: Wording
    gate: str
    pages: int


def collect(inputs: Inputs, tell: Tell = lambda _: None) -> tuple[bytes, bytes]:
    """Return the tables of companies and of words.

    ``tell`` gets one line for each thing that was left out or looks odd. Raises TableError and
    CaptureError.
    """
    entries = _entries(inputs, tell)
    return companies_table(entries), words_table(entries)


def _entries(inputs: Inputs, tell: Tell) -> list[Entry]:
    """Return all companies in alphabetical order, with what their own captures show."""
    strong, weak = _companies(inputs, tell)
    corpus = Corpus.build(
        read_facts(capture)[0]
        for path in (*inputs.captures, *inputs.weak_captures)
        for capture in read_captures(path)
    )
    entries = []
    for companies, labels, captures in (
        (strong, inputs.labels, inputs.captures),
        (weak, inputs.weak, inputs.weak_captures),
    ):
        sites = _read_sites(captures, corpus, {_site_of(one) for one in companies}, tell)
        sources, notes = read_sources(captures), _notes(labels)
        entries += [_entry(one, sites, sources, notes) for one in companies]
    return sorted(entries, key=lambda entry: key_of(entry.company.company))


def _companies(inputs: Inputs, tell: Tell) -> tuple[list[Company], list[Company]]:
    """Return the companies with full weight, and those that have a weak label only."""
    strong = {key_of(one.company): one
              for one in _labelled((*inputs.labels, *inputs.answers), tell)}  # fmt: skip
    weak = []
    for one in _labelled(inputs.weak, tell):
        known = strong.get(key_of(one.company))
        if known is None or known.label is None:
            answers = known.informants if known else one.informants
            weak.append(replace(one, weight=WEAK, informants=answers))
            strong.pop(key_of(one.company), None)
    return list(strong.values()), weak


def _labelled(tables: Sequence[Path], tell: Tell) -> tuple[Company, ...]:
    dataset = read_companies(tables, shipped_questionnaire())
    for remark in dataset.remarks:
        tell(remark)
    return dataset.companies


def _entry(
    company: Company,
    sites: Mapping[str, Read],
    sources: Mapping[str, str],
    notes: Mapping[str, Mapping[str, str]],
) -> Entry:
    """Return a company with what was read of its website, if anything was."""
    site, noted = _site_of(company), notes.get(key_of(company.company), {})
    read = sites.get(site)
    if read is None:
        return Entry(replace(company, source=NO_PAGES), noted, "", None)
    seen = replace(
        company,
        signals=read.signals,
        controls={**company.controls, **read.controls},
        wording=read.wording,
        source=sources.get(site, ""),
    )
    return Entry(seen, noted, read.gate, read.pages)


def _site_of(company: Company) -> str:
    return registrable_domain(key_of(company.company))


def _read_sites(
    captures: Sequence[Path], corpus: Corpus, wanted: Set[str], tell: Tell
) -> dict[str, Read]:
    """Return what was read of the wanted sites; of two captures of a site the first counts."""
    read: dict[str, Read] = {}
    unwanted = 0
    for path in captures:
        for capture in read_captures(path, on_skip=tell):
            if capture.site not in wanted:
                unwanted += 1
            elif capture.site not in read:
                read[capture.site] = _kept(extract(capture, corpus=corpus))
    if unwanted:
        many = "websites in the captures are" if unwanted > 1 else "website in the captures is"
        tell(f"{unwanted} {many} of no company in the labels")
    return read


def _kept(reading: SiteReading) -> Read:
    return Read(
        signals={one.id: one.value for one in reading.signals if one.value is not None},
        controls={one.id.lower(): as_cell(one.value) for one in reading.controls
                  if one.value is not None},
        wording=reading.wording,
        gate=reading.gate.reason if reading.gate else "",
        pages=len(reading.pages),
    )  # fmt: skip


def _notes(labels: Iterable[Path]) -> dict[str, dict[str, str]]:
    """Return the notes on each company's label; of two rows of a company the first counts."""
    notes: dict[str, dict[str, str]] = {}
    for path in labels:
        with open_table(path) as table:
            headings = [heading.lower() for heading in table.headings]
            places = {name: headings.index(name) for name in ("company", *NOTES)
                      if name in headings}  # fmt: skip
            for row in table.rows:
                cells = {name: row.cells[place].strip() for name, place in places.items()}
                notes.setdefault(key_of(cells.pop("company", "")), cells)
    return notes


def _parse(arguments: Sequence[str]) -> tuple[Inputs, Path]:
    parser = argparse.ArgumentParser(
        prog="python -m persona.training.collect",
        description="Build the tables of labelled companies from labels, answers and captures.",
        epilog="Example: python -m persona.training.collect --labels labels.csv "
        "--answers answers.csv --captures pages.jsonl.gz -o data/labelled",
    )
    for name, help_, required in (
        ("labels", "tables of labels", True),
        ("answers", "tables of answers", False),
        ("captures", "saved pages", True),
        ("weak", "tables of weak labels", False),
        ("weak-captures", "saved pages of the companies with weak labels", False),
    ):
        parser.add_argument(
            f"--{name}", nargs="+", type=Path, default=(), required=required, help=help_
        )
    parser.add_argument("-o", "--output", type=Path, required=True, help="folder of the tables")
    given = parser.parse_args(arguments)
    inputs = Inputs(given.labels, given.answers, given.captures, given.weak, given.weak_captures)
    return inputs, given.output


def _tell(line: str) -> None:
    print(line, file=sys.stderr)


def main(arguments: Sequence[str]) -> int:
    """Build the tables and write them; return the exit code: 2 with one line on bad input."""
    inputs, folder = _parse(arguments)
    paths = (folder / COMPANIES, folder / WORDS)
    try:
        if not folder.is_dir():
            raise OutputError(f"{folder}: no such folder")
        for path in paths:
            check_writable(path)
        for path, content in zip(paths, collect(inputs, _tell), strict=True):
            write_atomically(path, content)
            _tell(f"{path}: {len(content):,} bytes")
    except PersonaError as error:
        _tell(str(error))
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
