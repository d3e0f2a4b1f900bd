"""What is shown of a website: verdict, gate, evidence with quotes, differences, pages read."""

from datetime import date
from pathlib import Path

import pytest

from persona.capture.records import Capture, CapturedPage, Unread
from persona.model.outside import Difference
from persona.pipe import assess, scan_reading
from persona.reports.result import Result, load_result, save_result
from persona.signals.extract import extract
from tests.integration.worked_cases import CASES, reading
from tests.strategies import TYPICAL
from tests.unit.reports.shown import flat, shown
from tests.websites import JUDGED_MODEL

DAY = date(2026, 11, 1)


@pytest.fixture(scope="module")
def cleaner() -> Result:
    return scan_reading(reading("sparrowgate"), on=DAY)


def test_a_scan_opens_with_the_verdict_and_its_basis(cleaner: Result) -> None:
    text = flat(shown(cleaner))
    assert text.startswith("sparrowgate.example 1 November 2026 Sales-driven")
    assert cleaner.website is not None
    assert f"{len(cleaner.website.pages)} pages of sparrowgate.example read" in text


def test_a_judgement_is_called_one_and_a_fitted_model_is_not(cleaner: Result) -> None:
    judged = scan_reading(reading("sparrowgate"), on=DAY, model=JUDGED_MODEL)
    assert "take this verdict as a first guess" in flat(shown(judged))
    assert "first guess" not in flat(shown(cleaner))
    answers, site = TYPICAL["sales_driven"], reading("sparrowgate")
    said = "The weights of website signals are a judgement"
    assert said in flat(shown(assess(answers, on=DAY, website=site, model=JUDGED_MODEL)))
    assert said not in flat(shown(assess(answers, on=DAY, website=site)))


@pytest.mark.parametrize("site", ["gannickforge", "orvelle"])
def test_a_site_with_too_little_on_it_shows_no_lean(site: str) -> None:
    result = scan_reading(reading(site), on=DAY)
    assert result.reason == "thin"
    text = shown(result)
    assert not set("█░") & set(text)
    for lean in ("What its words suggest", "What speaks for", "Nearest", "Passive marketer"):
        assert lean not in text


def test_evidence_on_the_website_comes_with_its_words_and_address(cleaner: Result) -> None:
    text = flat(shown(cleaner))
    strongest = cleaner.verdict.for_leader(1)[0]
    signal = cleaner.row.signal(strongest.item)
    assert signal is not None
    assert f"On the website: {signal.says} ({signal.id})" in text
    assert signal.quotes[0].url in text
    assert flat(signal.quotes[0].text) in text


def test_what_is_missing_is_said_with_the_reason(cleaner: Result) -> None:
    text = flat(shown(cleaner))
    assert "What could not be judged" in text
    assert "It takes the pages of other firms to compare with: W09, W37, W38" in text
    assert "what guides decisions" in text


@pytest.mark.parametrize("width", [40, 60, 80, 100])
@pytest.mark.parametrize("case", CASES, ids=str)
def test_every_width_holds_every_case(case: object, width: int) -> None:
    text = shown(scan_reading(reading(str(case)), on=DAY), width)
    longest = max(len(line.rstrip()) for line in text.splitlines() if "https://" not in line)
    assert longest <= width


def test_plain_and_ascii_lose_nothing(cleaner: Result) -> None:
    plain = shown(cleaner, plain=True)
    assert "█" not in plain
    assert not set("“”·─█") & set(shown(cleaner, unicode=False))


def test_an_unreachable_site_says_why_and_shows_no_bars() -> None:
    capture = Capture("x.example", "x.example", (), (Unread("https://x.example/", "tls"),))
    text = flat(shown(scan_reading(extract(capture), on=DAY)))
    assert "Undecided: it could not be read" in text
    assert "certificate" in text
    assert "█" not in text
    assert "Sales-driven" not in text


def test_a_page_that_could_not_be_read_is_counted_with_its_reason() -> None:
    capture = Capture(
        "x.example",
        "x.example",
        (CapturedPage("https://x.example/", "<h1>Valves</h1><p>We sell valves.</p>"),),
        (Unread("https://x.example/jobs", "robots"), Unread("https://x.example/a", "robots")),
    )
    text = flat(shown(scan_reading(extract(capture), on=DAY)))
    assert "2 pages robots.txt asks not to read it" in text


def test_answers_and_website_stand_side_by_side_and_differences_are_named() -> None:
    result = assess(TYPICAL["sales_driven"], on=DAY, website=reading("lindqvarn"))
    assert result.website is not None
    assert result.website.differences
    assert {each.kind for each in result.website.differences} == {"website_claims_more"}
    text = flat(shown(result))
    assert "Answers sales-driven" in text
    assert "Website dynamic marketer" in text
    assert "The website tells of more than the answers" in text
    assert "The answers tell of more" not in text


def test_the_other_way_round_too() -> None:
    result = assess(TYPICAL["dynamic_marketer"], on=DAY, website=reading("sparrowgate"))
    assert result.website is not None
    assert Difference("BASIS", 3, 1, "answers_claim_more") in result.website.differences
    assert "The answers tell of more than the website" in flat(shown(result))


def test_a_site_that_gives_no_verdict_is_said_to_give_none() -> None:
    result = assess(TYPICAL["sales_driven"], on=DAY, website=reading("gannickforge"))
    text = flat(shown(result))
    assert "The website gives no verdict by itself" in text
    assert result.label == "sales_driven"


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_saved_scan_reads_back_the_same(case: object, tmp_path: Path) -> None:
    result = scan_reading(reading(str(case)), on=DAY)
    save_result(result, tmp_path / "result.json")
    assert load_result(tmp_path / "result.json") == result
