"""What a site asks its visitors to do."""

from collections.abc import Callable

from persona.signals.findings import Found, Missing
from persona.signals.page import Page
from persona.signals.rules.paths import RULES
from persona.signals.site import SiteFacts
from tests.unit.signals.rules.building import filled, page, site, value, words


def rule(name: str, *pages: Page) -> Found | Missing:
    return RULES[name](site(*pages))


def product(number: int, body: str) -> Page:
    return page(f"/products/pump-{number}", f"<h1>Pump {number}</h1><p>Moves water.</p>{body}")


class TestAskForPrice:
    def test_share_of_product_pages_with_a_quote_button(self) -> None:
        asks = '<a href="/quote">Request a quote</a>'
        found = rule("W01", product(1, asks), product(2, asks), product(3, ""), product(4, ""))
        assert value(found) == 0.5
        assert words(found) == ["Request a quote"]

    def test_a_form_button_and_running_text_ask_too(self) -> None:
        form = "<form><input name=email><button>Get my free quote</button></form>"
        text = "<p>Delivery in two weeks. Price on request.</p>"
        found = rule("W01", product(1, form), product(2, text))
        assert value(found) == 1
        assert words(found)[0] == "Get my free quote"
        assert "Price on request" in words(found)[1]

    def test_a_price_worked_out_on_the_spot_is_not_asked_for(self) -> None:
        assert rule("W01", product(1, '<a href="/x">Get an instant quote</a>')) == Found(0.0)

    def test_a_listed_price_is_none(self) -> None:
        assert rule("W01", product(1, "<p>£40, in two sizes.</p>")) == Found(0.0)

    def test_a_link_in_the_footer_does_not_count(self) -> None:
        foot = '<footer><a href="/quote">Request a quote</a></footer>'
        assert rule("W01", product(1, foot)) == Found(0.0)

    def test_missing_without_a_product_page(self) -> None:
        assert rule("W01", page("/", "<h1>Home</h1>")) == Missing("no product page")


class TestSalesTalk:
    def test_different_calls_to_action_count_once(self) -> None:
        body = (
            '<a href="/demo">Book a demo</a><a href="/contact">Talk to our sales team</a>'
            '<a href="/guide.pdf">Download the guide</a><a href="/try">Start your free trial</a>'
        )
        found = rule("W02", page("/", body), page("/about", body))
        assert value(found) == 0.5
        assert set(words(found)) == {"Book a demo", "Talk to our sales team"}

    def test_looks_do_not_matter(self) -> None:
        plain = '<a href="/a">Book a demo</a><a href="/b">Sign up</a><a href="/c">Download</a>'
        styled = plain.replace("<a ", '<a class="btn btn-primary" role="button" ')
        assert rule("W02", page("/", plain)) == rule("W02", page("/", styled))

    def test_get_started_follows_its_address(self) -> None:
        others = '<a href="/b">Sign up</a><a href="/c">Download</a>'
        to_seller = page("/", f'<a href="/contact-sales">Get started</a>{others}')
        alone = page("/", f'<a href="/register">Get started</a>{others}')
        assert words(rule("W02", to_seller)) == ["Get started"]
        assert rule("W02", alone) == Found(0.0)

    def test_menu_entries_and_headlines_are_no_calls_to_action(self) -> None:
        body = (
            '<nav><a href="/contact">Contact us</a></nav>'
            '<a href="/x">How our customers learned to talk to us before they buy anything</a>'
            '<a href="/a">Sign up</a><a href="/b">Buy now</a><a href="/c">Subscribe</a>'
        )
        assert rule("W02", page("/", body)) == Found(0.0)

    def test_missing_below_three(self) -> None:
        found = rule("W02", page("/", '<a href="/demo">Book a demo</a>'))
        assert found == Missing("fewer than three calls to action")


class TestSingleExit:
    quote = '<a href="/quote">Get a quote</a><a href="tel:+441234567890">01234 567890</a>'

    def pages(self, extra: Callable[[int], str]) -> list[Page]:
        made = [page("/", self.quote + extra(0)), page("/about", self.quote + extra(1))]
        made += [product(n, self.quote + extra(n)) for n in range(2, 12)]
        return made

    def test_every_page_ends_at_a_seller(self) -> None:
        found = rule("W03", *self.pages(lambda n: '<a href="/sheet.pdf">Download datasheet</a>'))
        assert value(found) == 1
        assert words(found) == ["Get a quote"]

    def test_a_letter_to_sign_up_for_is_another_step(self) -> None:
        letter = "<form><input type=email name=email><button>Subscribe</button></form>"
        assert rule("W03", *self.pages(lambda n: letter)) == Found(0.0)

    def test_half_the_pages(self) -> None:
        found = rule("W03", *self.pages(lambda n: '<a href="/w">Webinars</a>' if n % 2 else ""))
        assert value(found) == 0.5

    def test_filler_articles_change_nothing(self) -> None:
        pages = self.pages(lambda n: "")
        filler = [
            page(f"/blog/{n}-tips", filled(80) + '<a href="/s">Subscribe</a>') for n in range(20)
        ]
        assert rule("W03", *pages, *filler) == rule("W03", *pages)

    def test_missing_on_a_small_site(self) -> None:
        assert isinstance(rule("W03", *self.pages(lambda n: "")[:11]), Missing)


