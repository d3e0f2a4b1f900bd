"""What partners are for."""

import pytest

from persona.signals.findings import Found, Missing
from persona.signals.page import Page
from persona.signals.rules.partners import RULES
from persona.signals.site import SiteFacts
from tests.unit.signals.rules.building import page, site, value, words


def rule(name: str, *pages: Page) -> Found | Missing:
    return RULES[name](site(*pages))


def own_product(name: str) -> str:
    """Return the data of a product under the company's own name."""
    data = f'{{"@type":"Product","name":"{name}","brand":"Acme Pumps"}}'
    return f'<script type="application/ld+json">{data}</script>'


class TestAuthorised:
    @pytest.mark.parametrize(
        "text",
        [
            "We are an authorised distributor for Parvik in the north.",
            "Your official Zentor dealer since 1990.",
            "Proud to be a Corvex Gold Partner.",
            "We are authorized stockists of Gerbel clothing.",
        ],
    )
    def test_sells_for_a_named_maker(self, text: str) -> None:
        found = rule("W07", page("/about", f"<p>{text}</p>"))
        assert value(found) == pytest.approx(0.6931, abs=1e-4)
        assert words(found) == [text]

    @pytest.mark.parametrize(
        "text",
        [
            "Find an authorised Acme dealer near you.",
            "Our authorised distributors for Spain are in Madrid.",
            "Sold through official Acme Pumps resellers.",
            "We are an authorised distributor of quality valves.",
            "Become a certified installer of our pumps.",
        ],
    )
    def test_the_makers_own_dealers_and_nobody_named(self, text: str) -> None:
        assert rule("W07", page("/about", f"<p>{text}</p>")) == Found(0.0)


class TestLineCard:
    def test_makers_listed_under_a_heading(self) -> None:
        makes = "<ul><li>Parvik<li>Zentor<li>Corvex</ul>"
        body = f"<h2>Makes we stock</h2>{makes}<p>Call us for the rest of them all.</p>"
        found = rule("W08", page("/about", body))
        assert value(found) == 1
        assert words(found) == ["Parvik", "Zentor", "Corvex"]

    def test_brand_pages_beside_own_products(self) -> None:
        links = (
            '<a href="/brands/parvik">Parvik</a><a href="/brands/zentor">Zentor</a>'
            '<a href="/brands/all">View all brands</a>'
        )
        own = own_product("FloatMaster") + own_product("CellarGuard")
        found = rule(
            "W08", page("/", links), page("/products/floatmaster", f"<h1>FloatMaster</h1>{own}")
        )
        assert 0 < value(found) < 1
        assert words(found) == ["Parvik", "Zentor"]

    def test_names_in_a_sentence(self) -> None:
        body = "<p>We are distributors for Parvik, Zentor and Corvex across the north.</p>"
        assert value(rule("W08", page("/about", body))) == 1

    def test_places_and_own_names_are_no_makers(self) -> None:
        body = "<p>Acme Pumps are estate agents for Leeds, York and Hull.</p>"
        assert rule("W08", page("/about", body)) == Missing("no brand named")

    def test_customers_are_no_makers(self) -> None:
        body = "<p>For ten years we helped leading brands such as Parvik, Zentor and Corvex.</p>"
        assert rule("W08", page("/about", body)) == Missing("no brand named")

    def test_only_own_products(self) -> None:
        own = own_product("FloatMaster")
        made = page("/products/floatmaster", f"<h1>FloatMaster</h1><p>Floats.</p>{own}")
        assert rule("W08", page("/", "<h1>Acme Pumps</h1>"), made) == Found(0.0)


class TestDealerSupport:
    def test_a_portal_for_dealers(self) -> None:
        found = rule("W29", page("/", '<nav><a href="/dealers">Dealer portal</a></nav>'))
        assert value(found) == 1
        assert words(found) == ["Dealer portal"]

    def test_material_on_the_partner_page(self) -> None:
        body = (
            "<h1>For our dealers</h1><p>Co-op advertising funds, brochures and sales training.</p>"
        )
        found = rule("W29", page("/partners", body))
        assert any("Co-op advertising" in each for each in words(found))

    def test_a_log_in_or_a_dealer_search_alone_is_no_support(self) -> None:
        links = '<a href="/in">Dealer login</a><a href="/find">Find a dealer</a>'
        body = f"{links}<p>Ask for a leaflet.</p>"
        assert rule("W29", page("/partners", body)) == Found(0.0)


class TestPartnerMade:
    def test_what_others_built(self) -> None:
        body = (
            "<h1>Partners</h1><p>A flood alarm co-developed with Zentor in 2025.</p>"
            "<p>Parvik built a wireless float on top of our controller.</p>"
        )
        found = rule("W41", page("/partners", body))
        assert value(found) == pytest.approx(1.0986, abs=1e-4)
        assert any("co-developed with Zentor" in each for each in words(found))

    def test_a_directory_counts_only_when_others_make_its_entries(self) -> None:
        links = "".join(f'<a href="/integrations/{n}">App {n}</a>' for n in "abcd")
        theirs = page(
            "/partners", f"<h1>Apps</h1><p>All apps are built by our partners.</p>{links}"
        )
        assert value(rule("W41", theirs)) == pytest.approx(1.6094, abs=1e-4)
        assert rule("W41", page("/partners", f"<h1>Apps</h1>{links}")) == Found(0.0)

    def test_makers_it_sells_for_and_nobody_named_do_not_count(self) -> None:
        body = (
            "<h1>Partners</h1><p>We sell Parvik and Zentor. Developed in partnership with you.</p>"
        )
        assert rule("W41", page("/partners", body)) == Found(0.0)

    def test_an_article_on_other_firms_tools_does_not_count(self) -> None:
        article = (
            "<h1>Ten tools</h1><p>Chat is a tool created by Zentor. Third-party apps abound.</p>"
        )
        assert rule("W41", page("/blog/ten-tools", article)) == Found(0.0)


class TestBuildOrResell:
    def test_share_of_building(self) -> None:
        body = (
            "<p>Joint development, open API, pilots. Margin and deal registration on request.</p>"
        )
        found = rule("W42", page("/partners", body))
        assert value(found) == pytest.approx(3 / 5)
        assert "Joint development" in words(found)[0]

    def test_resale_only(self) -> None:
        body = "<p>Build your business: generous margins, rebates and deal registration.</p>"
        assert rule("W42", page("/partners", body)) == Found(0.0)

    def test_missing_without_partner_page_or_words(self) -> None:
        assert rule("W42", page("/", "<p>Joint API</p>")) == Missing("no partner page")
        assert isinstance(rule("W42", page("/partners", "<p>Our friends.</p>")), Missing)


class TestOpenInterface:
    def test_links_to_the_documents(self) -> None:
        found = rule("W43", page("/", '<footer><a href="/dev">API reference</a></footer>'))
        assert value(found) == 1
        assert words(found) == ["API reference"]

    def test_what_is_sold_about_interfaces_does_not_count(self) -> None:
        body = '<a href="/x">API security testing</a><a href="/y">Property developers</a>'
        assert rule("W43", page("/", body)) == Found(0.0)


def test_rules_bear_any_site() -> None:
    empty = SiteFacts("example.com", ())
    assert all(isinstance(each(empty), Found | Missing) for each in RULES.values())
