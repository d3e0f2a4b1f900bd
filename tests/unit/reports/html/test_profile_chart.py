"""The picture of the profile: what each sign stands for, told by shape and words."""

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from persona.reports.html.profile_chart import Track, key_sign, profile_chart
from tests.htmlpage import Page
from tests.unit.reports.html.companies import CASES, case, full

METHODS = ("Sales-driven", "Passive", "Dynamic")
_KEYS = ("one", "two", "joined", "apart", "site", "agrees", "differs", "neutral", "unknown")


def drawn(*levels: int, known: bool = True, website: int | None = None) -> ElementTree.Element:
    track = Track("Name", "about", levels, known, website, "state")
    return ElementTree.fromstring(profile_chart("k", [track], METHODS, "said"))


def classes(drawing: ElementTree.Element) -> set[str]:
    return {each.attrib["class"] for each in drawing.iter() if "class" in each.attrib}


def dots(drawing: ElementTree.Element) -> list[tuple[str, str]]:
    return [(one.attrib["cx"], one.attrib["r"]) for one in drawing.iter("circle")]


def test_an_answer_is_a_dot_at_its_method_and_two_alike_a_larger_one() -> None:
    assert dots(drawn(1)) == [("16.67%", "6")]
    assert dots(drawn(3, 3)) == [("83.33%", "8")]
    assert dots(drawn(1, 2)) == [("16.67%", "6"), ("50.00%", "6")]


def test_answers_apart_are_joined_and_opposite_ones_by_a_broken_line() -> None:
    assert "joined" in classes(drawn(1, 2))
    assert "joined apart" in classes(drawn(1, 3))
    assert not {"joined", "joined apart"} & classes(drawn(2, 2))


def test_agreement_and_disagreement_with_the_website_differ_in_shape() -> None:
    agreeing, differing, alone = drawn(2, website=2), drawn(1, website=3), drawn(website=3)
    assert "site around" in classes(agreeing)
    assert "differs" not in classes(agreeing)
    assert {"site", "differs"} <= classes(differing)
    assert "site" in classes(alone)
    assert not {"differs", "site around"} & classes(alone)
    line = next(one for one in differing.iter("line") if one.attrib["class"] == "differs")
    assert (line.attrib["x1"], line.attrib["x2"]) == ("16.67%", "83.33%")


def test_not_known_and_leaning_nowhere_are_two_tracks() -> None:
    assert "unknown" in classes(drawn(known=False))
    assert "neutral" in classes(drawn(known=True))
    assert {"unknown", "neutral", "rail"} & classes(drawn(1)) == {"rail"}


@given(
    st.text(max_size=30),
    st.lists(st.integers(1, 3), max_size=4),
    st.none() | st.integers(1, 3),
    st.booleans(),
)
def test_no_track_breaks_the_drawing(
    text: str, levels: list[int], website: int | None, known: bool
) -> None:
    track = Track(text, text, tuple(levels), known, website, text)
    drawing = profile_chart("k", [track, track], METHODS, text)
    shares = [
        float(value.rstrip("%"))
        for one in ElementTree.fromstring(drawing).iter()
        for name, value in one.attrib.items()
        if name in ("x", "x1", "x2", "cx") and value.endswith("%")
    ]
    assert shares
    assert all(0 <= share <= 100 for share in shares)


@pytest.mark.parametrize("sign", _KEYS)
def test_the_legend_draws_every_sign_with_shapes_of_the_picture(sign: str) -> None:
    shapes = classes(ElementTree.fromstring(key_sign(sign))) - {"sign", "dot ink"}
    everything: set[str] = set()
    for levels in ((), (1,), (1, 2), (1, 3), (2, 2)):
        for website in (None, 1, 2):
            everything |= classes(drawn(*levels, known=bool(levels), website=website))
    everything |= classes(drawn(known=True))
    assert shapes <= everything


@pytest.mark.parametrize("name", [name for name in CASES if name != "hostile"])
def test_the_legend_names_the_signs_that_are_drawn_and_no_others(name: str) -> None:
    from persona.reports.html.company_profile import profile_view

    view = profile_view(case(name))
    if view is None:
        return
    seen = classes(ElementTree.fromstring(view["chart"]))
    names = {one["name"] for one in view["legend"]}
    assert ("website stands elsewhere" in names) == ("differs" in seen)
    assert ("opposite answers: split" in names) == ("joined apart" in seen)
    assert ("not known" in names or "not seen" in names) == ("unknown" in seen)


def test_the_table_says_in_words_what_the_picture_shows() -> None:
    from persona.reports.html.company import company_report

    page = Page(company_report(full()))
    rows = [text for text in page.texts("tr") if text.startswith("Where new offers come from")]
    assert rows == [
        "Where new offers come from what a new product or market begins with "
        "Sales-driven a request from a buyer, or a supplier's new product "
        "Passive marketer an improvement of what is sold already"
    ]
    said = page.texts("desc", id="profile-desc")[0]
    assert "Website differs: Where new offers come from." in said
