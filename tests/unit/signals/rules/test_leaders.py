"""Who leads sales and marketing, and what leaders put their name to."""

import math
from datetime import date

import pytest

from persona.signals.findings import Found, Missing
from persona.signals.page import read_page
from persona.signals.rules.leaders import AT_THE_TOP, RULES, SALES_ONLY, UNDER_SALES
from persona.signals.site import SiteFacts

TODAY = date(2026, 11, 1)
ABOUT = "https://example.com/about/"
POST = "https://example.com/news/2026/09/10/where-we-go"


def site(url: str, body: str, head: str = "", today: date | None = TODAY) -> SiteFacts:
    html = f"<html><head>{head}</head><body><main>{body}</main></body></html>"
    return SiteFacts("example.com", (read_page(url, html),), today=today)


def found(signal: str, url: str, body: str, today: date | None = TODAY) -> Found:
    result = RULES[signal](site(url, body, today=today))
    assert isinstance(result, Found), result
    return result


def team(*posts: str) -> str:
    return "<h1>Leadership</h1>" + "".join(f"<h3>Ann Example</h3><p>{post}</p>" for post in posts)


@pytest.mark.parametrize(
    ("posts", "code", "proof"),
    [
        (("CEO", "CFO", "Sales Director", "Head of Operations"), SALES_ONLY, "Sales Director"),
        (("CEO", "CFO", "Vice President of Sales", "Marketing Manager"), UNDER_SALES, "Marketing"),
        (("CEO", "CFO", "Director of Sales & Marketing"), UNDER_SALES, "Sales & Marketing"),
        (("CEO", "Chief Commercial Officer", "Marketing Director"), UNDER_SALES, "Marketing"),
        (("CEO", "Chief Marketing Officer", "VP Sales"), AT_THE_TOP, "Chief Marketing Officer"),
        (("CEO", "Sales Director", "Marketing Director"), AT_THE_TOP, "Marketing Director"),
        (("CEO", "CFO", "Chief Product Officer", "VP Sales"), AT_THE_TOP, "Chief Product Officer"),
    ],
)
def test_w34_codes_who_leads(posts: tuple[str, ...], code: float, proof: str) -> None:
    result = found("W34", ABOUT, team(*posts))
    assert result.value == code
    assert any(proof in quote.text for quote in result.quotes)


@pytest.mark.parametrize(
    "body",
    [
        team("CEO", "CFO", "COO"),
        team("Sales Manager"),
        team("CEO", "CFO", "COO", "Regional Sales Director", "Sales Director Germany"),
        team("CEO", "CFO", "COO", "former Sales Director of a bank"),
        team("CEO", "CFO", "COO") + "<p>“They deliver.”</p><p>Jo Doe, Marketing Director</p>",
        team("CEO", "CFO", "COO") + "<p>Before that she was the Marketing Director of a bank.</p>",
    ],
)
def test_w34_is_missing_where_nobody_is_named_for_it(body: str) -> None:
    assert isinstance(RULES["W34"](site(ABOUT, body)), Missing)


LETTER = """<h1>Where we go</h1><p>By 2030 we will serve dairies only.</p>
<p>We are investing £4 million in a pilot plant and will stop selling pumps.</p>"""
SIGNED = "<p>Ann Example, Chief Executive</p>"


def test_w55_counts_signed_dated_posts_with_means_behind_a_direction() -> None:
    result = found("W55", POST, LETTER + SIGNED)
    assert result.value == pytest.approx(math.log(2))
    assert "£4 million" in result.quotes[0].text


def test_w55_a_leader_known_from_another_page_may_sign_by_name() -> None:
    about = read_page(ABOUT, "<main>" + team("Managing Director") + "</main>")
    post = read_page(POST, f"<main><p>By Ann Example</p>{LETTER}</main>")
    result = RULES["W55"](SiteFacts("example.com", (about, post), today=TODAY))
    assert isinstance(result, Found)
    assert result.value > 0


@pytest.mark.parametrize(
    "body",
    [
        LETTER,
        LETTER + "<p>“We are proud,” said Ann Example, Chief Executive.</p>",
        "<h1>Shaping tomorrow</h1><p>By 2030 we will build the future of milk.</p>" + SIGNED,
        "<p>The market will reach $9 billion by 2030. We invest £4 million.</p>" + SIGNED,
        LETTER + "<p>New Chief Executive from May</p>",
        LETTER + SIGNED + "<p>Forward-looking statements involve risks.</p>",
    ],
)
def test_w55_a_vision_without_name_or_means_is_none(body: str) -> None:
    assert found("W55", POST, body) == Found(0.0)


def test_w55_an_old_or_undated_post_is_none() -> None:
    old = "https://example.com/news/2019/09/10/where-we-go"
    assert found("W55", old, LETTER + SIGNED) == Found(0.0)
    assert found("W55", "https://example.com/news/where-we-go", LETTER + SIGNED) == Found(0.0)


def test_w55_a_page_about_the_company_is_signed_only_if_it_speaks_as_i() -> None:
    dated = "<p>1 September 2026</p>" + LETTER + SIGNED
    assert found("W55", ABOUT, dated) == Found(0.0)
    assert found("W55", ABOUT, dated + "<p>I believe in milk.</p>").value > 0


@pytest.mark.parametrize(
    "sentence",
    [
        "By 2029 we want half of our sales, 50%, from rental.",
        "By 2029 we will open a second plant.",
    ],
)
def test_w56_counts_own_aims_with_a_year_and_a_measure(sentence: str) -> None:
    result = found("W56", ABOUT, f"<p>{sentence}</p>")
    assert result.value > 0
    assert "By 2029" in result.quotes[0].text


@pytest.mark.parametrize(
    "sentence",
    [
        "By 2030 we will reimagine how the world drinks.",
        "The market is expected to reach $9 billion by 2030 and we are ready.",
        "We will be carbon neutral by 2030, with 50% fewer emissions.",
        "By 2029 our customers must comply with the directive and 20 markets.",
        "Our guarantee runs until 2030 on 12 products.",
        "We sold 2030 machines to 40 customers.",
        "Order no. 2029 will reach our customers.",
        "Last year, 2025, we opened a new plant.",
    ],
)
def test_w56_visions_forecasts_laws_and_numbers_are_none(sentence: str) -> None:
    assert found("W56", ABOUT, f"<p>{sentence}</p>") == Found(0.0)


def test_w56_needs_to_know_when_the_page_was_written() -> None:
    body = "<p>By 2029 we will open a new plant.</p>"
    assert isinstance(RULES["W56"](site(ABOUT, body, today=None)), Missing)
