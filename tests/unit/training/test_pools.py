"""What can be labelled next: from tables and captures, without what is labelled or unknown."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from persona.errors import CaptureError, TableError
from persona.training.pools import is_captures, read_pool, shipped_tables
from tests.conftest import complaint

Write = Callable[[str, str], Path]
HTML = (
    "<html lang='en'><title>{0}</title><body><p>"
    + "We sell valves and pumps to plants and yards. " * 30
    + "<a href='/prices'>Prices</a></body></html>"
)


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def written(name: str, content: str) -> Path:
        (tmp_path / name).write_text(content, encoding="utf-8")
        return tmp_path / name

    return written


def pages(*sites: str) -> str:
    return "".join(
        json.dumps({"url": f"https://www.{site}/", "html": HTML.format(site)}) + "\n"
        for site in sites
    )


def names(companies: tuple[object, ...]) -> list[str]:
    return [one.company for one in companies]  # type: ignore[attr-defined]


def test_labelled_companies_are_left_out_wherever_the_label_stands(write: Write) -> None:
    pool = write(
        "pool.csv", "company,p01,label\nb.example,a,\nA.example,b,\nc.example,a,sales_driven\n"
    )
    labelled = write("labelled.csv", "company,label\na.example,undecided\nz.example,sales_driven\n")
    found = read_pool([pool], [labelled])
    assert names(found.companies) == ["b.example"]
    assert names(found.labelled) == ["a.example", "z.example", "c.example"]
    assert found.remarks == ("left out: 2 companies with a label",)


def test_companies_of_which_nothing_is_known_are_left_out(write: Write) -> None:
    pool = write("pool.csv", "company,p01,w01,words_text\na.example,,,\nb.example,,0.5,\n")
    found = read_pool([pool], [])
    assert names(found.companies) == ["b.example"]
    assert found.remarks == ("left out: 1 company of which nothing is known; read the websites",)


def test_every_captured_website_is_a_company_and_gives_tables_their_words(write: Write) -> None:
    table = write("pool.csv", "company,p01\nb.example,a\nc.example,b\n")
    found = read_pool([write("pages.jsonl", pages("b.example", "a.example")), table], [])
    assert names(found.companies) == ["b.example", "c.example", "a.example"]
    both, told, seen = found.companies
    assert both.wording == seen.wording
    assert seen.wording is not None
    assert seen.wording.text["valves"] == 30
    assert both.informants == {"": {"P01": "a"}}
    assert told.wording is None


def test_captures_given_apart_add_websites_and_no_companies(write: Write) -> None:
    table = write("pool.csv", "company,source\nb.example,list\n")
    captures = write("pages.jsonl", pages("b.example", "a.example"))
    found = read_pool([table], [], [captures])
    assert names(found.companies) == ["b.example"]
    assert found.companies[0].has_website


def test_remarks_on_files_are_passed_on_and_those_on_labels_are_not(write: Write) -> None:
    found = read_pool([write("pool.csv", "company,p01,colour\na.example,a,red\n")], [])
    (remark,) = found.remarks
    assert "colour" in remark


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("company,p01,label\na.example,a,sales_driven\n", "all 1 companies have a label"),
        ("company,p01\na.example,\n", "nothing is known of 1 company"),
        ("company,p01\n", "no rows"),
        ("", "is empty"),
        ("firm,p01\na.example,a\n", "no column named 'company'"),
        ("company,p01\na.example,q\n", "row 2, column p01"),
    ],
)
def test_a_pool_with_nothing_to_choose_from_is_refused_in_one_line(
    content: str, said: str, write: Write
) -> None:
    pool = write("pool.csv", content)
    with pytest.raises(TableError) as caught:
        read_pool([pool], [])
    complaint(caught.value, pool, said)


def test_captures_without_pages_are_refused(write: Write, tmp_path: Path) -> None:
    for path in (write("pages.jsonl", "no page\n"), tmp_path / "none.warc.gz"):
        with pytest.raises(CaptureError, match=path.name):
            read_pool([path], [])


def test_captures_are_told_by_their_name(tmp_path: Path) -> None:
    assert is_captures(tmp_path)
    assert [name for name in ("a.jsonl.gz", "a.WARC", "a.html", "a.csv", "a.csv.gz", "a.parquet")
            if is_captures(Path(name))] == ["a.jsonl.gz", "a.WARC", "a.html"]  # fmt: skip


def test_shipped_tables_are_tables_in_order() -> None:
    found = shipped_tables()
    assert found == sorted(found)
    assert all(path.suffix == ".csv" for path in found)
