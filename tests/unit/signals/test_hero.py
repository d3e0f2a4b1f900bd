"""The first words of a home page: its first heading and the line below it."""

import pytest

from persona.signals.hero import hero
from tests.unit.signals.rules.sites import site


@pytest.mark.parametrize(
    ("main", "words"),
    [
        ("<h1>Benches</h1><p>that last in any weather</p><p>More below.</p>", "{} {}"),
        ("<h2>Benches</h2><p>that last in any weather</p>", "{} {}"),
        ("<p>Welcome to our pages</p><h1>Benches</h1><p>that last in any weather</p>", "{} {}"),
        ("<h1>Benches</h1><p>Menu</p><p>that last in any weather</p>", "{} {}"),
        ("<h1>Benches</h1><p>" + "and so on " * 40 + "</p>", "{}"),
        ("<p>No heading on this page at all</p>", ""),
        ("", ""),
    ],
)
def test_the_hero_is_the_first_heading_and_the_line_below(main: str, words: str) -> None:
    (page,) = site(("/", main)).pages
    assert hero(page) == words.format("Benches", "that last in any weather")
