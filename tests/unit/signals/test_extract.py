"""From a capture to its reading: missing is never zero, and nothing else counts."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from persona.capture.records import Capture, CapturedPage, Unread
from persona.signals.catalogue import shipped_catalogue
from persona.signals.extract import SiteReading, extract, last_day, read_facts
from persona.signals.rules import MODULES, all_rules
from tests.integration.worked_cases import CASES, Case, capture

CATALOGUE = shipped_catalogue()


def page(path: str, body: str, stamp: str | None = None) -> CapturedPage:
    return CapturedPage(f"https://valves.example{path}", f"<body><main>{body}</main>", stamp)


def reading(*pages: CapturedPage) -> SiteReading:
    return extract(Capture("valves.example", "valves.example", pages))


def value(of: SiteReading, id_: str) -> float | None:
    return next(signal.value for signal in of.signals if signal.id == id_)


def missing(of: SiteReading, id_: str) -> str:
    return next(signal.missing or "" for signal in of.signals if signal.id == id_)


PRODUCT = "<h1>Gate valve</h1><p>A valve for steam, cast and tested in our own works.</p>"
ASKING = f"{PRODUCT}<a href='/quote'>Request a quote</a>"


def test_every_signal_has_one_rule_in_the_file_of_its_family() -> None:
    assert sorted(all_rules()) == [entry.id for entry in CATALOGUE.signals]
    assert set(MODULES) == {entry.family for entry in CATALOGUE.signals}


def test_all_signals_and_controls_are_there_in_order() -> None:
    found = reading(page("/", "<h1>Valves</h1>"))
    assert [signal.id for signal in found.signals] == [entry.id for entry in CATALOGUE.signals]
    assert [control.id for control in found.controls] == [entry.id for entry in CATALOGUE.controls]


def test_a_zone_that_was_not_read_is_missing_and_never_zero() -> None:
    found = reading(page("/", "<h1>Valves</h1>"))
    for entry, signal in zip(CATALOGUE.signals, found.signals, strict=True):
        if "Z1" not in entry.zones:
            assert signal.value is None
            assert signal.missing, entry.id


def test_nothing_found_counts_only_on_enough_pages() -> None:
    few = [page(f"/products/{number}", PRODUCT) for number in range(2)]
    assert value(reading(*few), "W01") is None
    assert missing(reading(*few), "W01") == "nothing found, on too few pages to tell (2 of 3)"
    enough = [page(f"/products/{number}", PRODUCT) for number in range(3)]
    assert value(reading(*enough), "W01") == 0.0
    assert value(reading(page("/products/1", ASKING), *enough), "W01") == pytest.approx(0.25)


def test_signals_that_compare_say_what_they_lack() -> None:
    found = reading(page("/", "<h1>Valves</h1>"), page("/products/1", PRODUCT))
    assert "other firms" in missing(found, "W09")
    assert "other firms" in missing(found, "W37")
    assert "earlier capture" in missing(found, "W48")


def test_pages_in_another_language_are_read_and_not_judged() -> None:
    german = (
        "<p>Wir sind ein Unternehmen, das die besten Ventile für die Industrie und das Handwerk "
        "baut, und das seit mehr als hundert Jahren mit der gleichen Sorgfalt für alle Kunden.</p>"
    )
    facts, pages = read_facts(Capture("valves.example", "", (page("/", german * 4),)))
    assert facts.pages == ()
    assert pages[0].language == "de"
    gate = reading(page("/", german * 4)).gate
    assert gate is not None
    assert gate.reason == "thin"
    assert "English" in gate.words or "language" in gate.words


def test_a_capture_without_pages_is_unreachable_and_says_why() -> None:
    capture = Capture("x.example", "x.example", (), (Unread("https://x.example/", "dns"),))
    found = extract(capture)
    assert found.gate is not None
    assert found.gate.reason == "unreachable"
    assert "name" in found.gate.words
    assert all(signal.value is None for signal in found.signals)


@pytest.mark.parametrize(
    ("stamp", "day"),
    [
        ("2026-03-05T10:00:00Z", date(2026, 3, 5)),
        ("2024-02", date(2024, 2, 29)),
        ("2025", date(2025, 12, 31)),
        ("2026-13-45", None),
        ("0000", None),
        ("", None),
        ("yesterday", None),
    ],
)
def test_the_day_of_a_capture_is_the_last_that_its_stamps_may_mean(
    stamp: str, day: date | None
) -> None:
    assert last_day([page("/", "", stamp)]) == day
    assert last_day([page("/", "", stamp), page("/a", "", None)]) == day


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["/", "/products/a", "/blog/b", "/jobs/c", "/customers/d", "/x"]),
            st.text(max_size=300),
        ),
        max_size=6,
    )
)
def test_any_pages_give_values_in_their_range_with_quotes_from_the_pages(
    pages: list[tuple[str, str]],
) -> None:
    found = reading(*(page(path, body) for path, body in pages))
    urls = {page.url for page in found.facts.pages}
    for entry, signal in zip(CATALOGUE.signals, found.signals, strict=True):
        assert (signal.value is None) == (signal.missing is not None)
        if signal.value is None:
            continue
        assert signal.value >= 0
        if entry.kind in ("share", "index", "flag"):
            assert signal.value <= 1
        assert bool(signal.value) <= bool(signal.quotes)
        assert all(quote.url in urls and len(quote.text) <= 160 for quote in signal.quotes)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_same_capture_gives_the_same_reading(case: Case) -> None:
    first, second = extract(capture(case.site)), extract(capture(case.site))
    assert first.signals == second.signals
    assert first.controls == second.controls
    assert first.traces == second.traces
    assert first.gate == second.gate