class TestPhoneFirst:
    def test_number_before_the_menu(self) -> None:
        head = (
            '<header><a href="/">Acme</a><a href="tel:+15551234567">(555) 123-4567</a>'
            '<nav><a href="/a">A</a><a href="/b">B</a></nav></header><h1>Roofs</h1>'
        )
        found = rule("W10", page("/", head))
        assert value(found) == 1
        assert words(found) == ["(555) 123-4567"]

    def test_number_in_the_headline(self) -> None:
        found = rule("W10", page("/", "<h1>Blocked drain? Call 0800 123 4567</h1>"))
        assert "0800 123 4567" in words(found)[0]

    def test_number_at_the_end_or_in_large_figures_is_not_first(self) -> None:
        entries = "".join(f'<a href="/{name}">{name}</a>' for name in "abcd")
        late = f'<nav>{entries}<a href="tel:1">Call</a></nav>'
        assert rule("W10", page("/", f"{late}<h1>10 000 000 parts since 1950</h1>")) == Found(0.0)

    def test_missing_without_home(self) -> None:
        assert rule("W10", page("/about", "<h1>About</h1>")) == Missing("no home page")


class TestRepFinder:
    def test_five_sellers_by_region(self) -> None:
        rows = "".join(
            f"<p>{name}, Area Sales Manager, {region}</p>"
            for name, region in zip(
                ("Ann Lee", "Bo Ray", "Cy Dee", "Di Fox", "Ed Gow"),
                ("North", "South", "East", "West", "Wales"),
                strict=True,
            )
        )
        found = rule("W11", page("/contact", f"<h1>Contact</h1>{rows}"))
        assert value(found) == 1
        assert "Area Sales Manager" in words(found)[0]

    def test_way_to_ones_own_rep(self) -> None:
        found = rule("W11", page("/", '<a href="/reps">Find your local sales rep</a>'))
        assert words(found) == ["Find your local sales rep"]

    def test_a_country_field_or_a_dealer_search_is_no_rep_finder(self) -> None:
        form = (
            "<h1>Contact us</h1><form><input name=name><select name=country><option>UK<option>US"
            "<option>France<option>Spain<option>Italy</select><button>Send</button></form>"
            '<a href="/dealers">Find a dealer</a><p>Ask for Jo Hart, Sales Engineer.</p>'
        )
        assert rule("W11", page("/contact", form)) == Found(0.0)


class TestChooser:
    def test_link_to_a_calculator(self) -> None:
        found = rule("W33", product(1, '<a href="/tools/heat-loss">Heat loss calculator</a>'))
        assert value(found) == 1
        assert words(found) == ["Heat loss calculator"]

    def test_page_with_a_form(self) -> None:
        body = "<h1>Pump selector</h1><form><input name=flow><input name=head></form>"
        assert words(rule("W33", page("/products/selector", body))) == ["Pump selector"]

    def test_calculators_that_are_sold_or_belong_to_others_do_not_count(self) -> None:
        goods = '<a href="/products/x">Desktop calculators</a>'
        foreign = '<a href="https://bank.test/loan">Loan calculator</a>'
        assert rule("W33", product(1, goods + foreign)) == Found(0.0)


class TestPriceLogic:
    def test_unit_of_use_and_steps_by_buyer(self) -> None:
        body = (
            "<h1>Pricing</h1><p>£0.02 per parcel.</p><p>For small businesses and for agencies.</p>"
        )
        found = rule("W58", page("/pricing", body))
        assert value(found) == 3
        assert any("per parcel" in each for each in words(found))

    def test_a_list_of_prices(self) -> None:
        found = rule("W58", page("/pricing", "<h1>Pricing</h1><p>Basic $10. Plus $20.</p>"))
        assert value(found) == 2
        assert "$10" in words(found)[0]

    def test_a_pricing_page_without_prices_is_missing(self) -> None:
        found = rule("W58", page("/pricing", "<h1>Pricing</h1><p>Contact us for a price.</p>"))
        assert found == Missing("no pricing page with prices")


def test_rules_bear_any_site() -> None:
    empty = SiteFacts("example.com", ())
    assert all(isinstance(each(empty), Found | Missing) for each in RULES.values())
