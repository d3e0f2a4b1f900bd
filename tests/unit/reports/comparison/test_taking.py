"""What may be compared, and as what."""

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from persona.errors import ResultError, UsageError
from persona.pipe import compare
from persona.reports.comparison.taking import APART, letters, reworded
from persona.reports.result import Result
from tests.conftest import complaint
from tests.unit.reports.comparison.made import AUTUMN, SPRING, dates, people, person, three

SOME = {"P01": "a", "P02": "b"}


def refused(*results: Result, error: type[Exception] = UsageError, **how: object) -> str:
    with pytest.raises(error) as caught:
        compare(results, **how)  # type: ignore[arg-type]
    return complaint(caught.value)  # type: ignore[arg-type]


def of(company: str | None, on: date = SPRING) -> Result:
    return replace(person(SOME, on=on), company=company)


@pytest.mark.parametrize("count", [0, 1, 31])
def test_fewer_than_two_and_more_than_thirty_are_refused(count: int) -> None:
    results = [person(SOME, f"Person number {number}") for number in range(count)]

    assert "2 to 30 results" in refused(*results)


def test_thirty_people_are_compared() -> None:
    found = people([person(SOME, f"Rep {number}") for number in range(30)])

    assert len(found.people) == 30
    assert found.people[-1].letter == "AD"
    assert len(set(letters(30))) == 30


def test_the_same_result_twice_is_refused_by_name() -> None:
    line = refused(of("A"), of("A"), called=["a.json", "b.json"])

    assert line == "a.json and b.json hold the same result"


def test_other_companies_are_named_with_the_way_on() -> None:
    one, other = of("Norrland Valves"), of("Götaland Pumps", AUTUMN)
    line = refused(one, other, called=["a.json", "b.json"])

    for words in ("a.json", "'Norrland Valves'", "b.json", "'Götaland Pumps'", "--anyway"):
        assert words in line
    assert compare([one, other], anyway=True).company == "Götaland Pumps"


@pytest.mark.parametrize(
    ("one", "other"), [("ACME  Ltd", "Acme ltd"), ("Acme", None), (None, None), ("", "Acme")]
)
def test_names_that_may_be_one_company_are_compared(one: str | None, other: str | None) -> None:
    assert compare([of(one), of(other, AUTUMN)]).moments  # type: ignore[union-attr]


def test_a_company_name_of_any_length_leaves_the_line_short() -> None:
    assert len(refused(of("A" * 5000), of("B" * 5000))) < 250


@pytest.mark.parametrize(
    ("apart", "roles", "kind"),
    [
        (APART, (None, None), "DateComparison"),
        (APART - 1, (None, None), "PeopleComparison"),
        (0, (None, None), "PeopleComparison"),
        (365, ("Chief executive", "chief  executive"), "DateComparison"),
        (365, ("Chief executive", None), "DateComparison"),
        (365, ("Chief executive", "Head of sales"), "PeopleComparison"),
        (0, ("Chief executive", "Chief executive"), "PeopleComparison"),
    ],
)
def test_days_and_roles_tell_dates_from_people(
    apart: int, roles: tuple[str | None, str | None], kind: str
) -> None:
    later = SPRING + timedelta(days=apart)

    found = compare([person(SOME, roles[0]), person(SOME, roles[1], later, P03="a")])

    assert type(found).__name__ == kind
    assert found.taken.startswith("Compared as ")
    assert "because" in found.taken


def test_three_dates_must_all_lie_apart() -> None:
    days = [SPRING, SPRING + timedelta(days=APART), SPRING + timedelta(days=2 * APART - 1)]

    found = compare([person(SOME, on=on) for on in days])

    assert "less than four weeks" in found.taken


def test_what_is_asked_for_is_done_and_said() -> None:
    results = [person(SOME, "x"), person(SOME, "y", AUTUMN)]

    assert dates(results).taken == "Compared as dates, as asked for."
    assert people(results).taken == "Compared as people, as asked for."


def test_one_day_is_not_two_dates() -> None:
    assert "--as people" in refused(person(SOME), person(SOME, "x"), kind="dates")


def test_a_day_that_is_none_is_refused_with_the_file() -> None:
    damaged = replace(person(SOME), assessed_on="last spring")

    line = refused(person(SOME), damaged, called=["a.json", "b.json"], error=ResultError)

    assert line == "b.json: 'last spring' is not a day"


def test_a_scan_is_nobody_s_view(example: Result) -> None:
    empty = replace(example, row=replace(example.row, answers=()))

    line = refused(example, empty, called=["a.json", "b.json"], kind="people")

    assert line.startswith("b.json holds no answers")


def test_other_models_and_other_words_are_named() -> None:
    one, other = three()[0], person(SOME, on=AUTUMN)
    answer = replace(other.row.answers[0], question="Which day came up most?")
    other = replace(
        other,
        row=replace(other.row, answers=(answer, *other.row.answers[1:])),
        model=replace(other.model, name="persona-9", sha256="f" * 64),
    )

    notes = " ".join(compare([one, other]).notes)

    assert "persona-9 (ffffffff)" in notes
    assert "reworded in between (P01)" in notes
    assert reworded([one, other]) == ("P01",)
    assert reworded([one, one]) == ()
