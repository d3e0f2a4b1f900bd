"""Documents to take away: whose they are, and what must be given for them."""

import pytest

from persona.signals.rules.documents import RULES
from tests.unit.signals.rules.sites import PageOf, found, missing, site


def product(name: str, *files: tuple[str, str]) -> PageOf:
    links = "".join(f'<a href="{url}">{text}</a>' for url, text in files)
    return f"/products/{name.lower().replace(' ', '-')}", f"<h1>{name}</h1><p>A thing.</p>{links}"


OWN = ("/files/example-catalogue.pdf", "Download")


def test_w20_own_documents_per_product_page() -> None:
    facts = site(
        product("Example Bench", OWN, ("/files/b.pdf", "Brochure of the bench")),
        product("Saw", OWN),
    )
    value, quotes = found(RULES, "W20", facts)
    assert value == pytest.approx(1)
    assert "Brochure of the bench" in quotes


@pytest.mark.parametrize(
    "file",
    [
        ("/files/makita-saw.pdf", "Makita data sheet"),
        ("/files/example-safety-data-sheet.pdf", "Safety data sheet"),
        ("/files/example-terms-and-conditions.pdf", "Terms of Example"),
        ("/brochure", "Our Example brochure"),
    ],
    ids=["supplier's", "required by law", "terms", "not a file"],
)
def test_w20_what_is_not_own_collateral_does_not_count(file: tuple[str, str]) -> None:
    assert found(RULES, "W20", site(product("Saw", file))) == (0, "")


def test_w20_is_missing_without_a_product_page() -> None:
    assert missing(RULES, "W20", site(("/blog/a-long-title", "<h1>A</h1>"))) == "no product page"


FIELDS = "".join(f'<input name="{name}">' for name in ("name", "email", "phone", "company"))


def gate(title: str, fields: str = FIELDS, button: str = "Download now") -> PageOf:
    form = f"<form action=/go>{fields}<button type=submit>{button}</button></form>"
    return "/resources/" + title.lower().replace(" ", "-"), f"<h1>{title}</h1>{form}"


OPEN = product("Saw", ("/files/a.pdf", "Brochure of the saw"))


def test_w21_is_the_share_of_material_behind_a_form() -> None:
    value, quotes = found(RULES, "W21", site(OPEN, gate("Download the bench brochure")))
    assert value == pytest.approx(0.5)
    assert "Download the bench brochure" in quotes


@pytest.mark.parametrize(
    "page",
    [
        gate("Bench brochure", '<input name="email">'),
        gate("Tell us about your brochure", button="Send message"),
    ],
    ids=["an address only", "a contact form"],
)
def test_w21_a_form_that_is_no_gate_does_not_count(page: PageOf) -> None:
    assert found(RULES, "W21", site(OPEN, page)) == (0, "")


def test_w21_is_missing_without_anything_to_take_away() -> None:
    assert missing(RULES, "W21", site(product("Saw"))) == "no download"
