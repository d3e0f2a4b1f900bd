"""The committed tables as bytes: one row for each company, and the words of its website."""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from persona.observations import WORD_PARTS, Wording, WordPart
from persona.pipe import shipped_questionnaire
from persona.signals.catalogue import shipped_catalogue
from persona.training.companies import Company
from persona.training.controls import CONTROLS
from persona.training.wordcells import write_words
from persona.vocabulary import PERSONAS

LEAST_COMPANIES: Final[dict[WordPart, int]] = {"links": 15, "labels": 5, "text": 35}
"""Companies on which a word must be found to be written down: rarer ones are names."""

NOTES: Final[tuple[str, ...]] = ("passes", "agree", "confidence", "basis")
"""How a label came about, taken over from the tables of labels as written."""


class Entry(NamedTuple):
    """One company with what is written of it beside: notes on its label, and its website."""

    company: Company
    notes: Mapping[str, str]
    gate: str
    pages: int | None


def companies_table(entries: Sequence[Entry]) -> bytes:
    """Return the table of companies as CSV, in the order given."""
    informants = sorted({name for entry in entries for name in entry.company.informants})
    given = {
        item for entry in entries for each in entry.company.informants.values() for item in each
    }
    items = [item.id for item in shipped_questionnaire().items
             if item.kind == "persona" or item.id in given]  # fmt: skip
    answers = [(item, informant) for informant in informants for item in items]
    of_answers = [f"{item.lower()}_{who}" if who else item.lower() for item, who in answers]
    signals = [entry.id for entry in shipped_catalogue().signals]
    controls = [entry.id.lower() for entry in shipped_catalogue().controls]
    headings = [
        "company", "label", "reason", *(f"points_{persona}" for persona in PERSONAS),
        *NOTES, "source", "weight", *CONTROLS,
        *of_answers,
        *map(str.lower, signals), *controls, "gate", "pages_read",
    ]  # fmt: skip

    def cells(entry: Entry) -> Iterator[object]:
        one = entry.company
        yield from (one.company, one.label, one.reason, *(one.points or (None,) * len(PERSONAS)))
        yield from (entry.notes.get(name) for name in NOTES)
        yield from (one.source, one.weight, *map(one.controls.get, CONTROLS))
        yield from (one.informants.get(who, {}).get(item) for item, who in answers)
        yield from (*map(one.signals.get, signals), *map(one.controls.get, controls))
        yield from (entry.gate, entry.pages)

    return _table(headings, map(cells, entries))


def words_table(entries: Sequence[Entry]) -> bytes:
    """Return the words of the companies' websites as CSV, words on few of them left out."""
    worded = [(one.company, one.wording) for one, *_ in entries if one.wording is not None]
    common = {part: _common(part, (wording for _, wording in worded)) for part in WORD_PARTS}

    def cells(wording: Wording) -> list[str]:
        counts = ((wording.part(part), common[part]) for part in WORD_PARTS)
        return [write_words({word: found[word] for word in found if word in kept})
                for found, kept in counts]  # fmt: skip

    headings = ["company", *(f"words_{part}" for part in WORD_PARTS)]
    rows = ([company, *cells(wording)] for company, wording in worded)
    return _table(headings, (row for row in rows if any(row[1:])))


def _common(part: WordPart, wordings: Iterable[Wording]) -> frozenset[str]:
    found = Counter(word for wording in wordings for word in wording.part(part))
    return frozenset(word for word, count in found.items() if count >= LEAST_COMPANIES[part])


def _table(headings: Sequence[str], rows: Iterable[Iterable[object]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(headings)
    for row in rows:
        writer.writerow([as_cell(value) for value in row])
    return text.getvalue().encode()


def as_cell(value: object) -> str:
    """Return a value as it is written: six digits of a number, nothing for what is missing."""
    if value is None:
        return ""
    return f"{value:.6g}" if isinstance(value, float) else str(value)
