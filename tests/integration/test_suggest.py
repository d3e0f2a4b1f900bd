"""``persona suggest`` by command: on a table, on saved pages, and on what cannot be used."""

import json
from pathlib import Path
from typing import Any

import pytest

from persona.questionnaire.items import load_questionnaire
from persona.vocabulary import DIMENSIONS
from tests.integration.commands import Desk, complaint, widest
from tests.unit.training.companies import made_up, write_table

HTML = (
    "<html lang='en'><title>{site}</title><body><nav><a href='/{path}'>{path}</a></nav>"
    "<main>{text}</main></body></html>"
)
TEXTS = {
    "valve.example": ("prices", "Ask for our best price on valves in stock today. "),
    "fairs.example": ("events", "Meet us at the fair and download the new brochure. "),
    "study.example": ("research", "Our yearly study of plants, with method and sample. "),
}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    rows = made_up(load_questionnaire(), each=6)
    write_table(tmp_path / "labelled.csv", rows)
    fresh = made_up(load_questionnaire(), each=5, seed=1)
    for number, row in enumerate(fresh):
        del row["label"]
        row["company"] = f"new-{number}.example"
    write_table(tmp_path / "pool.csv", fresh)
    pages = [{"url": f"https://{site}/", "html": HTML.format(site=site, path=path, text=text * 40)}
             for site, (path, text) in TEXTS.items()]  # fmt: skip
    (tmp_path / "pages.jsonl").write_text("".join(f"{json.dumps(page)}\n" for page in pages))
    return Desk(tmp_path)


def suggested(desk: Desk, *arguments: str) -> dict[str, Any]:
    done = desk.run("suggest", *arguments, "--labelled", "labelled.csv", "--json")
    assert done.code == 0, done.err
    found: dict[str, Any] = json.loads(done.out)
    return found


def companies(found: dict[str, Any]) -> list[str]:
    return [one["company"] for one in found["suggested"]]


def test_companies_of_a_table_are_ranked_with_reasons_and_questions(desk: Desk) -> None:
    found = suggested(desk, "pool.csv", "--top", "4")
    assert (found["pool"], found["labelled"]) == (15, 18)
    assert [one["rank"] for one in found["suggested"]] == [1, 2, 3, 4]
    assert len(set(companies(found))) == 4
    asked = {question["id"] for question in found["questions"]}
    for one in found["suggested"]:
        assert one["company"].startswith("new-")
        assert len(one["why"]) >= 2
        assert set(one["ask"]) <= asked <= set(DIMENSIONS)


def test_saved_pages_are_a_pool_and_every_question_is_open(desk: Desk) -> None:
    found = suggested(desk, "pages.jsonl")
    assert sorted(companies(found)) == sorted(TEXTS)
    assert all("unlike any labelled company" in one["why"] for one in found["suggested"])
    assert all(len(one["ask"]) >= 4 for one in found["suggested"])


def test_the_report_fits_the_page_and_shows_what_to_ask(desk: Desk) -> None:
    done = desk.run("suggest", "pool.csv", "pages.jsonl", "--labelled", "labelled.csv",
                    "--top", "18", env={"COLUMNS": "80"})  # fmt: skip
    assert (done.code, done.err) == (0, "")
    assert widest(done.out) <= 80
    assert "18 of 18 unlabelled companies" in " ".join(done.out.split())
    for company in (*TEXTS, "new-0.example"):
        assert company in done.out
    for heading in ("Label these next", "First, of every company", "Points and label"):
        assert heading in done.out
    assert "not the reasons" in done.out


def test_the_order_of_rows_and_files_does_not_matter(desk: Desk) -> None:
    once = suggested(desk, "pool.csv", "pages.jsonl")
    head, *rows = (desk.folder / "pool.csv").read_text().splitlines(keepends=True)
    desk.write("pool.csv", "".join([head, *rows[::-1]]))
    assert suggested(desk, "pages.jsonl", "pool.csv") == once


def test_labelled_companies_in_the_pool_are_left_out_and_said_so(desk: Desk) -> None:
    done = desk.run("suggest", "pool.csv", "labelled.csv", "--labelled", "labelled.csv", "--json")
    assert done.code == 0
    assert "left out: 18 companies with a label" in done.err
    assert all(one.startswith("new-") for one in companies(json.loads(done.out)))


def test_unknown_columns_are_said_and_ignored(desk: Desk) -> None:
    desk.write("odd.csv", "company,p15,colour\na.example,a,red\nb.example,c,blue\n")
    done = desk.run("suggest", "odd.csv", "--labelled", "labelled.csv", "--json")
    assert done.code == 0
    assert "colour" in done.err
    assert done.err.count("\n") == 1
    assert sorted(companies(json.loads(done.out))) == ["a.example", "b.example"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["labelled.csv"], "all 18 companies have a label"),
        (["empty.csv"], "is empty"),
        (["headings.csv"], "no rows under the headings"),
        (["unknown.csv"], "nothing is known of 1 company"),
        (["absent.csv"], "no such file"),
        (["absent.jsonl"], "absent.jsonl"),
        (["pool.csv", "--labelled", "absent.csv"], "absent.csv: no such file"),
        (["pool.csv", "--captures", "empty.jsonl"], "empty.jsonl"),
        (["pool.csv", "--model", "pool.csv"], "pool.csv"),
        (["pool.csv", "--top", "0"], "0 is not in the range"),
        (["wrong.csv"], "row 2, column p15"),
    ],
)
def test_what_cannot_be_used_is_one_line(desk: Desk, arguments: list[str], said: str) -> None:
    desk.write("empty.csv", "")
    desk.write("empty.jsonl", "")
    desk.write("headings.csv", "company,p15\n")
    desk.write("unknown.csv", "company,p15\na.example,\n")
    desk.write("wrong.csv", "company,p15\na.example,z\n")
    if "--labelled" not in arguments:  # the shipped labels are many, and take their time
        arguments = [*arguments, "--labelled", "labelled.csv"]
    assert said in complaint(desk.run("suggest", *arguments))


def test_it_takes_the_shipped_labels_and_any_encoding(desk: Desk) -> None:
    done = desk.run("suggest", "pages.jsonl", env={"PYTHONIOENCODING": "ascii"})
    assert done.code == 0, done.err
    assert done.out.isascii()
    assert "beside 0 labelled" not in done.out
