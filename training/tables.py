"""Labelled tables: companies from one file or from several, joined, checked and remarked on."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Final, Literal, NoReturn

import msgspec

from persona.errors import TableError
from persona.questionnaire.items import Questionnaire
from persona.training.columns import LEARNED_FROM, Column, Columns, understand
from persona.training.companies import JUDGED, Company
from persona.training.drafts import Draft, key_of
from persona.training.tablefile import Row, Table, open_table
from persona.vocabulary import PERSONAS

MOST_COMPANIES: Final = 1_000_000
MOST_VALUES: Final = 25_000_000
"""Known values (words counted one by one) that are held at a time: about 2 GB at most."""

LEAST_OF_A_CLASS: Final = 3
"""Companies of one persona below which nothing can be learned and judged apart."""
FEW_OF_A_CLASS: Final = 10
_LISTED: Final = 8
_EASILY_MISSED: Final = (
    "label", "reason", "weight", "source", "informant", *(f"points_{each}" for each in PERSONAS)
)  # fmt: skip

_Found = Literal["new", "repeated", "nameless"]
_LEFT_OUT: Final[dict[_Found, str]] = {
    "nameless": "without a company left out",
    "repeated": "dropped as duplicates: nothing new in them",
}


class Dataset(msgspec.Struct, frozen=True):
    """The companies of all tables, in order of first appearance.

    ``remarks`` are single lines on what was left out or looks odd. ``sha256`` is over what was
    read of the companies; the order of tables, rows and columns does not change it.
    """

    companies: tuple[Company, ...]
    remarks: tuple[str, ...]
    sha256: str


def read_companies(tables: Sequence[Path], questionnaire: Questionnaire) -> Dataset:
    """Read labelled tables and join their rows by company, case and outer spaces ignored.

    Raises TableError with file, row and column: see :mod:`persona.training.tablefile` for files
    that are no table, :mod:`persona.training.columns` for cells that make no sense; also for no
    column of companies, points that are incomplete or do not add to 1, and two rows that
    contradict each other on one company.
    """
    reading = _Reading(questionnaire)
    for path in tables:
        with open_table(path) as table:
            reading.read(path, table)
    return reading.dataset()


def require_trainable(dataset: Dataset) -> None:
    """Raise TableError unless every persona is the label of at least 3 companies.

    Companies of a weight below ``companies.JUDGED`` do not count.
    """
    counts = _classes(tuple(one for one in dataset.companies if one.is_judged))
    named = [persona for persona in PERSONAS if counts[persona]]
    if not named:
        if any(one.is_decided for one in dataset.companies):
            raise TableError(f"every label has a weight below {JUDGED:g}; none could be judged")
        raise TableError(
            "no company has a label that names a persona; give a table with columns company and "
            f"label ({', '.join(PERSONAS)})"
        )
    if len(named) == 1:
        raise TableError(f"all labels are {named[0]}; it takes companies of all three personas")
    for persona in PERSONAS:
        if counts[persona] < LEAST_OF_A_CLASS:
            raise TableError(
                f"{_companies(counts[persona])} labelled {persona}; it takes at least "
                f"{LEAST_OF_A_CLASS} of every persona"
            )


def _classes(companies: Sequence[Company]) -> Counter[str]:
    return Counter(one.label for one in companies if one.label)


class _Reading:
    """What was read so far, of all tables."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self._questionnaire = questionnaire
        self._drafts: dict[str, Draft] = {}
        self._remarks: list[str] = []
        self._variety: dict[str, set[str]] = {}
        """Up to two different cells for each column that can be learned from."""
        self._values = 0

    def read(self, path: Path, table: Table) -> None:
        """Add the rows of one table."""
        try:
            columns = understand(table.headings, self._questionnaire)
        except ValueError as error:
            raise TableError(f"{path}: {error}") from None
        self._remarks += table.remarks
        if columns.unknown:
            self._remarks.append(
                f"{path}: ignored: {_listed('column', columns.unknown)}{_meant(columns.unknown)}"
            )
        for column in columns.read:
            if column.kind in LEARNED_FROM:
                self._variety.setdefault(column.heading.lower(), set())
        found = Counter(self._add(path, row, columns) for row in table.rows)
        if not found:
            raise TableError(f"{path}: no rows under the headings")
        if set(found) == {"nameless"}:
            raise TableError(f"{path}: no row names a company; put it in a column 'company'")
        for what, words in _LEFT_OUT.items():
            if found[what]:
                self._remarks.append(f"{path}: {_rows(found[what])} {words}")

    def _add(self, path: Path, row: Row, columns: Columns) -> _Found:
        """Add a row to its company."""
        named = (row.cells[place].strip() for place in columns.company)
        company = next(filter(None, named), "")
        if not company:
            return "nameless"
        draft = self._draft(path, company)
        new = not draft.said
        cells = [(column, cell) for column in columns.read
                 if (cell := row.cells[column.at].strip())]  # fmt: skip
        informant = next((cell for column, cell in cells if column.kind == "informant"), "")
        for column, cell in cells:
            if column.kind != "informant":
                new = self._put(path, row, draft, column, cell, informant) or new
        _check_points(path, row, cells, draft)
        return "new" if new else "repeated"

    def _put(
        self, path: Path, row: Row, draft: Draft, column: Column, cell: str, informant: str
    ) -> bool:
        """Add a cell to its company; return whether it says anything new."""
        try:
            size = draft.put(column, cell, informant)
        except ValueError as error:
            _fail(path, row, column, error)
        self._values += size
        if self._values > MOST_VALUES:
            raise TableError(
                f"{path}: more than {MOST_VALUES:,} known values, the most that are taken; "
                "give a sample"
            )
        if column.kind in LEARNED_FROM:
            seen = self._variety[column.heading.lower()]
            if len(seen) < 2:
                seen.add(cell)
        return size > 0

    def _draft(self, path: Path, company: str) -> Draft:
        draft = self._drafts.get(key_of(company))
        if draft is None:
            if len(self._drafts) == MOST_COMPANIES:
                raise TableError(
                    f"{path}: more than {MOST_COMPANIES:,} companies, the most that are taken; "
                    "give a sample"
                )
            draft = self._drafts[key_of(company)] = Draft(company)
        return draft

    def dataset(self) -> Dataset:
        """Return all companies, with what is to be remarked on them together."""
        remarks = (*self._remarks, *self._on_drafts(), *self._on_columns())
        # Drafts go as their companies come, for both of a large table are more than memory holds.
        companies = tuple(self._drafts.pop(key).company() for key in tuple(self._drafts))
        return Dataset(companies, (*remarks, *_on(companies)), digest(companies))

    def _on_columns(self) -> Iterator[str]:
        missing = [name for name, seen in self._variety.items() if not seen]
        constant = [name for name, seen in self._variety.items() if len(seen) == 1]
        if missing:
            yield f"without any value: {_listed('column', missing)}"
        if constant:
            yield f"the same in every row that has it: {_listed('column', constant)}"

    def _on_drafts(self) -> Iterator[str]:
        differing = Counter(kind for draft in self._drafts.values() for kind in draft.differing)
        for kind, count in sorted(differing.items()):
            yield f"{kind} differs between rows of {_companies(count)}; the first counts"
        derived = sum(draft.label_from_points for draft in self._drafts.values())
        if derived:
            yield f"{_companies(derived)} with points and no label: labelled by most points"


