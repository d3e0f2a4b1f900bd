"""The gates before a verdict."""

import pytest

from persona.capture.records import FAILURES, Capture, Failure, Unread
from persona.observations import Gate
from persona.signals.gates import judge
from persona.signals.site import SiteFacts
from tests.unit.signals.sites import FULL, paragraph, site


def gate_of(pages: dict[str, str], *unread: Unread) -> Gate | None:
    return judge(*site(pages, unread=unread))


def test_a_site_with_enough_to_read_passes() -> None:
    assert gate_of(FULL) is None


def test_a_page_that_could_not_be_read_does_not_matter_where_there_is_enough() -> None:
    assert gate_of(FULL, Unread("https://acme.com/pricing", "timeout")) is None


def test_one_page_is_thin_however_long() -> None:
    found = gate_of({"/": paragraph(100)})
    assert found is not None
    assert found.reason == "thin"
    assert "only one page could be read" in found.words


def test_two_parts_of_a_website_are_thin() -> None:
    found = gate_of({"/": paragraph(30), "/about": paragraph(30), "/products/a": paragraph(30)})
    assert found is not None
    assert found.reason == "thin"
    assert "pages on 2 of the five subjects, where three are needed" in found.words


def test_few_words_are_thin_and_menus_and_legal_pages_do_not_count() -> None:
    menu = f"<nav>{paragraph(40)}</nav>"
    pages = dict.fromkeys(FULL, f"{menu}<p>Pumps for all.</p>") | {
        "/privacy-policy": f"<h1>Privacy policy</h1>{paragraph(60)}"
    }
    found = gate_of(pages)
    assert found is not None
    assert found.reason == "thin"
    assert "words, where about 800 are needed" in found.words


def test_words_in_one_part_only_are_thin() -> None:
    pages = dict.fromkeys(FULL, "<p>Short page.</p>") | {"/": paragraph(40)}
    found = gate_of(pages)
    assert found is not None
    assert "text on only one of them" in found.words


def test_a_thin_site_says_what_became_of_its_home_page() -> None:
    found = gate_of({"/about": paragraph()}, Unread("https://acme.com/", "script_only"))
    assert found is not None
    assert found.reason == "thin"
    assert FAILURES["script_only"] in found.words


def test_another_language_is_thin_and_says_so() -> None:
    german = (
        "<p>Wir bauen Pumpen für die Industrie und sind seit vielen Jahren für unsere Kunden da. "
        "Die Pumpen werden in unserem Werk gebaut und von uns auf der Baustelle geprüft.</p>"
    )
    found = gate_of(dict.fromkeys(FULL, german * 10) | {"/en": paragraph(2)})
    assert found == Gate("thin", FAILURES["not_english"])


@pytest.mark.parametrize("failure", ["login_wall", "script_only", "parked", "not_english"])
def test_a_site_that_answers_and_shows_nothing_is_thin(failure: Failure) -> None:
    found = gate_of({}, Unread("https://acme.com/", failure))
    assert found == Gate("thin", FAILURES[failure])


@pytest.mark.parametrize(
    "failure",
    [
        "dns",
        "refused",
        "timeout",
        "tls",
        "robots",
        "forbidden",
        "bot_wall",
        "server_error",
        "offline",
    ],
)
def test_a_site_that_cannot_be_read_is_unreachable_with_the_reason(failure: Failure) -> None:
    found = gate_of({}, Unread("https://acme.com/", failure))
    assert found is not None
    assert found.reason == "unreachable"
    assert found.words == FAILURES[failure]


def test_the_home_page_tells_most() -> None:
    found = gate_of(
        {},
        Unread("https://acme.com/missing", "not_found"),
        Unread("https://acme.com/", "tls"),
        Unread("https://www.acme.com/", "dns"),
        Unread("https://acme.com/late", "budget"),
    )
    assert found is not None
    assert FAILURES["tls"] in found.words


def test_nothing_tried_is_unreachable() -> None:
    found = judge(Capture("acme.com", "acme.com"), SiteFacts("acme.com", ()))
    assert found == Gate("unreachable", "no page of it was read")


def test_a_public_body_is_out_of_scope_even_where_little_was_read() -> None:
    capture, facts = site({"/": paragraph()}, domain="springfield.gov")
    found = judge(capture, facts)
    assert found is not None
    assert found.reason == "out_of_scope"
