"""Fairs and webinars as a programme, and customers who meet each other."""

import math
from datetime import date

import pytest

from persona.signals.findings import Found, Missing
from persona.signals.page import read_page
from persona.signals.rules.events import RULES
from persona.signals.site import SiteFacts

TODAY = date(2026, 11, 1)
EVENTS = "https://example.com/events/"
FORUM = "https://example.com/community/"


def run(signal: str, *pages: tuple[str, str], today: date | None = TODAY) -> Found | Missing:
    read = tuple(
        read_page(url, f"<html><body><main>{html}</main></body></html>") for url, html in pages
    )
    return RULES[signal](SiteFacts("example.com", read, today=today))


def found(signal: str, *pages: tuple[str, str]) -> Found:
    result = run(signal, *pages)
    assert isinstance(result, Found), result
    assert (result.value > 0) == bool(result.quotes)
    return result


FAIRS = """<h1>Events</h1><p>LogiTech, Leeds, 10–12 March 2026</p>
<p>Visit us at Pack Expo, 8 June 2026, Hall 4, Stand B12</p><p>Milk Fair, May 12, 2025</p>"""


def test_w18_counts_the_events_of_two_years() -> None:
    result = found("W18", (EVENTS, FAIRS))
    assert result.value == pytest.approx(math.log(4))
    assert any("Hall 4, Stand B12" in quote.text for quote in result.quotes)


def test_w18_the_same_event_on_two_pages_counts_once() -> None:
    again = ("https://example.com/events/logitech", "<h1>LogiTech</h1><p>10 to 12 March 2026</p>")
    assert found("W18", (EVENTS, FAIRS), again).value == pytest.approx(math.log(4))


@pytest.mark.parametrize(
    "body",
    [
        "<h1>Events</h1><p>See our planned events below.</p>",
        "<h1>Events</h1><p>Milk Fair, 12 May 2019</p>",
        "<h1>Events</h1><p>Updated 12 May 2026</p>",
        "<h1>Wedding venue and event hire</h1><p>12 May 2026</p>",
        "<h1>Monitor arms</h1><p>A stand 40 cm high for hall 3.</p>",
    ],
)
def test_w18_a_tab_without_events_is_none(body: str) -> None:
    assert found("W18", (EVENTS, body)) == Found(0.0)


def test_w18_a_post_that_invites_to_a_fair_counts_and_one_about_fairs_does_not() -> None:
    invites = (
        "https://example.com/news/2026/05/04/fair",
        "<h1>Meet us at Milk Fair</h1><p>Come.</p>",
    )
    about = (
        "https://example.com/blog/2026/05/04/tips",
        "<h1>Ten tips for your booth</h1><p>Be kind.</p>",
    )
    assert found("W18", invites).value == pytest.approx(math.log(2))
    assert found("W18", about) == Found(0.0)


def test_w18_a_stand_number_in_a_post_is_an_event() -> None:
    post = (
        "https://example.com/news/2026/05/04/x",
        "<h1>New line</h1><p>At the fair, booth 1203.</p>",
    )
    result = found("W18", post)
    assert result.value == pytest.approx(math.log(2))
    assert "booth 1203" in result.quotes[0].text


def test_w19_is_the_share_of_quarters_with_an_event() -> None:
    assert found("W19", (EVENTS, FAIRS)).value == pytest.approx(3 / 8)
    burst = "<h1>Events</h1><p>2 March 2026</p><p>9 March 2026</p><p>16 March 2026</p>"
    assert found("W19", (EVENTS, burst)).value == pytest.approx(1 / 8)


def test_w19_counts_webinars_and_is_missing_without_a_date() -> None:
    webinar = ("https://example.com/webinars/", "<p>Cleaning in place, 3 February 2026</p>")
    assert found("W19", (EVENTS, FAIRS), webinar).value == pytest.approx(3 / 8)
    assert found("W19", webinar).value == pytest.approx(1 / 8)
    assert isinstance(run("W19", (EVENTS, "<h1>Events</h1>")), Missing)


def webinars(*titles: str) -> tuple[str, str]:
    links = (f'<p><a href="/webinars/number-{n}">{title}</a></p>' for n, title in enumerate(titles))
    return "https://example.com/webinars/", "<h1>Webinars</h1>" + "".join(links)


def test_w22_is_the_share_of_webinars_that_show_the_product() -> None:
    page = webinars("Live demo of the new pump", "How dairies lose milk at night", "Register now")
    result = found("W22", page)
    assert result.value == pytest.approx(0.5)
    assert result.quotes[0].text == "Live demo of the new pump"


def test_w22_lessons_for_users_are_left_out() -> None:
    page = webinars("User training for new operators", "How dairies lose milk at night")
    assert found("W22", page) == Found(0.0)
    assert isinstance(run("W22", webinars("User training for new operators")), Missing)
    assert isinstance(run("W22", (EVENTS, FAIRS)), Missing)


def test_w22_the_name_of_the_firm_before_a_colon_is_no_product() -> None:
    page = webinars("Example Webinar: how dairies lose milk", "What's new in Example")
    assert found("W22", page).value == pytest.approx(0.5)


def test_w22_a_list_of_events_may_hold_webinars() -> None:
    listed = '<a href="/e/1">Live demo webinar on pumps</a><a href="/e/2">Milk Fair in Leeds</a>'
    assert found("W22", (EVENTS, listed)).value == 1


def thread(members: int, written: str) -> tuple[str, str]:
    posts = (f'<p><a href="/u/member{n}">m{n}</a> {written} 3 replies</p>' for n in range(members))
    return FORUM, "<h1>Forum</h1>" + "".join(posts)


def test_w45_a_forum_where_many_people_post_is_alive() -> None:
    result = found("W45", thread(12, "20 October 2026"))
    assert result.value == 1
    assert "replies" in result.quotes[0].text
    assert found("W45", thread(12, "2 days ago")).value == 1


@pytest.mark.parametrize(
    ("url", "body"),
    [
        thread(12, "20 October 2019"),
        thread(4, "2 days ago"),
        (FORUM, "<h1>Our community</h1><p>Join a vibrant community of customers.</p>"),
        ("https://example.com/news/1", "<h1>Our user conference</h1><p>It was nice.</p>"),
        ("https://example.com/news/1", "<p>The third customer group buys our pumps daily.</p>"),
        ("https://example.com/news/1", "<p>Acme held its 9th annual user conference.</p>"),
        ("https://example.com/news/1", "<h1>5th annual dealer conference</h1><p>Dealers met.</p>"),
    ],
)
def test_w45_an_empty_forum_or_one_meeting_is_none(url: str, body: str) -> None:
    assert found("W45", (url, body)) == Found(0.0)


@pytest.mark.parametrize(
    "words",
    [
        "Our fourth annual user conference takes place in Leeds.",
        "The owners' day has been held every year since 2016.",
        "User conference 2023. User conference 2024. User conference 2025.",
    ],
)
@pytest.mark.parametrize("path", ["events/meeting", "news/meeting"])
def test_w45_customers_who_meet_year_after_year_count(words: str, path: str) -> None:
    result = found("W45", (f"https://example.com/{path}", f"<p>At our place: {words}</p>"))
    assert result.value == 1
    assert result.quotes[0].text in f"At our place: {words}"
