"""Original research is recognised by its sample and method, not by the name of a tab."""

from math import log1p

import pytest

from persona.signals.rules.research import RULES
from tests.unit.signals.rules.sites import FILLER, PageOf, found, missing, site

STUDY = (
    "This year we surveyed 412 facility managers in eleven countries about public seating. "
    "The online survey was conducted between March and May; answers were weighted by country. "
)


def study(year: int, text: str = STUDY) -> PageOf:
    return f"/research/seating-{year}", f"<h1>Public seating {year}: a survey</h1><p>{text}</p>"


def test_w35_counts_the_years_with_a_study() -> None:
    value, quotes = found(RULES, "W35", site(study(2024), study(2025), study(2025)))
    assert value == pytest.approx(log1p(2))
    assert "surveyed 412 facility managers" in quotes


@pytest.mark.parametrize(
    "text",
    [
        "Our research department makes benches. Data sheet, brochure and price list. " * 4,
        "A study by a university surveyed 1,000 respondents; the method was sound. " * 3,
        "We surveyed 3 friends about benches. The survey was conducted in May.",
        "We asked our followers: 78 % like benches. Great poll, thanks to all of you!",
        FILLER * 4,
    ],
    ids=["product sheets", "quoted from others", "a talk with three", "a thin poll", "filler"],
)
def test_w35_a_tab_called_research_is_not_research(text: str) -> None:
    assert found(RULES, "W35", site(study(2025, text))) == (0, "")


def test_w35_is_missing_where_research_is_the_product() -> None:
    home = ("/", "<h1>Example</h1><p>The market research agency for the trade.</p>")
    assert missing(RULES, "W35", site(home, study(2025))) == "research is what it sells"
