"""What a notebook shows: a fragment with its styles inline, for light and dark, and inert."""

import re

import pytest

from persona.drawn import Drawn
from persona.reports.html.notebook import COLOURS, draw
from persona.vocabulary import DIMENSIONS
from tests.htmlpage import Page
from tests.unit.reports.html.companies import CASES, NAME, case, full
from tests.unit.reports.html.test_page import _contrast

_VIEWS = ("result", "verdict", "profile", "plan")


def value(name: str, view: str) -> Drawn:
    result = case(name)
    found: Drawn = result if view == "result" else getattr(result, view)
    return found


def words(name: str, view: str) -> str:
    return Page(value(name, view)._repr_html_().encode()).texts("div")[0]


@pytest.mark.parametrize("view", _VIEWS)
@pytest.mark.parametrize("name", CASES)
def test_a_fragment_is_whole_inert_and_stands_alone(name: str, view: str) -> None:
    fragment = value(name, view)._repr_html_()
    page = Page(fragment.encode())
    assert page.problems == []
    assert fragment.startswith("<div")
    allowed = {"div", "p", "strong", "bdi", "table", "caption", "thead", "tbody", "tr", "th", "td",
               "span", "ol", "li", "br", "svg", "rect"}  # fmt: skip
    assert {tag for tag, _ in page.tags} <= allowed
    for _, attributes in page.tags:
        assert not {"id", "class", "src", "href"} & set(attributes)
        assert not [each for each in attributes if each.startswith("on")]
        assert "url(" not in attributes.get("style", "")
    assert NAME not in fragment


def test_a_result_shows_the_sentence_the_shares_and_the_plan() -> None:
    said = words("full", "result")
    assert "Norrland Valves is most likely a passive marketer" in said
    assert "Three things to do" in said
    for share in full().probabilities.values():
        assert f"{share:.0%}" in said


def test_a_verdict_shows_its_weightiest_evidence_in_words() -> None:
    said, verdict = words("full", "verdict"), full().verdict
    for each in (*verdict.for_leader(3), *verdict.against_leader(2)):
        assert f"{verdict.margin(each):+.2f}".replace("-", "−") in said
        answer = full().row.answer(each.item)
        assert answer is None or f"{answer.text} {answer.item}" in said
    signs = words("scan", "verdict")
    assert "W" in signs


def test_an_open_verdict_says_why() -> None:
    assert "Undecided, too little to go on" in words("thin", "verdict")
    assert "%" not in words("thin", "verdict")


def test_a_profile_marks_every_level_and_says_what_is_not_known() -> None:
    said = words("thin", "profile")
    assert all(name in said for name in DIMENSIONS.values())
    assert said.count("not known") == len(DIMENSIONS) - 1
    assert "leans nowhere" not in said
    marks = Page(full().profile._repr_html_().encode()).texts("span", role="img")
    assert len(marks) == sum(len(set(each.levels)) for each in full().profile.standings)


def test_a_plan_shows_its_steps_in_order() -> None:
    said = words("full", "plan")
    places = [said.index(step.first_action) for step in full().plan.steps]
    assert places == sorted(places)


@pytest.mark.parametrize("ground", ["ffffff", "111111"])
def test_bars_and_dots_are_seen_on_light_and_dark(ground: str) -> None:
    for colour in COLOURS.values():
        assert _contrast(colour.lstrip("#"), ground) >= 3, colour


def test_what_has_no_picture_is_refused() -> None:
    with pytest.raises(TypeError, match="int has no picture"):
        draw(1)


def test_a_fragment_names_no_font_size_in_pixels() -> None:
    assert not re.search(r"font-size:\d+px", full()._repr_html_())
