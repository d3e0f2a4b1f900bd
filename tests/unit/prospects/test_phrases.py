"""Evidence in a cell: short, plain, and traceable to its answer or page."""

import pytest

from persona.model.verdict import Verdict, classify
from persona.observations import ObservationRow, Quote, Signal
from persona.prospects.phrases import (
    JOINER,
    answer_phrase,
    phrases_of,
    signal_phrase,
    telling_id,
    telling_words,
)
from persona.reports.result import Result
from persona.signals.catalogue import shipped_catalogue
from tests.strategies import OPTIONS, row_of, verdict_of
from tests.websites import PRIOR, SALES_SITE, saying, with_site

SALES_ANSWERS = {item: "a" for item in OPTIONS if item.startswith("P")}


def test_every_answer_has_a_short_phrase_that_names_its_item() -> None:
    phrases = {answer_phrase(item, one) for item, options in OPTIONS.items() for one in options}
    assert len(phrases) == sum(map(len, OPTIONS.values()))
    for phrase in phrases:
        assert len(phrase) <= 90 + len(" (P05)")
        assert phrase.isprintable()
    words = "What wins and sets the price: We made the better commercial offer (P05)"
    assert answer_phrase("P05", "a") == words


def test_a_long_answer_is_cut_at_a_word() -> None:
    whole = "Sales leads and marketing backs it up. Our edge is giving reps the leads, events and"
    assert answer_phrase("C01", "b") == f"{whole} … (C01)"


def test_a_signal_says_what_it_says_and_a_code_what_its_value_says() -> None:
    assert signal_phrase("W12") == "much of the hiring is for sellers (W12)"
    assert signal_phrase("W34") == "who leads sales and marketing (W34)"
    assert signal_phrase("W34", 2.0) == "marketing reports to sales (W34)"
    assert all(signal_phrase(entry.id) for entry in shipped_catalogue().signals)


def weighed(*quotes: Quote) -> tuple[ObservationRow, Verdict]:
    """Return a row with three answers and one signal seen at these places, and its verdict."""
    answers = {"P05": "a", "P11": "b", "P26": "a"}
    found = Signal(
        "W12", "FUNCTION", "jobs", "much of the hiring is for sellers", 1.0, None, quotes
    )
    row = ObservationRow(row_of(answers).answers, (found,))
    return row, classify(row, PRIOR)


def test_a_signal_names_the_first_page_on_which_it_was_seen() -> None:
    row, verdict = weighed(
        Quote("Hunter", "https://a.example/jobs"), Quote("x", "https://b.example")
    )
    signal = [one for one in verdict.evidence if one.item == "W12"]
    said = "much of the hiring is for sellers (W12, https://a.example/jobs)"
    assert phrases_of(verdict, row, signal) == said
    row, verdict = weighed()
    assert phrases_of(verdict, row, signal) == "much of the hiring is for sellers (W12)"


def test_nothing_that_steers_a_terminal_or_breaks_a_line_gets_into_a_cell() -> None:
    row, verdict = weighed(Quote("x", "https://a.example/\x1b[2J\u202e\n=cmd"))
    cell = phrases_of(verdict, row, verdict.evidence)
    assert cell.isprintable()
    assert "https://a.example/[2J =cmd" in cell


def test_pieces_stand_in_the_order_given(example: Result) -> None:
    verdict = example.verdict
    strongest = verdict.for_leader()
    cell = phrases_of(verdict, example.row, strongest)
    assert cell.split(JOINER) == [answer_phrase(one.item, one.option or "") for one in strongest]
    assert phrases_of(verdict, example.row, reversed(strongest)) != cell
    assert phrases_of(verdict, example.row, ()) == ""


def test_words_of_a_website_name_those_that_give_the_direction() -> None:
    row = saying(**SALES_SITE)
    verdict = classify(row, with_site())
    cell = phrases_of(verdict, row, verdict.for_leader())
    assert "the texts of its links, such as “request quote”" in cell
    assert [telling_words(telling_id(one)) for one in verdict.for_leader()] == [
        "words in the names of its links and pages",
        "the texts of its links",
        "words of its text",
    ]


def test_ids_of_telling_evidence_turn_back_into_words() -> None:
    for one in verdict_of(SALES_ANSWERS, PRIOR).evidence:
        assert telling_words(telling_id(one)) == answer_phrase(one.item, one.option or "")
    assert telling_words("W12") == signal_phrase("W12")


@pytest.mark.parametrize("unknown", ["P05z", "P99a", "W99", "", "words"])
def test_what_is_no_evidence_has_no_words(unknown: str) -> None:
    with pytest.raises(KeyError):
        telling_words(unknown)
