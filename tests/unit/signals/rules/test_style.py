"""What the text argues with."""

import pytest

from persona.signals.findings import Found, Missing
from persona.signals.page import Page
from persona.signals.rules.style import RULES
from persona.signals.site import SiteFacts
from tests.unit.signals.rules.building import filled, page, site, value, words


def rule(name: str, *pages: Page) -> Found | Missing:
    return RULES[name](site(*pages))


def offer(number: int, body: str) -> Page:
    return page(f"/products/pump-{number}", f"<h1>Pump {number}</h1><p>{body}</p>{filled(98)}")


class TestDiscounts:
    def test_rate_on_the_median_page(self) -> None:
        body = "Lowest prices guaranteed. Save up to 30 % off today's clearance sale."
        found = rule("W04", *(offer(n, body) for n in range(3)))
        assert value(found) == pytest.approx(1000 * 3 / 112)
        assert "Lowest prices guaranteed" in words(found)[0]

    def test_a_great_deal_of_something_is_no_price(self) -> None:
        body = "We put a great deal of care into pumps and save up to 30 % on average."
        assert rule("W04", offer(1, body)) == Found(0.0)

    def test_one_campaign_page_changes_nothing(self) -> None:
        pages = [offer(n, "A quiet pump.") for n in range(3)]
        assert rule("W04", *pages, offer(9, "Half price, half price, half price!")) == Found(0.0)

    @pytest.mark.parametrize(
        "text",
        [
            "Cash flows are set against the discount rate.",
            "Ground clearance is 20 cm; customs clearance takes a day.",
            "Energy prices rise, and the low rate of return falls.",
        ],
    )
    def test_the_same_words_about_other_things(self, text: str) -> None:
        assert rule("W04", offer(1, text)) == Found(0.0)

    def test_missing_without_enough_text(self) -> None:
        found = rule("W04", page("/", "<p>Best prices</p>"))
        assert found == Missing("no page of offers with enough text")


class TestPriceHeadlines:
    home = page("/", "<h1>Pumps for wet cellars</h1>")

    def test_share_of_main_pages(self) -> None:
        cheap = page("/products/a", "<h2>The cheapest pumps in town</h2>")
        plain = page("/products/b", "<h1>Pump B</h1><p>The cheapest of all.</p>")
        found = rule("W05", self.home, cheap, plain)
        assert value(found) == pytest.approx(1 / 3)
        assert words(found) == ["The cheapest pumps in town"]

    def test_the_title_is_a_headline(self) -> None:
        found = rule("W05", page("/", "<h1>Pumps</h1>", title="Discount Pumps"))
        assert value(found) == 1

    def test_promotions_and_other_meanings_are_left_out(self) -> None:
        promotion = page("/sale/pumps", "<h1>Half price sale</h1>")
        other = page("/products/c", "<h1>Close more deals with point of sale data</h1>")
        assert rule("W05", self.home, promotion, other) == Found(0.0)

    def test_missing_without_home(self) -> None:
        assert rule("W05", offer(1, "x")) == Missing("no home page")


class TestUrgency:
    def test_rate_over_all_pages(self) -> None:
        found = rule("W14", offer(1, "Hurry, while stocks last."), offer(2, "A quiet pump."))
        assert value(found) == pytest.approx(1000 * 2 / 207)
        assert "Hurry, while stocks last" in words(found)[0]

    @pytest.mark.parametrize(
        "body", ["Never buy a pump in a hurry.", "Sign up for back-in-stock alerts."]
    )
    def test_words_that_press_nobody_are_none(self, body: str) -> None:
        assert rule("W14", offer(1, body)) == Found(0.0)

    def test_shops_and_company_forms_are_no_urgency(self) -> None:
        shop = offer(1, "In stock. Add to basket. Only 3 left.")
        plain = offer(2, "Acme Pumps Limited was founded by limited means.")
        assert rule("W14", shop, plain) == Found(0.0)

    def test_missing_when_only_shops_were_read(self) -> None:
        assert isinstance(rule("W14", offer(1, "In stock. Add to cart.")), Missing)


class TestAllThings:
    def test_different_phrases_count_once(self) -> None:
        text = (
            "<p>Your one-stop shop. A one-stop shop with a full range for all your pump needs.</p>"
        )
        found = rule("W15", page("/", text), page("/about", text))
        assert value(found) == pytest.approx(1.3863, abs=1e-4)
        assert any("one-stop shop" in each for each in words(found))

    def test_a_chosen_buyer_and_other_pages_do_not_count(self) -> None:
        chosen = page(
            "/", "<p>We pump cellars dry for river-side bakeries. All our pumps float.</p>"
        )
        article = page("/blog/how-to", "<p>A one-stop shop has a full range.</p>")
        assert rule("W15", chosen, article) == Found(0.0)


class TestRefusals:
    @pytest.mark.parametrize(
        "text",
        [
            "We are not the right supplier for a flat that floods once.",
            "When you should not hire us",
            "We turn down projects above ten metres.",
            "We don’t work with agencies that resell our hours.",
            "If you need one pump tomorrow, you are better off with another firm.",
            "We stopped selling two makes because their seals failed in our survey.",
        ],
    )
    def test_a_buyer_is_refused(self, text: str) -> None:
        found = rule("W39", offer(1, text))
        assert value(found) == pytest.approx(0.6931, abs=1e-4)
        assert words(found)[0].strip("…")[:20] in f"Pump 1 {text}"

    @pytest.mark.parametrize(
        "text",
        [
            "We do not sell your personal information to third parties.",
            "We no longer stock the blue hose.",
            "We are not liable if the pump is not the right choice under any law.",
            "If your therapist isn't a good fit you can change.",
            "The cap is not suitable for hot water.",
            "We refuse to accept a world of wet cellars.",
            "We only serve customers in the U.S. at this time.",
        ],
    )
    def test_law_delisting_conditions_and_manifestos_refuse_nobody(self, text: str) -> None:
        assert rule("W39", offer(1, text)) == Found(0.0)

    def test_articles_are_no_offer(self) -> None:
        text = "<p>Reasons not to buy a pump. This is not the right choice.</p>"
        assert rule("W39", page("/blog/reasons", text)) == Found(0.0)


def test_rules_bear_any_site() -> None:
    empty = SiteFacts("example.com", ())
    assert all(isinstance(each(empty), Found | Missing) for each in RULES.values())
