"""Facts that rules once overlooked, or made too much of, in plain wordings and plain HTML."""

from math import log1p

import pytest

from persona.signals.rules import all_rules
from tests.unit.signals.rules.sites import FILLER, PageOf, found, missing, site

RULES = all_rules()
HOME = ("/", "<h1>Example</h1><p>Valves for plants.</p>")


def products(count: int, body: str) -> tuple[PageOf, ...]:
    return tuple(
        (f"/products/valve-{n}", f"<h1>Valve {n}</h1><p>{FILLER}</p>{body}") for n in range(count)
    )


def test_w02_asking_for_a_price_is_a_talk_with_a_seller() -> None:
    calls = ("Get a free quote", "Request a price", "Call now")
    links = "".join(f'<a href="/{n}">{call}</a>' for n, call in enumerate(calls))
    assert found(RULES, "W02", site(HOME, *products(3, links)))[0] == 1


QUOTE = '<a href="/contact">Request a quote</a>'
STUDY = (
    "/survey/2026",
    "<h1>Survey 2026</h1><p>We surveyed 210 plants by telephone. Response rate 31 %. The study "
    "found that traps fail first; n = 210 respondents, questionnaire on request.</p>",
)
SHEET = ("/survey/sheet", "<h1>Survey of our range</h1><p>Sizes 15 to 80 mm. Ask for a price.</p>")


@pytest.mark.parametrize(("page", "share"), [(STUDY, 0), (SHEET, 1)], ids=["study", "sheet"])
def test_w03_the_way_to_a_study_is_a_step_to_a_product_sheet_is_none(
    page: PageOf, share: float
) -> None:
    body = f'{QUOTE} <a href="{page[0]}">Survey</a>'
    pages = products(12, body)
    assert found(RULES, "W03", site(*pages, page))[0] == share


def test_w03_the_logo_is_no_step_to_an_event_at_the_top_level() -> None:
    event = ("/events", "<h1>Events</h1><p>12 May 2026, Valve fair, stand 12</p>")
    pages = products(12, f'{QUOTE} <a href="/">Example</a>')
    assert found(RULES, "W03", site(*pages, event))[0] == 1


def test_w10_a_telephone_button_below_the_headline_counts() -> None:
    home = ("/", '<h1>We beat any quote</h1><a href="tel:+441632960166">Call 01632 960 166</a>')
    assert found(RULES, "W10", site(home)) == (1, "Call 01632 960 166")


def test_w11_a_seller_for_your_area_is_a_finder() -> None:
    page = ("/branches", "<h1>Branches</h1><p>Ring the sales executive for your area.</p>")
    assert found(RULES, "W11", site(page))[0] == 1


def test_w08_makers_whose_seller_it_is_and_none_of_their_goods_is_its_own() -> None:
    about = ("/about", "<h1>About us</h1><p>We are a Corvex gold partner and a certified Zentor "
             "reseller.</p>")  # fmt: skip
    goods = ("/products/corvex-servers", "<h1>Corvex S9</h1><p>The Corvex S9 in three sizes.</p>")
    value, quotes = found(RULES, "W08", site(HOME, about, goods))
    assert value == 1
    assert "Zentor" in quotes


def test_w07_an_authorised_distributor_is_one() -> None:
    about = ("/about", "<p>We are an authorised distributor for Vantholm.</p>")
    assert found(RULES, "W07", site(about))[0] == pytest.approx(log1p(1))


def test_w12_vacancies_listed_without_links_below_jobs() -> None:
    titles = ("Field sales executive", "Telesales executive", "Business development manager",
              "Payroll clerk", "Fitter")  # fmt: skip
    items = "".join(f"<li>{title}, Corrick</li>" for title in titles)
    page = ("/jobs", f"<h1>Jobs</h1><p>Earn what you are worth.</p><ul>{items}</ul>")
    assert found(RULES, "W12", site(page))[0] == pytest.approx(0.6)


