"""What a page is for: by its address, and where that is silent by what it says of itself."""

import json

import pytest

from persona.signals.page import read_page
from persona.vocabulary import PageType


def kind(path: str, title: str = "", body: str = "", head: str = "") -> PageType:
    html = f"<html><head><title>{title}</title>{head}</head><body>{body}</body></html>"
    return read_page(f"https://example.com{path}", html).type


def declared(*types: str) -> str:
    data = json.dumps([{"@type": name} for name in types])
    return f'<script type="application/ld+json">{data}</script>'


@pytest.mark.parametrize(
    ("path", "expected"),
    [("/", "home"), ("/about-us", "about"), ("/careers", "careers"), ("/pricing", "pricing")],
)
def test_a_known_address_decides(path: str, expected: PageType) -> None:
    assert kind(path, "Something else", head=declared("Thing")) == expected


@pytest.mark.parametrize(
    ("types", "expected"),
    [
        (("JobPosting",), "job"),
        (("Event",), "event"),
        (("BusinessEvent",), "event"),
        (("http://schema.org/Product", "Organization"), "product"),
        (("WebPage", "BlogPosting"), "article"),
        (("NewsArticle",), "news"),
        (("FAQPage",), "support"),
        (("AboutPage",), "about"),
        (("ContactPage",), "contact"),
        (("WebPage", "Organization"), "other"),
    ],
)
def test_what_a_page_declares_decides_where_the_address_is_silent(
    types: tuple[str, ...], expected: PageType
) -> None:
    assert kind("/zq7", head=declared(*types)) == expected


def test_a_vacancy_is_one_within_the_careers_pages() -> None:
    assert kind("/careers", head=declared("JobPosting")) == "job"


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("About Acme | Acme", "about"),
        ("Contact us - Acme", "contact"),
        ("Our team", "leadership"),
        ("Acme", "other"),
        ("Pricing that works for teams | Acme", "other"),
        ("Support for your supply chain", "other"),
        ("Frequently Asked Questions: Acme", "support"),
        ("Privacy Policy", "legal"),
    ],
)
def test_a_title_decides_when_its_first_part_is_the_name_of_a_kind(
    title: str, expected: PageType
) -> None:
    assert kind("/zq7", title) == expected
    assert kind("/zq7", "Acme", f"<h1>{title}</h1>") == expected
    assert kind("/zq7", "Acme", f"<h2>{title}</h2>") == "other"


def test_the_address_of_a_home_page_may_hold_another() -> None:
    assert kind("/", "Contact Us | Acme") == "contact"
    assert kind("/", "News and more | Acme", "<h1>Contact us</h1>") == "home"


def test_a_day_of_publication_makes_an_article() -> None:
    day = '<meta property="article:published_time" content="2026-01-02">'
    assert kind("/zq7", head=day) == "article"
    assert kind("/pricing", head=day) == "pricing"
