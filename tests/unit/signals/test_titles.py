"""Which lines are job titles, and the work they are for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from persona.signals.terms import shipped_terms
from persona.signals.titles import job_words, roles_of, tidy


@pytest.mark.parametrize(
    "line",
    [
        "Senior Account Executive",
        "Field Sales Manager – Midlands",
        "Head of Marketing",
        "UX/UI Designer (m/f/d)",
        "US Sales Manager",
        "CNC Machinist, night shift",
        "Marketing Lead",
        "Engineer II",
    ],
)
def test_a_job_title_is_known(line: str) -> None:
    assert job_words(shipped_terms()).name_a_job(tidy(line))


@pytest.mark.parametrize(
    "line",
    [
        "Meet our sales managers",
        "Jane Smith, Sales Manager",
        "Why work with us",
        "Engineering",
        "Talk to an expert",
        "Our engineer explains how it works.",
        "“The best manager I ever had”",
        "Lead the change",
        "",
        "Apply now",
    ],
)
def test_what_only_sounds_like_one_is_not(line: str) -> None:
    assert not job_words(shipped_terms()).name_a_job(tidy(line))


@pytest.mark.parametrize(
    ("title", "roles"),
    [
        ("Business Development Representative", {"sales"}),
        ("Retail Sales Assistant", set()),
        ("Trade Counter Sales Executive", set()),
        ("After-Sales Technician", set()),
        ("Sales Ledger Clerk", set()),
        ("Sales and Marketing Manager", {"sales", "marketing"}),
        ("Sales Enablement Manager", {"marketing"}),
        ("Senior Product Marketing Manager", {"marketing", "product_marketing"}),
        ("Customer Success Manager", {"success"}),
        ("HR Business Partner", set()),
        ("Director of Strategic Alliances", {"partner"}),
        ("Embedded Software Engineer", {"development"}),
        ("Field Service Engineer", set()),
        ("User Researcher", {"development"}),
        ("Forklift Driver", set()),
        ("Software Sales Executive", {"sales"}),
        ("Internal Communications Manager", set()),
        ("Student Success Manager", set()),
        ("HR Business Partner Manager", set()),
        ("Assistant to the Marketing Director", {"marketing"}),
    ],
)
def test_a_title_says_which_work_it_is_for(title: str, roles: set[str]) -> None:
    assert roles_of(title, shipped_terms()) == roles


@given(st.text(max_size=300))
def test_any_text_can_be_judged(text: str) -> None:
    words = job_words(shipped_terms())
    words.name_a_job(tidy(text))
    if words.name_a_job(text):
        assert words.can_be_a_title(text)
    roles_of(text, shipped_terms())
