"""Companies to choose from: tables and captures, less those that carry a label already."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import msgspec

from persona.capture.address import registrable_domain
from persona.capture.archive import read_captures
from persona.errors import TableError
from persona.pipe import shipped_questionnaire
from persona.training.captured import add_captures
from persona.training.companies import Company
from persona.training.drafts import key_of
from persona.training.tables import Dataset, read_companies

LABELLED: Final = Path(__file__).parent.parent / "data" / "labelled"
"""The labelled tables that ship with the program."""

_CAPTURES: Final = (".jsonl", ".jsonl.gz", ".warc", ".warc.gz", ".html", ".htm")


class Pool(msgspec.Struct, frozen=True):
    """What can be labelled next, beside what is labelled.

    ``companies`` have no label and something known of them; ``remarks`` are single lines on what
    was left out.
    """

    companies: tuple[Company, ...]
    labelled: tuple[Company, ...]
    remarks: tuple[str, ...]


def read_pool(
    sources: Sequence[str | Path],
    labelled: Sequence[str | Path] | None = None,
    captures: Sequence[str | Path] = (),
) -> Pool:
    """Read tables and captures of companies to choose from, and tables of labelled ones.

    In ``sources``, folders and files that end in .jsonl, .warc, .html (.gz too) are captures, of
    which every website is a company; others are tables. ``labelled`` are the tables that ship, if
    left out. ``captures`` add websites to companies of the tables. Raises TableError, also where
    nothing is left to choose from, and CaptureError.
    """
    paths = [Path(source) for source in sources]
    pages = [path for path in paths if is_captures(path)]
    tables = [path for path in paths if path not in pages]
    before = shipped_tables() if labelled is None else [Path(path) for path in labelled]
    table, known = _read(tables), _read(before)
    names = {key_of(one.company) for one in known.companies if one.label is not None}
    found = _with_sites(table.companies, pages)
    captured = add_captures(found, [*pages, *map(Path, captures)])
    labels = [one for one in captured.companies if one.label is not None]
    marked = names | {key_of(one.company) for one in labels}
    fresh = [one for one in captured.companies if key_of(one.company) not in marked]
    usable = [one for one in fresh if is_known(one)]
    counts = (len(captured.companies), len(fresh), len(usable))
    if not usable:
        raise TableError(f"{sources[0]}: {_nothing(*counts)}")
    every = [one for one in known.companies if one.label is not None]
    every += [one for one in labels if key_of(one.company) not in names]
    remarks = (*_of_files(table, tables), *_of_files(known, before), *_left_out(*counts))
    return Pool(tuple(usable), tuple(every), remarks)


def shipped_tables() -> list[Path]:
    """Return the labelled tables that ship with the program, none where they were left out."""
    return sorted(LABELLED.glob("*.csv"))


def is_captures(path: Path) -> bool:
    """Return whether a path is taken for saved pages rather than a table."""
    return path.is_dir() or path.name.lower().endswith(_CAPTURES)


def is_known(company: Company) -> bool:
    """Return whether there is an answer, a signal or a word to go by."""
    words = company.wording
    return bool(
        company.signals
        or any(company.informants.values())
        or (words and (words.links or words.labels or words.text))
    )


def _read(tables: Sequence[Path]) -> Dataset:
    if not tables:
        return Dataset((), (), "")
    return read_companies(tables, shipped_questionnaire())


def _with_sites(companies: Sequence[Company], pages: Sequence[Path]) -> list[Company]:
    """Return the companies, and one more for every captured website that is none of theirs."""
    keys = [key_of(one.company) for one in companies]
    taken = {*keys, *map(registrable_domain, keys)}
    sites = dict.fromkeys(one.site for path in pages for one in read_captures(path))
    return [*companies, *(Company(company=site) for site in sites if site not in taken)]


def _of_files(dataset: Dataset, tables: Sequence[Path]) -> Iterator[str]:
    """Yield the remarks that name a file; the others are about labels as a whole."""
    for remark in dataset.remarks:
        if remark.startswith(tuple(f"{path}:" for path in tables)):
            yield remark


def _left_out(companies: int, fresh: int, usable: int) -> Iterator[str]:
    if companies > fresh:
        yield f"left out: {_counted(companies - fresh)} with a label"
    if fresh > usable:
        yield f"left out: {_counted(fresh - usable)} of which nothing is known; read the websites"


def _nothing(companies: int, fresh: int, usable: int) -> str:
    if fresh == 0:
        return f"all {companies} companies have a label; give companies without one"
    return (
        f"nothing is known of {_counted(fresh - usable)} without a label; give answers, signals, "
        "words, or saved pages (--captures)"
    )


def _counted(count: int) -> str:
    return f"{count} compan{'ies' if count > 1 else 'y'}"
