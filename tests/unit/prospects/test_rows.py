"""The first pass over a list."""

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa

from persona.capture.guard import Allowed
from persona.prospects.columns import Columns
from persona.prospects.rows import prospects_of
from persona.prospects.shard import Prospect
from persona.prospects.table.chunk import ROWS, Chunk, ProspectList


class _Cells(Chunk):
    def __init__(self, start: int, rows: list[tuple[str, ...]]) -> None:
        super().__init__(start)
        self._rows = rows

    def __len__(self) -> int:
        return len(self._rows)

    def texts(self, place: int) -> pa.Array:
        return pa.array([row[place] for row in self._rows], pa.string())


class _Listed(ProspectList):
    path = Path("list.csv")

    def __init__(self, *rows: tuple[str, ...]) -> None:
        self._all = list(rows)

    def chunks(self, rows: int = ROWS) -> Iterator[Chunk]:
        for start in range(0, len(self._all), 2):
            yield _Cells(start, self._all[start : start + 2])


def _prospects(*cells: str) -> list[Prospect]:
    return list(prospects_of(_Listed(*((cell,) for cell in cells)), Columns(website=0)))


def test_rows_are_numbered_across_chunks_with_the_site_each_names() -> None:
    found = _prospects("https://www.example.com/about", "sales@example.co.uk", "<shop.example.com>")
    assert [one.row for one in found] == [0, 1, 2]
    assert [one.site for one in found] == ["example.com", "example.co.uk", "example.com"]
    assert found[0].address == "https://www.example.com/about"


def test_a_cell_that_names_no_website_says_why_and_is_not_read() -> None:
    found = _prospects("", "  ", "10.0.0.5:8080", "=cmd|' /C calc'!A0")
    assert [one.site for one in found] == [""] * 4
    assert [one.address for one in found] == [""] * 4
    assert found[0].nowhere == found[1].nowhere == "the row names no website"
    assert "IP address" in found[2].nowhere
    assert "formula" in found[3].nowhere


def test_an_allowed_address_is_taken() -> None:
    listed = _Listed(("127.0.0.1:8080",))
    [one] = prospects_of(listed, Columns(website=0), Allowed.parse(["127.0.0.1:8080"]))
    assert (one.site, one.nowhere) == ("127.0.0.1", "")


def test_answers_are_cleaned_and_what_is_none_is_named() -> None:
    listed = _Listed(("example.com", " A ", "z"), ("", "", "b"))
    columns = Columns(website=0, answers={"P05": 1, "E01": 2})
    first, second = prospects_of(listed, columns)
    assert first.answers == {"P05": "a"}
    assert first.error.startswith("E01: 'z' is none of its options")
    assert second.answers == {"E01": "b"}


def test_a_list_without_websites_complains_of_none() -> None:
    [one] = prospects_of(_Listed(("a",)), Columns(answers={"P05": 0}))
    assert (one.answers, one.site) == ({"P05": "a"}, "")
