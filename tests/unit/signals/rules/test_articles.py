"""Articles: in whose shadow they stand, whom they help, which steps of the way they cover."""

from math import log1p

import pytest

from persona.signals.rules.articles import RULES
from tests.unit.signals.rules.sites import FILLER, PageOf, found, missing, site

HOME = ("/", "<h1>Example</h1><p>Example makes planning software.</p>")


def page(path: str, title: str, text: str = "") -> PageOf:
    return path, f"<h1>{title}</h1><p>{text}</p>"


@pytest.mark.parametrize(
    "title",
    [
        "Example vs Trello",
        "The best Trello alternative for small teams",
        "Alternatives to Trello",
        "Switching from Trello takes a day",
    ],
)
def test_w06_a_page_about_a_named_rival_counts(title: str) -> None:
    rival = page("/blog/rival", title, "Trello is well known. We compare Trello with ours.")
    value, quotes = found(RULES, "W06", site(HOME, rival, page("/products/a", "Planner")))
    assert value == pytest.approx(0.5)
    assert title in quotes


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Wood vs Vinyl", "Some like wood, some like vinyl. Wood vs Vinyl is an old question."),
        ("The Vinyl alternative", "Vinyl is cheap. Yet vinyl is not for everybody."),
        ("Example Basic vs Example Plus", "Example Basic is small. Example Plus is large."),
        ("Alternative routes through Leeds", "Leeds is large, and Leeds has many streets."),
    ],
)
def test_w06_materials_own_products_and_places_are_no_rivals(title: str, text: str) -> None:
    assert found(RULES, "W06", site(HOME, page("/blog/some-text-here", title, text))) == (0, "")


KNOWING = (
    "According to a study by the Forest Products Laboratory, oak moves 0.2 % for each degree. "
    "We measured 120 boards over 8 weeks: 62 % moved less than 1.5 mm, 12.5 % more than 3 mm. "
    "Step 1: weigh the board. Step 2: dry it for 48.5 hours and weigh it again for comparison. "
)


def article(title: str, text: str, number: int = 0) -> PageOf:
    return page(f"/blog/article-number-{number}", title, text)


def test_w36_articles_that_know_something_and_do_not_sell_help() -> None:
    facts = site(
        HOME,
        article("How oak moves", KNOWING + FILLER * 9, 1),
        article("How Example helps you plan", KNOWING + FILLER * 9, 2),
    )
    value, quotes = found(RULES, "W36", facts)
    assert value == pytest.approx(0.5)
    assert "We measured 120 boards" in quotes


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Five tips for a better tomorrow", FILLER * 12),
        ("How oak moves", KNOWING + "Example knows. Buy Example. Example is best. " + FILLER * 9),
        ("How oak moves", KNOWING + "Contact us. Call us. Get in touch. " * 3 + FILLER * 9),
        ("Introducing our new range", KNOWING + FILLER * 9),
    ],
    ids=["filler", "about itself", "ends in selling", "a launch"],
)
def test_w36_filler_and_selling_are_no_help(title: str, text: str) -> None:
    assert found(RULES, "W36", site(HOME, article(title, text))) == (0, "")


def test_w36_is_missing_without_an_article() -> None:
    assert missing(RULES, "W36", site(HOME, page("/blog/short", "Short", "Too short."))) == (
        "no article"
    )


def test_w36_looks_at_the_ten_most_linked() -> None:
    linked = [article(f"Part {n}", FILLER * 12, n) for n in range(10)]
    links = "".join(f'<a href="/blog/article-number-{n}">Part {n} of them</a>' for n in range(10))
    helpful = article("How oak moves", KNOWING + FILLER * 9, 99)
    facts = site(("/", f"<h1>Example</h1>{links}"), helpful, *linked)
    assert found(RULES, "W36", facts) == (0, "")


WAY = {
    "problem": "Why benches rot in {n} years",
    "options": "Oak versus steel, part {n}",
    "requirements": "Checklist number {n} for a public bench",
    "use": "How to oil a bench in {n} minutes: maintenance",
}


def pieces(**numbers: int) -> tuple[PageOf, ...]:
    return tuple(
        page(f"/blog/{step}-{n}", WAY[step].format(n=n), KNOWING + FILLER * 4)
        for step, count in numbers.items()
        for n in range(count)
    ) + tuple(
        page(f"/case-studies/{n}", f"The park of town {n}", FILLER) for n in range(numbers["use"])
    )


def test_w40_all_steps_alike_cover_the_whole_way() -> None:
    value, quotes = found(RULES, "W40", site(*pieces(problem=3, options=3, requirements=3, use=3)))
    assert value == pytest.approx(1)
    assert "The park of town 0" in quotes


def test_w40_many_pieces_on_one_step_do_not_cover_more() -> None:
    even = found(RULES, "W40", site(*pieces(problem=4, options=4, requirements=4, use=4)))[0]
    uneven = found(RULES, "W40", site(*pieces(problem=40, options=1, requirements=1, use=1)))[0]
    assert uneven < even


def test_w40_one_step_only_is_0() -> None:
    assert found(RULES, "W40", site(*pieces(problem=16, use=0))) == (0, "")


def test_w40_filler_stands_on_no_step() -> None:
    filler = [article(f"Thoughts on tomorrow {n}", FILLER * 4, n) for n in range(20)]
    assert "fifteen" in missing(RULES, "W40", site(*filler))


def test_w40_is_missing_below_fifteen_pieces() -> None:
    few = pieces(problem=2, options=2, requirements=2, use=2)
    assert "fifteen" in missing(RULES, "W40", site(*few))


def test_shares_never_leave_their_range() -> None:
    value, _ = found(RULES, "W36", site(HOME, article("How oak moves", KNOWING + FILLER * 9)))
    assert 0 < value <= 1 < log1p(2)
