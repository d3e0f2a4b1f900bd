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


PLAIN = {
    "(get|in) (a|our) (quote|no quote)": r"(?:get|in)\s+(?:a|our)\s+(?:quote|no\s+quote)",
    "our pric*": r"our\s+pric[^\W_]*",
    "pric* … quote": r"pric[^\W_]*(?![^\W_])[^.!?\n]{0,30}?(?<![^\W_])quote",
    "(no|our own) quot*": r"(?:no|our\s+own)\s+quot[^\W_]*",
    "(a quote|quote a|own price|price)": r"(?:a\s+quote|quote\s+a|own\s+price|price)",
    "(quot*|price) in": r"(?:quot[^\W_]*|price)\s+in",
    "# % price": r"\d[\d.,]*\s*%\s+price",
    "£# (in|a|own)": r"£\d[\d.,]*\s+(?:in|a|own)",
    "l'our prix*": r"l'our\s+prix[^\W_]*",
    "prix élevé*": r"prix\s+élevé[^\W_]*",
}
PIECES = [*WORDS, "own", "pricing", "5", "in a", "l'our", "prix", "élevés", "“a", "ő", "quoteé"]


@given(
    st.sampled_from(sorted(PLAIN)), st.lists(st.sampled_from(PIECES), max_size=60), st.booleans()
)
def test_every_kind_of_phrase_is_found_as_by_its_plain_pattern(
    phrase: str, pieces: list[str], long: bool
) -> None:
    text = " ".join(pieces) + " filling" * (80 * long)
    pattern = rf"(?<![^\W_])(?:{PLAIN[phrase]})(?![^\W_])"
    assert found(phrase, text) == [match[0] for match in re.finditer(pattern, text)]


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
    assert set(lists.names("gates.party")) < set(lists.names())
    assert all(name.startswith("gates.party.") for name in lists.names("gates.party"))


def test_every_shipped_phrase_is_found_in_its_own_words() -> None:
    lists = shipped_terms()
    for name in lists.names():
        for phrase in lists[name].phrases:
            text = re.sub(r"\(([^()|]*)[^()]*\)", r"\1", phrase.lower())
            text = text.replace("#", "20").replace("…", " to ").replace("*", "")
            assert Terms([phrase]).within(f"before {text} after"), (name, phrase)


def test_a_phrase_without_a_word_in_one_of_its_lists_is_named_when_it_is_used(
    tmp_path: Path,
) -> None:
    path = tmp_path / "lists.toml"
    path.write_text("[a]\nb = ['(x|%)']\nc = ['fine']")
    lists = load_terms(path)
    assert lists["a.c"].within("all is fine")
    with pytest.raises(CatalogueError, match=r"lists\.toml: a\.b: '\(x\|%\)' has no fixed word"):
        lists["a.b"]


@pytest.mark.parametrize(
    ("content", "message"),
    [("[a", "lists.toml"), ("a = 1", "not a list of phrases"), ("[a]\nb = ['#']", "a.b")],
)
def test_a_bad_file_is_named(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "lists.toml"
    path.write_text(content)
    with pytest.raises(CatalogueError, match=message):
        load_terms(path)
