"""Pages by type and zone, and the names that are a company's own."""

import json

import pytest

from persona.signals.page import Page, read_page
from persona.signals.site import SiteFacts


def page(path: str, title: str = "", body: str = "", head: str = "") -> Page:
    html = f"<html><head><title>{title}</title>{head}</head><body>{body}</body></html>"
    return read_page(f"https://www.valvetech.co.uk{path}", html)


def site(*pages: Page) -> SiteFacts:
    return SiteFacts("valvetech.co.uk", pages)


def json_ld(**item: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(item)}</script>'


def test_pages_are_found_by_type_and_zone_without_legal_ones() -> None:
    facts = site(page("/"), page("/products/a"), page("/pricing"), page("/privacy-policy"))
    assert [each.path for each in facts.of("product", "pricing")] == ["/products/a", "/pricing"]
    assert [each.path for each in facts.within("Z1", "Z2")] == ["/", "/products/a", "/pricing"]
    assert facts.zones == {"Z1", "Z2"}
    assert facts.home is facts.pages[0]
    assert site(page("/pricing")).home is None


@pytest.mark.parametrize(
    ("pages", "brand"),
    [
        ((page("/"),), "valvetech"),
        ((page("/", "Home - Valve Tech"),), "valve tech"),
        ((page("/", body="<p>Welcome to Valve-Tech, since 1950"),), "valve-tech"),
        ((page("/", head='<meta property="og:site_name" content="VT Flow Ltd.">'),), "vt flow"),
        ((page("/", head=json_ld(**{"@type": "Organization", "name": "VT Inc"}), body="x"),), None),
        ((page("/", head=json_ld(**{"@type": "Organization", "name": "VTC Inc"})),), "vtc"),
        ((page("/a", "Pumps | VT Group"), page("/b", "Seals | VT Group")), "vt group"),
        ((page("/", head='<meta property="og:site_name" content="Home">'),), None),
    ],
)
def test_brands_come_from_domain_meta_data_and_titles(
    pages: tuple[Page, ...], brand: str | None
) -> None:
    brands = site(*pages).brands
    assert "valvetech" in brands
    assert brand is None or brand in brands
    assert set(brands) <= {"valvetech", brand}
    assert list(brands) == sorted(brands, key=lambda name: (-len(name), name))


def test_the_organisation_of_another_site_is_no_brand() -> None:
    other = json_ld(**{"@type": "Organization", "name": "Agency", "url": "https://agency.com"})
    assert site(page("/", head=other)).brands == ("valvetech",)


def test_own_products_are_told_from_kinds_of_things_and_from_foreign_makes() -> None:
    text = "<p>The Blue Heron pump. Ask for Blue Heron. Industrial valves and pumps."
    facts = site(
        page("/products/a", body=f"<h1>Blue Heron</h1>{text}"),
        page("/products/b", body="<h1>Industrial Valves</h1>"),
        page("/products/c", body="<h1>ValveTech FlowMaster™</h1>"),
        page("/products/d", body="<h1>Bosch GBH 200</h1>"),
        page("/products/e", head=json_ld(**{"@type": "Product", "name": "X200"})),
        page(
            "/products/f",
            head=json_ld(**{"@type": "Product", "name": "GBH 300", "brand": {"name": "Bosch"}}),
        ),
        page(
            "/products/g",
            head=json_ld(**{"@type": "Product", "name": "X300", "brand": "Valve Tech"}),
        ),
    )
    assert facts.products == ("blue heron", "flowmaster", "x200", "x300")


def test_own_names_are_found_as_whole_words_only() -> None:
    facts = site(page("/products/a", head=json_ld(**{"@type": "Product", "name": "X200"})))
    assert facts.names_own("the new x200, by us")
    assert facts.names_own("valvetech's service")
    assert not facts.names_own("the ax200 and valvetechnik")
    assert not SiteFacts("ab.com", ()).names_own("anything at all")
