"""What a page is for, from its address and the text of the link to it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from persona.capture.kinds import is_overview, kind_of, zone_of
from persona.vocabulary import ZONE_OF


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "home"),
        ("", "home"),
        ("/index.html", "home"),
        ("/en-us/", "home"),
        ("/about-us", "about"),
        ("/company/", "about"),
        ("/aboutus.asp", "about"),
        ("/about/leadership", "leadership"),
        ("/contact.html", "contact"),
        ("/products/pump-200", "product"),
        ("/products/pump-200/downloads", "download"),
        ("/services/repair-of-pumps", "product"),
        ("/vs/acme", "product"),
        ("/acme-vs-initech", "product"),
        ("/acme-alternatives", "product"),
        ("/alternatives/", "product"),
        ("/industries/dairy", "solution"),
        ("/solutions/dairy/case-studies/farm", "case_study"),
        ("/pricing", "pricing"),
        ("/collections/shirts", "shop"),
        ("/blog/", "article"),
        ("/blog/2024/05/cheese", "article"),
        ("/blog/careers-in-cheese", "article"),
        ("/2024/05/cheese", "article"),
        ("/how-to-clean-a-pump", "article"),
        ("/resources/", "article"),
        ("/resources/webinars/pumps", "webinar"),
        ("/research/state-of-pumps", "research"),
        ("/news/2024/new-hall", "news"),
        ("/company/news", "news"),
        ("/changelog", "release"),
        ("/events/fair-2026", "event"),
        ("/whitepapers/pumps", "download"),
        ("/customers", "customers"),
        ("/customers/farm", "case_study"),
        ("/customer-success", "support"),
        ("/become-a-partner", "partners"),
        ("/support/docs/start", "docs"),
        ("/academy/course-1", "academy"),
        ("/forum/topic-1", "community"),
        ("/careers", "careers"),
        ("/careers/culture", "careers"),
        ("/careers/123-engineer", "job"),
        ("/company/jobs/engineer", "job"),
        ("/privacy-policy", "legal"),
        ("/index.php?page=about", "about"),
        ("/xyz-17", "other"),
        ("/human-resources", "other"),
    ],
)
def test_the_path_tells(path: str, kind: str) -> None:
    assert kind_of(f"https://www.example.com{path}") == kind


def test_a_subdomain_tells_what_its_pages_are() -> None:
    assert kind_of("https://blog.example.co.uk/acme-vs-other") == "article"
    assert kind_of("https://careers.example.com/") == "careers"
    assert kind_of("https://careers.example.com/engineer-17") == "job"
    assert kind_of("https://support.example.com/") == "support"
    assert kind_of("https://shop.co.uk/") == "home", "this is the site itself"


def test_the_text_of_a_link_counts_where_the_address_says_nothing() -> None:
    assert kind_of("https://example.com/p/12", "Our customers") == "customers"
    assert kind_of("https://example.com/company/x1", "Meet the team") == "leadership"
    assert kind_of("https://example.com/blog/x1", "Pricing") == "article"


def test_overviews_are_told_from_pages_within() -> None:
    assert is_overview("https://example.com/blog/")
    assert is_overview("https://example.com/company/careers")
    assert is_overview("https://docs.example.com/")
    assert not is_overview("https://example.com/blog/cheese")
    assert not is_overview("https://example.com/")


@given(st.text(max_size=400), st.text(max_size=80))
def test_any_text_is_of_some_kind(url: str, text: str) -> None:
    assert kind_of(url, text) in ZONE_OF
    assert zone_of(kind_of(f"https://example.com/{url}", text)) in (*ZONE_OF.values(), None)
