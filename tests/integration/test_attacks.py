"""Attacks on the signals: dressing up, stripping, other jargon. The verdict must hardly move."""

import re
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from persona.capture.records import Capture
from persona.pipe import scan_reading
from persona.signals.catalogue import shipped_catalogue
from persona.signals.extract import SiteReading, extract
from persona.vocabulary import UNDECIDED
from tests.integration import attacks
from tests.integration.worked_cases import CASES, TODAY, capture, capture_of, reading, shown

PLAIN_SELLERS = ("harrowpike", "sparrowgate")
DRESSES = {
    "a manifesto": (attacks.manifesto(),),
    "twenty filler posts": (attacks.filler(),),
    "a research tab": (attacks.research_tab(),),
    "all three": (attacks.manifesto(), attacks.filler(), attacks.research_tab()),
}
CLEAR = 0.9
LITTLE = 0.05
"""Of a probability, and of what counts fully of a signal."""

MENU = '<nav aria-label="Service"><ul>{}</ul></nav>'
NOTICE = '<div class="cookie-banner" id="cookie-consent"><p>{}</p></div>'
FOOTER = "<footer><p>{}</p></footer>"
LEGAL = "<html><head><title>Privacy policy</title></head><body><h1>Privacy policy</h1>{}</body>"
SMALL_PRINT = (
    "We use cookies to measure how often the site is visited.",
    "You may withdraw your consent at any time without giving reasons.",
    "All rights reserved.",
    "The data controller is named in the imprint.",
    "Personal data is not sold and not passed on to others.",
    "These terms are governed by the law of the land.",
)
ENTRIES = ("Home", "Site map", "Imprint", "Deutsch", "Print this page", "Skip to content")

prints = st.lists(st.sampled_from(SMALL_PRINT), min_size=1, max_size=12).map(" ".join)
menus = st.lists(st.sampled_from(ENTRIES), min_size=1, max_size=8)


def read(captured: Capture) -> SiteReading:
    return extract(captured, today=TODAY)


def counted(read: SiteReading) -> dict[str, float]:
    """Return how far each signal counts, 0 to 1; missing ones are left out."""
    full = {entry.id: entry.full for entry in shipped_catalogue().signals}
    return {signal: min(value / full[signal], 1) for signal, value in shown(read).items()}


def dynamic(read: SiteReading) -> float:
    """Return the probability of a dynamic marketer from the website alone."""
    return scan_reading(read, on=TODAY).probabilities["dynamic_marketer"]


@pytest.mark.parametrize("site", PLAIN_SELLERS)
@pytest.mark.parametrize("dress", DRESSES)
def test_dressing_up_hardly_moves_the_probability_of_dynamic(site: str, dress: str) -> None:
    dressed = read(attacks.with_pages(site, *DRESSES[dress]))
    assert dynamic(dressed) - dynamic(reading(site)) <= LITTLE
    assert dynamic(dressed) < 0.2


@pytest.mark.parametrize("site", PLAIN_SELLERS)
@pytest.mark.parametrize("dress", DRESSES)
def test_dressing_up_raises_no_signal_of_dynamic_marketing(site: str, dress: str) -> None:
    before, after = (
        counted(each) for each in (reading(site), read(attacks.with_pages(site, *DRESSES[dress])))
    )
    leaning = [entry.id for entry in shipped_catalogue().signals if entry.directions[2] == 2]
    risen = {s: after[s] for s in leaning if after.get(s, 0) > before.get(s, 0) + LITTLE}
    assert risen == {}


@pytest.mark.parametrize("site", ["gannickforge", "orvelle"])
def test_a_thin_site_does_not_become_readable_by_a_manifesto(site: str) -> None:
    gate = read(attacks.with_pages(site, attacks.manifesto())).gate
    assert gate is not None
    assert gate.reason == "thin"


@pytest.mark.parametrize("site", PLAIN_SELLERS)
def test_without_styling_the_signals_are_the_same(site: str) -> None:
    bare = read(attacks.without_styling(site))
    assert not re.search(r"<img|<script|\sclass=|\sstyle=", bare.capture.pages[0].html)
    before, after = counted(reading(site)), counted(bare)
    assert before.keys() == after.keys()
    assert {s: (before[s], after[s]) for s in before if abs(before[s] - after[s]) > LITTLE} == {}
    assert abs(dynamic(bare) - dynamic(reading(site))) <= LITTLE


@pytest.mark.parametrize("site", PLAIN_SELLERS)
def test_in_the_jargon_of_another_trade_little_changes(site: str) -> None:
    other = read(attacks.in_other_words(site))
    assert capture(site).pages[0].html != other.capture.pages[0].html
    before, after = counted(reading(site)), counted(other)
    moved = {
        s for s in before.keys() | after.keys() if abs(before.get(s, 0) - after.get(s, 0)) > 0.1
    }
    assert moved == set()
    assert abs(dynamic(other) - dynamic(reading(site))) <= LITTLE


def with_small_print(site: str, small: str, entries: list[str]) -> Capture:
    """Return a case's capture with a menu, notices and a privacy policy added."""
    menu = MENU.format("".join(f'<li><a href="/{e.lower()[:4]}">{e}</a></li>' for e in entries))
    added = (
        re.sub(r"(</body>)", menu + NOTICE.format(small) + FOOTER.format(small) + r"\1", page.html)
        for page in capture(site).pages
    )
    printed = attacks.with_html(site, added)
    legal = {"privacy-policy": LEGAL.format(f"<p>{small}</p>" * 5)}
    return capture_of((*printed.pages, attacks.with_pages(site, legal).pages[-1]))


@settings(max_examples=6, deadline=None)
@given(site=st.sampled_from(PLAIN_SELLERS), small=prints, entries=menus)
def test_small_print_and_menus_change_no_signal(site: str, small: str, entries: list[str]) -> None:
    padded = with_small_print(site, small, entries)
    assert shown(read(padded)) == shown(reading(site))


@pytest.mark.parametrize("site", [case.site for case in CASES])
def test_small_print_and_menus_hardly_move_a_clear_verdict(site: str) -> None:
    """Its words count a little, as all words do; a verdict near the limit may be left by it."""
    before = scan_reading(reading(site), on=TODAY)
    padded = read(with_small_print(site, " ".join(SMALL_PRINT), list(ENTRIES)))
    after = scan_reading(padded, on=TODAY)
    if before.label == UNDECIDED or before.confidence < CLEAR:
        assert after.label in (UNDECIDED, before.leader)
        return
    assert after.label == before.label
    assert abs(after.confidence - before.confidence) <= LITTLE


@settings(max_examples=10, deadline=None)
@given(site=st.sampled_from([case.site for case in CASES]), order=st.randoms(use_true_random=False))
def test_the_order_of_the_pages_changes_nothing(site: str, order: Random) -> None:
    shuffled = read(capture_of(order.sample(capture(site).pages, len(capture(site).pages))))
    assert shown(shuffled) == shown(reading(site))
    assert shuffled.gate == reading(site).gate
    assert [s.missing for s in shuffled.signals] == [s.missing for s in reading(site).signals]
