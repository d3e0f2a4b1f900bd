"""What the posts of a site are about, and how steadily they come."""

from datetime import date, timedelta

import pytest

from persona.signals.rules.news import RULES
from tests.unit.signals.rules.sites import TODAY, dated, found, listed, missing, site

HOME = ("/", "<h1>Example</h1><p>Dealer for Makita and Bosch.</p>")
HELP = (
    "Three ways to sharpen a chisel",
    "Which glue for which wood",
    "How much light a workshop needs",
    "What a dull saw costs you",
    "Reading the grain of a board",
)


def test_w17_is_the_share_of_posts_about_makers_products() -> None:
    news = listed("Makita launches a new saw", "Bosch introduces a quiet drill", *HELP[:2])
    value, quotes = found(RULES, "W17", site(HOME, news))
    assert value == pytest.approx(0.5)
    assert "Makita launches a new saw" in quotes


def test_w17_own_launches_are_not_supplier_news() -> None:
    news = listed("Example launches a new bench", *HELP[:3])
    assert found(RULES, "W17", site(HOME, news)) == (0, "")


def test_w17_is_missing_below_three_posts() -> None:
    assert "three posts" in missing(RULES, "W17", site(HOME, listed("Makita launches a saw")))


SELLING = (
    "Introducing our new range of benches",
    "Our products in the spring catalogue",
    "Visit us at the Leeds trade show",
    "Winner of the 2026 workshop award",
    "We welcome Jane Doe to the team",
)


def test_w25_is_the_share_of_posts_about_itself() -> None:
    value, quotes = found(RULES, "W25", site(listed(*SELLING, *HELP)))
    assert value == pytest.approx(0.5)
    assert "Introducing our new range of benches" in quotes


def test_w25_filler_lowers_it() -> None:
    titles = [f"Thoughts on the number {n} in everyday life" for n in range(20)]
    value, _ = found(RULES, "W25", site(listed(*SELLING, *HELP, *titles)))
    assert value < 0.3


def test_w25_posts_that_help_are_looked_at_and_give_nothing() -> None:
    more = [f"Sharpening lesson number {n}" for n in range(6)]
    assert found(RULES, "W25", site(listed(*HELP, *more))) == (0, "")


def test_w25_is_missing_below_ten_posts() -> None:
    assert "ten posts" in missing(RULES, "W25", site(listed(*SELLING)))


def test_w25_old_posts_do_not_count() -> None:
    old = dated(*((f"{n + 1} May 2019", title) for n, title in enumerate((*SELLING, *HELP, *HELP))))
    assert "ten posts" in missing(RULES, "W25", site(old))


def rhythm(*days: date) -> tuple[str, str]:
    return dated(*((day.strftime("%d %B %Y"), f"Post of day {day}") for day in days))


def test_w26_a_post_every_fortnight_until_now_is_a_steady_rhythm() -> None:
    days = [TODAY - timedelta(days=14 * n) for n in range(12)]
    value, quotes = found(RULES, "W26", site(rhythm(*days)))
    assert value == pytest.approx(1)
    assert f"Post of day {TODAY}" in quotes


def test_w26_more_posts_at_the_same_rhythm_change_nothing() -> None:
    few = [TODAY - timedelta(days=14 * n) for n in range(6)]
    many = [TODAY - timedelta(days=14 * n) for n in range(24)]
    values = {found(RULES, "W26", site(rhythm(*days)))[0] for days in (few, many)}
    assert len(values) == 1


def test_w26_uneven_posts_that_ended_long_ago_are_none() -> None:
    start = date(2025, 1, 10)
    days = [start + timedelta(days=n) for n in (0, 1, 2, 3, 4, 200)]
    value, _ = found(RULES, "W26", site(rhythm(*days)))
    assert value < 0.5


def test_w26_is_missing_for_one_burst() -> None:
    days = [TODAY - timedelta(days=n) for n in range(9)]
    assert "two months" in missing(RULES, "W26", site(rhythm(*days)))


def test_w32_is_the_share_of_launches_that_are_variants() -> None:
    news = listed(
        "Introducing a new model of the bench",
        "Bench now available in oak",
        "Introducing clamps for benches, an entirely new category",
        "Launching a service for schools",
    )
    value, quotes = found(RULES, "W32", site(news))
    assert value == pytest.approx(0.5)
    assert "new model of the bench" in quotes
    assert "entirely new" not in quotes


def test_w32_launches_new_in_kind_give_nothing() -> None:
    news = listed("Launching a service for schools", "Announcing a school of our own", *HELP)
    assert found(RULES, "W32", site(news)) == (0, "")


def test_w32_is_missing_without_launches() -> None:
    assert "launch" in missing(RULES, "W32", site(listed(*HELP)))
