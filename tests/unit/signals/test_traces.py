"""Traces of how well the method is carried out."""

import pytest

from persona.observations import Trace
from persona.signals.traces import traces
from tests.unit.signals.sites import FULL, paragraph, site


def trace(gap: str, pages: dict[str, str]) -> Trace | None:
    found = [each for each in traces(site(pages)[1]) if each.gap == gap]
    assert len(found) <= 2
    return found[0] if found else None


def test_nothing_is_said_where_nothing_shows() -> None:
    assert traces(site({})[1]) == ()
    assert traces(site(FULL)[1]) == ()


CLAIMS = (
    "<p>We are the market leader.</p><p>An award-winning team.</p><p>Cut your costs by 30%.</p>"
    "<p>Pumps that run 4 times faster.</p>"
)


def test_claims_without_a_source_speak_for_suspicion() -> None:
    found = trace("suspicion", {"/": f"{CLAIMS}{paragraph(5)}"})
    assert found is not None
    assert found.open
    assert found.words == "0 of 4 claims name a source that a buyer could check"
    assert any("market leader" in quote.text for quote in found.quotes)


def test_claims_with_a_source_speak_against_suspicion() -> None:
    lines = CLAIMS.replace(
        "</p>", f", according to a survey by the Pump Institute.</p>{paragraph(2)}"
    )
    found = trace("suspicion", {"/": lines})
    assert found is not None
    assert not found.open


def test_three_claims_are_too_few_to_judge() -> None:
    assert trace("suspicion", {"/": CLAIMS.replace("An award-winning team.", "")}) is None


def test_a_long_form_in_front_of_a_case_study_speaks_for_suspicion() -> None:
    form = "<form>" + "".join(f"<input name=f{n}>" for n in range(5)) + "<button>Go</button></form>"
    found = trace("suspicion", {"/case-studies/mill": f"<h1>How a mill saved water</h1>{form}"})
    assert found is not None
    assert found.open
    assert found.quotes[0].text == "How a mill saved water"


def test_many_offers_alike_without_help_speak_for_inertia() -> None:
    offers = "".join(f"<h3>Pump series P {size} steel</h3><p>Text.</p>" for size in range(10, 20))
    found = trace("inertia", {"/products": f"<h1>Pumps</h1>{offers}"})
    assert found is not None
    assert found.open
    assert found.words.startswith("10 offers alike")
    helped = trace("inertia", {"/products": f"<h1>Pumps</h1><h2>Not sure which?</h2>{offers}"})
    assert helped is not None
    assert not helped.open
    assert helped.quotes[0].text == "Not sure which?"


def test_advice_in_running_text_is_not_a_help_to_choose() -> None:
    assert (
        trace("inertia", {"/products/a": "<p>We recommend a dry place for the pump.</p>"}) is None
    )


def menu(*labels: str) -> dict[str, str]:
    links = "".join(f"<a href=/{number}>{label}</a>" for number, label in enumerate(labels))
    return {"/": f"<nav>{links}</nav><h1>Acme</h1>{paragraph()}"}


def test_menus_in_the_firms_or_the_buyers_words() -> None:
    rest = ("Home", "About", "News", "Contact")
    own = trace("assumption3", menu(*rest, "Our divisions", "Business units"))
    assert own is not None
    assert own.open
    buyer = trace("assumption3", menu(*rest, "Reduce downtime", "By application"))
    assert buyer is not None
    assert not buyer.open
    assert [quote.text for quote in buyer.quotes] == ["Reduce downtime", "By application"]
    assert trace("assumption3", menu(*rest, "Pumps", "Valves")) is None


ENQUIRY = "<form><input name=email><textarea name=message></textarea><button>Send</button></form>"


@pytest.mark.parametrize(
    ("beside", "open_"),
    [
        ("Write to us.", True),
        ("Same day delivery on all pumps.", True),
        ("We reply within two working days.", False),
        ("Within 24 hours we will get back to you.", False),
        ("Your enquiry goes straight to Jane Hill.", False),
    ],
)
def test_an_enquiry_form_should_say_when_or_by_whom_it_is_answered(
    beside: str, open_: bool
) -> None:
    found = trace("black_hole", {"/contact": f"<h1>Contact</h1><p>{beside}</p>{ENQUIRY}"})
    assert found is not None
    assert found.open is open_


def test_a_search_or_a_sign_up_is_no_enquiry() -> None:
    signup = "<form><input name=email placeholder=E-mail><button>Subscribe</button></form>"
    search = "<form role=search><input type=search name=q><button>Search</button></form>"
    assert trace("black_hole", {"/": signup + search + paragraph()}) is None


def dated(day: str, title: str) -> str:
    return f'<article><h3>{title}</h3><time datetime="{day}">{day}</time></article>'


def test_old_posts_on_the_home_page_are_waste() -> None:
    old = {"/": f"<h1>Acme</h1>{dated('2019-03-04', 'New depot opened')}{paragraph()}"}
    found = trace("waste", old)
    assert found is not None
    assert found.words == "the newest post that the home page shows is of March 2019"
    assert found.quotes[0].text == "New depot opened"
    fresh = dated("2026-09-04", "Autumn fair")
    assert trace("waste", {"/": old["/"] + fresh}) is None


def test_an_event_page_with_nothing_to_come_is_waste() -> None:
    page = f"<h1>Events</h1>{dated('2024-05-02', 'Pump days')}"
    found = trace("waste", {"/events": page})
    assert found is not None
    assert "May 2024" in found.words


def test_industry_pages_relabelled_or_written_for_each_trade() -> None:
    def solution(trade: str, text: str) -> str:
        return f"<h1>Pumps for {trade}</h1><p>{text}</p>"

    trades = ("mining", "dairies", "breweries", "farms", "hotels", "laundries")
    same = {
        f"/industries/{trade}": solution(trade, "We bring you pumps. " * 30) for trade in trades
    }
    found = trace("vertical", same)
    assert found is not None
    assert found.open
