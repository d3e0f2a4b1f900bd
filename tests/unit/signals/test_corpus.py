"""Beside other firms: what is borrowed, what is said by nobody else, whose words are rare."""

import random
from collections.abc import Iterator

import pytest

from persona.signals import corpus as module
from persona.signals.corpus import PEERS, Corpus
from persona.signals.site import SiteFacts
from tests.unit.signals.rules.sites import FILLER, site

LINE = (
    "The saw cuts through oak, ash and beech of up to sixty millimetres without a splinter, and "
    "its blade is changed in less than a minute without any tool at all."
)
OWN = "We wrote this sentence ourselves, about our yard in Leeds, the rain on it and the two dogs."


def firm(domain: str, *lines: str, home: str = "") -> SiteFacts:
    body = "".join(f"<p>{line}</p>" for line in lines)
    return site(("/", home or "<h1>Hello</h1>"), ("/products/saw", body), domain=domain)


def test_a_line_of_another_firm_is_borrowed_though_a_word_differs() -> None:
    other = Corpus.build([firm("maker.com", LINE + " " + FILLER)])
    changed = (LINE + " " + FILLER).replace("two", "both")
    assert other.borrowed(firm("shop.com", changed, OWN)) == pytest.approx(0.75, abs=0.1)


def test_a_line_half_of_which_differs_is_not() -> None:
    other = Corpus.build([firm("maker.com", LINE + " " + FILLER)])
    assert other.borrowed(firm("shop.com", LINE + " " + OWN)) == 0


def test_nothing_is_borrowed_from_itself_or_its_own_name_abroad() -> None:
    other = Corpus.build([firm("shop.com", LINE), firm("shop.co.uk", LINE), firm("else.com", OWN)])
    assert other.borrowed(firm("shop.com", LINE)) == 0


def test_a_line_that_names_the_company_is_its_own() -> None:
    line = f"{LINE} That is what Bluebench stands for."
    other = Corpus.build([firm("copycat.com", line)])
    assert other.borrowed(firm("bluebench.com", line)) == 0


def test_the_maker_borrows_nothing_from_the_shop_that_names_it() -> None:
    shop = firm("shop.com", LINE, "This is a saw by Makita.")
    maker = firm("makita.com", LINE)
    both = Corpus.build([shop, maker])
    assert both.borrowed(maker) == 0
    share = both.borrowed(shop)
    assert share is not None
    assert share > 0.5


def test_law_and_short_lines_are_nobodys() -> None:
    law = f"{LINE} All rights reserved."
    other = Corpus.build([firm("maker.com", law, "Fast and quiet saws.")])
    assert other.borrowed(firm("shop.com", law, "Fast and quiet saws.")) == 0


def test_without_another_firm_or_any_text_the_share_is_not_known() -> None:
    shop = firm("shop.com", LINE)
    assert Corpus.build([]).borrowed(shop) is None
    assert Corpus.build([shop]).borrowed(shop) is None
    assert Corpus.build([firm("maker.com", LINE)]).borrowed(site(("/", "<h1>A</h1>"))) is None


def test_borrowed_lines_are_left_out_with_a_mark_of_omission() -> None:
    other = Corpus.build([firm("maker.com", LINE)])
    shop = firm("shop.com", "Saws for all.", LINE, LINE, OWN)
    (_, page) = other.without_borrowed(shop).pages
    assert page.lines == ("Saws for all.", "…", OWN)
    assert page.text == f"Saws for all. … {OWN}"
    assert page.lower == page.text.lower()
    assert page.words == len(f"Saws for all. {OWN}".split())
    assert shop.pages[1].lines == ("Saws for all.", LINE, LINE, OWN)


def test_a_site_without_borrowed_lines_keeps_its_pages() -> None:
    shop = firm("shop.com", OWN)
    kept = Corpus.build([firm("maker.com", LINE)]).without_borrowed(shop)
    assert all(old is new for old, new in zip(shop.pages, kept.pages, strict=True))
    assert kept.home is not None


def test_of_too_many_sites_an_even_choice_is_kept_whatever_their_order(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "MOST_SITES", 10)
    sites = [firm(f"firm{n}.com", f"{LINE} Number {n} of them all, it is.") for n in range(40)]
    one = Corpus.build(sites)
    random.Random(1).shuffle(sites)
    other = Corpus.build(sites)
    shops = [firm("shop.com", f"{LINE} Number {n} of them all, it is.") for n in range(40)]
    assert [one.borrowed(shop) for shop in shops] == [other.borrowed(shop) for shop in shops]
    assert one.rarity("without any tool") == other.rarity("without any tool") == 0


def bakeries(count: int) -> Iterator[SiteFacts]:
    for n in range(count):
        hero = "<h1>Fresh bread every morning</h1><p>Baked with love in our street</p>"
        yield firm(f"baker{n}.com", home=f"{hero}<p>bread rolls flour oven cake sourdough rye</p>")


BAKER = "<h1>Hello</h1><p>bread rolls flour oven cake sourdough rye and more</p>"


def test_a_hero_like_those_of_its_trade_is_not_distinct() -> None:
    trade = Corpus.build(bakeries(PEERS))
    baker = firm("new.com", home=BAKER)
    same = trade.distinctness(baker, "In our street, baked with love: bread, fresh every morning")
    other = trade.distinctness(baker, "Breakfast for night nurses before their shift ends")
    assert same is not None
    assert other is not None
    assert same == pytest.approx(0, abs=0.01)
    assert 0.9 < other <= 1


def test_distinctness_takes_twenty_other_firms_and_words() -> None:
    assert Corpus.build(bakeries(PEERS - 1)).distinctness(firm("new.com", home=BAKER), "Hi") is None
    trade = Corpus.build(bakeries(PEERS))
    assert trade.distinctness(firm("new.com", home=BAKER), "…") is None
    assert trade.distinctness(firm("baker1.com", home=BAKER), "Fresh bread") is None


def test_rarity_falls_with_the_firms_that_use_a_phrase() -> None:
    firms = [firm(f"a{n}.com", "Our bread rolls") for n in range(30)]
    firms += [firm(f"b{n}.com", "A quiet hour sale") for n in range(2)]
    words = Corpus.build(firms)
    assert words.rarity("crumb accounting") == 1
    assert words.rarity("Bread  Rolls") == pytest.approx(0.0, abs=0.05)
    assert words.rarity("quiet hour") == pytest.approx(0.8, abs=0.05)


def test_rarity_is_not_known_for_few_firms_long_phrases_and_function_words() -> None:
    firms = [firm(f"a{n}.com", "Our bread rolls") for n in range(PEERS)]
    words = Corpus.build(firms)
    assert Corpus.build(firms[1:]).rarity("bread") is None
    assert words.rarity("one two three four") is None
    assert words.rarity("the bread") is None
    assert words.rarity("") is None


def test_a_phrase_does_not_reach_over_the_end_of_a_line() -> None:
    firms = [firm(f"a{n}.com", "Fresh bread", "rolls daily") for n in range(PEERS)]
    words = Corpus.build(firms)
    assert words.rarity("bread rolls") == 1
    assert words.rarity("fresh bread rolls") == 1
    assert words.rarity("fresh bread") == 0
