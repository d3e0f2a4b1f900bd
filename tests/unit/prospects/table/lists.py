"""Lists written for a test, read as a user would see them, and scored with made-up outcomes."""

from collections.abc import Callable
from pathlib import Path

import pytest

from persona.errors import ListError
from persona.prospects.outcome import WRITTEN, Outcome, as_batch
from persona.prospects.summary import ListSummary
from persona.prospects.table import open_list, open_output
from persona.prospects.table.chunk import Chunk, ProspectList
from tests.conftest import complaint

OURS = len(WRITTEN)
EVIDENCE = '=cmd|"/c calc"!A1, \tand;\nmore'

NO_SUMMARY = ListSummary(
    source="",
    output="",
    model="",
    rows=0,
    scored=0,
    undecided=0,
    failed=0,
    duplicate=0,
    sites=0,
    pages=0,
    websites_read=False,
    personas={},
    reasons={},
    failures={},
    confidence=(),
    industries=(),
    sizes=(),
    telling={},
    surest=(),
    doubtful=(),
    remarks=(),
    retry="",
)


def cells_of(listed: ProspectList, rows: int = 3) -> list[list[str]]:
    """Return all rows of a list, read in chunks of a few."""
    found: list[list[str]] = []
    for chunk in listed.chunks(rows):
        assert chunk.start == len(found)
        assert 0 < len(chunk) <= rows
        columns = [chunk.texts(place).to_pylist() for place in range(len(listed.headings))]
        found += [[column[index] for column in columns] for index in range(len(chunk))]
    assert listed.rows == len(found)
    return found


def outcome(row: int) -> Outcome:
    """Return a made-up outcome that is different in every row, and hostile in some."""
    return Outcome(
        label="sales_driven",
        confidence=round(row / 7 % 1, 4),
        evidence=EVIDENCE if row % 2 else "",
        status="scored",
        site=f"site{row}.com",
        model="persona-1",
    )


def score(
    source: Path,
    output: Path,
    rows: int = 3,
    outcomes: Callable[[int], Outcome] = outcome,
) -> Path:
    """Write a list with made-up outcomes, a few rows at a time."""

    def found(chunk: Chunk) -> list[Outcome]:
        return [outcomes(chunk.start + index) for index in range(len(chunk))]

    with open_list(source) as listed, open_output(output, listed) as writer:
        for chunk in listed.chunks(rows):
            writer.write(chunk, as_batch(found(chunk)))
        writer.finish(NO_SUMMARY)
    return output


def written(folder: Path, content: bytes | str, name: str = "list.csv") -> Path:
    """Return a file with this content."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def read(path: Path) -> tuple[list[str], list[list[str]], tuple[str, ...]]:
    """Return a list's headings, rows and remarks."""
    with open_list(path) as listed:
        return list(listed.headings), cells_of(listed), listed.remarks


def refusal(path: Path, *words: object) -> str:
    """Return why a list cannot be used, in one line with all ``words`` in it."""
    with pytest.raises(ListError) as caught, open_list(path) as listed:
        for _ in listed.chunks():
            pass
    return complaint(caught.value, path, *words)
