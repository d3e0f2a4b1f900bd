"""Industry pages: one text relabelled, or a text for each trade."""

import random

import pytest

from persona.signals.rules.industries import RULES
from tests.unit.signals.rules.sites import PageOf, found, missing, site

TRADES = ("hotels", "hospitals", "schools", "airports", "prisons", "museums")
SAME = (
    "Our platform brings people, processes and data together. Plan shifts, share documents, track "
    "tasks and report progress from one place. Save time, reduce paper and keep everybody informed "
    "wherever they work. Start small, grow when ready and rely on friendly support every day of "
    "the year. Managers see open tasks, teams see today, directors see results at a glance. "
)


def trade(name: str, text: str, more: str = "") -> PageOf:
    return f"/industries/{name}", f"<h1>Solutions for {name}</h1><p>{text}</p>{more}"


def own_text(number: int) -> str:
    letters = random.Random(number)
    return " ".join("".join(letters.choices("abcdefghij", k=6)) for _ in range(120))


PROOF = '<p>The challenge is downtime.</p><p>Read the <a href="/case-studies/a">case study</a></p>'


def test_w30_one_text_with_the_trade_swapped_is_templated() -> None:
    pages = [trade(name, SAME.replace("people", name)) for name in TRADES]
    value, quotes = found(RULES, "W30", site(*pages))
    assert value > 0.9
    assert "Solutions for hotels" in quotes


def test_w30_texts_of_their_own_are_not() -> None:
    pages = [trade(name, own_text(number)) for number, name in enumerate(TRADES)]
    assert found(RULES, "W30", site(*pages)) == (0, "")


def test_w30_is_missing_below_five_pages() -> None:
    pages = [trade(name, SAME) for name in TRADES[:4]]
    assert "five" in missing(RULES, "W30", site(*pages))


def test_w31_own_texts_with_problem_and_customer_are_tailored() -> None:
    pages = [trade(name, own_text(n), PROOF if n < 3 else "") for n, name in enumerate(TRADES)]
    value, quotes = found(RULES, "W31", site(*pages))
    assert value == pytest.approx(0.5)
    assert "challenge" in quotes


def test_w31_a_template_with_problem_and_customer_is_not() -> None:
    pages = [trade(name, SAME, PROOF) for name in TRADES]
    assert found(RULES, "W31", site(*pages)) == (0, "")


def test_w31_is_missing_below_three_pages() -> None:
    assert "three" in missing(RULES, "W31", site(trade("hotels", SAME), trade("prisons", SAME)))
