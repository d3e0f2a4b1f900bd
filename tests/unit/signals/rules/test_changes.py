"""Releases, offers new in kind, and stories of what was learned and then changed."""

from math import log1p

import pytest

from persona.signals.rules.changes import learned_so_changed, new_in_kind, release_trail
from persona.signals.site import SiteFacts
from tests.unit.signals.rules.sites import PageOf, found, missing, site

RULES = {"W47": release_trail, "W48": new_in_kind, "W49": learned_so_changed}


def log_of(*entries: tuple[str, str]) -> PageOf:
    items = (f"<h3>{day}</h3><p>{text}</p>" for day, text in entries)
    return "/changelog", "<h1>Change log</h1>" + "".join(items)


STEADY = tuple(
    (f"{day} {month} {year}", "You can now print a list without opening every order.")
    for year, month, day in (
        (2025, "January", 8),
        (2025, "April", 9),
        (2025, "July", 1),
        (2025, "October", 4),
        (2026, "January", 5),
        (2026, "April", 7),
        (2026, "July", 6),
        (2026, "October", 8),
    )
)


def test_w47_a_change_each_quarter_for_a_users_problem_counts_fully() -> None:
    value, quotes = found(RULES, "W47", site(log_of(*STEADY)))
    assert value == pytest.approx(1)
    assert "You can now print a list" in quotes


def test_w47_a_burst_of_changes_is_no_trail() -> None:
    burst = [(f"{day} May 2026", "Minor adjustments.") for day in range(3, 25, 3)]
    value, _ = found(RULES, "W47", site(log_of(*burst)))
    assert value < 0.5


def test_w47_is_0_when_the_log_ended_long_ago() -> None:
    old = [(f"{day} May 2019", "Minor adjustments.") for day in (1, 8, 20)]
    assert found(RULES, "W47", site(log_of(*old))) == (0, "")


def test_w47_is_missing_without_dates() -> None:
    assert "change log" in missing(RULES, "W47", site(log_of(("Version 2", "New colours."))))


def menu(*offers: str) -> PageOf:
    links = "".join(
        f'<a href="/products/{name.lower().replace(" ", "-")}">{name}</a>' for name in offers
    )
    return "/", f"</main><nav>{links}</nav><main><h1>Example</h1><p>Welcome.</p>"


BEFORE = ("Garden benches", "Park benches", "Bus shelters", "Bicycle racks")


def history(now: tuple[str, ...], before: tuple[str, ...] = BEFORE) -> SiteFacts:
    return site(menu(*now), earlier=(menu(*before),))


def test_w48_counts_offers_that_no_earlier_menu_had() -> None:
    value, quotes = found(RULES, "W48", history((*BEFORE, "Street lighting", "Charging points")))
    assert value == pytest.approx(log1p(2))
    assert "Street lighting" in quotes


def test_w48_another_size_of_the_same_is_not_new_in_kind() -> None:
    assert found(RULES, "W48", history((*BEFORE, "Large garden benches"))) == (0, "")


def test_w48_a_site_renamed_as_a_whole_is_missing() -> None:
    assert "renaming" in missing(RULES, "W48", history(("Seating", "Shelter", "Cycling")))


def test_w48_is_missing_without_an_earlier_menu() -> None:
    assert "earlier" in missing(RULES, "W48", site(menu(*BEFORE)))


STORY = (
    "In March 2026 we interviewed 40 wheelchair users. Customers told us that they could not "
    "reach the lever, so we removed it and redesigned the brake of the bench."
)


def told(path: str, text: str) -> SiteFacts:
    return site((path, f"<h1>A word from the workshop</h1><p>{text}</p>"))


@pytest.mark.parametrize("path", ["/blog/the-lever", "/about", "/support/news-of-the-brake"])
def test_w49_learning_then_a_change_with_a_date_is_a_story(path: str) -> None:
    value, quotes = found(RULES, "W49", told(path, STORY))
    assert value == pytest.approx(log1p(1))
    assert "Customers told us" in quotes
    assert "we removed it" in quotes


@pytest.mark.parametrize(
    "text",
    [
        "We believe in listening. We learned that people matter, so we changed the world.",
        "In 2026 we interviewed 40 users. They were very happy with the bench, all of them.",
        "In 2026 we removed the lever and redesigned the brake of 12 benches to cut costs.",
        "Customers told us they were lost, so in 2026 we redesigned their website in 4 weeks.",
    ],
    ids=["manifesto", "learned only", "changed only", "a client's affairs"],
)
def test_w49_half_a_story_is_none(text: str) -> None:
    assert found(RULES, "W49", told("/about", text)) == (0, "")


def test_w49_a_case_study_is_about_somebody_else() -> None:
    assert found(RULES, "W49", told("/case-studies/lever", STORY)) == (0, "")