def test_w17_makers_news_in_a_list_of_dates_without_links() -> None:
    lines = (
        "14 September 2026 - Corvex T9 approved for oxygen. Ask us for it.",
        "2 June 2026 - Zentor extends the series 44 to 6 inch",
        "19 February 2026 - Parvik list prices go up in April",
        "6 November 2025 - A new van for the Tarnwick branch",
    )
    news = ("/news", "<h1>News</h1>" + "".join(f"<p>{line}</p>" for line in lines))
    about = ("/about", "<p>We are distributors for Parvik, Zentor and Corvex in the north.</p>")
    assert found(RULES, "W17", site(HOME, about, news))[0] == pytest.approx(0.75)


def test_w22_webinars_without_links_and_models_by_number() -> None:
    page = (
        "/webinars",
        "<h1>Webinars</h1><ul><li>24 September 2026 Get more from your TP 30</li>"
        "<li>25 June 2026 What buyers of packaging fear</li></ul>",
    )
    goods = ("/products/tp-series", "<h1>Case packers</h1><p>TP 15, TP 30 and TP 45.</p>")
    assert found(RULES, "W22", site(page, goods))[0] == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("posts", "code"),
    [
        ("Ann Lee, chief executive. Bo Dahl, chief revenue officer. Di Fox, vice president of "
         "marketing.", 2),
        ("Managing director: Ann Lee; head of markets and product: Bo Dahl; head of sales: Di Fox",
         3),
    ],
)  # fmt: skip
def test_w34_leaders_named_in_one_line(posts: str, code: float) -> None:
    assert found(RULES, "W34", site(("/about", f"<h1>About us</h1><p>{posts}</p>")))[0] == code


def test_w39_not_for_everyone_names_nobody() -> None:
    pages = products(3, "<p>We are not for everyone.</p>")
    assert found(RULES, "W39", site(*pages))[0] == 0
    pages = products(3, "<p>Not meant for shops with more than twelve silos.</p>")
    assert found(RULES, "W39", site(*pages))[0] == pytest.approx(log1p(1))


def test_w40_filler_covers_no_step_of_the_way() -> None:
    titles = ("Why plans fail", "Oak versus steel", "Checklist for a bench", "How to oil a bench")
    posts = (
        (f"/blog/{n}-post", f"<h1>{titles[n % 4]}, part {n}</h1><p>{FILLER * 4}</p>")
        for n in range(20)
    )
    assert missing(RULES, "W40", site(*posts))


def test_w41_what_partners_have_built_as_a_list() -> None:
    page = (
        "/partners",
        "<h1>Working with us</h1><h2>What partners have built</h2><ul><li>Brodal Kilns: car "
        "weigher</li><li>Fennick Instruments: oxygen probe</li></ul><h2>Questions</h2>"
        "<p>Ask Jens Paavo.</p>",
    )
    value, quotes = found(RULES, "W41", site(page))
    assert value == pytest.approx(log1p(2))
    assert "Fennick" in quotes


def test_w49_the_reason_for_a_change_on_the_page_of_the_product() -> None:
    body = (
        "<p>Users at three works told us that it cost a day, so we redesigned the flange in 2025. "
        "Error below 0.3 points.</p>"
    )
    assert found(RULES, "W49", site(*products(1, body)))[0] == pytest.approx(log1p(1))


def test_w57_letters_dated_in_the_text() -> None:
    titles = ("On clocks that tick", "Why children whisper", "The quiet canteen at noon",
              "What a midwife hears", "Eleven doors, one hinge", "A page being turned")  # fmt: skip
    items = "".join(
        f'<li>2026-0{n}-05 <a href="/letters/{n}">{title}</a></li>'
        for n, title in enumerate(titles, start=1)
    )
    page = ("/letters", f"<h1>Letters</h1><p>One letter a month.</p><ul>{items}</ul>")
    assert found(RULES, "W57", site(page))[0] == 3
