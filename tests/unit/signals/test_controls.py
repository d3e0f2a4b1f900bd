"""The ten controls."""

from math import log1p

import pytest

from persona.observations import Control
from persona.signals.catalogue import shipped_catalogue
from persona.signals.controls import controls
from tests.unit.signals.sites import FULL, paragraph, site


def control(id_: str, pages: dict[str, str]) -> float | str | None:
    capture, facts = site(pages)
    return next(each.value for each in controls(facts, capture) if each.id == id_)


def test_all_ten_come_in_order_whatever_was_read() -> None:
    expected = [entry.id for entry in shipped_catalogue().controls]
    for pages in ({}, FULL):
        capture, facts = site(pages)
        assert [each.id for each in controls(facts, capture)] == expected
    capture, facts = site({})
    assert set(controls(facts, capture)) == {Control(id_) for id_ in expected}


def test_texts_and_numbers_are_as_the_catalogue_declares() -> None:
    capture, facts = site(FULL)
    for entry, found in zip(shipped_catalogue().controls, controls(facts, capture), strict=True):
        assert found.value is None or isinstance(found.value, str) == (entry.type == "text")


@pytest.mark.parametrize(
    ("words", "trade"),
    [
        (
            "Roofing contractor. Free estimates. Licensed and insured. Roof repairs, painting.",
            "construction_trades",
        ),
        (
            "Add to cart. Free shipping. Gift cards. Checkout. Shop all new arrivals.",
            "retail_ecommerce",
        ),
        (
            "Our software platform has an API, integrations, dashboards. Start free trial.",
            "software",
        ),
        (
            "Freight, warehousing, customs brokerage and trucking. Our fleet and couriers.",
            "logistics",
        ),
    ],
)
def test_the_trade_is_told_by_its_words(words: str, trade: str) -> None:
    assert control("K01", {"/": f"<h1>Welcome</h1><p>{words}</p>"}) == trade


def test_the_trade_is_not_known_when_none_leads() -> None:
    assert control("K01", {"/": "<p>Welcome to our house.</p>"}) is None


def test_words_read_are_counted() -> None:
    assert control("K02", {"/": "<p>one two three four</p>"}) == pytest.approx(log1p(4))


def test_builder_by_its_own_name_or_by_what_it_puts_on_pages() -> None:
    named = '<html><head><meta name=generator content="WordPress 6.5"></head><body>x</body></html>'
    assert control("K03", {"/": named}) == "wordpress"
    script = '<script src="https://cdn.shopify.com/s/files/theme.js"></script>'
    assert control("K03", {"/": f"<p>x</p>{script}"}) == "shopify"
    assert control("K03", {"/": "<p>We build shops on cdn.shopify.com.</p>"}) is None


def test_the_main_language_counts_words_of_all_pages() -> None:
    assert control("K04", FULL) == "en"
    german = (
        "<p>Wir sind für unsere Kunden da und bauen die Pumpen in unserem Werk für sie.</p>" * 40
    )
    assert control("K04", {"/": german, "/en": paragraph()}) == "de"


def test_the_age_is_from_the_first_year_that_the_site_dates_itself_by() -> None:
    footer = "<footer>© 2011–2026 Acme Ltd</footer>"
    assert control("K05", {"/": f"<p>Family firm since 1921.</p>{footer}"}) == 15
    post = '<time datetime="2019-03-01">March</time>'
    assert control("K05", {"/blog/x": f"<article><h2>Post</h2>{post}</article>"}) == 7
    assert control("K05", {"/": "<p>Family firm since 1921.</p>"}) is None


@pytest.mark.parametrize(
    ("words", "buyers"),
    [
        (
            "For manufacturers and enterprises. Talk to sales. Case studies. Procurement.",
            "business",
        ),
        ("Your home, your garden. Gift cards, free delivery, add to basket.", "consumer"),
        ("Talk to sales. Case studies. Wholesale. Your home. Gift cards. Free delivery.", "both"),
        ("Welcome to Acme.", None),
    ],
)
def test_whom_the_site_speaks_to(words: str, buyers: str | None) -> None:
    assert control("K06", {"/": f"<p>{words}</p>"}) == buyers


def test_tools_are_counted_once_each() -> None:
    tags = (
        '<script src="https://www.googletagmanager.com/gtm.js?id=1"></script>'
        '<script>s.src="https://static.hotjar.com/c/hotjar-1.js"</script>'
        '<script src="//js.hs-scripts.com/1.js"></script>'
        '<script src="//js.hsforms.net/f.js"></script>'
    )
    assert control("K07", {"/": f"{tags}<p>x</p>"}) == 3
    assert control("K07", {"/": "<p>x</p>"}) == 0


def test_images_are_counted_by_words() -> None:
    images = "<img src=a.png><img src=b.png>"
    assert control("K08", {"/": f"{images}<p>{'word ' * 500}</p>"}) == pytest.approx(4)
    assert control("K08", {"/": images}) is None


@pytest.mark.parametrize(
    ("words", "employees"),
    [
        ("Today we employ some 1,250 people in nine countries.", 1250),
        ("Our team of over 40 engineers. We have 60 employees.", 60),
        ("Software for firms with 5,000 employees.", None),
        ("Our 3 people.", 3),
    ],
)
def test_employees_are_those_that_the_company_says_it_has(
    words: str, employees: int | None
) -> None:
    assert control("K09", {"/about": f"<h1>About us</h1><p>{words}</p>"}) == employees


def test_employees_from_structured_data() -> None:
    data = (
        '<script type="application/ld+json">'
        '{"@type":"Organization","numberOfEmployees":%s}</script>'
    )
    assert control("K09", {"/": data % '{"@type":"QuantitativeValue","value":"320"}'}) == 320
    assert control("K09", {"/": data % "12"}) == 12
    assert control("K09", {"/": data % '"many"'}) is None


def test_borrowed_text_needs_other_firms() -> None:
    assert control("K10", FULL) is None
