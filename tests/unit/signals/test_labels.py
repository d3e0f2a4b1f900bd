"""Finding words in all labels of a page at once."""

from persona.signals.labels import labels
from persona.signals.page import read_page
from persona.signals.site import SiteFacts
from persona.signals.terms import Terms

PAGE = read_page(
    "https://acme.test/",
    "<h1>Get a</h1><h2>Quote of the day</h2><h4>A quote</h4>"
    '<nav><a href="/q">GET A QUOTE</a></nav><a href="/a">get a</a><a href="/b">quote</a>'
    '<a href="/c"><img src="x.png"></a><a href="/d">How we learned to get a quote in time</a>',
)
SITE = SiteFacts("acme.test", (PAGE,))


def test_a_phrase_stands_in_one_label_only() -> None:
    found = labels(SITE, PAGE).links(Terms(["get a quote"]), words=20)
    assert [link.text for link in found] == ["GET A QUOTE", "How we learned to get a quote in time"]
    assert labels(SITE, PAGE).headings(Terms(["get a quote", "get … quote"])) == ()


def test_long_labels_and_low_headings_can_be_left_out() -> None:
    found = labels(SITE, PAGE).links(Terms(["quote"]), words=3)
    assert [link.text for link in found] == ["GET A QUOTE", "quote"]
    headings = labels(SITE, PAGE).headings(Terms(["quote"]), level=2)
    assert [heading.text for heading in headings] == ["Quote of the day"]


def test_several_terms_find_a_label_once_in_the_order_of_the_page() -> None:
    found = labels(SITE, PAGE).links(Terms(["quote", "get a"]), words=3)
    assert [link.text for link in found] == ["GET A QUOTE", "get a", "quote"]


def test_a_page_without_links() -> None:
    bare = read_page("https://acme.test/b", "<p>Hello</p>")
    assert labels(SITE, bare).links(Terms(["quote"]), words=9) == ()
