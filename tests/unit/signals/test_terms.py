"""The notation of the term lists, and the search for them."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from persona.errors import CatalogueError
from persona.signals.terms import Terms, load_terms, shipped_terms

WORDS = ["get", "a", "an", "our", "quote", "quotes", "no", "£5", "%", ",", ".", "price", "in"]


def found(phrase: str, text: str) -> list[str]:
    return [match[0] for match in Terms([phrase]).matches(text)]


@pytest.mark.parametrize(
    ("phrase", "text", "expected"),
    [
        ("best price", "the best  price, a best\nprice", ["best  price", "best\nprice"]),
        ("best price", "bestprice, the best prices", []),
        (
            "(get|ask for) a quote",
            "get a quote or ask for a quote",
            ["get a quote", "ask for a quote"],
        ),
        ("distribut*", "distributors distribute, redistribute", ["distributors", "distribute"]),
        ("save # %", "save 30% now, save 1,5 %", ["save 30%", "save 1,5 %"]),
        ("save £#", "save £30", ["save £30"]),
        ("#+ years", "25+ years", ["25+ years"]),
        ("# hours", "within 24 hours", ["24 hours"]),
        ("get … quote", "get your free quote", ["get your free quote"]),
        ("get … quote", "get it. a quote. getting a quote, get a misquote", []),
        ("get … quote", "get " + "x" * 40 + " quote", []),
        ("we don’t sell", "why we don’t sell", ["we don’t sell"]),
        ("café", "das café. cafés", ["café"]),
        ("продажа", "быстрая продажа домов", ["продажа"]),
        ("(co-op|mdf) funds", "co-op funds", ["co-op funds"]),
    ],
)
def test_notation(phrase: str, text: str, expected: list[str]) -> None:
    assert found(phrase, text) == expected


@pytest.mark.parametrize("text", ["x" * 20, "x " * 500])
def test_short_and_long_texts_are_searched_alike(text: str) -> None:
    terms = Terms(["best price", "price match"])
    assert terms.count(f"{text} best price match {text} price match") == 2
    assert terms.distinct(f"{text} best price {text} best price") == 1
    assert terms.within(f"{text} price match")
    assert not terms.within(text)


def test_phrases_come_in_their_order_and_places_in_the_order_of_the_text() -> None:
    matches = Terms(["two", "one"]).matches("one two one two")
    assert [match.start() for match in matches] == [4, 12, 0, 8]


def test_first_is_of_the_first_phrase() -> None:
    first = Terms(["two", "one"]).first("one two")
    assert first is not None
    assert first[0] == "two"


@given(st.lists(st.sampled_from(WORDS)))
def test_as_a_plain_search_would_find_it(words: list[str]) -> None:
    """The words that a phrase must have, and the places they stand at, lose no match."""
    text = " ".join(words) + " " + "filling " * 60
    phrase = "(get|in) (a|our) (quote|no quote|price)"
    plain = r"(?<![^\W_])(?:get|in)\s+(?:a|our)\s+(?:quote|no\s+quote|price)(?![^\W_])"
    assert found(phrase, text) == [match[0] for match in re.finditer(plain, text)]


@pytest.mark.parametrize("phrase", ["", "#", "# %", "…", "£ #"])
def test_a_phrase_needs_a_word(phrase: str) -> None:
    with pytest.raises(ValueError, match="no fixed word"):
        Terms([phrase])


def test_a_hostile_text_takes_no_long_time() -> None:
    terms = Terms(["get … quote", "(a|a b|a b c) d*", "save # % off"])
    assert terms.count("get " * 50_000 + "a " * 50_000 + "save 1" + "1" * 50_000) == 0


def test_the_shipped_lists_load() -> None:
    lists = shipped_terms()
    assert all(lists[name] for name in lists.names())


@pytest.mark.parametrize(
    ("content", "message"),
    [("[a", "lists.toml"), ("a = 1", "not a list of phrases"), ("[a]\nb = ['#']", "a.b")],
)
def test_a_bad_file_is_named(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "lists.toml"
    path.write_text(content)
    with pytest.raises(CatalogueError, match=message):
        load_terms(path)
