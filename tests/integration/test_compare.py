"""``persona compare`` as it is typed: dates, people, three outputs, and one line for mistakes."""

import json

import pytest

from persona.reports.result import save_result
from tests.integration.commands import Desk, complaint, widest
from tests.unit.reports.comparison.made import SECRET, three
from tests.unit.reports.comparison.test_terminal import two_dates


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    desk = Desk(tmp_path_factory.mktemp("compare"))
    for name, result in zip(("chief", "marketing", "sales"), three(), strict=True):
        save_result(result, desk.folder / f"{name}.json")
    for name, result in zip(("spring", "autumn"), two_dates(), strict=True):
        save_result(result, desk.folder / f"{name}.json")
    return desk


PEOPLE = ("chief.json", "marketing.json", "sales.json")
DATES = ("spring.json", "autumn.json")


def test_people_in_a_terminal(desk: Desk) -> None:
    done = desk.run("compare", *PEOPLE, env={"COLUMNS": "60"})

    assert (done.code, done.err) == (0, "")
    assert widest(done.out) <= 60
    assert "Talk about this first" in done.out
    assert SECRET not in done.out
    assert desk.run("compare", *PEOPLE[::-1], env={"COLUMNS": "60"}) == done


def test_dates_in_a_terminal(desk: Desk) -> None:
    done = desk.run("compare", *DATES)

    assert (done.code, done.err) == (0, "")
    assert "What moved the verdict" in done.out
    assert "--as dates or --as people chooses" in " ".join(done.out.split())
    assert desk.run("compare", *DATES[::-1]).out == done.out


def test_the_same_files_as_what_they_are_not(desk: Desk) -> None:
    done = desk.run("compare", "--as", "people", *DATES)

    assert done.code == 0
    assert "Compared as people, as asked for." in done.out


@pytest.mark.parametrize(("files", "kind"), [(PEOPLE, "people"), (DATES, "dates")])
def test_json_has_its_kind_and_version_and_no_names(
    files: tuple[str, ...], kind: str, desk: Desk
) -> None:
    done = desk.run("compare", *files, "--json")

    document = json.loads(done.out)
    assert (done.code, done.err) == (0, "")
    assert (document["kind"], document["schema"]) == (kind, 1)
    assert SECRET not in done.out


def test_a_page_is_written_beside_what_is_printed(desk: Desk) -> None:
    plain = desk.run("compare", *PEOPLE)

    done = desk.run("compare", *PEOPLE, "-o", "views.html")

    page = (desk.folder / "views.html").read_text()
    assert done == plain
    assert page.startswith("<!DOCTYPE html>")
    assert SECRET not in page


def test_a_mistake_is_one_line(desk: Desk) -> None:
    line = complaint(desk.run("compare", "chief.json", "gone.json"))

    assert line == "persona: gone.json: no such file\n"


def test_other_names_are_compared_when_that_is_meant(desk: Desk) -> None:
    chief = (desk.folder / "chief.json").read_bytes()
    desk.write("beta.json", chief.replace(b'"company": "Acme"', b'"company": "Beta"'))

    done = desk.run("compare", "sales.json", "beta.json", "--anyway")

    assert done.code == 0
