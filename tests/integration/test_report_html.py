"""The report as a web page: ``assess --report``, ``scan --report`` and ``report -o``."""

import json
from pathlib import Path

import pytest

import persona
from tests.htmlpage import Page
from tests.integration.commands import EXAMPLE, Desk, complaint
from tests.integration.loopback import SITES

SITE = SITES / "sparrowgate"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    desk = Desk(tmp_path_factory.mktemp("report_html"))
    done = desk.run(
        "assess", "--answers", EXAMPLE, "--company", "Norrland", "--save", "r.json",
        "--report", "r.html", "--role", "Head of sales", "--respondent", "Q. Nonesuch",
    )  # fmt: skip
    assert (done.code, done.err) == (0, "")
    assert "Sales-driven" in done.out
    return desk


def page(desk: Desk, name: str) -> Page:
    return Page((desk.folder / name).read_bytes())


def test_a_saved_result_gives_the_page_that_assess_wrote(desk: Desk) -> None:
    done = desk.run("report", "r.json", "-o", "again.html")

    assert (done.code, done.out, done.err) == (0, "", "")
    written = (desk.folder / "again.html").read_bytes()
    assert written == (desk.folder / "r.html").read_bytes()
    assert Page(written).texts("h1") == ["Norrland"]


def test_the_library_gives_the_same_page(desk: Desk) -> None:
    result = persona.load_result(desk.folder / "r.json")

    assert persona.report(result, as_format="html") == (desk.folder / "r.html").read_text()
    assert persona.report(result, 60) == persona.report(result, 60, "text")


def test_the_name_of_who_answered_stays_in_the_file(desk: Desk) -> None:
    shown = desk.run("report", "r.json").out + desk.run("report", "r.json", "--json").out
    asked = desk.run(
        "assess", "--answers", EXAMPLE, "--respondent", "Q. Nonesuch", "--json", "--save", "n.json"
    )

    assert "Q. Nonesuch" in (desk.folder / "r.json").read_text()
    assert "Q. Nonesuch" in (desk.folder / "n.json").read_text()
    for text in (shown, asked.out, (desk.folder / "r.html").read_text()):
        assert "Nonesuch" not in text
    assert json.loads(asked.out)["respondent"] is None
    assert json.loads(desk.run("report", "r.json", "--json").out)["respondent"] == {
        "role": "Head of sales"
    }


def test_json_and_a_page_at_once(desk: Desk) -> None:
    done = desk.run("report", "r.json", "--json", "-o", "both.html")

    assert json.loads(done.out)["company"] == "Norrland"
    assert page(desk, "both.html").texts("h1") == ["Norrland"]


def test_a_scan_writes_what_the_website_shows(desk: Desk) -> None:
    done = desk.run("scan", SITE, "--report", "scan.html", "--save", "scan.json")

    assert (done.code, done.err) == (0, "")
    assert "Sales-driven" in done.out
    scanned = page(desk, "scan.html")
    assert "Judged by its website alone" in scanned.texts("p", **{"class": "lede"})[0]
    assert scanned.texts("section", id="seen")
    assert desk.run("report", "scan.json", "-o", "scan2.html").code == 0
    assert (desk.folder / "scan2.html").read_bytes() == (desk.folder / "scan.html").read_bytes()


def test_answers_and_website_stand_side_by_side(desk: Desk) -> None:
    done = desk.run("assess", "--answers", EXAMPLE, "--website", SITE, "--report", "both.html")

    assert (done.code, done.err) == (0, "")
    assert page(desk, "both.html").texts("section", id="outside")


@pytest.mark.parametrize(
    "arguments",
    [
        ["report", "r.json", "-o", "r.json"],
        ["assess", "--answers", "a.json", "--report", "a.json"],
        ["assess", "--answers", "a.json", "--save", "x", "--report", "x"],
        ["assess", "--answers", "a.json", "--save", "x", "--report", "link"],
        ["scan", "pages.jsonl", "--report", "pages.jsonl"],
        ["scan", "nobody.example", "--save", "x", "--report", "./x"],
        ["scan", "nobody.example", "--save-pages", "p.jsonl", "--report", "p.jsonl"],
    ],
    ids=" ".join,
)
def test_a_report_never_takes_the_place_of_another_file(arguments: list[str], desk: Desk) -> None:
    desk.write("a.json", EXAMPLE.read_bytes())
    desk.write("pages.jsonl", "")
    link = desk.folder / "link"
    if not link.is_symlink():
        link.symlink_to("x")
    before = desk.files()

    assert "needs a file of its own" in complaint(desk.run(*arguments))
    assert desk.files() == before


@pytest.mark.parametrize("place", ["no/such/folder/r.html", "."])
def test_a_place_that_cannot_be_written_to_is_told_before_anything_is_read(
    place: str, desk: Desk
) -> None:
    for command in (
        ["report", "r.json", "-o", place],
        ["assess", "--answers", "absent.json", "--report", place],
        ["scan", "nobody.example", "--report", place],
    ):
        line = complaint(desk.run(*command))
        assert Path(place).name in line or place in line
        assert "absent.json" not in line
        assert "nobody" not in line


def test_a_page_is_replaced_whole(desk: Desk) -> None:
    old = desk.write("old.html", "longer than nothing" * 100_000)
    old.chmod(0o640)

    desk.run("report", "r.json", "-o", "old.html")

    assert old.read_bytes() == (desk.folder / "r.html").read_bytes()
    assert old.stat().st_mode & 0o777 == 0o640
