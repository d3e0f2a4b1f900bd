"""The page of a comparison: complete, readable without sight or colour, inert, and the same."""

import pytest

from persona.reports.comparison.structures import Comparison, DateComparison, PeopleComparison
from persona.reports.html.comparison import comparison_report
from tests.htmlpage import Page, assert_inert, assert_sound
from tests.strategies import TYPICAL
from tests.unit.reports.comparison.made import SECRET, dates, people, person, three
from tests.unit.reports.comparison.test_terminal import hostile, two_dates

ATTACK = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'{{ 7*7 }}"


@pytest.fixture(scope="module")
def of_people() -> PeopleComparison:
    return people(three())


@pytest.fixture(scope="module")
def of_dates() -> DateComparison:
    return dates(two_dates())


@pytest.fixture(scope="module", params=["people", "dates"])
def comparison(
    request: pytest.FixtureRequest, of_people: PeopleComparison, of_dates: DateComparison
) -> Comparison:
    return of_people if request.param == "people" else of_dates


def test_the_page_is_put_together_well(comparison: Comparison) -> None:
    assert_sound(Page(comparison_report(comparison)))


def test_every_picture_is_told_in_words_or_left_out_of_hearing(comparison: Comparison) -> None:
    page = Page(comparison_report(comparison))

    ids = {attributes.get("id") for _, attributes in page.tags}
    for attributes in page.named("svg"):
        if attributes.get("role") == "img":
            labels = attributes.get("aria-labelledby", "").split()
            assert attributes.get("aria-label") or (labels and set(labels) <= ids)
        elif "overflow" not in attributes:
            assert attributes.get("aria-hidden") == "true"


def test_ids_are_unique_and_contents_lead_somewhere(comparison: Comparison) -> None:
    page = Page(comparison_report(comparison))

    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    links = [attributes["href"] for attributes in page.named("a")]
    assert {link.removeprefix("#") for link in links} <= set(ids)
    assert len(links) > 5


def test_nothing_is_fetched_and_nothing_runs(comparison: Comparison) -> None:
    assert_inert(Page(comparison_report(comparison)))


def test_equal_comparisons_give_equal_bytes() -> None:
    assert comparison_report(people(three())) == comparison_report(people(three()[::-1]))


def test_nobody_s_name_is_on_the_page(comparison: Comparison) -> None:
    assert SECRET.encode() not in comparison_report(comparison)
    assert SECRET not in comparison._repr_html_()


def test_people_and_questions_are_there_in_order(of_people: PeopleComparison) -> None:
    page = Page(comparison_report(of_people))

    assert page.texts("p", **{"class": "question"}) == [each.question for each in of_people.topics]
    sections = [attributes["id"] for attributes in page.named("section")]
    assert sections == ["views", "talk", "differ", "dimensions", "joint", "agree", "bear"]
    assert page.texts("svg", **{"aria-label": "A"})


def test_dates_and_outcomes_are_there_in_order(of_dates: DateComparison) -> None:
    page = Page(comparison_report(of_dates))

    sections = [attributes["id"] for attributes in page.named("section")]
    assert sections == ["then", "moved", "dimensions", "gaps", "outcomes", "bear"]
    assert page.texts("li", **{"class": "missed"}) == [
        "1 June 2026: 18 %, target not met. too few calls"
    ]


def test_every_person_is_in_the_picture_of_dimensions(of_people: PeopleComparison) -> None:
    told = Page(comparison_report(of_people)).texts("desc", id="dots-desc")[0]

    assert "Planning horizon: A dynamic, B passive, C sales" in told


@pytest.mark.parametrize("text", [ATTACK, "\u202e\x00\x1b[31m" + ATTACK])
def test_hostile_text_is_inert(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.unit.reports.comparison import test_terminal

    monkeypatch.setattr(test_terminal, "HOSTILE", text)
    crowd = people([hostile(each, str(number)) for number, each in enumerate(three())])
    then = dates([hostile(each, "same") for each in two_dates()])

    for comparison in (crowd, then):
        for content in (comparison_report(comparison), comparison._repr_html_().encode()):
            page = Page(content)
            assert not page.named("script")
            assert not page.named("img")
            assert b"alert(1)" in content
            assert b">49<" not in content
            assert "\u202e".encode() not in content


def test_a_crowd_of_thirty_stays_small_and_complete() -> None:
    crowd = people([person(TYPICAL["sales_driven"], f"Rep {number}") for number in range(30)])

    content = comparison_report(crowd)

    assert len(content) < 400_000
    assert all(f"Rep {number}<".encode() in content for number in range(30))


def test_a_notebook_shows_who_sees_what(of_people: PeopleComparison) -> None:
    page = Page(of_people._repr_html_().encode())

    assert page.problems == []
    assert "Head of marketing" in page.texts("bdi")
    assert not page.named("style")
    assert "id" not in {name for _, attributes in page.tags for name in attributes}
