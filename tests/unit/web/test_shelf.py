"""Results on the shelf: found again, told apart, and nothing else within reach."""

from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from persona.errors import ResultError
from persona.pipe import assess
from persona.reports.recording import record
from persona.reports.result import Respondent, Result, load_result
from persona.web.shelf import ResultShelf, id_of


@pytest.fixture
def shelf(tmp_path: Path) -> ResultShelf:
    return ResultShelf(tmp_path / "results")


def test_what_is_kept_is_found_again_and_is_an_ordinary_result_file(
    shelf: ResultShelf, example: Result
) -> None:
    id_ = shelf.save(example)
    assert shelf.load(id_) == example
    assert load_result(shelf.path(id_)) == example
    assert id_.startswith("norrland-valves-2026-11-21-")


def test_the_same_assessment_takes_its_own_place(shelf: ResultShelf, example: Result) -> None:
    drawn = replace(example, option_order={"P01": ("b", "a")})
    assert shelf.save(drawn) == shelf.save(replace(drawn, confidence=0.5))
    assert len(shelf.entries()) == 1


def test_what_was_recorded_stays_when_an_assessment_is_kept_again(
    shelf: ResultShelf, example: Result
) -> None:
    id_ = shelf.save(example)
    shelf.change(id_, lambda kept: record(kept, kept.plan.steps[0].id, "23 %", on="2026-12-01"))
    assert shelf.save(example) == id_
    assert [each.value for each in shelf.load(id_).progress] == ["23 %"]


def test_a_damaged_file_gives_way_and_is_left_to_be_looked_at(
    shelf: ResultShelf, example: Result
) -> None:
    id_ = shelf.save(example)
    for damage in ("{", "[]"):
        shelf.path(id_).write_text(damage)
        assert shelf.save(example) == id_
    assert shelf.load(id_) == example
    assert sorted(each.read_text() for each in shelf.folder.glob("*.old")) == ["[]", "{"]


def test_a_result_from_elsewhere_takes_no_ones_place(shelf: ResultShelf, example: Result) -> None:
    id_ = shelf.save(example)
    assert shelf.add(example) == id_
    shelf.change(id_, lambda kept: record(kept, kept.plan.steps[0].id, "23 %", on="2026-12-01"))
    other = shelf.add(example)
    assert shelf.add(example) == other != id_
    assert shelf.load(other).progress == ()
    assert [each.value for each in shelf.load(id_).progress] == ["23 %"]


def test_a_result_from_elsewhere_needs_a_day(shelf: ResultShelf, example: Result) -> None:
    with pytest.raises(ResultError, match="is not a day"):
        shelf.add(replace(example, assessed_on="../../x"))
    assert not shelf.folder.exists()


@pytest.mark.parametrize(
    "other",
    [
        {"company": "Another"},
        {"company": None},
        {"assessed_on": "2026-11-22"},
        {"respondent": Respondent(role="Head of sales")},
        {"option_order": {"P01": ("a", "b")}},
    ],
)
def test_other_assessments_stand_beside_it(
    shelf: ResultShelf, example: Result, other: dict[str, object]
) -> None:
    drawn = replace(example, option_order={"P01": ("b", "a")})
    assert id_of(drawn) != id_of(replace(drawn, **other))


def test_results_without_a_questionnaire_differ_by_their_answers() -> None:
    on = date(2026, 11, 21)
    assert id_of(assess({"P01": "a"}, on=on)) != id_of(assess({"P01": "b"}, on=on))


@pytest.mark.parametrize(
    "company", ["../../etc/passwd", "ÅÄÖ", "日本", "-", "a" * 500, "con", ".", "\u202e"]
)
def test_any_company_name_gives_a_plain_file_name(
    shelf: ResultShelf, example: Result, company: str
) -> None:
    id_ = shelf.save(replace(example, company=company))
    assert shelf.path(id_).parent == shelf.folder
    assert shelf.has(id_)


@pytest.mark.parametrize(
    "id_",
    ["", "..", "../sessions/x", "a/b", "A", "x.json", "x\n", "\x00", "a" * 81, "٣", "%2e%2e"],
)
def test_what_is_no_id_reaches_no_file(shelf: ResultShelf, id_: str) -> None:
    assert not shelf.has(id_)
    for use in (shelf.load, shelf.path, shelf.remove):
        with pytest.raises(ResultError):
            use(id_)


def test_a_list_of_results_shows_the_latest_first_and_leaves_out_what_is_damaged(
    shelf: ResultShelf, example: Result
) -> None:
    old = shelf.save(replace(example, assessed_on="2026-01-01", company="B"))
    new = shelf.save(replace(example, company="A", respondent=Respondent(role="CEO", name="Ann")))
    (shelf.folder / "damaged.json").write_text("{")
    (shelf.folder / "Not An Id.json").write_text("{}")
    entries = shelf.entries()
    assert [entry.id for entry in entries] == [new, old]
    assert (entries[0].role, entries[0].label) == ("CEO", example.label)
    assert "Ann" not in str(entries)


def test_a_list_follows_what_is_written_anew(shelf: ResultShelf, example: Result) -> None:
    id_ = shelf.save(example)
    assert shelf.entries()[0].label == example.label
    shelf.change(id_, lambda kept: replace(kept, label="undecided", reason="mixed"))
    assert shelf.entries()[0].label == "undecided"


def test_what_is_removed_is_gone_and_may_be_removed_again(
    shelf: ResultShelf, example: Result
) -> None:
    id_ = shelf.save(example)
    shelf.remove(id_)
    shelf.remove(id_)
    assert shelf.entries() == []
    with pytest.raises(ResultError, match="no such result"):
        shelf.load(id_)


def test_an_empty_shelf_has_no_folder_and_no_entries(shelf: ResultShelf) -> None:
    assert shelf.entries() == []
    assert not shelf.folder.exists()
