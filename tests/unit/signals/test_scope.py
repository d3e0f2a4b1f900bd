"""Which sites are no trading company's."""

import pytest

from persona.signals.scope import out_of_scope
from tests.unit.signals.sites import FULL, paragraph, site


def scope_of(home: str, **more: str) -> str | None:
    pages = {"/": home} | {f"/{name}": body for name, body in more.items()}
    return out_of_scope(site(pages)[1])


BODIES = {
    "charity": "<h1>Clean water for all</h1><p>We are a registered charity (number 123456). Your "
    "donation changes lives. Meet our trustees and volunteers.</p><a href=/give>Donate now</a>",
    "public body": "<h1>Springfield County Government</h1><p>Pay your property tax, read public "
    "notices, apply for building permits, and meet your elected officials.</p>",
    "school": "<h1>Hill Primary School</h1><p>Our headteacher and governors welcome pupils. See "
    "the term dates and the curriculum of each key stage.</p>",
    "religious": "<h1>Hill Baptist Church</h1><p>Join our Sunday service at ten. Our pastor speaks "
    "of Jesus Christ; Bible study on Wednesdays.</p>",
    "political": "<h1>Forward</h1><p>Join the party and meet our candidates for the general "
    "election. Volunteer, canvass, and tell your neighbours to vote for change.</p>",
    "personal": "<h1>Hello, I'm Ann</h1><p>Welcome to my blog. My name is Ann and I live in Kent "
    "with my husband. See my photos, or email me.</p>",
}


@pytest.mark.parametrize("kind", BODIES)
def test_bodies_that_are_no_company_are_named_with_the_words_that_show_it(kind: str) -> None:
    words = scope_of(BODIES[kind])
    assert words is not None
    assert kind in words
    assert words.endswith("not a trading company")
    assert words.count("“") == 3


@pytest.mark.parametrize("kind", BODIES)
def test_a_business_that_speaks_of_them_is_in_scope(kind: str) -> None:
    trade = "<p>Book a demo. Our customers save time. See our pricing and our team.</p>"
    assert scope_of(BODIES[kind] + trade) is None


@pytest.mark.parametrize(
    "mention",
    [
        "<p>Every year we give to a registered charity, and you can donate too.</p>",
        "<p>We supply pumps to Springfield County Government and to public works.</p>",
        "<p>Our founder left high school at sixteen and learnt the curriculum of life.</p>",
        "<p>We repaired the heating of the church of Saint Mary.</p>",
        "<p>My name is Ann and I run the workshop.</p>",
    ],
)
def test_a_mention_is_not_enough(mention: str) -> None:
    assert scope_of(paragraph(5) + mention) is None


@pytest.mark.parametrize(
    "domain",
    [
        *("nasa.gov", "army.mil", "mit.edu", "who.int", "ox.ac.uk", "gov.uk", "defra.gov.uk"),
        *("sydney.edu.au", "ville.gouv.fr", "europa.eu", "hill.k12.ca.us", "hill.kent.sch.uk"),
    ],
)
def test_public_endings_are_out_of_scope(domain: str) -> None:
    words = out_of_scope(site(FULL, domain=domain)[1])
    assert words == "its name is one that only public bodies, schools and universities get"


@pytest.mark.parametrize("domain", ["acme.com", "edu.com", "acme.ac", "government.io", "mil.co.uk"])
def test_names_that_only_sound_public_are_in_scope(domain: str) -> None:
    assert out_of_scope(site(FULL, domain=domain)[1]) is None


SHOP = (
    "<p>Free delivery and easy returns. Gift cards. Womens and mens shoes, new arrivals.</p>"
    "<a href=/cart>Your basket</a><a href=/pay>Checkout</a><button>Add to basket</button>"
)


def test_a_consumer_shop_is_out_of_scope_once_enough_of_it_was_read() -> None:
    assert scope_of(SHOP) is None
    words = scope_of(SHOP, shoes=SHOP, boots=SHOP)
    assert words is not None
    assert "no sales force takes part" in words
    assert "basket" in words


@pytest.mark.parametrize(
    "trade",
    [
        "Wholesale enquiries",
        "Trade accounts",
        "Request a quote",
        "Our sales team",
        "Corporate gifts",
    ],
)
def test_a_shop_that_also_serves_businesses_is_in_scope(trade: str) -> None:
    assert scope_of(SHOP, shoes=SHOP, boots=f"{SHOP}<a href=/trade>{trade}</a>") is None


def test_a_shop_without_checkout_or_consumer_terms_is_in_scope() -> None:
    bare = "<p>Valves and fittings.</p><button>Add to basket</button>"
    assert scope_of(bare, a=bare, b=bare) is None
