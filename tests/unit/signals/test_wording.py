"""The words of a website: what is counted, how often, and what never is."""

import random
from itertools import permutations
from string import ascii_lowercase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from persona.capture.records import Capture, CapturedPage
from persona.observations import WORD_PARTS, Wording
from persona.signals.extract import extract
from persona.signals.page import Page, read_page
from persona.signals.wording import LONGEST_WORD, MOST_WORDS, TECHNICAL, wording

SITE = "pumps.example"


def page(body: str, path: str = "/", head: str = "") -> Page:
    html = f"<html><head>{head}</head><body><main>{body}</main></body></html>"
    return read_page(f"https://{SITE}{path}", html)


def of(*pages: Page) -> Wording:
    return wording(pages, SITE)


def test_text_title_and_description_are_counted_word_by_word() -> None:
    head = "<title>Pumps for farms</title><meta name='description' content='Farms need pumps'>"
    found = of(page("<p>Our pumps, PUMPS &amp; more: co-op, it's 3pumps</p>", head=head))
    assert found.text == {
        "our": 1, "pumps": 5, "more": 1, "for": 1, "farms": 2, "need": 1,
    }  # fmt: skip


def test_links_add_the_words_of_their_text_and_of_their_own_address() -> None:
    found = of(page("<a href='/farm-care/drainage_tips.html?utm_source=x'>Read our tips</a>"))
    assert found.links == dict.fromkeys(("read", "our", "tips", "farm", "care", "drainage"), 1)
    assert found.labels == {"read_our_tips": 1}


def test_a_word_counts_once_a_link_and_a_link_once_a_site() -> None:
    menu = "<a href='/tips'>Tips, tips, tips</a><a href='/tips?page=2'>tips, TIPS, tips</a>"
    found = of(page(menu), page(menu, "/about"), page("<a href='/shop/tips'>Tips</a>", "/contact"))
    assert found.links == {"tips": 2, "shop": 1}
    assert found.labels == {"tips_tips_tips": 1, "tips": 1}


def test_a_label_is_the_first_three_words() -> None:
    found = of(page("<a href='/a'>The 7 best ways to care for it</a><a href='/b'>Go!</a>"))
    assert found.labels == {"the_best_ways": 1}


def test_links_elsewhere_add_their_text_and_nothing_of_their_address() -> None:
    links = (
        "<a href='https://partner.example/wholesale'>Our partner</a>"
        "<a href='https://www.partner.example/retail'>Our partner</a>"
        "<a href='https://other.example/wholesale'>Our partner</a>"
        f"<a href='https://not{SITE}/wholesale'>Imitator</a>"
        "<a href='mailto:orders@pumps.example'>Write</a><a href='tel:123'>Call now</a>"
        "<a href='javascript:void(0)'>Open menu</a>"
    )
    found = of(page(links))
    assert found.links == {
        "our": 2, "partner": 2, "imitator": 1, "write": 1, "call": 1, "now": 1, "open": 1, "menu": 1
    }  # fmt: skip


def test_subdomains_are_the_sites_own_and_named() -> None:
    links = (
        f"<a href='https://academy.{SITE}/courses'>Learn</a><a href='//www.{SITE}/jobs'>Work</a>"
    )
    assert of(page(links)).links == dict.fromkeys(
        ("academy", "courses", "learn", "work", "jobs"), 1
    )


def test_site_builders_leave_no_words() -> None:
    one = page("<a href='/wp-content/uploads/2024/care.pdf'>Care</a><a href='/tips/'>Tips</a>")
    other = page("<a href='/static/media/care.html'>Care</a><a href='/page/tips.aspx'>Tips</a>")
    assert of(one) == of(other)
    assert not TECHNICAL & set(of(one).links)


def test_without_pages_there_are_no_words() -> None:
    assert wording((), SITE) == Wording({}, {}, {})


def test_over_long_words_are_left_out_and_short_ones_too() -> None:
    longest = "a" * LONGEST_WORD
    found = of(page(f"<p>to {longest} a{longest}</p><a href='/{longest}'>a{longest} go far</a>"))
    assert found.text == {longest: 1, "far": 1}
    assert found.links == {longest: 1, "far": 1}
    assert found.labels == {"far": 1}


def test_a_site_of_endless_words_is_bounded_and_keeps_the_commonest() -> None:
    words = ["".join(each) for each in permutations(ascii_lowercase, 3)]
    many = [f"{word}x" for word in words] + [f"{word}y" for word in words]
    random.Random(0).shuffle(many)
    found = of(page(f"<p>{' '.join(many)} pumps pumps</p>"))
    assert len(found.text) == MOST_WORDS
    assert found.text["pumps"] == 2
    assert set(found.text) == {"pumps", *sorted(many)[: MOST_WORDS - 1]}


def test_more_than_sixty_pages_are_not_looked_at() -> None:
    pages = [page(f"<p>{'pumps ' * 3}</p>", f"/{number}") for number in range(60)]
    late = page("<p>dealers</p>", "/late")
    assert of(*pages, late).text == {"pumps": 180}


def test_extract_counts_the_pages_in_english_alone() -> None:
    german = (
        "<p>Wir sind ein Unternehmen, das die besten Ventile für die Industrie und das Handwerk "
        "baut, und das seit mehr als hundert Jahren mit der gleichen Sorgfalt für alle Kunden.</p>"
    )
    pages = tuple(
        CapturedPage(f"https://{SITE}{path}", body)
        for path, body in (("/", "<p>We sell pumps</p>"), ("/de", german * 4))
    )
    reading = extract(Capture(SITE, SITE, pages))
    assert reading.wording == wording(reading.facts.pages, SITE)
    assert reading.wording.text == {"sell": 1, "pumps": 1}
    assert extract(Capture(SITE, SITE)).wording == Wording({}, {}, {})


HREFS = (
    "/a-b/care",
    "//x.example/c",
    f"https://shop.{SITE}/d",
    "http://[",
    "mailto:a",
    "#",
    "\x00",
)


@given(
    st.lists(st.tuples(st.sampled_from(HREFS), st.text(max_size=40)), max_size=6),
    st.text(max_size=60),
)
def test_whatever_a_page_holds_counts_are_whole_and_words_are_words(
    links: list[tuple[str, str]], text: str
) -> None:
    body = "".join(f"<a href='{href}'>{words}</a>" for href, words in links)
    found = of(page(f"{body}<p>{text}</p>"))
    for part in WORD_PARTS:
        for word, count in found.part(part).items():
            assert count > 0
            pieces = word.split("_") if part == "labels" else [word]
            assert len(pieces) <= 3
            assert all(each.isascii() and each.isalpha() and each.islower() for each in pieces)
            assert all(3 <= len(each) <= LONGEST_WORD for each in pieces)


@pytest.mark.parametrize("pages", [1, 5])
def test_the_order_of_pages_changes_nothing(pages: int) -> None:
    read = [
        page(f"<a href='/tips/{n}'>Tip {n} on pumps</a><a href='/'>Home</a>", f"/{n}")
        for n in range(pages)
    ]
    assert of(*read) == of(*reversed(read))
