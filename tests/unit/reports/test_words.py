"""What is shown of a website's words: which way they lean, which tell most, and as evidence."""

from datetime import date
from pathlib import Path

import pytest

from persona.capture.records import Capture, CapturedPage
from persona.layout import cells
from persona.model.artefact import LoadedModel, WordWeights
from persona.model.evidence import Evidence, WordWeight
from persona.observations import WordPart
from persona.pipe import assess, scan_reading
from persona.reports.result import Result, load_result, save_result
from persona.reports.words import named_words
from persona.signals.extract import SiteReading, extract
from tests.integration.worked_cases import reading
from tests.strategies import TYPICAL
from tests.unit.reports.shown import flat, shown
from tests.websites import DYNAMIC, JUDGED_MODEL, SALES, with_site

DAY = date(2026, 11, 1)
TABLE: dict[WordPart, dict[str, WordWeights]] = {
    "links": {"survey": (3.0, *DYNAMIC), "letters": (2.0, *DYNAMIC), "problem": (1.0, *SALES)},
    "labels": {"when_not_hire": (3.0, 0.0, 0.9, 0.0), "how_loud_page": (2.0, 0.0, 0.9, 0.0)},
    "text": {"midwife": (3.0, 0.2, 0.2, 0.2)},
}
LETTERS = reading("lindqvarn")


def fitted(table: dict[WordPart, dict[str, WordWeights]] = TABLE) -> LoadedModel:
    return LoadedModel(with_site(table), "0" * 64)


@pytest.fixture(scope="module")
def scanned() -> Result:
    return scan_reading(LETTERS, on=DAY, model=fitted())


def one_page(words: str) -> SiteReading:
    pages = (CapturedPage("https://x.example/", f"<p>{words}</p>"),)
    return extract(Capture("x.example", "x.example", pages))


def test_every_part_says_which_way_it_leans_and_names_the_words_that_tell(scanned: Result) -> None:
    lines = [" ".join(line.split()) for line in shown(scanned).splitlines()]
    start = next(at for at, line in enumerate(lines) if line.startswith("Names of links and")) - 1
    assert [line for line in lines[start + 1 :] if line][:6] == [
        "Names of links and pages toward dynamic",
        "sales problem",
        "dynamic letters, survey",
        "Link texts toward passive",
        "passive when not hire, how loud page",
        "Text toward none",
    ]
    assert "The model knows 6 of the words and link texts on this website" in flat(shown(scanned))


def test_words_are_among_the_strongest_evidence_when_they_are(scanned: Result) -> None:
    text = flat(shown(scanned))
    assert (
        "On the website: words in the names of its links and pages, such as “letters”, “survey”"
        in text
    )
    assert scanned.verdict.for_leader(3)[0].item == "links"
    assert "known signals of the website and 6 of its words and links give" in text


def test_evidence_against_names_the_words_that_speak_against() -> None:
    result = assess(TYPICAL["sales_driven"], on=DAY, website=LETTERS, model=fitted())
    text = flat(shown(result))
    against = next(one for one in result.verdict.against_leader(2) if one.item == "links")
    assert f"−{-result.verdict.margin(against):.2f} On the website: words in" in text
    assert "its links and pages, such as “letters”, “survey” " in text
    assert "28 answers, 22 known signals of the website and 6 of its words and links" in text
    assert "What its words suggest" in text


def test_a_fitted_model_makes_no_excuse_for_being_untrained(scanned: Result) -> None:
    assert scanned.website is not None
    assert not scanned.website.untrained
    assert "first guess" not in flat(shown(scanned))


def test_a_saved_result_keeps_the_evidence_of_words_and_not_all_words(
    scanned: Result, tmp_path: Path
) -> None:
    save_result(scanned, tmp_path / "r.json")
    again = load_result(tmp_path / "r.json")
    assert again == scanned
    assert again.row.wording is None
    assert shown(again) == shown(scanned)
    assert "What its words suggest" in shown(again)


def test_a_result_without_words_has_no_section_on_them() -> None:
    result = scan_reading(LETTERS, on=DAY, model=JUDGED_MODEL)
    assert "its words" not in flat(shown(result))


def test_known_words_decide_where_the_pages_alone_are_called_thin() -> None:
    page = one_page("Our midwife and her survey of letters: a midwife in every survey")
    table: dict[WordPart, dict[str, WordWeights]] = {
        "text": dict.fromkeys(("midwife", "survey", "letters"), (1.0, *DYNAMIC))
    }
    result = scan_reading(page, on=DAY, model=fitted(table))
    assert page.gate is not None
    assert page.gate.reason == "thin"
    assert result.label == "dynamic_marketer"
    assert result.website is not None
    assert result.website.gate is None
    bare = scan_reading(one_page("We sell pumps"), on=DAY, model=fitted(table))
    assert bare.reason == "thin"
    assert bare.website is not None
    assert bare.website.gate is not None
    assert "known to the model, and a verdict takes 2" in bare.website.gate.words


def test_where_no_single_word_gives_the_direction_that_is_said() -> None:
    words = (WordWeight("dealer", (0.3, 0.1, 0.0)), WordWeight("request_quote", (0.2, 0.1, 0.0)))
    text = Evidence("text", None, (0.4, 0.6, 0.0), 90.0, words)
    assert named_words(text, leader=0, rival=1, toward_leader=True) == (
        "words of its text, such as “dealer”, “request quote”"
    )
    assert named_words(text, 0, 1, toward_leader=False) == (
        "words of its text, many that tell a little each"
    )


@pytest.mark.parametrize("width", [40, 60, 80])
@pytest.mark.parametrize("how", [{}, {"plain": True}, {"unicode": False}], ids=str)
def test_words_fit_on_any_page(scanned: Result, width: int, how: dict[str, bool]) -> None:
    long = {"a" * 24 + f"_{'b' * 24}_{letter * 24}": (1.0, *DYNAMIC) for letter in "cdefghij"}
    table: dict[WordPart, dict[str, WordWeights]] = {"labels": long}
    links = "".join(f"<a href='/{word}'>{word.replace('_', ' ')}</a>" for word in long)
    for result in (scanned, scan_reading(one_page(links), on=DAY, model=fitted(table))):
        for line in shown(result, width, **how).splitlines():
            assert cells(line) <= width or "://" in line
    assert "b" * 24 in flat(shown(result, width))
