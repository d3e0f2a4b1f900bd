"""Quotes: real words of the page, on one line, at most 160 characters."""

from hypothesis import given
from hypothesis import strategies as st

from persona.signals.findings import LONGEST_QUOTE, quote

URL = "https://example.com/"


def test_a_short_text_is_quoted_whole() -> None:
    assert quote("Get a quote today.", URL, 6, 11).text == "Get a quote today."
    assert quote("Get a quote", URL).url == URL


def test_a_long_text_is_cut_between_words_around_what_was_found() -> None:
    text = f"{'before ' * 60}ask for a quote{' after' * 60}"
    start = text.index("ask")
    words = quote(text, URL, start, start + 15).text
    assert "ask for a quote" in words
    assert words.startswith("…before ")
    assert words.endswith(" after…")
    assert len(words) <= LONGEST_QUOTE


@given(st.text(max_size=600), st.integers(0, 600), st.integers(0, 600))
def test_a_quote_is_one_line_of_the_page(text: str, start: int, length: int) -> None:
    text = " ".join(text.split())
    start = min(start, len(text))
    found = quote(text, URL, start, min(start + length, len(text))).text
    assert len(found) <= LONGEST_QUOTE
    assert found == "" or found.isprintable()
    shown = "".join(c if c.isprintable() else " " for c in text)
    assert found.strip("…").strip() in " ".join(shown.split()) or "…" in text