def _on(companies: Sequence[Company]) -> Iterator[str]:
    """Yield what is to be remarked on the labels of all companies."""
    without = sum(one.label is None for one in companies)
    if without:
        yield f"{_companies(without)} without a label"
    counts = _classes(companies)
    if counts:
        few = [f"{name} {counts[name]}" for name in PERSONAS if counts[name] < FEW_OF_A_CLASS]
        if few:
            yield f"fewer than {FEW_OF_A_CLASS} companies of a persona: {', '.join(few)}"
    beside = sum(
        one.is_decided and one.points is not None
        and one.points[PERSONAS.index(one.label)] < max(one.points)
        for one in companies
    )  # fmt: skip
    if beside:
        yield f"{_companies(beside)} labelled otherwise than by most points"


def _check_points(path: Path, row: Row, cells: Sequence[tuple[Column, str]], draft: Draft) -> None:
    first = next((column for column, _ in cells if column.kind == "points"), None)
    if first:
        try:
            draft.check_points()
        except ValueError as error:
            _fail(path, row, first, error)


def _fail(path: Path, row: Row, column: Column, error: ValueError) -> NoReturn:
    raise TableError(f"{path}: row {row.number}, column {column.heading}: {error}") from None


def digest(companies: Sequence[Company]) -> str:
    """Return the SHA-256 over companies, whatever their order."""
    total = hashlib.sha256()
    for one in sorted(companies, key=lambda company: key_of(company.company)):
        canonical = msgspec.structs.replace(one, company=key_of(one.company))
        total.update(msgspec.json.encode(canonical, order="deterministic") + b"\n")
    return total.hexdigest()


def _listed(noun: str, names: Sequence[str]) -> str:
    shown = ", ".join(names[:_LISTED])
    more = f" and {len(names) - _LISTED} more" if len(names) > _LISTED else ""
    return f"{noun}{'s' if len(names) > 1 else ''} {shown}{more}"


def _meant(headings: Sequence[str]) -> str:
    """Return a question where a heading looks like a slip for one that is read."""
    for heading in headings:
        near = get_close_matches(heading.lower(), _EASILY_MISSED, n=1, cutoff=0.8)
        if near:
            return f" (did you mean {near[0]!r} by {heading!r}?)"
    return ""


def _rows(count: int) -> str:
    return f"{count} row{'s' if count > 1 else ''}"


def _companies(count: int) -> str:
    return f"{count} compan{'y' if count == 1 else 'ies'}"
